"""网址中的编号 · Numbers of rows in addresses: what the database cannot hold is no address."""

from __future__ import annotations

from django.urls import register_converter


class RowId:
    """行号 · A number of a row."""

    regex = "[1-9][0-9]{0,14}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The number as it stands in an address."""
        return str(value)


register_converter(RowId, "id")
ID = "id"
"""The name under which addresses use it; importing it registers it."""
