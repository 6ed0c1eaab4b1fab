"""检察和解 · Proposed for a case, organised, agreed or not, performed, and the parties visited afterwards.

The agreement is signed by the two sides; a prosecutor presides and does not sign it. What the criminal rules ask (scope, remorse, forgiveness, free
will) is asked of criminal cases only.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_RECONCILIATION, PPR
from tianping.procedure import CRIMINAL, NEW, Fact, Ground, Many, Procedure, Stage, Step, T, Track
from tianping.procedure.contracts.matters import ReconciliationRequest
from tianping.procedure.contracts.roles import Roles

OF_ITS_CASE = T("期限依所附案件计算；和解本身未定期限", "the limits of its own case go on; none is set for this")
RULES = LOCAL_RECONCILIATION
SIDES = Roles.PARTY & Roles.OPPONENT


class Source(Enum):
    """来源 · Which kind of case it belongs to."""

    CRIMINAL = "公诉案件"
    NOT_PROSECUTED = "拟不起诉案件"
    CIVIL = "民事诉讼监督案件"
    PETITION = "信访事项"


class Form(Enum):
    """形式 · How the sides are brought together."""

    TALK = "会谈"
    HEARING = "公开听证"


class Session(Track):
    """和解会谈 · One session and its record."""

    title = T("和解会谈", "Session")
    counting = CRIMINAL

    form = Fact(Form, T("形式", "In which form?"))

    held = Stage(T("已举行待入卷", "Held, no record yet"), no_limit=OF_ITS_CASE)
    recorded = Stage(T("笔录已入卷", "On record"), end=True)

    not_talk = Ground(~form.is_(Form.TALK), T("公开听证须有人民监督员参加", "A hearing needs a people's supervisor"), RULES["听证"])

    hold = Step(NEW >> held, T("会谈", "Hold a talk"), by=Roles.PROSECUTOR, asks=(form,), unless=not_talk, cites=PPR[497] + RULES["组织"])
    hear = Step(
        NEW >> held,
        T("公开听证", "Hold a hearing"),
        by=Roles.PROSECUTOR & Roles.PEOPLES_SUPERVISOR,
        sets=((form, Form.HEARING),),
        cites=RULES["听证"],
    )
    record = Step(held >> recorded, T("制作笔录附卷", "File the record"), by=Roles.PROSECUTOR, cites=PPR[497])


class Reconciliation(Procedure):
    """检察和解 · One reconciliation."""

    title = T("检察和解", "Reconciliation at the procuratorate")
    code = "reconciliation"
    valid_from = date(2019, 12, 30)
    counting = CRIMINAL
    corrects = Roles.PROSECUTOR | Roles.CHIEF_PROSECUTOR

    origin = Fact(Source, T("案件来源", "Which kind of case?"))
    linked = Fact(str, T("所附案件编号", "Number of the case that it belongs to"))
    in_scope = Fact(bool, T("是否属于可以和解的公诉案件", "Is it a criminal case that may be reconciled?"))
    recent_crime = Fact(bool, T("五年内是否曾经故意犯罪", "A deliberate crime within five years before?"))
    remorse = Fact(bool, T("是否真诚悔罪", "Is there true remorse?"))
    forgiven = Fact(bool, T("被害人是否明确谅解", "Does the victim forgive?"))
    voluntary = Fact(bool, T("双方是否自愿", "Do both sides do it freely?"))
    again = Fact(bool, T("是否再次信访", "Did anybody petition again?"))
    sessions = Many(Session)

    proposed = Stage(T("已提出", "Proposed"), no_limit=OF_ITS_CASE)
    organised = Stage(T("组织中", "Being organised"), no_limit=OF_ITS_CASE)
    reached = Stage(T("已达成", "Agreed"), no_limit=OF_ITS_CASE)
    failed = Stage(T("未达成", "Not agreed"), no_limit=OF_ITS_CASE)
    visited = Stage(T("达成并已回访", "Agreed, and visited"), answers=ReconciliationRequest.reconciled)
    closed = Stage(T("未达成并已回访", "Not agreed, and visited"), answers=ReconciliationRequest.failed)
    unfit = Stage(T("不适宜和解", "Not fit for it"), answers=ReconciliationRequest.declined)

    is_criminal = origin.one_of(Source.CRIMINAL, Source.NOT_PROSECUTED)
    unlinked = Ground(linked.is_(""), T("没有所附的案件", "It belongs to no case"), RULES["提出"])
    out_of_scope = Ground(
        is_criminal & (in_scope.is_(False) | recent_crime.is_(True)),
        T("不属于可以和解的公诉案件", "The criminal case may not be reconciled"),
        PPR[492],
    )
    unremorseful = Ground(
        is_criminal & (remorse.is_(False) | forgiven.is_(False)), T("没有真诚悔罪或者谅解", "There is no remorse or no forgiveness"), PPR[492, 497]
    )
    forced = Ground(voluntary.is_(False), T("并非自愿", "It is not done freely"), PPR[492, 497])
    no_record = Ground(~sessions.any(Session.recorded), T("没有听取意见的笔录", "There is no record of hearing the sides"), PPR[497])

    propose = Step(
        NEW >> proposed, T("提出和解", "Propose it"), by=Roles.PROSECUTOR, asks=(origin, linked), unless=unlinked, cites=PPR[496] + RULES["提出"]
    )
    organise = Step(
        proposed >> organised,
        T("组织和解，告知权利义务", "Organise it, telling rights and duties"),
        by=Roles.PROSECUTOR,
        asks=(in_scope, recent_crime),
        unless=out_of_scope,
        cites=PPR[492, 496] + RULES["组织"],
    )
    decline = Step(proposed >> unfit, T("认为不适宜", "Find it unfit"), by=Roles.PROSECUTOR, cites=PPR[492] + RULES["提出"])
    agree = Step(
        organised >> reached,
        T("双方签署和解协议书", "Both sides sign the agreement"),
        by=SIDES,
        asks=(remorse, forgiven, voluntary),
        unless=(unremorseful, forced, no_record),
        cites=PPR[495, 497, 498],
    )
    fail = Step(organised >> failed, T("未达成", "They do not agree"), by=Roles.PROSECUTOR, cites=PPR[503] + RULES["组织"])
    perform = Step(reached, T("履行协议", "Perform it"), by=Roles.PARTY | Roles.PROSECUTOR, cites=PPR[499])
    secure = Step(reached, T("提供担保，分期履行", "Give security and pay in parts"), by=SIDES, cites=PPR[499])
    retract = Step(reached >> organised, T("反悔，另行和解", "One side goes back on it"), by=Roles.PARTY | Roles.OPPONENT, cites=PPR[503])
    annul = Step(reached >> failed, T("强迫、引诱和解，认定无效", "Forced or lured: void"), by=Roles.PROSECUTOR, cites=PPR[504])
    unperformed = Ground(~(perform.done | secure.done), T("协议未履行也未担保", "It is neither performed nor secured"), PPR[499, 503])
    visit = Step(reached >> visited, T("回访", "Visit the parties"), by=Roles.PROSECUTOR, asks=(again,), unless=unperformed, cites=RULES["回访"])
    visit_failed = Step(
        failed >> closed,
        T("未达成的回访", "Visit them though they did not agree"),
        by=Roles.PROSECUTOR,
        asks=(again,),
        cites=RULES["回访"],
    )
