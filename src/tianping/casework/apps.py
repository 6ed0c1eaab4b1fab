"""应用 · The Django app of the operate engine."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """办理 · Casework."""

    name = "tianping.casework"
    label = "casework"
    verbose_name = "办理 Casework"
    default_auto_field = "django.db.models.BigAutoField"
