"""命名 · A part of a definition takes its name from the class attribute that it is bound to."""

from __future__ import annotations

from typing import Any

from tianping.law.errors import TianpingError
from tianping.law.text import T


class BoundTwice(TianpingError):
    """重复绑定 · One part of a definition bound to two names."""

    code = "PRO-101"
    what = T("“{first}”又被绑定为“{second}”。", "“{first}” is bound a second time, as “{second}”.")
    todo = T("请各写一个对象，不要让两个名字指向同一对象。", "Write two objects; two names may not share one.")


class NameTaken(TianpingError):
    """名称被占用 · A part of a definition with a name that the language itself reads there."""

    code = "PRO-102"
    what = T("“{name}”不能作名称：语言自身在“{owner}”上读取它。", "“{name}” cannot be a name here: the language itself reads it on “{owner}”.")
    todo = T("请改用别的名称。", "Choose another name.")


def members_of(cls: type[Any], base: type[Any]) -> dict[str, Named]:
    """The parts that a class binds, by name; ``base`` is the class of the language that it was made from. Raises NameTaken."""
    found = {name: part for name, part in vars(cls).items() if isinstance(part, Named)}
    for name in found:
        if name in vars(base):
            raise NameTaken(name=name, owner=cls.__name__)
    return found


class Named:
    """A stage, step, limit … of a track. ``name`` is the attribute, ``code`` is ``Class.attribute``."""

    name: str = ""
    owner: type[Any] | None = None
    _code: str = ""

    def __set_name__(self, owner: type[Any], name: str) -> None:
        if self.name:
            raise BoundTwice(first=self.code, second=f"{owner.__name__}.{name}")
        self.name, self.owner = name, owner
        self._code = f"{owner.__name__}.{name}"

    @property
    def code(self) -> str:
        """``Class.attribute``: stable, shown in findings and refusals."""
        return self._code or self.name

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.code or 'unbound'}>"
