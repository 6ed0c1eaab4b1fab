"""文书模板 · The documents that a procedure issues: ``documents/*.toml`` beside its definition, each with its sections and what they must say.

A section is text with places for what is known (``f.effective``), who is party (``parties``), what the drafter writes (``w.reasons``) and the like.
It is compiled into a Word file, and the Word file is what is filled; a judge may edit it, or an institution put its own in its place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, TemplateSyntaxError, meta

from tianping.law.citations import Citation, NoSuchArticle
from tianping.law.errors import TianpingError
from tianping.law.statutes import UnknownStatute, parse_citation
from tianping.law.text import T
from tianping.procedure.contracts.roles import Roles
from tianping.procedure.registry import Folder
from tianping.procedure.tables import Tables, compiled

KNOWN: Final = frozenset({"number", "title", "institution", "procedure", "parties", "f", "w", "runs", "steps", "clocks", "day", "writer", "law"})
"""What a template may speak of (see ``casework/writs/context.py``)."""
PLACE: Final = re.compile(r"\b([fw])\.([a-z_]+)")
CITED: Final = re.compile(r"law\(\s*['\"]([^'\"]+)['\"]\s*\)")


class BadTemplate(TianpingError):
    """模板有误 · A template that cannot be used with its procedure."""

    code = "PRO-501"
    what = T("文书模板 {file} 有误：{reason}", "The template {file} is wrong: {reason}")
    todo = T("请对照程序定义改正模板。", "Correct it against the definition.")


@dataclass(frozen=True, slots=True)
class Written:
    """撰写项 · Something that only the drafter can say; ``fact``: the answer of the case that he finds there and may change."""

    name: str
    title: T
    long: bool
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """部分 · One section. ``required``: without it the document is not issued, unless the fact ``unless`` is true; ``needs``: what it must say."""

    code: str
    title: T
    required: bool
    unless: str
    needs: tuple[str, ...]
    cites: Citation | None
    text: str


@dataclass(frozen=True, slots=True)
class Template:
    """文书模板 · ``after``: the step that it belongs to; ``by``: who may issue it; ``public``: whether a copy for the public is made of it."""

    code: str
    procedure: str
    title: T
    after: str
    by: tuple[str, ...]
    public: bool
    basis: T
    written: tuple[Written, ...]
    sections: tuple[Section, ...]


def templates_of(folder: Folder) -> dict[str, Template]:
    """Code → template, of one procedure folder. Raises BadTemplate."""
    tables = compiled(folder.current)
    return {file.stem: read_template(file, tables) for file in sorted((folder.path / "documents").glob("*.toml"))}


def read_template(file: Path, tables: Tables) -> Template:
    """One template, held against its procedure. Raises BadTemplate."""
    try:
        data = tomllib.loads(file.read_text("utf-8"))
        made = _template(file.stem, data, tables)
        wrong = list(_wrong(made, tables))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, UnknownStatute, NoSuchArticle) as error:
        raise BadTemplate(file=file.name, reason=str(error) or repr(error)) from error
    if wrong:
        raise BadTemplate(file=file.name, reason="; ".join(wrong))
    return made


def _template(code: str, data: Mapping[str, Any], tables: Tables) -> Template:
    written = tuple(Written(row["name"], T(row["zh"], row["en"]), row.get("long", False), row.get("fact", "")) for row in data.get("write", ()))
    basis = T(data["basis_zh"], data["basis_en"])
    by = tuple(f"Roles.{role}" for role in data["by"])
    after = data.get("after", "")
    row = None if not after or after not in tables.by_step else tables.steps[tables.by_step[after]]
    return Template(
        code, tables.procedure.code, T(data["zh"], data["en"]), after if row is None else row.step.code, by, data.get("public", False), basis,
        written, tuple(map(_section, data["section"])),
    )  # fmt: skip


def _section(row: Mapping[str, Any]) -> Section:
    cites = parse_citation(row["cites"]) if row.get("cites") else None
    title = T(row["zh"], row["en"])
    return Section(row["code"], title, row.get("required", False), row.get("unless", ""), tuple(row.get("needs", ())), cites, row["text"])


def _wrong(made: Template, tables: Tables) -> list[str]:
    """What does not fit: steps, roles and answers that the procedure does not have, and text that is no template."""
    out = [f"step {made.after}"] if made.after and made.after not in tables.by_step else []
    out += [f"role {role}" for role in made.by if not hasattr(Roles, role.removeprefix("Roles."))]
    codes = [s.code for s in made.sections]
    out += [f"section {code} twice" for code in codes if codes.count(code) > 1]
    out += [f"write {w.name}: fact {w.fact}" for w in made.written if w.fact and w.fact not in tables.facts]
    names = {w.name for w in made.written}
    for section in made.sections:
        out += [f"{section.code}: {why}" for why in _unknown(section, tables, names)]
    return out


def _unknown(section: Section, tables: Tables, written: set[str]) -> list[str]:
    text = section.text.replace("{%p", "{%").replace("{%tr", "{%")
    try:
        spoken = meta.find_undeclared_variables(Environment(autoescape=True).parse(text))
    except TemplateSyntaxError as error:
        return [str(error)]
    places = {*PLACE.findall(text), *(tuple(need.split(".", 1)) for need in section.needs if "." in need)}
    for cited in CITED.findall(text):
        parse_citation(cited)
    out = [f"name {name}" for name in spoken - KNOWN]
    out += [f"fact {name}" for kind, name in places if kind == "f" and name not in tables.facts]
    out += [f"write {name}" for kind, name in places if kind == "w" and name not in written]
    out += [f"need {need}" for need in section.needs if "." not in need and need not in KNOWN]
    return out + ([f"unless {section.unless}"] if section.unless and section.unless not in tables.facts else [])
