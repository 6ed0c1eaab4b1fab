"""命令行 · ``tianping``: the law, procedures, supervision, the running city. Errors are told in words with a code and exit status 2; no traceback."""

from __future__ import annotations

import sys
from importlib import import_module
from keyword import iskeyword
from typing import Final, NoReturn, cast

import typer

from tianping.law.errors import TianpingError
from tianping.law.text import Lang
from tianping.project.memory import sweep_seldom
from tianping.project.words import BadCommand, fail, language

COMMANDS: Final = {
    "law": "tianping.project.law_commands",
    "procedures": "tianping.project.procedure_commands",
    "supervise": "tianping.project.supervise_command",
    "tour": "tianping.project.tour",
    "demo": "tianping.project.demo",
    "migrate": "tianping.project.migrate",
    "serve": "tianping.project.serve",
    "worker": "tianping.project.worker",
    "city": "tianping.project.city_commands",
    "ledger": "tianping.project.ledger_commands",
    "backup": "tianping.project.backup_commands",
    "restore": "tianping.project.backup_commands",
    "bridge": "tianping.project.bridge_command",
    "clocks": "tianping.project.clock_commands",
    "documents": "tianping.project.document_commands",
    "export": "tianping.project.export_command",
    "import": "tianping.project.import_command",
    "user": "tianping.project.user_commands",
    "report": "tianping.project.report_command",
}
"""Each command and the module that holds it: an ``app`` of commands, or a function of the command's name."""
MISTAKE: Final = cast(type[typer.BadParameter], next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException"))
"""What Typer raises where the command line itself is wrong: a base of its BadParameter without a public name."""


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
            app.command(name)(getattr(module, f"{name}_" if iskeyword(name) else name))
    return app


def _nothing() -> None:
    """A command line of one command still asks for its name."""


def main() -> None:
    """Run the command line."""
    sweep_seldom()
    try:
        status = app_for(sys.argv[1:])(standalone_mode=False)
    except TianpingError as error:
        _failed(error)
    except typer.Abort:
        raise SystemExit(130) from None
    except MISTAKE as mistake:
        if type(mistake).__name__ == "NoArgsIsHelpError":
            mistake.show()
            raise SystemExit(2) from None
        _failed(BadCommand(reason=mistake.format_message(), command=mistake.ctx.command_path if mistake.ctx else "tianping"))
    raise SystemExit(status if isinstance(status, int) else 0)


def _failed(error: TianpingError) -> NoReturn:
    fail(error, _language(), as_json="--json" in sys.argv)
    raise SystemExit(2)


def _language() -> Lang:
    """The language of an error, read leniently: the option itself may be what is wrong."""
    words = [part for word in sys.argv for part in (word.split("=", 1) if word.startswith("--lang=") else [word])]
    given = words[words.index("--lang") + 1] if "--lang" in words[:-1] else None
    try:
        return language(given)
    except TianpingError:
        return language("en")
