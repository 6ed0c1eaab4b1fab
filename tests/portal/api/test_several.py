"""数人与两方 · Steps that several must take together, and matters between two institutions, through the API."""

from __future__ import annotations

import json

from tests.portal.conftest import Asker, asker, opened, organisation
from tianping.casework.models import Event, Party
from tianping.portal.api.offered import offered
from tianping.portal.api.urls import the_api


def test_a_signature_is_good_for_one_step_of_the_case_as_it_stands(judge: Asker) -> None:
    case, other = opened(judge), opened(judge)
    second = asker(judge.organisation, "JUDGE", "OFFICER")
    ask = {"step": "PreFiling.file", "role": "Roles.JUDGE"}
    given = second.post(f"cases/{case}/signatures", ask, If_Match='"1"')
    assert given.status_code == 201, given.data
    assert second.post(f"cases/{case}/signatures", ask, If_Match='"2"').status_code == 412
    stranger = asker(organisation(), "JUDGE")
    assert stranger.post(f"cases/{case}/signatures", ask, If_Match="*").status_code == 404
    joint = next(o for o in offered() if o.joint and o.moves and o.procedure == "centre_visit")
    path = f"cases/{other}/steps/{joint.procedure}/{joint.code}"
    body = {"signatures": [given.data["signature"]], **({"entity": "x"} if joint.many else {})}
    refused = judge.post(path, body, If_Match='"1"')
    assert (refused.status_code, refused.data["code"]) == (409, "POR-017")
    assert judge.post(path, {**body, "signatures": ["forged"]}, If_Match='"1"').data["code"] == "POR-017"


def test_a_party_that_signed_on_paper_is_recorded_as_its_own_signer(judge: Asker) -> None:
    case = opened(judge)
    applicant = Party.objects.create(case_id=case, capacity="Roles.APPLICANT", name="张三")
    elsewhere = Party.objects.create(case_id=opened(judge), capacity="Roles.APPLICANT", name="王五")
    path = f"cases/{case}/steps/pre_filing/PreFiling.give_up"
    assert judge.post(path, {}, If_Match="*").data["code"] == "OPS-201", "nobody signed"
    assert judge.post(path, {"parties": [elsewhere.pk]}, If_Match="*").data["code"] == "OPS-201", "a party of another case"
    done = judge.post(path, {"parties": [applicant.pk]}, If_Match="*")
    assert done.status_code == 200, done.data
    event = Event.objects.get(case_id=case, step="PreFiling.give_up")
    assert [f"party:{applicant.pk}", "Roles.APPLICANT"] in event.signers
    assert event.recorder == judge.account.username, "who wrote it down stands apart from who signed"


def test_a_role_of_an_institution_is_never_vouched_for(judge: Asker) -> None:
    case = opened(judge)
    forged = Party.objects.create(case_id=case, capacity="Roles.SERVER", name="送达员")
    clerk = asker(judge.organisation, "CLERK")
    path = f"cases/{case}/steps/pre_filing/PreFiling.give_up"
    assert clerk.post(path, {"parties": [forged.pk]}, If_Match="*").data["code"] == "OPS-201"


def test_only_who_handles_the_case_vouches_for_a_signature_on_paper() -> None:
    city = organisation()
    judge = asker(organisation(parent=city), "FILING_JUDGE")
    case = opened(judge)
    applicant = Party.objects.create(case_id=case, capacity="Roles.APPLICANT", name="张三")
    above = asker(city, "PRESIDENT")
    assert above.get(f"cases/{case}").status_code == 200
    refused = above.post(f"cases/{case}/steps/pre_filing/PreFiling.give_up", {"parties": [applicant.pk]}, If_Match="*")
    assert (refused.status_code, refused.data["code"]) == (403, "OPS-404")
    assert not Event.objects.filter(case_id=case, step="PreFiling.give_up").exists()


def test_a_matter_is_sent_taken_and_known_to_both_sides(judge: Asker) -> None:
    body = organisation("mediation")
    mediator = asker(body, "MEDIATOR", "FILING_JUDGE")
    case = opened(judge)
    facts = {"suitable": True, "consents": True}
    sent = judge.post(f"cases/{case}/steps/pre_filing/PreFiling.refer", {"facts": facts, "receivers": {"mediation": body.pk}}, If_Match="*")
    assert sent.status_code == 200, sent.data
    row = mediator.get("referrals/in?state=sent").data["items"][0]
    assert judge.get("referrals/out").data["items"][0]["id"] == row["id"]
    stranger = asker(organisation(), "MEDIATOR", "COURT")
    assert stranger.get("referrals/in").data["items"] == []
    assert stranger.post(f"referrals/{row['id']}/return", {"reason": "不属我处"}).status_code == 404
    nobody = asker(body)
    assert nobody.post(f"referrals/{row['id']}/return", {"reason": "不属我处"}).status_code == 404, "no role, no key"
    ways = [p for p in json.loads(the_api().described)["paths"] if p.startswith("/api/v1/referrals/{number}/take/")]
    way = next(w for w in ways if w.endswith("/OnlineMediation.push"))
    taken = mediator.post(way.replace("{number}", str(row["id"])), {})
    assert taken.status_code == 201, taken.data
    assert mediator.get(f"cases/{taken.data['case']}").status_code == 200
    assert judge.get(f"cases/{taken.data['case']}").status_code == 404, "each side its own case"
    assert judge.get(f"cases/{case}").data["referrals"][0]["state"] == "taken"
    again = mediator.post(f"referrals/{row['id']}/return", {"reason": "不属我处"})
    assert again.status_code == 409


def test_a_matter_sent_to_nobody_stands_in_sight_until_somebody_is_named(judge: Asker) -> None:
    body = organisation("mediation")
    mediator, other = asker(body, "MEDIATOR"), asker(organisation(), "FILING_JUDGE")
    case = opened(judge)
    sent = judge.post(f"cases/{case}/steps/pre_filing/PreFiling.refer", {"facts": {"suitable": True, "consents": True}}, If_Match="*")
    assert sent.status_code == 200, sent.data
    (row,) = judge.get(f"cases/{case}").data["referrals"]
    assert (row["state"], row["receiver"], row["notice"]["code"]) == ("unaddressed", None, "OPS-417")
    assert [r["id"] for r in judge.get("referrals/out?state=unaddressed").data["items"]] == [row["id"]]
    for somebody in (mediator, other):
        assert somebody.post(f"referrals/{row['id']}/address", {"receiver": body.pk}).status_code == 404
    assert judge.post(f"referrals/{row['id']}/address", {"receiver": 10**9}).data["code"] == "OPS-419"
    assert judge.post(f"referrals/{row['id']}/address", {"receiver": body.pk}).status_code == 204
    assert judge.post(f"referrals/{row['id']}/address", {"receiver": body.pk}).data["code"] == "OPS-412"
    (arrived,) = mediator.get("referrals/in?state=sent").data["items"]
    assert (arrived["id"], arrived["receiver"], arrived["notice"]) == (row["id"], body.pk, None)
