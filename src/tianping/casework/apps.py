"""应用 · The Django app of the operate engine."""

from importlib import import_module

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """办理 · Casework."""

    name = "tianping.casework"
    label = "casework"
    verbose_name = "办理 Casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What the exchange delivers has its handlers as soon as there is a database."""
        import_module("tianping.casework.exchange.answers")
        import_module("tianping.casework.citizens.texts")
