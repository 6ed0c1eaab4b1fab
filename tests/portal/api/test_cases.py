"""案件接口 · Open, move, read: what the API says is what the engine did, and each header keeps its promise."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.portal.conftest import Asker, asker, opened, organisation
from tianping.casework.models import Case, Event, Party

FILE = "steps/pre_filing/PreFiling.file"


def test_a_case_is_opened_read_and_moved(judge: Asker) -> None:
    case = opened(judge)
    seen = judge.get(f"cases/{case}")
    assert seen.status_code == 200
    assert seen.headers["ETag"].startswith('"1-')
    assert (seen.data["stage"], seen.data["version"], seen.data["ledger"][0]["step"]) == ("received", 1, "PreFiling.receive")
    assert "张三" in seen.content.decode(), "Chinese is Chinese"
    moved = judge.post(f"cases/{case}/{FILE}", {"facts": {"qualifies": True}}, If_Match='"1"')
    assert moved.status_code == 200, moved.data
    assert moved.headers["ETag"] == f'"{moved.data["version"]}"'
    assert Case.objects.get(pk=case).stage == "filed"
    assert [e["step"] for e in judge.get(f"cases/{case}").data["ledger"]][:2] == ["PreFiling.receive", "PreFiling.file"]


def test_who_has_it_already_is_told_so_until_anything_that_is_shown_changes(judge: Asker) -> None:
    case = opened(judge)
    tag = judge.get(f"cases/{case}").headers["ETag"]
    same = judge.get(f"cases/{case}", If_None_Match=f'"other", W/{tag}')
    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)
    party = Party.objects.create(case_id=case, capacity="Roles.OPPONENT", name="李四")
    again = judge.get(f"cases/{case}", If_None_Match=tag)
    assert (again.status_code, again.data["version"]) == (200, 1), "another party, no new version"
    assert again.headers["ETag"] != tag
    assert [p["id"] for p in again.data["parties"]] == [party.pk]
    moved = judge.post(f"cases/{case}/{FILE}", {"facts": {"qualifies": True}}, If_Match=again.headers["ETag"])
    assert moved.status_code == 200, "what GET gave out is good for If-Match"
    assert judge.get(f"cases/{case}", If_None_Match=again.headers["ETag"]).status_code == 200


def test_clocks_come_with_their_derivation_and_articles(judge: Asker) -> None:
    case = opened(judge, happened="2026-03-02T10:00:00+08:00")
    clock = judge.get(f"cases/{case}/clocks").data[0]
    assert (clock["code"], clock["due"]) == ("PreFiling.to_decide", "2026-03-09")
    assert any("CPL23" in line["cites"] for line in clock["derivation"])
    assert all(line["what"]["zh"] and line["what"]["en"] for line in clock["derivation"])


def test_available_steps_say_why_not(judge: Asker) -> None:
    case = opened(judge)
    found = {s["step"]: s for s in judge.get(f"cases/{case}/steps").data}
    assert found["PreFiling.file"]["may"]
    assert found["PreFiling.file"]["at"] == f"/api/v1/cases/{case}/{FILE}"
    other = asker(judge.organisation, "MEDIATOR")
    refused = {s["step"]: s for s in other.get(f"cases/{case}/steps").data}["PreFiling.file"]
    assert not refused["may"]
    assert refused["reasons"][0]["rule"] == "PreFiling.file.by"
    assert refused["reasons"][0]["zh"]["todo"]
    assert refused["reasons"][0]["en"]["todo"]


def test_a_refusal_is_a_problem_in_both_languages_with_its_article(judge: Asker) -> None:
    case = opened(judge)
    zh = judge.post(f"cases/{case}/{FILE}", {"facts": {"qualifies": False}}, If_Match="*")
    assert (zh.status_code, zh.headers["Content-Type"]) == (409, "application/problem+json")
    assert (zh.data["code"], zh.data["status"]) == ("OPS-201", 409)
    assert any("CPL23 122" in a for a in zh.data["articles"])
    assert zh.data["reasons"][0]["rule"] == "PreFiling.unqualified"
    assert zh.data["title"] == zh.data["zh"]["what"]
    en = judge.post(f"cases/{case}/{FILE}", {"facts": {"qualifies": False}}, If_Match="*", Accept_Language="en")
    assert en.data["title"] == en.data["en"]["what"] != zh.data["title"]
    assert Event.objects.filter(case_id=case).count() == 1


def test_an_equal_request_is_done_once_and_another_one_under_its_key_is_refused(judge: Asker) -> None:
    key = str(uuid4())
    body = {"title": "甲诉乙", "facts": {"suit": "ORDINARY", "qualifies": True}}
    first = judge.post("procedures/pre_filing/cases/PreFiling.receive", body, Idempotency_Key=key)
    again = judge.post("procedures/pre_filing/cases/PreFiling.receive", body, Idempotency_Key=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.data == {**first.data, "replayed": True}
    other = judge.post("procedures/pre_filing/cases/PreFiling.receive", {**body, "title": "丙诉丁"}, Idempotency_Key=key)
    assert (other.status_code, other.data["code"]) == (409, "OPS-205")
    case, key = first.data["case"], str(uuid4())
    for replayed in (False, True):
        done = judge.post(f"cases/{case}/{FILE}", {"facts": {"qualifies": True}}, If_Match='"1"', Idempotency_Key=key)
        assert (done.status_code, done.data.get("replayed")) == (200, replayed), done.data
    for bad in ("", "x", key.upper(), "{" + key + "}"):
        assert judge.post("procedures/pre_filing/cases/PreFiling.receive", body, Idempotency_Key=bad).status_code == 422


def test_a_stale_version_is_told_and_a_missing_one_is_asked_for(judge: Asker) -> None:
    case = opened(judge)
    stale = judge.post(f"cases/{case}/{FILE}", {"facts": {"qualifies": True}}, If_Match='"7"')
    assert (stale.status_code, stale.data["code"]) == (412, "OPS-204")
    missing = judge.post(f"cases/{case}/{FILE}", {"facts": {"qualifies": True}})
    assert (missing.status_code, missing.data["code"]) == (428, "POR-009")
    assert Event.objects.filter(case_id=case).count() == 1


def test_a_correction_voids_an_entry(judge: Asker) -> None:
    case = opened(judge)
    judge.post(f"cases/{case}/{FILE}", {"facts": {"qualifies": True}}, If_Match='"1"')
    done = judge.post(f"cases/{case}/corrections", {"voids": 2}, If_Match="*")
    assert done.status_code == 200, done.data
    assert judge.get(f"cases/{case}").data["ledger"][1]["voided"]
    assert judge.post(f"cases/{case}/corrections", {"voids": 2}, If_Match="*").status_code == 409


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"facts": {"qualifies": "true"}}, "body.facts.qualifies"),
        ({"facts": {"qualifies": 1}}, "body.facts.qualifies"),
        ({"facts": {"colour": "red"}}, "body.facts.colour"),
        ({"happened": "yesterday"}, "body.happened"),
        ({"title": "x"}, "body.title"),
        ({"role": "Roles.EMPEROR"}, "body.role"),
    ],
)
def test_a_field_that_will_not_do_is_named(judge: Asker, body: object, place: str) -> None:
    case = opened(judge)
    answer = judge.post(f"cases/{case}/{FILE}", body, If_Match="*")
    assert answer.status_code == 422
    assert place in [f["place"] for f in answer.data["fields"]], answer.data


def test_moments_that_are_none_are_refused(judge: Asker) -> None:
    for given in ("2026-02-30T10:00:00+08:00", "2199-01-01T00:00:00Z", "1900-01-01T00:00:00Z"):
        answer = judge.post("procedures/pre_filing/cases/PreFiling.receive", {"title": "x", "happened": given})
        assert answer.status_code == 409, answer.data


def test_lists_go_on_by_opaque_signed_cursors(judge: Asker) -> None:
    cases = [opened(judge) for _ in range(5)]
    first = judge.get("cases?size=2").data
    second = judge.get(f"cases?size=2&after={first['next']}").data
    third = judge.get(f"cases?size=2&after={second['next']}").data
    assert [c["id"] for page in (first, second, third) for c in page["items"]] == cases[::-1]
    assert third["next"] is None
    for cursor in (first["next"] + "x", first["next"][:-1], "x", judge.get("cases?size=2&order=due").data["next"]):
        assert judge.get(f"cases?size=2&after={cursor}").status_code == 404
    other = asker(judge.organisation, "CLERK")
    assert other.get(f"cases?size=2&after={first['next']}").status_code == 404


def test_filters_narrow_a_list(judge: Asker) -> None:
    case = opened(judge)
    assert [c["id"] for c in judge.get("cases?procedure=pre_filing&stage=received&lifecycle=0").data["items"]] == [case]
    assert judge.get("cases?stage=filed").data["items"] == []
    assert judge.get("cases?size=101").status_code == 422


def test_search_finds_by_words_of_the_title_in_the_body(judge: Asker) -> None:
    case = opened(judge)
    assert [f["id"] for f in judge.post("search", {"words": "李四 买卖"}).data["items"]] == [case]
    assert judge.post("search", {"words": "王五"}).data["items"] == []
    assert judge.get("search?words=李四").status_code == 405
    reader = asker(judge.organisation, "CLERK", scopes=("read",))
    assert reader.post("search", {"words": "李四"}).status_code == 200
    assert reader.post("procedures/pre_filing/cases/PreFiling.receive", {"title": "x"}).status_code == 403


def test_somebody_else_sees_no_case_and_learns_nothing(judge: Asker) -> None:
    case = opened(judge)
    stranger = asker(organisation(), "FILING_JUDGE", "JUDGE")
    missing = stranger.get(f"cases/{10**12}")
    for path in ("", "/clocks", "/steps"):
        answer = stranger.get(f"cases/{case}{path}")
        assert answer.status_code == 404
        assert {**answer.data, "instance": ""} == {
            **missing.data,
            "instance": "",
            "title": missing.data["title"].replace(str(10**12), str(case)),
            "zh": answer.data["zh"],
            "en": answer.data["en"],
        }
    assert stranger.get("cases").data["items"] == []
    assert stranger.post("search", {"words": "李四"}).data["items"] == []
    assert stranger.post(f"cases/{case}/{FILE}", {"facts": {"qualifies": True}}, If_Match="*").status_code == 404
