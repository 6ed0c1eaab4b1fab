"""遮蔽 · The names of the natural persons of a case, taken out of whatever is exported of it; numbers that look like a person's go with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import pyarrow as pa
from django.db import connection

from tianping.casework.engine.titles import masked_title
from tianping.casework.models import Party
from tianping.law.identifiers import mask_name, mask_text

SIGNED: Final = ("actor", "recorder")
_CAME: Final = """with recursive kin(of, id) as (select c.id, c.id from casework_case c where c.id = any(%(cases)s::bigint[]) and c.joined union
  select kin.of, n.id from kin cross join lateral (select e."into" as id from casework_event e where e.case_id = kin.id and e."into" is not null
    union all select e.case_id from casework_event e where e."into" = kin.id) n)
select kin.of, array_agg(distinct p.name) from kin join casework_party p on p.case_id = kin.id and p.kind = 'person' and p.name <> '' group by 1"""
"""The people of the cases that some were merged with, and their own: runs of the one stand in the other."""


class Mask:
    """遮蔽 · The names of some cases. ``whole``: nothing is masked."""

    def __init__(self, cases: Iterable[int], *, whole: bool = False) -> None:
        self.whole, self.cases = whole, list(cases)
        self.parties: dict[int, list[Party]] = defaultdict(list)
        for party in Party.objects.filter(case_id__in=self.cases).order_by("id"):
            self.parties[party.case_id].append(party)
        people = {case: {p.name for p in found if p.kind == "person" and p.name} for case, found in self.parties.items()}
        with connection.cursor() as cursor:
            cursor.execute(_CAME, {"cases": self.cases})
            people |= {case: set(names) for case, names in cursor.fetchall()}
        self.names = {case: sorted(names, key=len, reverse=True) for case, names in people.items()}
        self.given: dict[tuple[int, str], str] = {}

    def title(self, case: int, title: str) -> str:
        """A title; one whose parties are not written down is hidden, because any word of it may be a name."""
        return title if self.whole else masked_title(title, [(p.kind, p.name) for p in self.parties.get(case, ())])

    def listed(self, case: int) -> str:
        """The parties with their capacities; a body's name is public."""
        shown = [(p.capacity, p.name if self.whole or p.kind != "person" else mask_name(p.name)) for p in self.parties.get(case, ())]
        return "; ".join(f"{capacity}: {name}" for capacity, name in shown)

    def text(self, case: int, text: str) -> str:
        """What was written freely."""
        for name in self.names.get(case, ()):
            text = text.replace(name, mask_name(name))
        return mask_text(text)

    def run(self, case: int, entity: str) -> str:
        """The name of a run. Two that look alike without their names are told apart by a number."""
        key = (case, entity)
        if key not in self.given:
            plain, used = self.text(case, entity), {v for (c, _), v in self.given.items() if c == case}
            shown, n = plain, 1
            while shown in used:
                n += 1
                shown = f"{plain}·{n}"
            self.given[key] = shown
        return self.given[key]

    def table(self, table: pa.Table, texts: Iterable[str]) -> pa.Table:
        """An event table without the names. ``texts``: the facts that are written freely."""
        if self.whole or not len(table):
            return table
        cases = [int(c) for c in table["case_id"].to_pylist()]
        for name in ("entity", *SIGNED, *texts):
            change = self.run if name == "entity" else self.text
            column = table[name]
            if column.null_count == len(table):
                continue
            values = [v if not v else change(c, v) for c, v in zip(cases, column.to_pylist(), strict=True)]
            table = table.set_column(table.schema.get_field_index(name), name, pa.array(values, pa.string()).dictionary_encode())
        return table
