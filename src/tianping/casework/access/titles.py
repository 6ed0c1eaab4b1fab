"""重写检索行 · The search rows of cases whose parties changed: the masked title is without the names of all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tianping.casework.engine.titles import masked_title, vector
from tianping.casework.models import Case, Party, SearchRow, Visibility


def retitled(cases: Iterable[int]) -> None:
    """Write the search rows anew, from the title, the parties and the keys as they stand. Inside the transaction of what changed them."""
    ids = list(cases)
    parties: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for case, kind, name in Party.objects.filter(case_id__in=ids).values_list("case_id", "kind", "name"):
        parties[case].append((kind, name))
    keys: dict[int, list[int]] = defaultdict(list)
    for case, key in Visibility.objects.filter(case_id__in=ids).values_list("case_id", "key_id"):
        keys[case].append(key)
    rows = []
    for case, title in Case.objects.filter(pk__in=ids).values_list("id", "title"):
        masked = masked_title(title, parties[case])
        rows.append(SearchRow(case_id=case, title=title, masked=masked, tsv=vector(title, masked, keys[case])))
    SearchRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["case"], update_fields=["title", "masked", "tsv"])
