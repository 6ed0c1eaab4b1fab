"""群众的路 · A citizen files and follows: on a phone in Chinese without a script, on a desktop in English with one; each page is looked at whole."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.conftest import size
from tests.faces.behind import behind
from tests.faces.conftest import Served, Visit
from tests.faces.looks import looks
from tianping.casework.database.embedded import Embedded
from tianping.law.identifiers.residents import check_character

PHONES = count(17_700_000_001)
WIZARD = ("CONTRACT", "yes", "38600", "2025-1-10", "yes", "yes", "yes", "yes", "no")


def onward(page: Page, name: str = "") -> None:
    """The one primary button of the page."""
    page.click(f"main form button[name={name}]" if name else "main .acts .btn >> nth=0")


def enters(page: Page, phone: str, *, look: bool) -> None:
    page.goto("/enter")
    page.fill("#phone", phone)
    onward(page)
    found = re.search(r"(?:验证码是|the code is) (\d{6})", page.inner_text("main"))
    assert found
    if look:
        looks(page)
    page.fill("#code", found[1])
    onward(page)
    expect(page).to_have_url(re.compile("/my/$"))


def identified(page: Page, n: int, name: str) -> None:
    number = f"14079919900101{n % 1000:03d}"
    page.goto("/my/identity")
    page.fill("#name", name)
    page.fill("#number", number + check_character(number))
    onward(page)


def files(page: Page, *, look: bool) -> str:
    """From the first page to the receipt; the address of the case."""

    def seen() -> None:
        if look:
            looks(page)

    page.goto("/")
    seen()
    page.click("main a[href='/filing/']")
    seen()
    onward(page)
    seen()
    page.check("input[name=dispute][value=CONTRACT]")
    onward(page)
    page.select_option("#DEFENDANT", "140702")
    page.select_option("#PERFORMANCE", "140728")
    seen()
    onward(page)
    page.check("#court")
    seen()
    onward(page)
    page.fill("#address", "晋中市榆次区示例街1号")
    page.fill("#d0-name", "李样例")
    seen()
    onward(page, "add")
    expect(page.locator("#d1-name")).to_be_visible()
    page.fill("#d1-name", "赵样例")
    onward(page)
    page.fill("#cause", "民间借贷纠纷")
    page.fill("#claims", "请求两被告归还借款38600元。")
    page.fill("#reasons", "被告于2025年1月借款，至今未还。")
    seen()
    onward(page)
    page.set_input_files("#papers", files=FilePayload(name="欠条.txt", mimeType="text/plain", buffer="今借到".encode()))
    onward(page, "upload")
    expect(page.locator("main")).to_contain_text("欠条.txt")
    seen()
    page.click("main .acts .btn.alt")
    page.check("input[name=online][value=yes]")
    page.check("input[name=e_service][value=yes]")
    seen()
    onward(page)
    seen()
    onward(page)
    expect(page).to_have_url(re.compile(r"/my/cases/\d+/receipt$"))
    seen()
    receipt: str = page.url
    return receipt.removesuffix("/receipt")


@pytest.mark.parametrize("script", [False, True] if size(0, 1) else [False], ids=lambda script: "with" if script else "without")
def test_a_citizen_files_and_follows_on_a_phone(visit: Visit, served: Served, database: Embedded, script: bool) -> None:
    """Each page is looked at. At bar size without a script: with one the desktop's way is gone."""
    page = visit(phone=True, script=script)
    n = next(PHONES)
    enters(page, str(n), look=True)
    identified(page, n, "张示例")
    address = files(page, look=True)

    def seen() -> None:
        looks(page)

    page.goto(address)
    seen()
    expect(page.locator("main")).to_contain_text("现在不需要您做什么")
    expect(page.locator("main")).to_contain_text("轮到立案法官")
    case = int(address.rpartition("/")[2])
    with behind(served, database) as act:
        act(case, "ask_correction", "FILING_JUDGE", {"correct_by": (datetime.now(UTC) + timedelta(days=5)).date().isoformat()})
    page.goto("/")
    expect(page.locator("main")).to_contain_text("等您办 1 件")
    seen()
    page.click("main .mine .btn >> nth=0")
    seen()
    page.fill("#words", "补交身份证复印件")
    onward(page)
    expect(page).to_have_url(address)
    expect(page.locator("main")).to_contain_text("补正材料")
    seen()
    page.goto("/my/")
    seen()


