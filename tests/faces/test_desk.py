"""办案台的旅程 · People at the desk in a browser: a clerk and a judge refer, a mediator settles, a judge confirms, officers pass a handling centre, a
prosecutor replies to a letter; two on one case; each page is looked at whole."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.casework.writs.test_writs import validated, words_of
from tests.city import environment
from tests.conftest import ROOT, size
from tests.faces.conftest import Served, Visit
from tests.faces.looks import looks
from tests.faces.test_citizen import enters
from tianping.casework.database.embedded import Embedded
from tianping.law.identifiers.residents import check_character

CLERK, FILING_JUDGE, JUDGE = "zhaoshichuan", "zhangshichuan", "liushichuan"
MEDIATOR = "renliqing"
OFFICER, SECOND, MANAGER = "sunnizhou", "zhounizhou", "yangnizhou"
RECEPTION, PROSECUTOR = "sunshiyuan", "wushiyuan"


def followed(page: Page, link: Locator) -> None:
    """Press something and wait for the page that it leads to."""
    with page.expect_navigation():
        link.click()


def sent(page: Page) -> None:
    """Send the form of the page: its one primary button."""
    followed(page, page.locator("main form .acts button").first)


def case_of(page: Page) -> str:
    """The address of the case that the page shows."""
    found = re.search(r"/desk/cases/\d+", page.url)
    assert found, page.url
    return found[0]


def ticked(page: Page, *questions: tuple[str, str]) -> None:
    """Answer questions by the words of their choices."""
    for legend, answer in questions:
        page.get_by_role("group", name=legend).get_by_label(answer, exact=True).check()


def done(page: Page, words: str) -> None:
    """The step was taken, and the case page says so."""
    expect(page.locator(".notice.ok").first).to_contain_text(words)
    looks(page)


def opened(page: Page, title: str) -> str:
    """A complaint received at the counter."""
    page.goto("/desk/new")
    looks(page)
    followed(page, page.locator("a[href='/desk/new/pre_filing/PreFiling.receive']"))
    page.fill("#title", title)
    page.fill("#party-0-name", "张示例")
    page.select_option("#party-0-capacity", "Roles.APPLICANT")
    page.fill("#party-0-phone", "13800001234")
    page.fill("#party-1-name", "李示例")
    page.select_option("#party-1-capacity", "Roles.OPPONENT")
    ticked(page, ("起诉种类", "一审民事起诉"), ("是否符合起诉条件", "是"))
    looks(page)
    sent(page)
    done(page, "接收诉状")
    return case_of(page)


def referred(visit: Visit, title: str) -> str:
    """The same, sent to the mediation room by the filing judge: the court's case."""
    case = opened(visit(who=CLERK), title)
    judge = visit(who=FILING_JUDGE)
    judge.goto(case)
    followed(judge, judge.get_by_role("link", name="委派调解").first)
    ticked(judge, ("是否适宜调解", "是"), ("当事人是否同意先行调解", "是"))
    judge.locator("select[name^=receiver]").select_option(label="榆次区综治云平台调解室（样例）")
    looks(judge)
    sent(judge)
    done(judge, "委派调解")
    expect(judge.locator(".rail [aria-current=step]")).to_contain_text("委派调解中")
    return case


def test_a_clerk_triages_and_a_judge_refers(visit: Visit) -> None:
    title = "张示例诉李示例买卖合同纠纷"
    case = referred(visit, title)
    clerk = visit(who=CLERK)
    clerk.goto("/desk/")
    looks(clerk)
    row = clerk.locator("tr", has=clerk.locator(f"a[href='{case}']")).first
    expect(row).to_contain_text("张某某 — 李某某")
    expect(row).not_to_contain_text("张示例")
    clerk.fill("#words", "李示例 买卖")
    with clerk.expect_navigation():
        clerk.press("#words", "Enter")
    expect(clerk.locator(f"a[href='{case}']").first).to_be_visible()
    looks(clerk)
    clerk.goto(case)
    clerk.get_by_role("link", name=re.compile("显示完整信息")).first.click()
    clerk.fill("#reveal #reason", "电话核对送达地址")
    looks(clerk)
    clerk.locator("#reveal .acts button").click()
    expect(clerk.locator("#reveal h3")).to_be_focused()
    expect(clerk.locator("main")).to_contain_text("13800001234")
    looks(clerk)


