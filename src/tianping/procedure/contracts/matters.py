"""委托事项表 · What one institution may ask of another, and the answers that may come back."""

from __future__ import annotations

from tianping.law.text import T
from tianping.procedure.referral import Matter, Outcome


class MediationRequest(Matter):
    """委派调解 · A court sends a dispute to a mediation body before filing."""

    title = T("诉前委派调解", "Mediation before filing")
    settled = Outcome(T("调解成功", "Settled"))
    failed = Outcome(T("调解不成", "Not settled"))
    returned = Outcome(T("退回", "Returned"))
    withdrawn = Outcome(T("和解撤回", "Reconciled and withdrawn"))


class ConfirmationRequest(Matter):
    """司法确认申请 · A settled agreement goes to the court for confirmation."""

    title = T("申请司法确认", "Application for judicial confirmation")
    confirmed = Outcome(T("裁定有效", "Confirmed"))
    dismissed = Outcome(T("裁定驳回", "Dismissed"))
    declined = Outcome(T("不予受理", "Not accepted"))
    withdrawn = Outcome(T("撤回申请", "Application withdrawn"))


class ServiceRequest(Matter):
    """集约送达 · A trial team hands a document to the service pool."""

    title = T("送达任务", "Service task")
    served = Outcome(T("已送达", "Served"))
    unserved = Outcome(T("未能送达", "Not served"))


class CrossFilingRequest(Matter):
    """跨域立案 · A helper court passes a complaint to the court that is competent for it."""

    title = T("跨域立案", "Cross-court filing")
    filed = Outcome(T("已登记立案", "Filed"))
    correction = Outcome(T("一次性告知补正", "To be corrected"))
    refused = Outcome(T("裁定不予受理", "Refused by a ruling"))
    not_competent = Outcome(T("不属于本院管辖", "Not this court's"))


class CooperationRequest(Matter):
    """警检协作 · Police or procuratorate asks the other to act under one of the five mechanisms."""

    title = T("警检协作事项", "Matter of cooperation")
    done = Outcome(T("已办理并反馈", "Done and reported"))
    declined = Outcome(T("不予办理，说明理由", "Declined, with reasons"))
    returned = Outcome(T("退回", "Returned"))


class FilingExplanation(Matter):
    """说明不立案理由 · The procuratorate asks the police to say why a case was not opened."""

    title = T("要求说明不立案理由", "Request to explain why no case was opened")
    explained = Outcome(T("已说明理由", "Explained"))
    filed = Outcome(T("已主动立案", "Case opened"))
    returned = Outcome(T("送达机关有误，退回", "Sent to the wrong organ: returned"))


class FilingOrder(Matter):
    """通知立案 · The procuratorate notifies the police to open a case."""

    title = T("通知立案", "Notice to open a case")
    filed = Outcome(T("已立案", "Case opened"))
    returned = Outcome(T("送达机关有误，退回", "Sent to the wrong organ: returned"))


class AccidentHandover(Matter):
    """事故移交 · A police station hands an accident to the traffic police."""

    title = T("移交道路交通事故", "An accident handed over")
    handled = Outcome(T("已处理", "Handled"))
    not_taken = Outcome(T("不予受理", "Not taken"))
    transferred = Outcome(T("已移送其他部门", "Passed on"))


class AccidentDispute(Matter):
    """道交赔偿纠纷 · The dispute about damages goes, with the certificate, to the platform that handles accidents as one."""

    title = T("道路交通事故损害赔偿纠纷", "Dispute about the damages of an accident")
    paid = Outcome(T("赔偿已支付", "Paid"))
    adjudged = Outcome(T("已判决", "Adjudged"))
    withdrawn = Outcome(T("已撤回", "Withdrawn"))


class InsuranceClaim(Matter):
    """保险理赔 · What was agreed is claimed from the insurer with one key."""

    title = T("一键理赔", "Claim from the insurer")
    paid = Outcome(T("已支付", "Paid"))
    refused = Outcome(T("不属于保险责任", "Not covered"))


class JudicialSuggestion(Matter):
    """司法建议 · A court writes to the regulator of an insurer that is late."""

    title = T("司法建议", "Judicial suggestion")
    answered = Outcome(T("已书面答复", "Answered in writing"))


class SecurityMatter(Matter):
    """治安事项 · What a joint team leaves to the public security organ."""

    title = T("治安事项", "Public security matter")
    decided = Outcome(T("已作出处理决定", "Decided"))
    no_offence = Outcome(T("不予处罚", "No penalty"))


class TrafficMatter(Matter):
    """交通事项 · What a joint team leaves to the traffic police."""

    title = T("交通事项", "Traffic matter")
    decided = Outcome(T("已作出处理决定", "Decided"))
    no_offence = Outcome(T("不予处罚", "No penalty"))


class UrbanMatter(Matter):
    """城管事项 · What a joint team leaves to urban management."""

    title = T("城管事项", "Urban management matter")
    decided = Outcome(T("已作出处理决定", "Decided"))
    no_offence = Outcome(T("不予处罚", "No penalty"))


class ReconciliationRequest(Matter):
    """检察和解 · A case in which the parties may come to terms goes to a prosecutor who mediates."""

    title = T("检察和解", "Reconciliation at the procuratorate")
    reconciled = Outcome(T("达成和解", "Reconciled"))
    failed = Outcome(T("未达成和解", "Not reconciled"))
    declined = Outcome(T("不适宜和解", "Not fit for it"))


class CrimeReport(Matter):
    """刑事受案移交 · What was taken as a crime goes to the unit that decides whether to open a case."""

    title = T("刑事受案移交立案审查", "A report taken as a crime")
    adjudged = Outcome(T("已判决生效", "Adjudged, in force"))
    on_appeal = Outcome(T("已进入第二审", "Under appeal"))
    not_prosecuted = Outcome(T("不起诉", "Not prosecuted"))
    cancelled = Outcome(T("已撤销案件", "Cancelled"))
    merged = Outcome(T("已并案", "Merged into another case"))
    not_filed = Outcome(T("不予立案", "No case opened"))


class CentreUse(Matter):
    """使用办案中心 · A suspect is brought to the case-handling centre, which registers, searches and lets go or hands over."""

    title = T("送执法办案中心", "A suspect brought to the case-handling centre")
    released = Outcome(T("已离区", "Let go"))
    handed_over = Outcome(T("已移交", "Handed over"))
    not_admitted = Outcome(T("未予入区", "Not admitted"))


class TeamTrial(Matter):
    """交审判团队 · Triage gives a case to a fast-track team."""

    title = T("交速裁团队审理", "A case given to a fast-track team")
    tried = Outcome(T("已审结归档", "Tried and on file"))
    settled = Outcome(T("调解或者撤诉", "Settled or withdrawn"))
    converted = Outcome(T("转为普通程序", "Turned ordinary"))
    returned = Outcome(T("退回重新分流", "Sent back to triage"))
