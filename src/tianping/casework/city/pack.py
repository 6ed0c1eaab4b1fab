"""城市包 · A city pack: its organisations as a tree with their days, the posts of its (sample) people with their roles.

``read_pack(folder)`` reads ``city.toml``, ``organisations.toml`` and ``posts.toml`` and refuses what does not hang together (OPS-701 to OPS-707).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tianping.casework.city.checks import check_organisations, check_posts, known_word, role_code
from tianping.casework.city.entries import Entry, read_toml
from tianping.casework.city.errors import BadPackFile
from tianping.casework.city.model import Organisation, Pack, Post

KINDS: Final = (
    "court_intermediate", "court_basic", "procuratorate_city", "procuratorate_basic", "police_city", "police_county", "police_station",
    "handling_centre", "committee", "mediation_platform", "docked_body", "mediation_committee",
)  # fmt: skip
STATUSES: Final = ("verified", "secondary", "policy", "local")
DUTIES: Final = ("legal_officer", "supervisor")
ADMINISTRATORS: Final = ("", "system", "security", "audit")


def read_pack(folder: Path) -> Pack:
    """A city pack. Raises the errors OPS-701 to OPS-707."""
    city = read_toml(folder / "city.toml", BadPackFile).only("code", "zh", "en", "division", "sample_division", "status", "source", "channel")
    known_word(city.where, "status", city.text("status"), STATUSES)
    channels = {e.only("code", "zh", "en").text("code"): e.words() for e in city.entries("channel")}
    organisations = [_organisation(e, channels) for e in _listed(folder / "organisations.toml", "organisation")]
    check_organisations("organisations.toml", organisations)
    by_code = {o.code: o for o in organisations}
    posts = [_post(e) for e in _listed(folder / "posts.toml", "post")]
    check_posts("posts.toml", posts, by_code)
    return Pack(
        city.text("code"), city.words(), city.text("division"), city.text("sample_division"), tuple(organisations), tuple(posts), by_code, channels
    )


def _listed(path: Path, key: str) -> Iterable[Entry]:
    return read_toml(path, BadPackFile).only(key).entries(key)


def _organisation(entry: Entry, channels: Iterable[str]) -> Organisation:
    entry.only("code", "kind", "parent", "zh", "en", "division", "court_code", "channel", "court", "valid_from", "valid_to", "status", "source")
    return Organisation(
        code=entry.text("code"),
        kind=known_word(entry.where, "kind", entry.text("kind"), KINDS),
        parent=entry.text("parent", ""),
        name=entry.words(),
        division=entry.text("division"),
        court_code=entry.text("court_code", ""),
        channel=known_word(entry.where, "channel", entry.text("channel", ""), ("", *channels)),
        court=entry.text("court", ""),
        valid_from=entry.day_or_none("valid_from"),
        valid_to=entry.day_or_none("valid_to"),
        status=known_word(entry.where, "status", entry.text("status"), STATUSES),
        source=entry.text("source"),
    )


def _post(entry: Entry) -> Post:
    entry.only("username", "name", "organisation", "zh", "en", "roles", "duties", "administrator", "valid_from", "valid_to", "sign_in", "clearance")
    return Post(
        username=entry.text("username"),
        name=entry.text("name"),
        organisation=entry.text("organisation"),
        title=entry.words(),
        roles=tuple(role_code(entry.where, r) for r in entry.texts("roles")),
        duties=tuple(known_word(entry.where, "duty", d, DUTIES) for d in entry.texts("duties", ())),
        administrator=known_word(entry.where, "administrator", entry.text("administrator", ""), ADMINISTRATORS),
        valid_from=entry.day("valid_from"),
        valid_to=entry.day_or_none("valid_to"),
        sign_in=entry.truth("sign_in"),
        clearance=entry.number("clearance", 0),
    )
