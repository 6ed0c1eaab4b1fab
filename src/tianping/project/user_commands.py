"""用户命令 · ``tianping user``: accounts made, listed, closed and given passwords at the console. A password never stands on a command line."""

from __future__ import annotations

import getpass
import secrets
import string
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from tianping.law.errors import TianpingError
from tianping.law.text import Lang, T
from tianping.project.running import database
from tianping.project.words import dump, language, say, table

app = typer.Typer(no_args_is_help=True, help="用户 · users")
Said = Annotated[str | None, typer.Option("--lang", help="zh | en")]
Name = Annotated[str, typer.Argument(help="账号 · the account's name")]
Generate = Annotated[bool, typer.Option("--generate", help="生成密码并显示一次 · makes a password and shows it once")]
Stdin = Annotated[bool, typer.Option("--stdin", help="从标准输入读一行密码 · reads the password from standard input")]
LONG = 20
ADDED = T("账号 {name} 已建立", "the account {name} is made")
SET = T("账号 {name} 的密码已更新", "the password of {name} is set")
CLOSED = T("账号 {name} 已停用；其办理记录不受影响", "the account {name} is closed; what it did stays in the ledger")
SHOWN = T("密码（只显示这一次）：{password}", "password (shown this once): {password}")
FIRST, AGAIN = T("密码：", "Password: "), T("再输一次：", "Again: ")
HEAD = T("账号|姓名|状态|管理员|岗位", "account|name|state|administrator|posts")
ACTIVE, GONE = T("在用", "active"), T("停用", "closed")


class NoPassword(TianpingError):
    """没有密码 · No password came, or the two that were typed differ."""

    code = "CLI-302"
    what = T("没有得到密码：{reason}", "There is no password: {reason}")
    todo = T("请重新输入，或用 --generate 生成，或用 --stdin 从标准输入给出。", "Type it again, or use --generate, or give it with --stdin.")


@app.command("add")
def add(
    name: Name,
    *,
    organisation: Annotated[str, typer.Option(help="机构代号 · the institution's code")] = "",
    role: Annotated[list[str] | None, typer.Option(help="角色，可多次 · a role, as JUDGE; may be repeated")] = None,
    administrator: Annotated[str, typer.Option(help="三员 · system | security | audit; then no institution")] = "",
    person: Annotated[str, typer.Option(help="姓名 · the person's name; default: the account's")] = "",
    title: Annotated[str, typer.Option(help="岗位名称 · the post's title")] = "",
    generate: Generate = False,
    stdin: Stdin = False,
    lang: Said = None,
) -> None:
    """建立账号 · Makes an account with a post and its roles, or one of the three administrators."""
    chosen = language(lang)
    with database():
        from tianping.casework.security.console import NewUser, user_add  # noqa: PLC0415 — after Django is set up

        password = _password(chosen, generate=generate, stdin=stdin)
        new = NewUser(name, person, organisation, tuple(role or ()), administrator=administrator, **({"title": T(title, title)} if title else {}))
        user_add(new, password=password, at=datetime.now(tz=UTC))
    say(ADDED.fill(name=name).pick(chosen))
    if generate:
        say(SHOWN.fill(password=password).pick(chosen))


@app.command("password")
def password(name: Name, *, generate: Generate = False, stdin: Stdin = False, lang: Said = None) -> None:
    """更换密码 · Sets a password anew."""
    chosen = language(lang)
    with database():
        from tianping.casework.security.console import user_password  # noqa: PLC0415 — after Django is set up

        given = _password(chosen, generate=generate, stdin=stdin)
        user_password(name, password=given, at=datetime.now(tz=UTC))
    say(SET.fill(name=name).pick(chosen))
    if generate:
        say(SHOWN.fill(password=given).pick(chosen))


@app.command("disable")
def disable(name: Name, *, lang: Said = None) -> None:
    """停用账号 · Closes an account; nothing that it did is touched."""
    chosen = language(lang)
    with database():
        from tianping.casework.security.console import user_disable  # noqa: PLC0415 — after Django is set up

        user_disable(name, at=datetime.now(tz=UTC))
    say(CLOSED.fill(name=name).pick(chosen))


@app.command("list")
def list_users(
    *,
    after: Annotated[str, typer.Option(help="从此账号之后 · after this account")] = "",
    size: Annotated[int, typer.Option(min=1, max=1000, help="最多几个 · at most so many")] = 200,
    lang: Said = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
) -> None:
    """列出账号 · Lists accounts with the posts that they hold today."""
    chosen = language(lang)
    with database():
        from tianping.casework.moments import LOCAL  # noqa: PLC0415 — after Django is set up
        from tianping.casework.security.console import users  # noqa: PLC0415

        found = users(day=datetime.now(tz=LOCAL).date(), after=after, size=size)
    if as_json:
        dump([{"username": u.username, "name": u.name, "active": u.active, "administrator": u.administrator, "posts": u.posts} for u in found])
        return
    rows = [[u.username, u.name, (ACTIVE if u.active else GONE).pick(chosen), u.administrator, "; ".join(u.posts)] for u in found]
    table(HEAD.pick(chosen).split("|"), rows)


def _password(lang: Lang, *, generate: bool, stdin: bool) -> str:
    """Generated, from standard input, or typed twice. Raises NoPassword."""
    if generate and stdin:
        raise NoPassword(reason=T("--generate 与 --stdin 只能用一个", "--generate or --stdin, not both"))
    if generate:
        return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(LONG))
    if stdin:
        given = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        given = getpass.getpass(FIRST.pick(lang))
        if given != getpass.getpass(AGAIN.pick(lang)):
            raise NoPassword(reason=T("两次输入不同", "the two differ"))
    else:
        given = ""
    if not given:
        raise NoPassword(reason=T("没有输入", "none was typed"))
    return given
