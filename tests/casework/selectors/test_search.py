"""标题检索 · What the search finds is what LIKE finds among what may be seen, for any words, whoever asks, newest first."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.casework.access.people import MONDAY, filed, institution, somebody
from tests.conftest import size
from tianping.casework.access.errors import NothingToSearch
from tianping.casework.access.titles import retitled
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.registered import version_on
from tianping.casework.engine.titles import masked_title, pairs
from tianping.casework.models import AccessKey, Case, Party, Person, Recusal, SearchRow, Visibility
from tianping.casework.selectors import search
from tianping.casework.selectors.search import case_search

COUNT = size(400, 20_000)
LETTERS = "张李王三四五诉与合同纠纷借贷离婚%_'\\k:1 𠮷ab"
"""Few letters, so that words meet often; marks that mean something to LIKE and to a tsquery; one beyond the basic plane."""


@pytest.fixture(scope="module")
def titles(database: object) -> list[Case]:
    """Cases with random titles of two institutions, a third of them seen from above only."""
    random = Random(11)
    here, above = institution(), institution()
    handle = AccessKey.objects.get(organisation=here, capacity="handle")
    supervise = AccessKey.objects.get(organisation=above, capacity="supervise")
    definition, _ = version_on("pre_filing", MONDAY.date())
    fixed = {"organisation": here, "definition_id": definition, "stage": "received", "seq": 0, "head": b"", "opened": MONDAY, "updated": MONDAY}
    rows = [Case(title="".join(random.choices(LETTERS, k=random.randrange(1, 14))), level=int(random.random() < 0.1), **fixed) for _ in range(COUNT)]
    cases = Case.objects.bulk_create(rows)
    opened = [(c, k) for c in cases for k in ((handle,), (supervise,), (handle, supervise))[random.randrange(3)]]
    Visibility.objects.bulk_create([Visibility(case=c, key=k, level=c.level, lifecycle=0, due=None) for c, k in opened])
    named = [Party(case=c, capacity="Roles.APPLICANT", name="张三") for c in cases if random.random() < 0.7]
    Party.objects.bulk_create(named)
    retitled([c.pk for c in cases])
    return cases


def whole(actor: Actor, text: str, length: int) -> list[int]:
    found: list[int] = []
    after: str | None = None
    while after != "":
        page = case_search(actor, text, at=MONDAY, after=after, size=length)
        found += [r.id for r in page.rows]
        after = page.after
    return found


@settings(max_examples=size(20, 300))
@given(st.data())
def test_the_search_finds_what_like_finds(titles: list[Case], data: st.DataObject) -> None:
    ids = [c.pk for c in titles]
    keys = dict(AccessKey.objects.filter(visibility__case_id__in=ids).values_list("id", "capacity").distinct())
    held = data.draw(st.lists(st.sampled_from(sorted(keys)), unique=True, max_size=2))
    clearance = data.draw(st.integers(0, 1))
    person = Person.objects.create(name="某人")
    hidden = data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=20))
    Recusal.objects.bulk_create([Recusal(person=person, case_id=c, ground="亲属", since=MONDAY) for c in hidden])
    actor = Actor("a", 0, frozenset({"Roles.CLERK"}), tuple(held), person=person.pk, clearance=clearance)
    text = data.draw(st.text(LETTERS, min_size=1, max_size=4).filter(lambda t: bool(t.split())))
    handled = set(Visibility.objects.filter(key_id__in=[k for k in held if keys[k] == "handle"]).values_list("case_id", flat=True))
    opened = set(Visibility.objects.filter(key_id__in=held).values_list("case_id", flat=True))
    masked = dict(SearchRow.objects.filter(case_id__in=ids).values_list("case_id", "masked"))
    seen = {c.pk: c.title if c.pk in handled else masked[c.pk] for c in titles if c.pk in opened and c.level <= clearance and c.pk not in hidden}
    expected = sorted((c for c, title in seen.items() if all(word in title for word in text.split())), reverse=True)
    newest = search.NEWEST
    try:
        for search.NEWEST in (3_000, 0):  # with few of the newest, the index answers
            assert whole(actor, text, data.draw(st.sampled_from([3, 50]))) == expected
    finally:
        search.NEWEST = newest  # type: ignore[misc]


def test_a_word_of_a_new_case_is_found_at_once_and_follows_its_parties(database: object) -> None:
    city = institution()
    judge, president = somebody(institution(city), "FILING_JUDGE"), somebody(city, "PRESIDENT")
    case = filed(judge, title="赵六与钱七相邻关系纠纷", parties=()).case_id
    for word in ("赵", "六与", "相邻关系", "纠", "赵六 纠纷"):
        assert [r.id for r in case_search(judge, word, at=MONDAY).rows] == [case]
    assert not case_search(judge, "七六", at=MONDAY).rows
    assert not case_search(president, "相邻", at=MONDAY).rows, "who the parties are is not written down: any word may be a name"
    Party.objects.bulk_create([Party(case_id=case, capacity="Roles.APPLICANT", name=name) for name in ("赵六", "钱七")])
    retitled([case])
    assert [r.title for r in case_search(president, "相邻", at=MONDAY).rows] == ["赵某与钱某相邻关系纠纷"]
    assert not case_search(president, "赵六", at=MONDAY).rows


@pytest.mark.parametrize("text", ["", "   ", "\0", "字" * 41])
def test_nothing_to_search_for_is_told(text: str, database: object) -> None:
    with pytest.raises(NothingToSearch):
        case_search(Actor("a", 0, frozenset(), (1,)), text, at=MONDAY)


@given(st.text(max_size=30))
def test_every_character_begins_a_pair(text: str) -> None:
    assert all(any(p.startswith(c) for p in pairs(text)) for c in text)


def test_longer_names_are_masked_first() -> None:
    assert masked_title("张三丰诉张三", [("person", "张三"), ("person", "张三丰")]) == "张某某诉张某"
    assert masked_title("某公司诉张三", [("body", "某公司"), ("person", "张三")]) == "某公司诉张某"
    assert masked_title("张三诉李四", []) == "***"
