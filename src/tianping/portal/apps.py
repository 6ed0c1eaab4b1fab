"""应用 · The Django app of the portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """门户 · The portal."""

    name = "tianping.portal"
    label = "portal"
