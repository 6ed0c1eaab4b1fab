"""鉴定机构名册 · One body on the court's register for one speciality: listed, suspended, removed."""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import LOCAL_APPRAISAL
from tianping.procedure import NEW, PLAIN, Fact, Ground, Procedure, Stage, Step, T, Tally
from tianping.procedure.contracts.roles import Roles

STANDS = T("在册至变更，未设时限", "it stands until it is changed; no limit is set")


class AppraisalBody(Procedure):
    """鉴定机构名册 · A body that may be chosen by lot."""

    title = T("鉴定机构名册", "Register of appraisal bodies")
    code = "appraisal_body"
    valid_from = date(2020, 5, 1)
    counting = PLAIN
    corrects = Roles.COURT

    body = Fact(str, T("机构名称", "Name of the body"))
    speciality = Fact(str, T("专业类别", "Speciality"), hint=T("类别由使用单位配置", "the specialities are the user's"))
    licensed = Fact(bool, T("是否具备相应资格", "Is it qualified?"))

    listed = Stage(T("在册", "Listed"), no_limit=STANDS)
    suspended = Stage(T("暂停", "Suspended"), no_limit=STANDS)
    removed = Stage(T("已除名", "Removed"), end=True)

    already = Fact(int, T("同机构同类别在册数", "The same body for the same speciality"), known_by=Tally(listed | suspended, same=(body, speciality)))
    twice = Ground(already > 0, T("该机构该类别已在册", "It is on the register"), LOCAL_APPRAISAL["名册"])
    unqualified = Ground(~licensed.is_(True), T("不具备相应资格", "It is not qualified"), LOCAL_APPRAISAL["名册"])

    enter = Step(
        NEW >> listed,
        T("列入名册", "Enter"),
        by=Roles.COURT,
        asks=(body, speciality, licensed, already),
        unless=(twice, unqualified),
        cites=LOCAL_APPRAISAL["名册"],
    )
    suspend = Step(listed >> suspended, T("暂停", "Suspend"), by=Roles.COURT, cites=LOCAL_APPRAISAL["名册"])
    restore = Step(
        suspended >> listed,
        T("恢复", "Restore"),
        by=Roles.COURT,
        asks=(licensed,),
        unless=unqualified,
        cites=LOCAL_APPRAISAL["名册"],
    )
    remove = Step((listed | suspended) >> removed, T("除名", "Remove"), by=Roles.COURT, cites=LOCAL_APPRAISAL["名册"])
