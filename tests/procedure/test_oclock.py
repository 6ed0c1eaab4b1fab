"""钟点 · A time of day as people write it is kept in one way; what is none is refused; only a text tells one."""

from __future__ import annotations

from datetime import date

import pytest

from tianping.law.text import T
from tianping.procedure import Fact
from tianping.procedure.oclock import hour_of, minutes

WRITTEN = {
    "9:30": "09:30", "09：30": "09:30", "9时30分": "09:30", "9时5分": "09:05", "9点": "09:00", "14": "14:00", "下午2点": "14:00",
    "中午12:30": "12:30", "下午12点": "12:00", "中午11:30": "11:30", "中午1点": "13:00", "晚上7点半": None,
    "晚上7点": "19:00", "晚上12点": None, "上午9点": "09:00", "上午14点": None, "24:00": None, "9:60": None, "9:3": None, "930": None,
    "上班后": None, "": None, "9:30-10:30": None, "9月30": None,
}  # fmt: skip


@pytest.mark.parametrize("said", WRITTEN)
def test_a_time_of_day_is_kept_in_one_way(said: str) -> None:
    found = hour_of(said)
    assert found == WRITTEN[said]
    assert found is None or (hour_of(found) == found and 0 <= minutes(found) < 24 * 60)


def test_an_hour_tells_of_a_day_of_the_calendar() -> None:
    day, other = Fact(date, T("日", "Day"), agenda=True), Fact(date, T("他日", "Other day"))
    assert Fact(str, T("时", "Hour"), of=day, hour=True).of is day
    with pytest.raises(TypeError, match="are texts"):
        Fact(str, T("时", "Hour"), of=other, hour=True)
    with pytest.raises(TypeError, match="are texts"):
        Fact(int, T("时", "Hour"), of=day, hour=True)
