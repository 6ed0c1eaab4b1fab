"""城市包检查 · What must hold in a city pack beyond the single entry: codes once, parents there and in no circle, dates in order, roles known."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Final

from tianping.casework.city.errors import BadDates, BadPackFile, CodeTwice, ParentCircle, UnknownOrganisation, UnknownRole, UnknownWord
from tianping.casework.city.model import Organisation, Post
from tianping.law.identifiers import BadCourtCode, CourtCode
from tianping.law.text import T
from tianping.procedure.contracts.roles import Roles
from tianping.procedure.roles import Role

FIELDS: Final = {
    "kind": T("机构种类", "kind"),
    "status": T("来源状态", "status"),
    "duty": T("职责", "duty"),
    "administrator": T("管理员种类", "kind of administrator"),
}
ROLES: Final = {name: role for name, role in vars(Roles).items() if isinstance(role, Role)}


def known_word(where: str, kind: str, word: str, known: Sequence[str]) -> str:
    """The word, if it is one of those known. Raises UnknownWord."""
    if word not in known:
        raise UnknownWord(where=where, name=word, field=FIELDS[kind], known="、".join(k for k in known if k))
    return word


def role_code(where: str, name: str) -> str:
    """``JUDGE`` → ``Roles.JUDGE``. Raises UnknownRole."""
    if name not in ROLES:
        raise UnknownRole(where=where, name=name, near=_near(name, ROLES))
    return ROLES[name].code


def check_organisations(where: str, organisations: Sequence[Organisation]) -> None:
    """Raises CodeTwice, UnknownOrganisation, ParentCircle, BadDates, BadPackFile."""
    _once(where, (o.code for o in organisations))
    by_code = {o.code: o for o in organisations}
    for o in organisations:
        for other in (o.parent, o.court):
            if other and other not in by_code:
                raise UnknownOrganisation(where=f"{where} {o.code}", name=other, near=_near(other, by_code))
        _in_order(f"{where} {o.code}", o.valid_from, o.valid_to)
        _codes(f"{where} {o.code}", o)
    for o in organisations:
        _no_circle(o, by_code)
    docked = Counter((o.court, o.channel) for o in organisations if o.channel)
    for (court, channel), times in docked.items():
        if times > 1:
            raise CodeTwice(where=where, name=f"{court} {channel}")
    numbering = [o for o in organisations if o.court_code]
    for one, two in combinations(numbering, 2):
        if one.court_code == two.court_code and _together(one, two):  # both would give the same case numbers
            raise CodeTwice(where=where, name=two.court_code)


def _together(one: Organisation, other: Organisation) -> bool:
    """Whether two institutions stand on one day."""
    return (one.valid_to or date.max) >= (other.valid_from or date.min) and (other.valid_to or date.max) >= (one.valid_from or date.min)


def check_posts(where: str, posts: Sequence[Post], by_code: Mapping[str, Organisation]) -> None:
    """Raises CodeTwice, UnknownOrganisation, BadDates, BadPackFile."""
    _once(where, (p.username for p in posts))
    for p in posts:
        place = f"{where} {p.username}"
        if p.organisation not in by_code:
            raise UnknownOrganisation(where=place, name=p.organisation, near=_near(p.organisation, by_code))
        _in_order(place, p.valid_from, p.valid_to)
        at = by_code[p.organisation]
        if not at.stands_on(p.valid_from) or (at.valid_to is not None and (p.valid_to is None or p.valid_to > at.valid_to)):
            raise BadDates(where=place, reason=T("岗位超出机构的存续期间", "the post outlives its organisation"))
        if p.administrator and (p.roles or p.duties):
            raise BadPackFile(where=place, reason=T("三员不得兼任其他角色或职责", "an administrator has no role and no duty beside it"))


def _codes(where: str, organisation: Organisation) -> None:
    if not re.fullmatch(r"[0-9]{6}", organisation.division):
        raise BadPackFile(where=where, reason=T("division 应为六位数字", "division should be six digits"))
    if organisation.court_code:
        try:
            CourtCode.parse(organisation.court_code)
        except BadCourtCode as cause:
            raise BadPackFile(where=where, reason=cause.message) from cause


def _once(where: str, names: Iterable[str]) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise CodeTwice(where=where, name=name)


def _in_order(where: str, first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise BadDates(where=where, reason=T(f"{last} 早于 {first}", f"{last} is before {first}"))


def _no_circle(start: Organisation, by_code: Mapping[str, Organisation]) -> None:
    seen, at = [start.code], start.parent
    while at:
        seen.append(at)
        if at == start.code:
            raise ParentCircle(names=" → ".join(seen))
        if seen.count(at) > 1:
            return
        at = by_code[at].parent


def _near(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=3)
    return ", ".join(close) + "?" if close else ""
