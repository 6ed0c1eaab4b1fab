"""错误 · Every error of the law storey speaks both languages, names its placeholders, and keeps its code."""

from __future__ import annotations

import importlib
import pkgutil
import re
import string

import pytest

import tianping.law
from tianping.law.errors import REGISTER, TianpingError
from tianping.law.text import T

for module in pkgutil.walk_packages(tianping.law.__path__, "tianping.law."):
    importlib.import_module(module.name)

LAW = sorted((code, kind) for code, kind in REGISTER.items() if code.startswith("LAW-"))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize(("code", "kind"), LAW, ids=[c for c, _ in LAW])
def test_an_error_is_complete_in_both_languages(code: str, kind: type[TianpingError]) -> None:
    assert re.fullmatch(r"LAW-\d{3}", code)
    assert kind.__doc__
    for words in (kind.what, kind.todo):
        assert words.zh.endswith(("。", "}"))
        assert words.en.endswith((".", "}"))
        assert words.zh != words.en
        if "_" not in "".join(placeholders(words.zh)):
            assert placeholders(words.zh) == placeholders(words.en)
        assert all(name.isidentifier() for name in placeholders(words.zh) | placeholders(words.en))


@pytest.mark.parametrize(("code", "kind"), LAW, ids=[c for c, _ in LAW])
def test_an_error_shows_code_cause_and_advice(code: str, kind: type[TianpingError]) -> None:
    names = set().union(*(placeholders(t) for w in (kind.what, kind.todo) for t in (w.zh, w.en)), placeholders(kind.article))
    error = kind(**{name: f"<{name}>" for name in names})
    for lang, label in (("zh", "下一步"), ("en", "Next")):
        lines = error.text(lang).splitlines()  # type: ignore[arg-type]  # the loop's literals are languages
        assert lines[0].startswith(f"{code}  ")
        assert lines[-1].startswith(f"{label}: ")
        assert "{" not in error.text(lang)  # type: ignore[arg-type]
    assert set(error.as_dict()) == {"code", "message_zh", "message_en", "todo_zh", "todo_en"}
    assert error.as_dict()["code"] == code
    assert str(error).startswith(code)


def test_a_code_names_one_error() -> None:
    with pytest.raises(TypeError, match="LAW-101"):
        type("Again", (TianpingError,), {"code": "LAW-101", "what": T("甲", "a"), "todo": T("乙", "b")})
    assert REGISTER["LAW-101"].__name__ == "NegativePeriod"


def test_a_bilingual_value_is_filled_in_its_own_language() -> None:
    assert T("{a}了", "has {a}").fill(a=T("送达", "served")) == T("送达了", "has served")
