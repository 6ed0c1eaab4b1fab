"""人员布置 · Institutions, accounts and posts that the tests of access make for themselves."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from tianping.casework.access.acting import actor_for
from tianping.casework.access.keys import keys_for
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import NewCase, NewParty, Taken, case_open
from tianping.casework.models import Account, Organisation, Person, Post, PostRole

MONDAY = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
FIRST = date(2020, 1, 1)
PARTIES = (
    NewParty("张三丰", "Roles.APPLICANT", "person", "140799198001010015", "00012345678"),
    NewParty("李四", "Roles.OPPONENT", "person", "140799198101010023", "00087654321"),
)
TITLE = "张三丰诉李四买卖合同纠纷"


def institution(above: Organisation | None = None, *, kind: str = "court", valid_to: date | None = None) -> Organisation:
    """A new institution, under another."""
    code = f"{kind}-{uuid4().hex[:10]}"
    made = Organisation.objects.create(code=code, kind=kind, parent=above, zh=f"{code}院", en=code, court_code=f"试{code[-6:]}", valid_to=valid_to)
    made.path = f"{above.path if above is not None else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    keys_for(made.pk)
    return made


def account(administrator: str = "") -> Account:
    """Somebody who can sign in and holds no post yet."""
    name = uuid4().hex[:10]
    return Account.objects.create(username=name, person=Person.objects.create(name=name), administrator=administrator)


def post(
    who: Account,
    where: Organisation,
    *roles: str,
    first: date = FIRST,
    last: date | None = None,
    clearance: int = 0,
    acting_for: Post | None = None,
) -> Post:
    """A post with its roles."""
    assert who.person is not None
    held = Post.objects.create(
        person=who.person, organisation=where, zh="岗位", en="Post", valid_from=first, valid_to=last, clearance=clearance, acting_for=acting_for
    )
    PostRole.objects.bulk_create([PostRole(post=held, role=f"Roles.{r}", valid_from=first, valid_to=last) for r in roles])
    return held


def somebody(where: Organisation, *roles: str, clearance: int = 0) -> Actor:
    """The actor of a new account with one post."""
    who = account()
    post(who, where, *roles, clearance=clearance)
    return actor_for(who, at=MONDAY)


def filed(judge: Actor, *, title: str = TITLE, level: int = 0, parties: tuple[NewParty, ...] = PARTIES) -> Taken:
    """A case received at the judge's court."""
    new = NewCase(title, judge.organisation, level=level, keys=keys_for(judge.organisation), parties=parties)
    facts = {"suit": "ORDINARY", "qualifies": True}
    return case_open(procedure="pre_filing", step="PreFiling.receive", actor=judge, at=MONDAY, new=new, facts=facts, role="Roles.FILING_JUDGE")
