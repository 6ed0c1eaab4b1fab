"""党风政风警风监督员 · Appointed for a term, takes part in inspections, gives tips; each tip is followed to its answer."""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import LOCAL_REPORTING
from tianping.procedure import NEW, PLAIN, Condition, Fact, Ground, Many, Procedure, Stage, Step, T, Track
from tianping.procedure.contracts.roles import Roles

NO_TEXT = T("办理时限未查得，由使用单位配置", "no time was found; to be set by the user")


class Tip(Track):
    """线索 · One tip of this supervisor."""

    title = T("线索", "Tip")
    counting = PLAIN

    founded = Fact(bool, T("是否属实", "Was it founded?"))

    given = Stage(T("已提出", "Given"), no_limit=NO_TEXT)
    handled = Stage(T("办理中", "Being dealt with"), no_limit=NO_TEXT)
    fed_back = Stage(T("已反馈", "Answered"), end=True)

    give = Step(NEW >> given, T("提出线索", "Give a tip"), by=Roles.CONDUCT_SUPERVISOR, cites=LOCAL_REPORTING["监督员"])
    take = Step(given >> handled, T("受理", "Take it"), by=Roles.INSPECTOR, cites=LOCAL_REPORTING["监督员", "保密"])
    feed_back = Step(handled >> fed_back, T("反馈并致谢", "Answer and thank"), by=Roles.INSPECTOR, asks=(founded,), cites=LOCAL_REPORTING["监督员"])


class ConductSupervisor(Procedure):
    """监督员 · One supervisor's term."""

    title = T("警风监督员", "Supervisor of police conduct")
    code = "conduct_supervisor"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.INSPECTOR

    until = Fact(date, T("聘期至", "Appointed until"))
    tips = Many(Tip)

    appointed = Stage(T("在聘", "In office"), no_limit=T("聘期届满为止", "until the term ends"))
    ended = Stage(T("聘期结束", "Term ended"), end=True)

    pending = Ground(tips.any(Tip.given | Tip.handled), T("尚有线索未反馈", "Tips are not answered"), LOCAL_REPORTING["监督员"])

    appoint = Step(NEW >> appointed, T("聘任", "Appoint"), by=Roles.INSPECTOR, asks=(until,), cites=LOCAL_REPORTING["监督员"])
    inspect = Step(appointed, T("参加视察活动", "Take part in an inspection"), by=Roles.CONDUCT_SUPERVISOR, cites=LOCAL_REPORTING["监督员"])
    extend = Step(appointed, T("续聘", "Appoint again"), by=Roles.INSPECTOR, asks=(until,), cites=LOCAL_REPORTING["监督员"])
    end = Step(appointed >> ended, T("聘期结束", "End the term"), by=Roles.INSPECTOR, unless=pending, cites=LOCAL_REPORTING["监督员"])

    over = Ground(end.done, T("聘期已结束", "The term has ended"), LOCAL_REPORTING["监督员"])
    only_in_office = Condition(Tip.give, unless=over)
