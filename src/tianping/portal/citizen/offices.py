"""受理机构 · Which institutions take what a citizen begins: those of the room that the procedure belongs to, as they stand on the day."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import Q

from tianping.casework.engine.registered import folders
from tianping.casework.models import Organisation

KINDS: Final = {
    "courts": ("court", "court_basic", "court_intermediate"),
    "mediation": ("mediation_platform", "docked_body"),
    "procuratorate": ("procuratorate", "procuratorate_basic", "procuratorate_city"),
    "police": ("police", "police_city", "police_county"),
}
"""The first folder of a room → the kinds of institutions that it is of."""
MOST: Final = 300


def offices_for(procedure: str, day: date) -> list[Organisation]:
    """The institutions, in the order of their divisions; of a procedure outside the rooms every one that stands."""
    parts = folders()[procedure].path.parts
    room = parts[parts.index("institutions") + 1] if "institutions" in parts else ""
    standing = Organisation.objects.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))
    rows = standing.filter(kind__in=KINDS[room]) if room in KINDS else standing
    return list(rows.order_by("division", "kind", "pk")[:MOST])


def basic_courts(day: date) -> list[Organisation]:
    """The basic courts: where a civil suit of first instance is brought as a rule."""
    return [o for o in offices_for("e_filing", day) if o.kind in ("court", "court_basic")]
