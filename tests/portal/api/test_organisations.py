"""机构接口 · The system administrator keeps the tree and its posts through the API; days bind, and nothing is lost of what was."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.portal.conftest import Asker, account, asker, opened, organisation, secret_of
from tianping.casework.models import Organisation, Post, SecurityEvent


@pytest.fixture(scope="module")
def system(database: object) -> Asker:
    who = account("system")
    return Asker(who, organisation(), secret_of(who))


def made(system: Asker, **more: object) -> int:
    body = {"code": f"u-{uuid4().hex[:10]}", "kind": "court", "zh": "新设法庭", "en": "New tribunal", **more}
    answer = system.post("admin/organisations", body)
    assert answer.status_code == 201, answer.data
    number: int = answer.data["id"]
    return number


def test_an_institution_is_made_found_renamed_and_moved(system: Asker) -> None:
    top, other = made(system, valid_from="2020-01-01"), made(system)
    own = made(system, parent=top, valid_from="2021-01-01", zh="示范人民法庭")
    (listed,) = system.get(f"admin/organisations?under={top}").data["items"]
    assert (listed["id"], listed["parent"], listed["valid_from"], listed["below"], listed["held"]) == (own, top, "2021-01-01", 0, 0)
    found = [o["id"] for o in system.get("admin/organisations?words=%E7%A4%BA%E8%8C%83").data["items"]]
    assert own in found, "by its name"
    assert system.post(f"admin/organisations/{own}/rename", {"zh": "城区人民法庭", "en": "Town tribunal"}).status_code == 204
    assert system.post(f"admin/organisations/{own}/move", {"parent": other}).status_code == 204
    one = system.get(f"admin/organisations/{own}").data
    assert (one["name"]["zh"], [o["id"] for o in one["above"]]) == ("城区人民法庭", [other])
    circle = system.post(f"admin/organisations/{other}/move", {"parent": own})
    assert (circle.status_code, circle.data["code"]) == (409, "OPS-504")
    kinds = SecurityEvent.objects.filter(subject=own, actor=system.account.pk).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["organisation_made", "organisation_renamed", "organisation_moved"]


def test_days_bind_a_new_unit_and_a_second_of_one_code_is_refused(system: Asker) -> None:
    top = made(system, valid_from="2020-01-01")
    ask = {"code": f"u-{uuid4().hex[:10]}", "kind": "court", "zh": "庭", "en": "Unit", "parent": top}
    assert system.post("admin/organisations", ask | {"valid_from": "2019-12-31"}).data["code"] == "OPS-501"
    assert system.post("admin/organisations", ask).status_code == 201
    assert system.post("admin/organisations", ask).data["code"] == "OPS-803"
    assert system.post("admin/organisations", {**ask, "code": "x1", "parent": 10**9}).status_code == 404
    closed = made(system)
    assert system.post(f"admin/organisations/{closed}/close", {"last": "2026-06-30"}).status_code == 204
    assert system.post("admin/organisations", {**ask, "code": "x2", "parent": closed}).data["code"] == "OPS-501", "nothing is put under a closed one"
    assert Organisation.objects.filter(code__in=("x1", "x2")).count() == 0


def test_an_institution_with_cases_is_not_closed_but_merged(system: Asker) -> None:
    own, other = organisation(), organisation()
    judge = asker(own, "FILING_JUDGE")
    case = opened(judge)
    refused = system.post(f"admin/organisations/{own.pk}/close", {"last": "2026-12-31"})
    assert (refused.status_code, refused.data["code"]) == (409, "OPS-505")
    assert system.post(f"admin/organisations/{own.pk}/merge", {"into": other.pk, "last": "2026-10-31"}).status_code == 204
    assert system.get(f"admin/organisations/{own.pk}").data["successor"] == other.pk
    heir = asker(other, "FILING_JUDGE")
    assert heir.get(f"cases/{case}").status_code == 200
    assert judge.get(f"cases/{case}").status_code == 404, "its post ended with the institution"


def test_a_post_is_listed_acted_for_and_ended(system: Asker) -> None:
    court = organisation()
    judge, clerk = asker(court, "FILING_JUDGE", "JUDGE"), asker(court, "CLERK")
    case = opened(judge)
    rows = system.get(f"admin/organisations/{court.pk}/posts?size=1").data
    (row,) = rows["items"]
    assert (row["accounts"], sorted(r["role"] for r in row["roles"])) == ([judge.account.pk], ["Roles.FILING_JUDGE", "Roles.JUDGE"])
    path = f"cases/{case}/steps/pre_filing/PreFiling.file"
    assert clerk.post(path, {"facts": {"qualifies": True}}, If_Match="*").status_code == 409
    days = {"zh": "代理立案法官", "en": "Acting", "valid_from": "2026-01-01", "valid_to": "2099-12-31"}
    deputy = system.post(f"admin/posts/{row['id']}/deputies", {"deputy": clerk.account.pk, **days})
    assert deputy.status_code == 201, deputy.data
    assert system.post(f"admin/posts/{row['id']}/deputies", {"deputy": judge.account.pk, **days}).data["code"] == "OPS-503"
    done = clerk.post(path, {"facts": {"qualifies": True}}, If_Match="*", Tianping_Post=str(deputy.data["id"]))
    assert done.status_code == 200, done.data
    assert system.post(f"admin/posts/{row['id']}/end", {"last": "2026-06-30"}).status_code == 204
    assert str(Post.objects.get(pk=deputy.data["id"]).valid_to) == "2026-06-30", "who acts for it ends with it"
    every = system.get(f"admin/organisations/{court.pk}/posts").data["items"]
    assert [(p["acting_for"], p["valid_to"]) for p in every] == [(None, "2026-06-30"), (None, None), (row["id"], "2026-06-30")]
    assert system.get(f"admin/organisations/{10**9}/posts").status_code == 404
