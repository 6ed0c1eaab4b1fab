"""命令行 · ``tianping``: the law, procedures, supervision, the running city. Errors are told in words with a code and exit status 2; no traceback."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Final

import typer

from tianping.law.errors import TianpingError
from tianping.law.text import Lang
from tianping.project.words import fail, language

COMMANDS: Final = {
    "law": "tianping.project.law_commands",
    "procedures": "tianping.project.procedure_commands",
    "supervise": "tianping.project.supervise_command",
    "tour": "tianping.project.tour",
    "demo": "tianping.project.demo",
    "migrate": "tianping.project.migrate",
    "serve": "tianping.project.serve",
    "city": "tianping.project.city_commands",
    "ledger": "tianping.project.ledger_commands",
}
"""Each command and the module that holds it: an ``app`` of commands, or a function of the command's name."""


def app_for(words: list[str]) -> typer.Typer:
    """The command line for these words. Only the module of the command asked for is loaded, so that a short answer comes at once."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="天平 Tianping — 法律程序只写一次 · a legal procedure is written once; engines run it.",
    )
    app.callback()(_nothing)
    asked = next((word for word in words if not word.startswith("-")), "")
    for name in [asked] if asked in COMMANDS else COMMANDS:
        module = import_module(COMMANDS[name])
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(getattr(module, name))
    return app


def _nothing() -> None:
    """A command line of one command still asks for its name."""


def main() -> None:
    """Run the command line."""
    try:
        app_for(sys.argv[1:])()
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
