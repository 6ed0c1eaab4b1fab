"""字段类型 · The kinds of field that requests are made of: bounded, strict, and without what a database or a log cannot hold."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from ninja import Header, Path, Query, Schema
from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.types import StrictStr

PRINTABLE: Final = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
"""No control characters but tab and line ends. Lone surrogates are refused by the type itself."""
LINE: Final = r"^[^\x00-\x1f\x7f]*$"
_DAY: Final = r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME: Final = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])"
INSTANT: Final = f"^{_DAY}T{_TIME}$"
DAY: Final = f"^{_DAY}$"
AMOUNT: Final = r"^-?(0|[1-9][0-9]{0,12})(\.[0-9]{1,2})?$"
CODE: Final = r"^[A-Za-z0-9_.-]+$"
KEY: Final = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
LARGEST: Final = 2**53 - 1
"""The largest number that every JSON reader keeps whole."""

Line = Annotated[StrictStr, StringConstraints(min_length=1, max_length=200, pattern=LINE)]
Text = Annotated[StrictStr, StringConstraints(max_length=4000, pattern=PRINTABLE)]
Code = Annotated[StrictStr, StringConstraints(min_length=1, max_length=60, pattern=CODE)]


def _integral(value: object) -> object:
    """JSON has one kind of number: 68.0 is the whole number 68."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Integral = BeforeValidator(_integral)
Number = Annotated[int, Field(strict=True, ge=1, le=LARGEST), Integral]
Whole = Annotated[int, Field(strict=True, ge=-LARGEST, le=LARGEST), Integral]
Instant = Annotated[StrictStr, StringConstraints(pattern=INSTANT), Field(examples=["2026-03-02T10:00:00+08:00"])]
Day = Annotated[StrictStr, StringConstraints(pattern=DAY), Field(examples=["2026-03-02"])]
Amount = Annotated[StrictStr, StringConstraints(pattern=AMOUNT), Field(examples=["1200.00"])]
Secret = Annotated[StrictStr, StringConstraints(min_length=1, max_length=256, pattern=LINE)]

CaseId = Annotated[int, Path(ge=1, le=LARGEST, description="案件编号 · number of the case")]
RowId = Annotated[int, Path(ge=1, le=LARGEST)]
Post = Annotated[int | None, Header(alias="Tianping-Post", ge=1, le=LARGEST, description="以哪个岗位办理 · the post to act from")]
Key = Annotated[
    StrictStr,
    Header(
        alias="Idempotency-Key",
        pattern=KEY,
        description="每个新请求一个 UUID；同键同请求只办一次 · one UUID for each new request; the same again is done once",
    ),
]
Match = Annotated[
    StrictStr | None,
    BeforeValidator(lambda given: given or None),
    Header(
        alias="If-Match",
        pattern=r'^(\*|"[1-9][0-9]{0,8}(-[0-9a-f]{16})?")$',
        description='所见版本（ETag），如 "7"；* 表示不限 · the version seen (ETag), or *',
    ),
]
Known = Annotated[
    StrictStr | None,
    Header(
        alias="If-None-Match", max_length=500, pattern=r"^[\x21-\x7e ]*$", description="已有的 ETag · the ETag that one has: 304 if nothing changed"
    ),
]
Size = Annotated[int, Query(ge=1, le=100, description="每页多少 · how many a page")]
After = Annotated[StrictStr | None, Query(max_length=1000, pattern=r"^[A-Za-z0-9_:.=-]+$", description="上一页的 next · next of the page before")]


class Asked(Schema):
    """请求体 · What is sent: nothing but the fields that are described."""

    model_config = ConfigDict(extra="forbid")


def uuid_of(key: str) -> UUID:
    """The key of an Idempotency-Key header."""
    return UUID(key)


def described(zh: str, en: str, **more: Any) -> Any:
    """A field with its words in both languages."""
    return Field(description=f"{zh} · {en}", **more)
