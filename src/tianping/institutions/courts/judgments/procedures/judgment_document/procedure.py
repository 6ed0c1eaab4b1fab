"""裁判文书 · One document from its template to the public copy: drafted, checked, signed, sealed, served, published; no section may be missing."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import CI22, CPL23, LOCAL_JUDGMENTS
from tianping.procedure import NEW, Condition, Fact, Ground, Limit, Many, Procedure, Stage, Step, T, Track, days
from tianping.procedure.contracts.roles import Roles

IN_TRIAL_LIMIT = T("计入案件审限", "it counts towards the trial limit of the case")
NO_TEXT = T("未查得时限", "no limit was found")


class Kind(Enum):
    """文书种类 · What is written."""

    JUDGMENT = "判决书"
    MEDIATION_STATEMENT = "调解书"
    RULING = "裁定书（含司法确认）"


class CitedArticle(Track):
    """引用条文 · One article that the document relies on, and whether its text was in force on the day whose law applies."""

    title = T("引用条文", "Article relied on")

    article = Fact(str, T("条文", "Article"))
    applied_on = Fact(date, T("适用哪一日的法律", "The law of which day applies?"))
    text_from = Fact(date, T("该文本施行日", "Day the text took effect"))
    repealed = Fact(bool, T("该文本是否已被替代或者废止", "Has the text been replaced or repealed?"))
    text_to = Fact(date, T("该文本失效前的最后一日", "Its last day in force"))

    noted = Stage(T("待核对", "To be checked"), no_limit=IN_TRIAL_LIMIT)
    verified = Stage(T("有效", "In force"), end=True)
    struck = Stage(T("已删除", "Struck out"), end=True)

    not_yet = Ground(applied_on < text_from, T("该文本当时尚未施行", "The text was not yet in force"), LOCAL_JUDGMENTS["核稿"])
    outdated = Ground(
        repealed.is_(True) & (text_to < applied_on), T("该文本当时已经失效", "The text was no longer in force"), LOCAL_JUDGMENTS["核稿"]
    )

    note = Step(
        NEW >> noted,
        T("登记引用", "Note what is relied on"),
        by=Roles.JUDGE | Roles.JUDGE_ASSISTANT,
        asks=(article, applied_on, text_from, repealed, text_to),
        cites=CPL23[155] + LOCAL_JUDGMENTS["核稿"],
    )
    verify = Step(
        noted >> verified,
        T("核对有效", "Check that it is in force"),
        by=Roles.JUDGE | Roles.JUDGE_ASSISTANT,
        unless=(not_yet, outdated),
        cites=LOCAL_JUDGMENTS["核稿"],
    )
    strike = Step(noted >> struck, T("删除引用", "Strike it out"), by=Roles.JUDGE | Roles.JUDGE_ASSISTANT, cites=LOCAL_JUDGMENTS["核稿"])


class JudgmentDocument(Procedure):
    """裁判文书 · Drafted, checked, signed, sealed, served, published or withheld."""

    title = T("裁判文书", "Judgment document")
    code = "judgment_document"
    valid_from = date(2022, 1, 1)
    corrects = Roles.JUDGE

    kind = Fact(Kind, T("文书种类", "Which kind?"))
    template = Fact(str, T("所用模板及版本", "Template and version"))
    final_at_once = Fact(bool, T("是否小额诉讼（一审终审）", "Is it a small claim, decided once and for all?"))
    has_claims = Fact(bool, T("写明案由、诉讼请求、争议的事实和理由", "Cause, claims, disputed facts and reasons are stated"))
    has_findings = Fact(bool, T("写明认定的事实和理由、适用的法律", "Findings, reasons and the law are stated"))
    has_result = Fact(bool, T("写明结果和诉讼费用的负担", "The result and the costs are stated"))
    has_appeal = Fact(bool, T("写明上诉期间和上诉的法院", "Time and court of appeal are stated"))
    changed = Fact(int, T("与模板稿相比改动的字数", "Characters changed against the template's draft"))
    pronounced_on = Fact(date, T("宣判或者达成协议之日", "Day of the judgment or of the agreement"))
    in_court = Fact(bool, T("是否当庭宣判", "Was it given in court?"))
    masked = Fact(bool, T("公开文本是否隐去应当隐去的姓名和信息", "Does the public copy hide the names and data that it must?"))
    secret = Fact(bool, T("是否涉及国家秘密、商业秘密、个人隐私", "Does it touch state or trade secrets, or privacy?"))

    articles = Many(CitedArticle)

    drafted = Stage(T("已生成", "Drafted"), no_limit=IN_TRIAL_LIMIT)
    checked = Stage(T("已核稿", "Checked"), no_limit=IN_TRIAL_LIMIT)
    issued = Stage(T("已签发", "Signed"), no_limit=IN_TRIAL_LIMIT)
    sealed = Stage(T("已用印", "Sealed"), no_limit=T("发送期限自宣判起算", "the time to send it runs from the judgment"))
    served = Stage(T("已送达", "Served"), no_limit=NO_TEXT)
    published = Stage(T("已公开", "Published"), no_limit=T("公开后只可补正", "after publication it may only be corrected"))
    withheld = Stage(T("不公开", "Withheld"), no_limit=T("只可补正", "it may only be corrected"))
    filed = Stage(T("已归档", "On file"), end=True)

    is_judgment = kind.is_(Kind.JUDGMENT)
    no_claims = Ground(
        ~has_claims.is_(True) & ~kind.is_(Kind.RULING),
        T("缺案由、诉讼请求、争议的事实和理由", "Cause, claims or disputed facts are missing"),
        CPL23[100, 155],
    )
    no_findings = Ground(
        ~has_findings.is_(True) & ~(is_judgment & final_at_once.is_(True)),
        T("缺认定的事实和理由、适用的法律", "Findings, reasons or law are missing"),
        CPL23[100, 155, 157] + CI22[280],
    )
    no_result = Ground(~has_result.is_(True), T("缺结果和诉讼费用的负担", "The result or the costs are missing"), CPL23[100, 155, 157])
    no_appeal = Ground(
        is_judgment & ~has_appeal.is_(True) & ~final_at_once.is_(True),
        T("缺上诉期间和上诉的法院", "Time or court of appeal is missing"),
        CPL23[155, 165],
    )
    unchecked = Ground(
        articles.any(CitedArticle.noted),
        T("尚有引用条文未核对或者已失效", "An article is unchecked or not in force"),
        LOCAL_JUDGMENTS["核稿"],
    )
    nothing_cited = Ground(
        is_judgment & ~articles.any(CitedArticle.noted | CitedArticle.verified),
        T("判决没有引用法律", "The judgment relies on no article"),
        CPL23[155],
    )
    unmasked = Ground(~masked.is_(True), T("应当隐去的信息未隐去", "What must be hidden is not"), CPL23[159] + LOCAL_JUDGMENTS["公开"])
    is_secret = Ground(secret.is_(True), T("涉及秘密或者隐私", "Secrets or privacy are touched"), CPL23[159])
    not_secret = Ground(secret.is_(False), T("不涉及秘密和隐私", "No secrets and no privacy are touched"), CPL23[159])

    generate = Step(
        NEW >> drafted,
        T("由要素生成", "Draft from the elements"),
        by=Roles.JUDGE | Roles.JUDGE_ASSISTANT,
        asks=(kind, template, final_at_once),
        cites=CPL23[100, 155, 157] + LOCAL_JUDGMENTS["模板"],
    )
    check = Step(
        drafted >> checked,
        T("核稿", "Check the draft"),
        by=Roles.JUDGE,
        asks=(has_claims, has_findings, has_result, has_appeal),
        unless=(no_claims, no_findings, no_result, no_appeal, unchecked, nothing_cited),
        cites=CPL23[100, 155, 157] + CI22[270, 280] + LOCAL_JUDGMENTS["核稿"],
    )
    send_back = Step(checked >> drafted, T("退回修改", "Send back"), by=Roles.JUDGE, cites=LOCAL_JUDGMENTS["核稿"])
    recall = Step(issued >> drafted, T("用印前撤回签发", "Take back before it is sealed"), by=Roles.JUDGE, cites=LOCAL_JUDGMENTS["核稿"])
    issue = Step(
        checked >> issued,
        T("审判人员、书记员署名签发", "Sign: judge and clerk"),
        by=Roles.JUDGE & Roles.CLERK,
        asks=(changed, pronounced_on, in_court),
        unless=(no_claims, no_findings, no_result, no_appeal, unchecked, nothing_cited),
        cites=CPL23[100, 155, 157],
    )
    seal = Step(issued >> sealed, T("加盖人民法院印章", "Seal"), by=Roles.CLERK, cites=CPL23[100, 155, 157])
    serve = Step(sealed >> served, T("送达", "Serve"), by=Roles.CLERK | Roles.SERVER, cites=CPL23[100, 151])
    publish = Step(
        served >> published,
        T("公开", "Publish"),
        by=Roles.CLERK,
        asks=(secret, masked),
        unless=(is_secret, unmasked),
        cites=CPL23[159] + LOCAL_JUDGMENTS["公开"],
    )
    withhold = Step(served >> withheld, T("不公开", "Withhold"), by=Roles.JUDGE, asks=(secret,), unless=not_secret, cites=CPL23[159])
    correct = Step(served | published | withheld, T("裁定补正笔误", "Correct a slip by a ruling"), by=Roles.JUDGE, cites=CPL23[157] + CI22[245])
    file = Step((published | withheld) >> filed, T("归档", "Put on file"), by=Roles.CLERK, cites=LOCAL_JUDGMENTS["公开"])

    signed = Ground(recall.times < issue.times, T("文书已签发，不能再改引用", "It is signed: what it relies on stays"), LOCAL_JUDGMENTS["核稿"])
    before_signing = Condition(CitedArticle.note | CitedArticle.strike, unless=signed)

    to_serve = Limit(
        since=pronounced_on,
        until=serve,
        within=days(0).but(days(10), when=in_court.is_(True)),
        title=T("发送判决书期限", "Time to send the judgment"),
        cites=CPL23[151],
    )
