"""程序图 · A definition as a picture: SVG for pages and print, Mermaid for text."""

from __future__ import annotations

from tianping.procedure.draw.mermaid import mermaid
from tianping.procedure.draw.svg import svg

__all__ = ["mermaid", "svg"]