def test_a_citizen_files_and_follows_on_a_desktop_in_english(visit: Visit, served: Served) -> None:
    page, look = visit(lang="en"), bool(size(0, 1))
    n = next(PHONES)
    enters(page, str(n), look=look)
    identified(page, n, "Zhang Sample")
    address = files(page, look=look)
    page.goto(address)
    looks(page)
    expect(page.locator("main")).to_contain_text("You do not need to do anything now")
    page.click("main form .btn.alt")
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", page.inner_text("main"))
    assert code
    number = f"S{int(address.rpartition('/')[2]):07d}"
    stranger = visit(lang="en", phone=True)
    stranger.goto("/follow/")
    looks(stranger)
    stranger.fill("#number", number)
    stranger.fill("#code", code[0])
    onward(stranger)
    expect(stranger.locator("main")).to_contain_text("Handed in, to be reviewed")
    looks(stranger)
    assert stranger.locator("main a[href*='/do/']").count() == 0


@pytest.mark.parametrize(("lang", "phone", "print_size"), [("zh", True, "normal"), ("zh", True, "large"), ("en", False, "normal")])
def test_a_dispute_is_thought_through_before_anything_is_filed(visit: Visit, lang: str, phone: bool, print_size: str) -> None:
    page = visit(lang=lang, phone=phone, size=print_size)
    page.goto("/disputes/")
    for n, answer in enumerate(WIZARD):
        if n < size(2, len(WIZARD)):
            looks(page)
        if re.fullmatch(r"\d+", answer):
            page.fill("#amount", answer)
        elif "-" in answer:
            for part, typed in zip(("#since", "#since-month", "#since-day"), answer.split("-"), strict=True):
                page.fill(part, typed)
        else:
            page.check(f"main input[type=radio][value={answer}]")
        onward(page)
    expect(page.locator("h1")).to_contain_text("小额诉讼" if lang == "zh" else "small claims")
    looks(page)
    for summary in page.locator("main details > summary").all()[:2]:
        summary.click()
    looks(page)


@pytest.mark.parametrize(("lang", "phone"), [("zh", True), ("en", False)])
def test_answers_that_stand_in_the_address_hold(visit: Visit, lang: str, phone: bool) -> None:
    """The bare pages are looked at in ``test_every_page``."""
    page = visit(lang=lang, phone=phone, theme="dark" if phone else "light")
    for address in (
        "/?q=欠钱", "/calculators/fees?kind=property&amount=38600&halve=simple",
        "/calculators/deadlines?rule=trial_ordinary&from-year=2026&from-month=11&from-day=27",
        "/calculators/custody?clock=summons&from-year=2026&from-month=9&from-day=28&hour=9&minute=0",
    ):  # fmt: skip
        page.goto(address)
        looks(page)


def test_both_sides_answer_an_invitation_to_mediate(visit: Visit, served: Served, database: Embedded) -> None:
    one, other = visit(phone=True), visit(lang="en")
    first, second = str(next(PHONES)), str(next(PHONES))
    enters(one, first, look=False)
    enters(other, second, look=False)
    with behind(served, database) as act:
        case = act.opened("online_mediation", "push", "FILING_JUDGE", {"origin": "DELEGATED"}, {"APPLICANT": first, "OPPONENT": second})
    for page, said in ((one, "双方同意在线调解"), (other, "Both sides agree")):
        page.goto(f"/my/cases/{case}")
        looks(page)
        page.click(f"text={said}")
        looks(page)
        onward(page)
    expect(other.locator("main")).to_contain_text("Both sides agreed")
    one.reload()
    looks(one)


def test_a_letter_to_12309_is_sent_and_followed(visit: Visit) -> None:
    page = visit(phone=True)
    enters(page, str(next(PHONES)), look=False)
    page.goto("/procuratorate/")
    page.click("main .tasks a >> nth=0")
    looks(page)
    page.select_option("#office", index=1)
    page.select_option("#kind", "ACCUSATION")
    page.fill("#words", "我要反映的情况")
    onward(page)
    expect(page.locator("main")).to_contain_text("七日审查处理期限")
    looks(page)
