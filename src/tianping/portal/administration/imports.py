"""导入页面 · A file of cases handed in, tried by the worker, every refused row told; then the good ones are written, or all, or none."""

from __future__ import annotations

import csv
from io import StringIO
from typing import BinaryIO, Final, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from tianping.casework.engine.registered import folders
from tianping.casework.intake import jobs
from tianping.casework.intake.drafts import Fault
from tianping.casework.intake.report import HEAD, line_of
from tianping.casework.models import ImportFault
from tianping.casework.people import reading
from tianping.casework.waking import wake
from tianping.law.text import T
from tianping.portal.administration.forms import NO_CODE, Typed, answered
from tianping.portal.administration.rooms import IMPORTS, by_of, for_administrators, room
from tianping.portal.house.asked import whole

SIZE: Final = 50
MOST: Final = 1_000_000
"""Refused rows in one report: no file has more rows."""
LONGEST: Final = 60_000
JOB: Final = "imports"
WHERE: Final = IMPORTS.href
CHOOSE: Final = T("选择一个文件", "choose a file")
STATES: Final = {
    "trying": T("试导入中", "being tried"), "tried": T("等待选择", "waits for a choice"), "writing": T("写入中", "being written"),
    "written": T("已写入", "written"), "failed": T("没有写入", "not written"), "dropped": T("已放弃", "dropped"),
}  # fmt: skip


@for_administrators("system")
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The own imports, and the form that hands a file in."""
    by, before = by_of(request), whole(request.GET.get("before", ""))
    rows = jobs.jobs_of(by, before=before, size=SIZE + 1)
    known = [(code, folder.current.title) for code, folder in sorted(folders().items(), key=lambda f: f[1].current.title.zh)]
    data = {
        "rows": rows[:SIZE], "states": STATES, "procedures": known, "titles": dict(known), "megabytes": settings.TIANPING_IMPORT_MEGABYTES,
        "next": f"{WHERE}?before={rows[SIZE - 1].pk}" if len(rows) > SIZE else "",
    }  # fmt: skip
    if request.method != "POST":
        return room(request, "imports", data)
    form, file = Typed(request), request.FILES.get("file")
    procedure, organisation = form.chosen("procedure", dict(known)), form.line("organisation", 60, optional=True)
    mapping = form.text_or_file("mapping", LONGEST, optional=True)
    if organisation and reading.named(organisation) is None:
        form.errors["organisation"] = NO_CODE
    if file is None:
        form.errors["file"] = CHOOSE

    def act() -> str:
        assert file is not None
        sent = cast(BinaryIO, file)
        row = jobs.job_begin(
            by, name=file.name or "", file=sent, megabytes=settings.TIANPING_IMPORT_MEGABYTES, procedure=procedure, organisation=organisation,
            mapping=mapping,
        )  # fmt: skip
        wake(JOB)
        return f"{WHERE}/{row.pk}"

    return answered(request, form, act, "imports", data)


@for_administrators("system")
@require_http_methods(["GET", "HEAD", "POST"])
def job(request: HttpRequest, number: int) -> HttpResponse:
    """An import: how far it is, what was refused, and the choice."""
    by, after = by_of(request), whole(request.GET.get("after", ""), 0) or 0
    row = jobs.job_of(by, number)
    faults = jobs.faults_of(by, number, after=after, size=SIZE + 1)
    data = {
        "job": row, "faults": faults[:SIZE], "title": folders()[row.procedure].current.title if row.procedure in folders() else row.procedure,
        "state": STATES[row.state], "waits": row.state in ("trying", "writing"),
        "next": f"{WHERE}/{number}?after={faults[SIZE - 1].pk}" if len(faults) > SIZE else "",
    }  # fmt: skip
    if request.method != "POST":
        return room(request, "import", data)
    asked_for = request.POST.get("act", "")
    if asked_for not in ("aside", "stop", "drop"):
        raise Http404

    def act() -> str:
        if asked_for == "drop":
            jobs.job_drop(by, number, at=by.at)
        else:
            jobs.job_write(by, number, "aside" if asked_for == "aside" else "stop")
            wake(JOB)
        return f"{WHERE}/{number}"

    return answered(request, Typed(request), act, "import", data)


@for_administrators("system")
@require_safe
def refused(request: HttpRequest, number: int) -> HttpResponse:
    """Every refused row as a table for a spreadsheet, as the command line writes it."""
    by = by_of(request)
    row, out = jobs.job_of(by, number), StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for fault in jobs.faults_of(by, number, after=0, size=MOST):
        writer.writerow(line_of(_fault(fault)))
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="refused-{row.pk}.csv"'
    return answer


def _fault(row: ImportFault) -> Fault:
    return Fault(row.line, row.case, row.code, T(row.zh, row.en), row.cites, T(row.todo_zh, row.todo_en))
