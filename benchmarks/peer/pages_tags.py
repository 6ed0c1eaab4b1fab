"""平常做法的标签 · Words in Chinese and a few formats, as filters of Django's templates."""

from __future__ import annotations

from datetime import date, datetime

from django import template

from tianping.law.text import T
from tianping.portal.house.formats import instant, iso
from tianping.portal.house.words import t as said

register = template.Library()


@register.filter
def t(text: T | str) -> str:
    """A bilingual text as the page speaks."""
    return said(text)


@register.filter(name="isoform")
def isoform(moment: date | datetime) -> str:
    """For ``<time datetime>``."""
    return iso(moment)


@register.filter(name="shown")
def shown(moment: date | datetime) -> str:
    """A day, or an instant."""
    return instant(moment)
