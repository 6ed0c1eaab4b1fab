"""模板文件 · The Word file of a template: the institution's own where it put one, else the one made from the procedure's text, made once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings

from tianping.casework.engine.registered import folders
from tianping.casework.writs.errors import NoSuchTemplate
from tianping.casework.writs.word import compiled_docx
from tianping.procedure.writs import Template, templates_of


@cache
def templates(procedure: str) -> Mapping[str, Template]:
    """Code → template, of a procedure. Raises BadTemplate."""
    return templates_of(folders()[procedure])


def template_of(procedure: str, code: str) -> Template:
    """A template. Raises NoSuchTemplate."""
    found = templates(procedure).get(code) if procedure in folders() else None
    if found is None:
        raise NoSuchTemplate(procedure=procedure, template=code)
    return found


def pattern(template: Template) -> bytes:
    """The Word file to be filled. Raises CannotTypeset."""
    own = _own(template)
    return own.read_bytes() if own is not None and own.is_file() else _made(template)


def _own(template: Template) -> Path | None:
    place: str = settings.TIANPING_TEMPLATES
    return Path(place) / template.procedure / f"{template.code}.docx" if place else None


@cache
def _made(template: Template) -> bytes:
    return compiled_docx(template)
