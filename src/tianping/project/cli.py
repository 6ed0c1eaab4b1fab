"""命令行 · ``tianping``: law, procedures, supervise, demo. Errors are told in words, with a code and exit status 2; never a traceback."""

from __future__ import annotations

import sys

import typer

from tianping.law.errors import TianpingError
from tianping.law.text import Lang
from tianping.project import demo, law_commands, procedure_commands, supervise_command
from tianping.project.words import fail, language

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="天平 Tianping — 法律程序只写一次 · a legal procedure is written once; engines run it.",
)
app.add_typer(law_commands.app, name="law")
app.add_typer(procedure_commands.app, name="procedures")
app.command("supervise")(supervise_command.supervise)
app.command("demo")(demo.demo)


def main() -> None:
    """Run the command line."""
    try:
        app()
    except TianpingError as error:
        fail(error, _language(), as_json="--json" in sys.argv)
        raise SystemExit(2) from None


def _language() -> Lang:
    """The language of an error, read leniently: the option itself may be what is wrong."""
    words = sys.argv
    given = words[words.index("--lang") + 1] if "--lang" in words[:-1] else None
    try:
        return language(given)
    except TianpingError:
        return language("en")
