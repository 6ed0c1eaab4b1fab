"""程序命令 · ``tianping procedures``: list, show, and try the worked cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from tianping.law.calendar import calendar
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.procedure.bpmn import bpmn
from tianping.procedure.check import check_folder
from tianping.procedure.draw import mermaid, svg
from tianping.procedure.examples import failures, read_examples
from tianping.procedure.grammar import Procedure
from tianping.procedure.registry import Folder, life
from tianping.procedure.tables import Tables, compiled
from tianping.project.known import known, named
from tianping.project.words import dump, language, say, table

app = typer.Typer(no_args_is_help=True, help="法律程序 · legal procedures")
Lang = Annotated[str | None, typer.Option("--lang", help="zh | en")]
Json = Annotated[bool, typer.Option("--json", help="JSON")]
Name = Annotated[str, typer.Argument(help="代码或文件夹 · a code or a folder")]


class UnknownDrawing(TianpingError):
    """图形格式不认识 · A form of drawing that is not known."""

    code = "CLI-104"
    what = T("没有“{given}”这种图形格式。", "There is no form of drawing “{given}”.")
    todo = T("请从中选一种：{known}。", "Choose one of: {known}.")


@app.command("list")
def list_procedures(*, lang: Lang = None, as_json: Json = False) -> None:
    """列出程序与版本 · Lists the procedures and their versions."""
    chosen = language(lang)
    if as_json:
        dump([_version(f, v) for f in known() for v in f.versions])
        return
    rows = [[f.code, v.title.pick(chosen), life(v), str(len(compiled(v).steps)), str(len(compiled(v).limits))] for f in known() for v in f.versions]
    table(["code", *(t.pick(chosen) for t in (T("程序", "procedure"), T("有效期", "in force"), T("环节", "steps"), T("期限", "limits")))], rows)


@app.command("show")
def show(name: Name, *, lang: Lang = None, as_json: Json = False) -> None:
    """显示程序 · Shows stages, steps and limits with their articles."""
    chosen, folder = language(lang), named(name)
    tables = compiled(folder.current)
    if as_json:
        parts = {
            t.en.lower(): [{"code": c, "zh": w.zh, "en": w.en, "cites_zh": a.zh, "cites_en": a.en} for c, w, a in rows] for t, rows in _parts(tables)
        }
        dump(_version(folder, folder.current) | parts)
        return
    say(f"{tables.procedure.title.pick(chosen)}  ({tables.procedure.code}, {life(tables.procedure)})")
    for title, rows in _parts(tables):
        say()
        say(title.pick(chosen))
        table(
            [t.pick(chosen) for t in (T("代码", "code"), T("名称", "title"), T("依据", "article"))],
            [[c, w.pick(chosen), a.pick(chosen)] for c, w, a in rows],
        )


def _version(folder: Folder, version: type[Procedure]) -> dict[str, object]:
    tables = compiled(version)
    words = {"code": folder.code, "zh": version.title.zh, "en": version.title.en, "from": version.valid_from, "to": version.valid_to}
    return words | {"number_of_steps": len(tables.steps), "number_of_limits": len(tables.limits)}


def _row(code: str, words: T, cites: T) -> dict[str, str]:
    return {"code": code, "zh": words.zh, "en": words.en, "cites_zh": cites.zh, "cites_en": cites.en}


def _parts(tables: Tables) -> list[tuple[T, list[tuple[str, T, T]]]]:
    steps = [(s.step.code, s.step.words, T(s.step.cites.text("zh"), s.step.cites.text("en"))) for s in tables.steps]
    limits = [(x.code, x.limit.words, T(x.limit.cites.text("zh"), x.limit.cites.text("en"))) for x in tables.limits]
    return [(T("环节", "Steps"), steps), (T("期限", "Limits"), limits)]


@app.command("check")
def check(
    name: Annotated[str | None, typer.Argument(help="不写则全部 · all if left out")] = None, *, lang: Lang = None, as_json: Json = False
) -> None:
    """检查定义 · Refuses what cannot be lawful; exit status 1 if anything is refused."""
    chosen = language(lang)
    everything = known()
    among = [v for f in everything for v in f.versions]
    checked = {folder.code: (folder, check_folder(folder, among=among)) for folder in ([named(name)] if name else everything)}
    refused = sum(len(found) for _, found in checked.values())
    if as_json:
        dump({code: [refusal.as_dict() for refusal in found] for code, (_, found) in checked.items()})
        raise typer.Exit(1 if refused else 0)
    for folder, found in checked.values():
        say(f"{'✗' if found else '✓'} {folder.code}")
        for refusal in found:
            say("    " + refusal.text(chosen).replace("\n", "\n    "))
    raise typer.Exit(1 if refused else 0)


@app.command("draw")
def draw(
    name: Name,
    form: Annotated[str, typer.Option("--format", help="svg | mermaid | bpmn")] = "svg",
    to: Annotated[Path | None, typer.Option("--output", "-o", help="文件 · a file; else printed")] = None,
    *,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """画出程序 · Draws a definition, or exports it as BPMN 2.0."""
    drawers = {"svg": svg, "mermaid": mermaid, "bpmn": bpmn}
    if form not in drawers:
        raise UnknownDrawing(given=form, known=", ".join(drawers))
    drawn = drawers[form](named(name).current, language(lang))
    if to is None and not as_json:
        say(drawn)
        return
    if to is not None:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(drawn, encoding="utf-8")
    if as_json:
        dump({"format": form} | ({"drawing": drawn} if to is None else {"file": str(to)}))
    else:
        say(str(to))


@app.command("test")
def test(
    name: Annotated[str | None, typer.Argument(help="代码或文件夹；不写则全部 · a code or a folder; all if left out")] = None,
    *,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """核对例案 · Tries the worked cases; exit status 1 if one comes out otherwise than written."""
    chosen, tried = language(lang), [named(name)] if name else known()
    if as_json:
        told = [{"procedure": f.code, "zh": title.zh, "en": title.en, "differs": bad} for f in tried for title, bad in outcomes(f)]
        dump(told)
        raise typer.Exit(1 if any(case["differs"] for case in told) else 0)
    raise typer.Exit(1 if sum(try_examples(folder, chosen == "zh") for folder in tried) else 0)


def outcomes(folder: Folder) -> Iterator[tuple[T, list[str]]]:
    """Each worked case of a folder with what differs in it from what is written."""
    for file in sorted((folder.path / "examples").glob("*.yaml")):
        for example in read_examples(file):
            yield example.title, failures(example, compiled(folder.on(example.version)), calendar())


def try_examples(folder: Folder, zh: bool) -> int:
    """Print each worked case of a folder with what differs; the number of cases that came out otherwise."""
    wrong = 0
    for title, bad in outcomes(folder):
        wrong += bool(bad)
        say(f"{'✗' if bad else '✓'} {folder.code}: {title.zh if zh else title.en}")
        for line in bad:
            say(f"    {line}")
    return wrong
