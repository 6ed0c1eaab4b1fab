"""称谓 · What numbers on a page are called: institutions, posts with who holds them, accounts with who signs in. One statement for all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from tianping.law.identifiers import mask_name
from tianping.law.text import T

MOST: Final = 200
CITIZEN: Final = "citizen:"
ONLINE: Final = "网上当事人 party"
"""A citizen who has not said who he is."""
_NAMES: Final = """select 'o', o.id::text, o.zh, o.en, '' from casework_organisation o where o.id = any(%(organisations)s::bigint[])
union all select 'p', h.id::text, h.zh, h.en, n.name from casework_post h join casework_person n on n.id = h.person_id
  where h.id = any(%(posts)s::bigint[])
union all select 'a', a.username, '', '', n.name from casework_account a join casework_person n on n.id = a.person_id
  where a.username = any(%(accounts)s::text[])
union all select 'c', 'citizen:' || c.id, '', '', c.name from casework_citizen c where c.id = any(%(citizens)s::bigint[])"""
_POSTS: Final = """select h.id, n.name, h.zh, h.en from casework_post h join casework_person n on n.id = h.person_id
where h.organisation_id = %(own)s and daterange(h.valid_from, h.valid_to, '[]') @> %(day)s::date order by h.id limit %(most)s"""


@dataclass(frozen=True, slots=True)
class Names:
    """称谓表 · Institutions by number, posts by number (who, as what), accounts by user name (who)."""

    organisations: dict[int, T]
    posts: dict[int, T]
    accounts: dict[str, str]


def names_of(*, organisations: Iterable[int] = (), posts: Iterable[int | None] = (), accounts: Iterable[str] = ()) -> Names:
    """What they are called. Parties are not among them: their names are masked where they are read."""
    values: dict[str, Any] = {"organisations": list(set(organisations)), "posts": [p for p in posts if p], "accounts": sorted(set(accounts))[:MOST]}
    values["citizens"] = [int(a.removeprefix(CITIZEN)) for a in values["accounts"] if a.startswith(CITIZEN) and a.removeprefix(CITIZEN).isdecimal()]
    out = Names({}, {}, {})
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, values)
        for kind, key, zh, en, name in cursor.fetchall():
            if kind == "o":
                out.organisations[int(key)] = T(zh, en)
            elif kind == "p":
                out.posts[int(key)] = T(f"{name}（{zh}）", f"{name} ({en})")
            else:
                out.accounts[key] = name if kind == "a" else mask_name(name) or ONLINE
    return out


def posts_in(organisation: int, day: date) -> list[tuple[int, T]]:
    """The posts of an institution on a day, with who holds them."""
    with connection.cursor() as cursor:
        cursor.execute(_POSTS, {"own": organisation, "day": day, "most": MOST})
        return [(number, T(f"{name}（{zh}）", f"{name} ({en})")) for number, name, zh, en in cursor.fetchall()]
