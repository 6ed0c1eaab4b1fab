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
