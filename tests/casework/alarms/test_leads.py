"""提前量 · What a chip shows follows the rules that the alarms are told by: an institution's own, else of the body above, else of all."""

from __future__ import annotations

from datetime import timedelta

from tests.portal.conftest import organisation
from tianping.casework.alarms.leads import Leads, leads_of
from tianping.casework.database.embedded import Embedded
from tianping.casework.models import AlarmRule


def test_the_nearest_rule_stands(database: Embedded) -> None:
    above = organisation()
    below, other = organisation(parent=above), organisation()
    assert leads_of([below.pk, other.pk]) == {below.pk: Leads(), other.pk: Leads()}, "the default of all is what a chip has without any rule"
    AlarmRule.objects.create(organisation=above, kind="warning", level=1, timed=False, shift=timedelta(days=7))
    AlarmRule.objects.create(organisation=above, kind="warning", level=2, timed=True, shift=timedelta(hours=2))
    AlarmRule.objects.create(organisation=below, kind="warning", level=1, timed=False, shift=timedelta(days=5))
    AlarmRule.objects.create(organisation=below, kind="warning", level=2, timed=False, shift=timedelta(0), off=True)
    AlarmRule.objects.create(organisation=below, kind="alarm", level=1, timed=False, shift=timedelta(days=9))
    found = leads_of([above.pk, below.pk, other.pk])
    assert found[above.pk] == Leads(first=timedelta(days=7), second_timed=timedelta(hours=2))
    assert found[below.pk] == Leads(first=timedelta(days=5), second=None, second_timed=timedelta(hours=2))
    assert found[other.pk] == Leads()
    assert leads_of([]) == {}
