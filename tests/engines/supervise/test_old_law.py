"""旧法案件 · A case under a superseded law is judged to its end; an article whose later number is not held stays as its version cites it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tianping.engines.generate import Generator
from tianping.engines.supervise.encoding import rows_of_events
from tianping.engines.supervise.results import article
from tianping.engines.supervise.run import supervise
from tianping.law.periods import day_number
from tianping.law.statutes import CPL17, CPL23, parse_citation
from tianping.procedure.registry import find, folders, load_folder
from tianping.procedure.tables import compiled

OLD = [(path.name, n) for path in folders().values() for n in range(len(load_folder(path).versions) - 1)]


@pytest.mark.parametrize(("code", "number"), OLD)
def test_cases_of_old_versions_are_judged_after_their_law_has_gone(code: str, number: int) -> None:
    folder = find(code)
    version = folder.versions[number]
    assert version.valid_to is not None
    tables = compiled(version)
    start = max(version.valid_from, version.valid_to - timedelta(days=1800))
    logs = {n: log for n, log in Generator(tables, 3, start=start).cases(60).items() if log[0].day <= version.valid_to}
    report = supervise(folder, rows_of_events(logs, tables), as_of=version.valid_to + timedelta(days=1500))
    assert report.cases == len(logs) > 0
    assert all(parse_citation(cited).refs for cited in report.findings["citation"].unique().to_pylist())


def test_an_article_moves_with_the_law_where_its_place_is_known() -> None:
    day = day_number(date(2023, 6, 1)) * 86_400_000_000
    assert article(CPL23[164], day) == "CPL21 164"
    assert article(CPL17[88], day) == "CPL21 91"
    assert article(CPL17[16], day) == "CPL17 16"