def test_the_keys_of_the_list(visit: Visit) -> None:
    page = visit(who=CLERK)
    page.goto("/desk/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator(".at input[type=checkbox]").is_checked()
    page.keyboard.press("k")
    page.keyboard.press("?")
    expect(page.locator("[data-help]")).to_have_attribute("open", "")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/desk/cases/\d+"))
    page.goto("/desk/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "words"


DELIVER = """
from datetime import UTC, datetime
from tianping.project.running import database
with database():
    from tianping.casework.outbox.dispatch import drain
    drain(at=datetime.now(UTC))
"""


def delivered(served: Served, server: Embedded) -> None:
    """What the worker does: the messages of the served city reach those whom they are for."""
    subprocess.run([sys.executable, "-c", DELIVER], env=environment(server, served.database), check=True, cwd=ROOT)


def test_a_mediator_of_another_institution_settles(visit: Visit, served: Served, database: Embedded) -> None:
    case = referred(visit, "张示例与李示例租赁合同纠纷")
    mediator = visit(who=MEDIATOR)
    mediator.goto("/desk/inbox")
    looks(mediator)
    followed(mediator, mediator.locator("td.what a").first)
    looks(mediator)
    followed(mediator, mediator.locator(".tasks a").first)
    ticked(mediator, ("纠纷来源", "委派"))
    looks(mediator)
    sent(mediator)
    done(mediator, "引导在线调解")
    own = case_of(mediator)
    for step, answers, papers in (
        ("双方同意在线调解", (), 2),
        ("共同选择调解员", (), 2),
        ("确认接受", (("调解员有无应当披露的关系", "否"),), 0),
        ("核实身份并开始调解", (("调解方式", "音视频"),), 0),
        ("各方签章达成协议", (), 2),
    ):
        mediator.goto(own)
        followed(mediator, mediator.locator(".actions .btn", has_text=step).first)
        ticked(mediator, *(a for a in answers if mediator.get_by_role("group", name=a[0]).count()))
        for n in range(papers):
            mediator.locator("input[name=papers]").nth(n).check()
        looks(mediator)
        sent(mediator)
        done(mediator, step)
    expect(mediator.locator(".rail li").last).to_contain_text("调解成功")
    delivered(served, database)
    court = visit(who=FILING_JUDGE)
    court.goto(case)
    expect(court.locator("main")).to_contain_text("诉前调解成功")
    looks(court)


def test_a_judge_confirms(visit: Visit) -> None:
    filing = visit(who=FILING_JUDGE)
    filing.goto("/desk/new/judicial_confirmation/JudicialConfirmation.apply")
    filing.fill("#title", "张示例、李示例申请司法确认调解协议")
    for n, (name, capacity) in enumerate((("张示例", "Roles.APPLICANT"), ("李示例", "Roles.OPPONENT"))):
        filing.fill(f"#party-{n}-name", name)
        filing.select_option(f"#party-{n}-capacity", capacity)
    today = filing.locator("time.today").get_attribute("datetime") or ""
    for part, value in zip(("", "-month", "-day"), today[:10].split("-"), strict=True):
        filing.fill(f"[id='fact.effective{part}']", value)
    ticked(filing, ("是否调解组织自行开展的调解", "否"), ("本院是否作出邀请的法院", "是"))
    for box in filing.locator("input[name=papers]").all():
        box.check()
    looks(filing)
    sent(filing)
    done(filing, "共同申请司法确认")
    case = case_of(filing)
    filing.goto(f"{case}/do/JudicialConfirmation.accept")
    ticked(filing, ("有无不予受理的情形", "无"))
    sent(filing)
    done(filing, "受理")
    judge = visit(who=JUDGE)
    judge.goto(case)
    refused = judge.locator(".no[data-code='JudicialConfirmation.confirm']")
    expect(refused).to_contain_text("未通知双方到场核实")
    followed(judge, refused.get_by_role("link", name="先办：通知双方到场核实"))
    sent(judge)
    done(judge, "通知双方到场核实")
    followed(judge, judge.get_by_role("link", name="裁定调解协议有效").first)
    judge.select_option("[id='fact.defect']", "NONE")
    looks(judge)
    sent(judge)
    done(judge, "裁定调解协议有效")
    issued(judge, case)
    judge.goto(f"{case}/documents")
    judge.set_input_files("#file", files=FilePayload(name="裁定书.txt", mimeType="text/plain", buffer="民事裁定书".encode()))
    followed(judge, judge.get_by_role("button", name="归卷"))
    expect(judge.locator(".notice.ok")).to_contain_text("已归卷：裁定书.txt 第1版")
    looks(judge)


TERMS = "张示例于2026年12月31日前支付李示例货款38250元；李示例的电话13812345678。"


def issued(judge: Page, case: str) -> None:
    """The ruling: drafted, checked, looked at, issued with a signature, copied for the public."""
    judge.goto(case)
    followed(judge, judge.get_by_role("link", name="文书", exact=True))
    looks(judge)
    followed(judge, judge.get_by_role("link", name=re.compile("起草.*确认调解协议有效")))
    judge.fill("#w-judge", "刘示川")
    judge.fill("#w-clerk", "赵示川")
    looks(judge)
    sent(judge)
    expect(judge.locator("main")).to_contain_text("缺 1 项")
    expect(judge.locator("main")).to_contain_text("协议内容")
    looks(judge)
    followed(judge, judge.get_by_role("link", name="改写内容").first)
    judge.fill("#w-terms", TERMS)
    sent(judge)
    expect(judge.locator(".notice.ok")).to_contain_text("各部分齐全")
    here = judge.url
    draft = judge.request.get(f"{here}/preview").body()
    assert draft.startswith(b"%PDF-")
    assert "草稿，未签发" in words_of(draft)
    followed(judge, judge.get_by_role("button", name="签发并签名"))
    expect(judge.locator("main")).to_contain_text("第")
    looks(judge)
    pdf = judge.request.get(f"{here}/file/issued").body()
    with ThreadPoolExecutor(1) as apart:  # the browser's loop holds this thread
        signature, status = apart.submit(validated, pdf).result()
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert (status.intact, status.valid) == (True, True)
    assert "张示例" in words_of(pdf)
    followed(judge, judge.get_by_role("button", name="制作公开本"))
    looks(judge)
    public = words_of(judge.request.get(f"{here}/file/public").body())
    assert "38250" in public
    assert not [hidden for hidden in ("张示例", "李示例", "13812345678") if hidden in public.replace(" ", "")]


def both(page: Page, colleague: Page, case: str, step: str, words: str) -> None:
    """Two take a step together: the colleague consents, then it is taken."""
    colleague.goto(f"{case}/do/{step}")
    looks(colleague)
    followed(colleague, colleague.locator("form.consent button"))
    page.goto(f"{case}/do/{step}")
    expect(page.locator("input[name=consents]").first).to_be_checked()
    for name in page.get_by_role("group").all():
        if name.get_by_label("否", exact=True).count():
            name.get_by_label("否", exact=True).check()
    looks(page)
    sent(page)
    done(page, words)


def test_an_officer_passes_a_handling_centre(visit: Visit) -> None:
    officer, second, manager = (visit(who=name) for name in (OFFICER, SECOND, MANAGER))
    opening = "/desk/new/centre_visit/CentreVisit.register"
    manager.goto(opening)
    followed(manager, manager.locator("form.consent button"))
    expect(manager.locator(".notice.ok")).to_contain_text("已同意由同事登记")
    officer.goto(opening)
    officer.fill("#title", "示例人员入区")
    officer.fill("[id='fact.wristband']", "W-0001")
    for question in ("怀孕或者哺乳", "是否未成年人", "是否妇女", "是否聋哑"):
        officer.get_by_role("group", name=re.compile(question)).get_by_label("否", exact=True).check()
    looks(officer)
    sent(officer)
    done(officer, "登记入区")
    case = case_of(officer)
    both(officer, second, case, "CentreVisit.search", "人身安全检查")
    for who, step, words in (
        (manager, "CentreVisit.keep_belongings", "登记保管随身物品"),
        (officer, "CentreVisit.take_data", "信息采集"),
        (officer, "CentreVisit.wind_up", "办理出区"),
        (manager, "CentreVisit.return_belongings", "退还与案件无关的物品"),
    ):
        who.goto(f"{case}/do/{step}")
        sent(who)
        done(who, words)
    both(officer, manager, case, "CentreVisit.release", "离区")
    expect(officer.locator(".rail li").last).to_contain_text("已离区")


def test_a_prosecutor_replies_to_a_letter(visit: Visit) -> None:
    reception = visit(who=RECEPTION, lang="en", phone=True)
    reception.goto("/desk/new/service_request/ServiceRequest.receive_letter")
    reception.fill("#title", "示例来信")
    reception.select_option("[id='fact.kind']", "ACCUSATION")
    reception.get_by_role("group", name="By which way?").locator("input[value=LETTER]").check()
    looks(reception)
    sent(reception)
    done(reception, "Enter a letter")
    case = case_of(reception)
    for step, field, value, words in (
        ("reply", "fact.query_code", "示例0001", "Procedural reply"),
        ("accept", "", "", "Accept"),
        ("assign", "fact.department", "第三检察部", "Assign to a department"),
    ):
        reception.goto(f"{case}/do/ServiceRequest.{step}")
        if field:
            reception.fill(f"[id='{field}']", value)
        else:
            reception.get_by_role("group", name="Is it for this procuratorate?").get_by_label("Yes", exact=True).check()
        sent(reception)
        done(reception, words)
    prosecutor = visit(who=PROSECUTOR, lang="en", phone=True)
    prosecutor.goto("/desk/")
    looks(prosecutor)
    prosecutor.goto(f"{case}/do/ServiceRequest.finish")
    prosecutor.get_by_role("group", name="Was it found to be so?").get_by_label("No", exact=True).check()
    looks(prosecutor)
    sent(prosecutor)
    done(prosecutor, "Finish")
    followed(prosecutor, prosecutor.get_by_role("link", name="Tell the result in writing").first)
    looks(prosecutor)
    sent(prosecutor)
    done(prosecutor, "Tell the result in writing")
    expect(prosecutor.locator(".rail li.done").last).to_contain_text("Answered")


def test_somebody_else_moves_the_case_meanwhile(visit: Visit) -> None:
    case = opened(visit(who=CLERK), "张示例诉李示例借款纠纷")
    watching, judge = visit(who=CLERK), visit(who=FILING_JUDGE)
    watching.goto(case)
    expect(watching.locator("[data-live]")).to_be_hidden()
    judge.goto(f"{case}/do/PreFiling.file")
    stale = visit(who=FILING_JUDGE)
    stale.goto(f"{case}/do/PreFiling.ask_correction")
    for part, value in (("", "2027"), ("-month", "1"), ("-day", "4")):
        stale.fill(f"[id='fact.correct_by{part}']", value)
    sent(judge)
    done(judge, "登记立案")
    expect(watching.locator("[data-live]")).to_be_visible()
    expect(watching.locator("[data-live]")).to_contain_text("本案有新的办理")
    sent(stale)
    expect(stale.locator(".error-summary")).to_contain_text("本案在您填写时有了新的办理")
    expect(stale.locator("[id='fact.correct_by']")).to_have_value("2027")
    looks(stale)


def test_several_cases_together_while_somebody_else_moves_one(visit: Visit) -> None:
    clerk, judge, colleague = visit(who=CLERK), visit(who=FILING_JUDGE), visit(who=FILING_JUDGE)
    cases = [opened(clerk, f"张示例诉李示例第{n}起借款纠纷") for n in (1, 2)]
    judge.goto("/desk/?group=every&procedure=pre_filing")
    for case in cases:
        judge.locator("tr", has=judge.locator(f"a[href='{case}']")).get_by_role("checkbox").check()
    followed(judge, judge.get_by_role("button", name="成批办理所选"))
    looks(judge)
    judge.get_by_label(re.compile("^登记立案")).check()
    sent(judge)
    expect(judge.locator("main")).to_contain_text("2 件可以办，0 件现在不能办")
    looks(judge)
    colleague.goto(f"{cases[0]}/do/PreFiling.file")
    sent(colleague)
    done(colleague, "登记立案")
    sent(judge)
    expect(judge.locator("[role=status].notice")).to_contain_text("已办理 1 件，未办理 1 件")
    looks(judge)
    judge.goto(cases[1])
    expect(judge.locator(".rail [aria-current=step], .rail li.done").last).to_contain_text("登记立案")


NUMBER = "14079919900101567"


def test_a_citizens_message_is_read_and_answered(visit: Visit) -> None:
    citizen = visit(phone=True)
    enters(citizen, "15912345678", look=False)
    citizen.goto("/my/identity?next=/my/")
    citizen.fill("#name", "钱示例")
    citizen.fill("#number", NUMBER + check_character(NUMBER))
    followed(citizen, citizen.locator("main form .btn").first)
    citizen.goto("/begin/judge_message/leave")
    citizen.select_option("#office", label="榆次区人民法院")
    citizen.fill("#judge", "刘示川法官")
    citizen.get_by_label("文字").check()
    citizen.fill("#words", "想补充一份转账记录，请问交到哪里？")
    looks(citizen)
    followed(citizen, citizen.locator("main form .acts button").first)
    looks(citizen)
    judge, clerk = visit(who=JUDGE), visit(who=CLERK)
    judge.goto("/desk/messages")
    looks(judge)
    followed(judge, judge.locator("td.what a").first)
    address = judge.url
    assert clerk.goto(address).status == 404  # type: ignore[union-attr]  # a page that answers
    looks(judge)
    followed(judge, judge.get_by_role("button", name="阅看"))
    expect(judge.locator(".said").first).to_contain_text("转账记录")
    judge.fill("#answer", "请交到民事审判庭书记员处。")
    followed(judge, judge.get_by_role("button", name="回复"))
    expect(judge.locator(".notice.ok")).to_contain_text("已回复")
    looks(judge)
    followed(citizen, citizen.get_by_role("link", name="看进度"))
    expect(citizen.locator(".reply")).to_contain_text("请交到民事审判庭书记员处")
    looks(citizen)


def test_the_other_pages_hold_in_each_look(visit: Visit) -> None:
    wanted = (("zh", "dark", "large", True), ("zh", "light", "normal", True), ("en", "dark", "normal", False))
    for lang, theme, letters, phone in wanted[: size(1, 3)]:
        page = visit(who=CLERK, lang=lang, theme=theme, size=letters, phone=phone)
        for address in (
            "/desk/",
            "/desk/?group=every&procedure=pre_filing",
            "/desk/calendar/?day=2021-12-01",
            "/desk/calendar/?view=week&day=2021-12-06",
            "/desk/outbox",
            "/desk/messages?whose=court",
            "/desk/notices",
            "/desk/search",
            "/desk/new",
        ):
            page.goto(address)
            looks(page)
        page.context.close()
