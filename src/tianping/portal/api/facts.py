"""要素成字段 · A step of a definition as the model of a request: every question a typed field with its title in both languages."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import reduce
from operator import or_
from typing import Any, Final, Literal

from pydantic import Field, StrictBool, create_model

from tianping.portal.api.kinds import Amount, Asked, Day, Text, Whole
from tianping.procedure.grammar import Fact

KINDS: Final[dict[type[Any], Any]] = {bool: StrictBool, int: Whole, Decimal: Amount, date: Day, str: Text}


def facts_model(name: str, facts: Sequence[Fact[Any]]) -> type[Asked]:
    """The model of the answers to some questions. Versions of a procedure may ask the same question in several kinds."""
    fields: dict[str, Any] = {}
    for key in dict.fromkeys(f.name for f in facts):
        same = [f for f in facts if f.name == key]
        kinds = list(dict.fromkeys(_kind(f) for f in same))
        fields[key] = (reduce(or_, kinds) | None, Field(default=None, description=_words(same[-1])))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Field name .* shadows an attribute", category=UserWarning)  # a question may be named as it likes
        made: type[Asked] = create_model(name, __base__=Asked, __doc__="要素 · Answers to the questions of this step.", **fields)
    return made


def _kind(fact: Fact[Any]) -> Any:
    if issubclass(fact.kind, Enum):
        return Literal[tuple(fact.kind.__members__)]
    return KINDS[fact.kind]


def _words(fact: Fact[Any]) -> str:
    words = [f"{fact.title.zh} · {fact.title.en}"]
    if fact.hint is not None:
        words.append(f"{fact.hint.zh} · {fact.hint.en}")
    if issubclass(fact.kind, Enum):
        words.append("；".join(f"{name}：{member.value}" for name, member in fact.kind.__members__.items()))
    return "\n\n".join(words)
