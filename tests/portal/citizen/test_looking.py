"""先看后办 · The wizard and the calculators: all in the address, each figure the law's own with its article, no prediction."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from urllib.parse import urlencode

import pytest

from tests.portal.citizen.conftest import Visitor, problem
from tianping.law import fees
from tianping.law.custody import detention
from tianping.law.custody_clocks import CLOCKS
from tianping.law.rules import due, rules
from tianping.portal.citizen.disputes import SCREENS, UNSURE

FULL = {
    "kind": "CONTRACT", "money": "yes", "amount": "38600", "since-year": "2025", "since-month": "1", "since-day": "10", "evidence": "yes",
    "clear": "yes", "reachable": "yes", "property": "yes", "willing": "no",
}  # fmt: skip


def at(**answers: str) -> str:
    return "/disputes/?" + urlencode(answers)


def words(text: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


# ---- the wizard --------------------------------------------------------------------------------------------------------------------------


def test_one_question_a_screen_with_why_and_a_way_out(visitor: Visitor) -> None:
    given: dict[str, str] = {}
    for n, screen in enumerate(SCREENS, 1):
        page = visitor.get(at(**given))
        assert screen.question.title.zh in page and f"第{n}题" in page and screen.why.zh in page and "我不确定" in page and "12368" in page
        assert len(re.findall(r"<h1", page)) == 1
        assert all(f'name="{k}" value="{v}"' in page for k, v in given.items())
        name = screen.question.name
        given |= {k: v for k, v in FULL.items() if k == name or k.startswith(f"{name}-")}
    assert "建议：" in visitor.get(at(**given))


def test_small_claims_are_suggested_with_fee_time_and_article(visitor: Visitor) -> None:
    page = visitor.get(at(**FULL))
    said = words(page)
    fee = fees.halved(fees.property_case(fees.money("38600")), [fees.Halving.SIMPLE]).value
    assert "建议：起诉，走小额诉讼程序" in said and f"{fee:,.2f}元" in said and "一审终审，不能上诉" in said
    assert "民事诉讼法" in said and "先调解" in said and "不收费" in said and "申请支付令" in said and "分流员" in said
    assert "未核实" in said, "the wage that the bound rests on is not verified, and the page says so"
    full = fees.property_case(fees.money("38600")).value
    assert f"受理费 {full}" not in said and f"受理费{full:,.2f}" not in said, "no second fee beside the one that is payable"
    assert "胜诉" not in said and "概率" not in said and "不预测输赢" in said


def test_mediation_is_suggested_to_who_is_willing(visitor: Visitor) -> None:
    said = words(visitor.get(at(**{**FULL, "willing": "yes"})))
    assert "建议：先调解" in said and "走小额诉讼程序" in said and "司法确认" in said


def test_who_is_not_sure_gets_the_slower_way_and_a_human(visitor: Visitor) -> None:
    given = {s.question.name: UNSURE for s in SCREENS}
    said = words(visitor.get(at(**given)))
    assert "普通程序" in said and "您不确定的" in said and "请工作人员帮我看" in said and "受理费" not in said.split("要留意的")[0]


def test_the_same_answers_give_the_same_page(visitor: Visitor) -> None:
    one, other = visitor.get(at(**FULL)), Visitor().get(at(**FULL))
    mark = r"推算时间 [^。]*。|value=\"[0-9A-Za-z]{64}\""
    assert re.sub(mark, "", one) == re.sub(mark, "", other)


@pytest.mark.parametrize(("given", "said"), [
    ({"kind": "NONE"}, "请选一项"),
    ({"kind": "CONTRACT", "money": "yes", "amount": "三万"}, "金额须是数字"),
    ({"kind": "CONTRACT", "money": "no", "since-year": "2025", "since-month": "13", "since-day": "1"}, "须是一个日期"),
])  # fmt: skip
def test_what_will_not_do_is_said_on_its_own_screen(visitor: Visitor, given: dict[str, str], said: str) -> None:
    answer = visitor.client.get(at(**given))
    assert answer.status_code == 422 and said in "".join(problem(answer.content.decode()))


def test_back_takes_the_last_answer_away(visitor: Visitor) -> None:
    page = visitor.get(at(kind="CONTRACT", money="yes", amount="5"))
    back = re.search(r'class="back" href="([^"]+)"', page)
    assert back and unescape(back[1]) == at(kind="CONTRACT", money="yes")


# ---- the calculators ---------------------------------------------------------------------------------------------------------------------


def test_a_fee_is_the_laws_with_each_line(visitor: Visitor) -> None:
    page = visitor.get("/calculators/fees?kind=property&amount=38,600元&halve=simple&reduce=30")
    found = fees.reduced(fees.halved(fees.property_case(fees.money("38600")), [fees.Halving.SIMPLE]), fees.money("0.3"))
    said = words(page)
    assert f"{found.value:,.2f}元" in said
    assert all(line.what.zh in said for line in found.derivation.lines) and "诉讼费用交纳办法" in said


def test_every_kind_of_fee_is_asked_what_it_needs(visitor: Visitor) -> None:
    for kind, one in fees.schedules().items():
        if kind in ("divorce_property", "personality_damages"):
            continue
        more = {"amount": "300000"} if one.graded or kind in ("divorce", "personality", "intellectual_property") else {}
        more |= {"base": str(one.least)} if one.least is not None else {}
        page = visitor.get(f"/calculators/fees?{urlencode({'kind': kind, **more, 'go': '1'})}")
        assert "应交" in page, kind


def test_every_period_of_the_register_is_reckoned(visitor: Visitor) -> None:
    counted = 0
    for one in rules():
        if one.area not in (
            "civil",
            "mediation",
            "labour",
            "traffic",
            "petitions",
            "administrative",
            "information",
            "prosecution",
            "police",
            "criminal",
        ):
            continue
        hours = {"hour": "9", "minute": "0"} if one.in_hours else {}
        given = {"rule": one.code, "from-year": "2026", "from-month": "9", "from-day": "1", **hours}
        answer = visitor.client.get(f"/calculators/deadlines?{urlencode(given)}")
        text = answer.content.decode()
        if not one.in_hours and answer.status_code == 200:
            last = due(one.code, date(2026, 9, 1))
            assert f"{last.day.year}年{last.day.month}月{last.day.day}日" in text, one.code
            counted += 1
        assert answer.status_code == 200 or "LAW-" in text, one.code
    assert counted > 40


def test_a_day_in_a_year_without_calendar_is_provisional(visitor: Visitor) -> None:
    page = visitor.get("/calculators/deadlines?rule=trial_ordinary&from-year=2026&from-month=11&from-day=27")
    assert "暂定" in page


def test_custody_never_rolls_over_a_rest_day(visitor: Visitor) -> None:
    page = visitor.get("/calculators/custody?clock=detention&from-year=2026&from-month=9&from-day=28&extra=4&major=no")
    got = detention(date(2026, 9, 28), extra_days=4)
    assert f"{got.request.day.month}月{got.request.day.day}日" in page and "刑事诉讼法" in page
    for name in CLOCKS:
        assert visitor.client.get(f"/calculators/custody?clock={name}").status_code == 200
    wrong = visitor.client.get("/calculators/custody?clock=detention&from-year=2026&from-month=9&from-day=28&extra=9&major=no")
    assert wrong.status_code == 422 and "LAW-321" in wrong.content.decode()


def test_damages_are_paid_by_who_owes_them_to_the_cent(visitor: Visitor) -> None:
    given = {
        "on-year": "2023", "on-month": "3", "on-day": "10", "closed-year": "2023", "closed-month": "11", "closed-day": "20", "road": "pedestrian",
        "age": "63", "share": "70", "insured": "yes", "commercial": "300000", "medical": "46213.70", "meals": "2100", "grade": "8", "died": "no",
        "mental": "9000", "daily": "160", "days": "60",
    }  # fmt: skip
    page = visitor.get(f"/calculators/damages?{urlencode(given)}")
    said = words(page.split('id="answer"')[1])
    amounts = [float(a.replace(",", "")) for a in re.findall(r"([\d,]+\.\d\d)元", said.split("怎么算出来的")[0])]
    total, *parts = amounts
    assert total > 0 and abs(total - sum(parts[:-1])) < 0.005, "what is paid is the sum of the payers"
    assert "民法典" in said and "交强险" in said and "不是对判决的预测" in said


def test_a_figure_that_is_not_held_is_asked_for(visitor: Visitor) -> None:
    given = {
        "on-year": "2026",
        "on-month": "3",
        "on-day": "10",
        "road": "pedestrian",
        "age": "40",
        "share": "100",
        "insured": "yes",
        "grade": "9",
        "died": "no",
    }
    answer = visitor.client.get(f"/calculators/damages?{urlencode(given)}")
    assert answer.status_code == 422 and "LAW-202" in answer.content.decode()
    assert "伤残" in visitor.get(f"/calculators/damages?{urlencode(given | {'income': '45000', 'consumption': '26000'})}")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "address", ["/disputes/", "/calculators/", "/calculators/fees", "/calculators/deadlines", "/calculators/damages", "/calculators/custody"]
)
def test_everybody_may_look(visitor: Visitor, address: str, lang: str) -> None:
    text = visitor.get(f"{address}?lang={lang}")
    assert len(re.findall(r"<h1", text)) == 1 and not re.search(r"<script(?! src=)|<style| style=|onclick", text)


def test_there_is_no_other_calculator(visitor: Visitor) -> None:
    assert visitor.client.get("/calculators/horoscope").status_code == 404
