"""制作文书 · A document is drafted, edited in Word, issued as a signed PDF, dropped, or published with names hidden.

Each act files its document and writes the change down in one transaction. What is slow, typesetting and signing, is done before the case is held; a
draft that was replaced meanwhile is not issued.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from typing import BinaryIO, Final

from tianping.casework.access.tracing import traced
from tianping.casework.documents.filing import document_filed, document_withdrawn
from tianping.casework.documents.store import place
from tianping.casework.engine.actors import HANDLE, Actor
from tianping.casework.engine.registered import tables_of
from tianping.casework.errors import BadAnswer
from tianping.casework.handling.errors import BadWords
from tianping.casework.handling.guard import Held, capacities, held
from tianping.casework.models import Case, Document, Event, Writ
from tianping.casework.writs.checked import Checked, checked, enough
from tianping.casework.writs.context import context_of
from tianping.casework.writs.errors import Moved, NoSuchWrit, NotADraft, NotPublic, NotYoursToIssue, Settled, TooEarly
from tianping.casework.writs.fill import filled
from tianping.casework.writs.hiding import hidden, identities, substitutes
from tianping.casework.writs.patterns import pattern, template_of
from tianping.casework.writs.signing import signed
from tianping.casework.writs.typeset import DRAFT, PUBLIC, pdf_of, writ_pdf
from tianping.casework.writs.word import blocks, sections_of
from tianping.law.text import T
from tianping.procedure.contracts.roles import Roles
from tianping.procedure.writs import Template

LONGEST: Final = 20_000
STATES: Final = {"issued": T("签发", "issued"), "dropped": T("作废", "dropped")}
WRITE: Final = T("制作文书", "writing a document")


def writ_drafted(*, case_id: int, template: str, written: Mapping[str, str], day: date, actor: Actor, at: datetime, seen: int | None = None) -> Writ:
    """起草 · Fill a template, or fill it again in place of the draft that there is. The parties are read whole, which leaves a trace.

    ``seen``: the document of the draft that the writer had before him, 0 for none; where another stands there now nothing is overwritten.
    Raises OnlyHandlers, NoSuchTemplate, BadAnswer, NotADraft, CannotTypeset, Moved.
    """
    with held(case_id, actor, at=at) as h:
        chosen = _template(h.case, template)
        said = _said(chosen, written)
        traced(actor, case_id, "reveal", "parties", f"{chosen.title.zh}", at, of=WRITE)
        form = pattern(chosen)
        made = filled(form, context_of(h.case, chosen, said, day, actor.account), title=chosen.title)
        before = Writ.objects.select_for_update().filter(case_id=case_id, template=template, state="draft").first()
        if before is not None and seen not in (None, before.draft_id):
            raise Moved(writ=before.pk)
        document = _filed(h, f"{chosen.title.zh}.docx", made, None if before is None else before.draft_id)
        values = {"pattern": sha256(form).hexdigest(), "day": day, "written": said, "draft": document, "edited": False}
        values |= {"made": at, "account": actor.account}
        row = before or Writ(case=h.case, template=template)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        h.changed("writ.drafted", f"writ:{row.pk}", template=template, document=document.pk)
    return row


def writ_edited(*, case_id: int, writ: int, file: BinaryIO, actor: Actor, at: datetime, seen: int | None = None) -> Writ:
    """改稿 · Put an edited Word file in the place of the draft that was ``seen`` (None: of whichever stands).

    Raises NoSuchWrit, Settled, Moved, NotADraft, OnlyHandlers, TooLarge, WrongKind.
    """
    with held(case_id, actor, at=at) as h:
        row, chosen = _draft(h.case, writ)
        if seen not in (None, row.draft_id):
            raise Moved(writ=writ)
        document = document_filed(case_id=case_id, name=f"{chosen.title.zh}.docx", file=file, actor=actor, at=at, replaces=row.draft_id)
        try:
            found = sections_of(_bytes(document))
        except ValueError as error:
            raise NotADraft(title=chosen.title, reason=error) from error
        if not found:
            raise NotADraft(title=chosen.title, reason=T("没有各部分的标记", "it has no marks of sections"))
        Writ.objects.filter(pk=writ).update(draft=document, edited=True, made=at, account=actor.account)
        h.changed("writ.edited", f"writ:{writ}", document=document.pk)
    row.refresh_from_db()
    return row


def writ_checked(*, case_id: int, writ: int, actor: Actor) -> Checked:
    """核稿 · What keeps the draft from being issued. Raises NoSuchWrit."""
    row = writ_of(case_id=case_id, writ=writ, actor=actor)
    return checked(_bytes(row.draft), _template(row.case, row.template), row.case, row.day)


def writ_preview(*, case_id: int, writ: int, actor: Actor, at: datetime) -> bytes:
    """预览 · The draft as PDF, marked as a draft, unsigned; who looked is written down. Raises NoSuchWrit, CannotTypeset."""
    row = writ_of(case_id=case_id, writ=writ, actor=actor)
    with held(case_id, actor, at=at) as h:
        h.changed("document.read", f"document:{row.draft_id}")
    return pdf_of(_bytes(row.draft), title=_template(row.case, row.template).title.zh, note=str(DRAFT), at=at)


def writ_issued(*, case_id: int, writ: int, seen: int, actor: Actor, at: datetime) -> Writ:
    """签发 · The draft that was ``seen`` (its document) becomes a signed PDF of the event that it belongs to.

    Raises NoSuchWrit, Settled, Moved, NotYoursToIssue, TooEarly, Incomplete, StaleArticles, CannotTypeset, CannotSign.
    """
    row = writ_of(case_id=case_id, writ=writ, actor=actor)
    chosen = _template(row.case, row.template)
    _may(row, chosen, seen, actor)
    seq, draft = _event(row.case, chosen), _bytes(row.draft)
    enough(checked(draft, chosen, row.case, row.day), chosen, row.day)
    pdf = pdf_of(draft, title=chosen.title.zh, at=at)
    done = signed(pdf, at=at, reason=chosen.title.zh, place=row.case.organisation.zh)
    with held(case_id, actor, at=at) as h:
        again, _ = _draft(h.case, writ)
        if again.draft_id != seen or _event(h.case, chosen) != seq:
            raise Moved(writ=writ)
        document = document_filed(case_id=case_id, name=f"{chosen.title.zh}.pdf", file=BytesIO(done.pdf), actor=actor, at=at, seq=seq)
        Writ.objects.filter(pk=writ).update(
            state="issued", issued=document, seq=seq, issued_at=at, issued_by=actor.account, signer=done.signer
        )  # fmt: skip
        h.changed("writ.issued", f"writ:{writ}", document=document.pk, sha256=document.content_id, seq=seq, signer=done.signer)
    row.refresh_from_db()
    return row


def writ_dropped(*, case_id: int, writ: int, reason: str, actor: Actor, at: datetime) -> None:
    """作废 · Give a draft up; its files stay in the case, withdrawn. Raises NoSuchWrit, Settled, WhyNeeded."""
    with held(case_id, actor, at=at) as h:
        row, _ = _draft(h.case, writ)
        document_withdrawn(case_id=case_id, document=row.draft_id, actor=actor, at=at, reason=reason)
        Writ.objects.filter(pk=writ).update(state="dropped")
        h.changed("writ.dropped", f"writ:{writ}", reason=reason.strip())


def writ_published(*, case_id: int, writ: int, actor: Actor, at: datetime, hide: Iterable[str] = ()) -> Writ:
    """制作公开本 · A copy of what was issued, with people by substitutes and numbers masked; made again, it replaces the one before.

    Raises NoSuchWrit, NotPublic, OnlyHandlers, CannotTypeset.
    """
    with held(case_id, actor, at=at) as h:
        row = Writ.objects.select_related("draft", "case").filter(pk=writ, case_id=case_id).first()
        if row is None:
            raise NoSuchWrit(writ=writ)
        chosen = _template(row.case, row.template)
        if not chosen.public or row.state != "issued":
            why = T("尚未签发", "it has not been issued") if chosen.public else T("此类文书不公开", "such documents are not published")
            raise NotPublic(title=chosen.title, reason=why)
        instead = substitutes(case_id, hide)
        listed = hidden(blocks(_bytes(row.draft)), instead | identities(case_id))
        pdf = writ_pdf(listed, title=chosen.title.zh, note=str(PUBLIC), at=at)
        document = _filed(h, f"{chosen.title.zh}（公开本）.pdf", pdf, row.public_id)
        Writ.objects.filter(pk=writ).update(public=document)
        h.changed("writ.published", f"writ:{writ}", document=document.pk, sha256=document.content_id, hidden=len(instead))
    row.refresh_from_db()
    return row


def writ_of(*, case_id: int, writ: int, actor: Actor) -> Writ:
    """A document in writing of a case that the actor handles. Raises NoSuchCase, NoSuchWrit."""
    row = Writ.objects.select_related("draft", "case__organisation", "case__definition").filter(pk=writ, case_id=case_id).first()
    if HANDLE not in capacities(case_id, actor) or row is None:
        raise NoSuchWrit(writ=writ)
    return row


# ---- parts --------------------------------------------------------------------------------------------------------------------------


def _template(case: Case, code: str) -> Template:
    return template_of(case.definition.code, code)


def _said(template: Template, written: Mapping[str, str]) -> dict[str, str]:
    names = {w.name: w for w in template.written}
    for name, text in written.items():
        if name not in names:
            raise BadAnswer(fact=name, reason=T("此文书不写此项", "the document does not ask it"))
        if len(text) > LONGEST or "\0" in text:
            raise BadWords(field=names[name].title, reason=T(f"不超过{LONGEST}字", f"at most {LONGEST} characters"))
    return {name: text.strip() for name, text in written.items() if text.strip()}


def _draft(case: Case, writ: int) -> tuple[Writ, Template]:
    row = Writ.objects.select_for_update().filter(pk=writ, case=case).first()
    if row is None:
        raise NoSuchWrit(writ=writ)
    if row.state != "draft":
        raise Settled(writ=writ, state=STATES[row.state])
    return row, _template(case, row.template)


def _may(row: Writ, template: Template, seen: int, actor: Actor) -> None:
    if row.state != "draft":
        raise Settled(writ=row.pk, state=STATES[row.state])
    if not actor.roles & set(template.by):
        titles = [getattr(Roles, code.removeprefix("Roles.")).title for code in template.by]
        raise NotYoursToIssue(title=template.title, roles=T("、".join(t.zh for t in titles), ", ".join(t.en for t in titles)))
    if row.draft_id != seen:
        raise Moved(writ=row.pk)


def _event(case: Case, template: Template) -> int | None:
    """The last act of the step that the document belongs to. Raises TooEarly."""
    if not template.after:
        return None
    struck = Event.objects.filter(case_id=case.pk, voids__isnull=False).values("voids")
    found = Event.objects.filter(case_id=case.pk, step=template.after).exclude(seq__in=struck).order_by("-seq").values_list("seq", flat=True).first()
    if found is None:
        tables = tables_of(case.definition_id)
        raise TooEarly(title=template.title, step=tables.steps[tables.by_step[template.after]].step.words)
    return found


def _filed(h: Held, name: str, content: bytes, replaces: int | None) -> Document:
    return document_filed(case_id=h.case.pk, name=name, file=BytesIO(content), actor=h.actor, at=h.at, replaces=replaces)


def _bytes(document: Document) -> bytes:
    return place(document.content_id).read_bytes()
