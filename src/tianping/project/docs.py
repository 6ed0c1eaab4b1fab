"""生成文档 · Reference pages made from the code itself: errors, rules, procedures with their pictures. ``make docs`` writes them; a test compares."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import django

import tianping
from tianping.law import rules
from tianping.law.errors import REGISTER
from tianping.law.text import T
from tianping.procedure.draw import svg
from tianping.procedure.grammar import Procedure
from tianping.procedure.registry import Folder, folders, life, load_folder
from tianping.procedure.tables import Tables, compiled
from tianping.project.rows import map_page

OPTIONAL = ("tianping.engines.portable",)
NOTE = "<!-- 由 make docs 生成，请勿手改 · made by `make docs`, not by hand -->\n\n"


def pages(root: Path) -> dict[Path, str]:
    """Every generated file under a checkout: path → text."""
    found = [load_folder(p) for p in (*folders().values(), *(f.parent for f in sorted((root / "examples").glob("*/procedure.py"))))]
    out = {
        root / "docs/operate/settings.md": the_settings(),
        root / "docs/law/errors.md": errors(),
        root / "docs/law/rules.md": the_rules(),
        root / "docs/procedures/README.md": _list(found),
        root / "docs/MAP.md": NOTE + map_page(),
    }
    for folder in found:
        out[root / f"docs/procedures/{folder.code}.md"] = page(folder)
        for lang in ("zh", "en"):
            out[root / f"docs/procedures/{folder.code}.{lang}.svg"] = svg(folder.current, "zh" if lang == "zh" else "en")
    return out


def the_settings() -> str:
    """Every environment variable with its default and its help."""
    import_module("tianping.project.settings")
    declared = import_module("tianping.project.settings.variables").REGISTER
    rows = [f"| `{name}` | `{v.default}` | {_cell(v.help)} |" for name, v in sorted(declared.items())]
    return NOTE + "# 设置 · Settings\n\n| 变量 · variable | 默认 · default | 说明 · what it is for |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def errors() -> str:
    """Every error: code, what it says and what to do, in both languages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tianping.project.settings")
    django.setup()
    for module in walk_packages(tianping.__path__, "tianping."):
        if module.name.endswith(".errors") or not module.name.startswith((*OPTIONAL, "tianping.institutions")):
            import_module(module.name)
    rows = [f"| {code} | {_cell(e.what)} | {_cell(e.todo)} |" for code, e in sorted(REGISTER.items())]
    return NOTE + "# 错误代码 · Error codes\n\n| code | 何事 · what | 怎么办 · what to do |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def the_rules() -> str:
    """Every rule of the register: length and article."""
    rows = [f"| `{r.code}` | {_cell(r.title)} | {_cell(r.period.text)} | {_cell(T(r.cites.text('zh'), r.cites.text('en')))} |" for r in rules.rules()]
    return NOTE + "# 期限规则 · Rules\n\n| rule | 规则 · what | 期间 · length | 依据 · article |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"


def _list(found: list[Folder]) -> str:
    rows = [f"| [{f.code}]({f.code}.md) | {_cell(f.current.title)} | {'; '.join(life(v) for v in f.versions)} |" for f in found]
    return NOTE + "# 程序 · Procedures\n\n| code | 程序 · procedure | 版本 · versions |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def page(folder: Folder) -> str:
    """One procedure: its picture, steps and limits."""
    current: type[Procedure] = folder.current
    tables = compiled(current)
    head = f"# {current.title.zh} · {current.title.en}\n\n{'; '.join(life(v) for v in folder.versions)}\n\n"
    picture = f"![{current.title.zh}]({folder.code}.zh.svg)\n\n![{current.title.en}]({folder.code}.en.svg)\n\n"
    return NOTE + head + picture + _steps(tables) + "\n" + _limits(tables)


def _steps(tables: Tables) -> str:
    rows = [
        f"| `{s.step.code}` | {_cell(s.step.words)} | {_cell(s.step.by.words)} | {_cell(T(s.step.cites.text('zh'), s.step.cites.text('en')))} |"
        for s in tables.steps
    ]
    return "## 环节 · Steps\n\n| code | 环节 · step | 由 · by | 依据 · article |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"


def _limits(tables: Tables) -> str:
    rows = [
        f"| `{x.code}` | {_cell(x.limit.words)} | {'；'.join(r.period.text.zh for r in x.rows)} · {'; '.join(r.period.text.en for r in x.rows)} | "
        f"{_cell(T(x.limit.cites.text('zh'), x.limit.cites.text('en')))} |"
        for x in tables.limits
    ]
    return "## 期限 · Limits\n\n| code | 期限 · limit | 期间 · length | 依据 · article |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"


def _cell(text: T) -> str:
    return f"{text.zh} · {text.en}".replace("|", "\\|").replace("\n", " ")


def write(root: Path) -> None:
    """Write the pages, and take away generated ones that no procedure answers to any more."""
    made = pages(root)
    for old in (root / "docs/procedures").glob("*"):
        if old not in made:
            old.unlink()
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
