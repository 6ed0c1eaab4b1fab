"""文书 · A ruling is drafted from the case, lacks what it lacks, relies on the law of its day, is signed, kept, and published without names."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from docx import Document as WordFile
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from tests.casework.writs.conftest import AT, DAY, WRITTEN, Bench
from tests.casework.writs.module import module
from tianping.casework.documents.filing import document_filed
from tianping.casework.documents.store import place
from tianping.casework.errors import BadAnswer, NoSuchCase
from tianping.casework.models import AccessTrace, Change, Document, Event, Writ
from tianping.casework.writs import signing
from tianping.casework.writs.errors import (
    CannotSign,
    Incomplete,
    Moved,
    NoSuchTemplate,
    NoSuchWrit,
    NotADraft,
    NotPublic,
    NotYoursToIssue,
    Settled,
    StaleArticles,
    TooEarly,
)
from tianping.casework.writs.offered import writ_view, writs_of, writs_offered
from tianping.casework.writs.services import writ_drafted, writ_dropped, writ_edited, writ_issued, writ_of, writ_preview, writ_published
from tianping.casework.writs.word import sections_of, text_of


def drafted(bench: Bench, template: str = "ruling", day: date = DAY, **written: str) -> Writ:
    return writ_drafted(case_id=bench.case, template=template, written=WRITTEN | written, day=day, actor=bench.judge, at=AT)


def issued(bench: Bench, row: Writ) -> Writ:
    return writ_issued(case_id=bench.case, writ=row.pk, seen=row.draft_id, actor=bench.judge, at=AT)


def content(document: Document | None) -> bytes:
    assert document is not None
    return place(document.content_id).read_bytes()


def words_of(pdf: bytes) -> str:
    """The words of a PDF, by another program."""
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext: the words of the PDF are not read")
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().replace("\n", "")


def edited(row: Writ, change: Any) -> io.BytesIO:
    """The draft as somebody edits it in Word."""
    file = WordFile(io.BytesIO(content(row.draft)))
    change(file)
    out = io.BytesIO()
    file.save(out)
    out.seek(0)
    return out


def test_a_draft_says_what_the_case_knows_and_who_read_the_parties_is_written_down(bench: Bench) -> None:
    row = drafted(bench)
    text = text_of(content(row.draft))
    assert "张晓明，公民身份号码140702198501010011" in text
    assert "该调解协议于2026年2月20日生效" in text
    assert "依照《中华人民共和国民事诉讼法》第二百零五条、第二百零六条的规定" in text
    assert "二〇二六年三月五日" in text
    assert AccessTrace.objects.filter(case_id=bench.case, act="reveal", subject="parties", account=bench.judge.account).count() == 1
    acts = list(Change.objects.filter(case_id=bench.case).order_by("pk").values_list("act", flat=True))
    assert acts == ["document.filed", "writ.drafted"]


def test_drafting_again_is_a_new_version_of_the_same_draft(bench: Bench) -> None:
    first = drafted(bench)
    again = drafted(bench, terms="一、另行约定。")
    assert again.pk == first.pk
    assert (again.draft.version, again.draft.replaces_id) == (2, first.draft_id)
    assert [w.id for w in writs_of(case_id=bench.case, actor=bench.judge)] == [first.pk]


def test_what_is_missing_blocks_the_issue_with_its_article(bench: Bench) -> None:
    bench.take("confirm", defect="NONE")
    row = drafted(bench, terms="", judge="")
    with pytest.raises(Incomplete) as refused:
        issued(bench, row)
    said = refused.value.message.zh
    for part in (
        "协议内容〔《民事诉讼法（2023年修正）》第206条〕（有未填之处：调解协议的内容）",
        "署名、用印和日期〔《民事诉讼法（2023年修正）》第157条〕（有未填之处：审判员）",
    ):
        assert part in said
    assert refused.value.code == "OPS-573"
    assert "The agreement" in refused.value.message.en
    assert not Document.objects.filter(case_id=bench.case, name__endswith=".pdf").exists()


def test_a_section_cut_out_in_word_is_missing(bench: Bench) -> None:
    bench.take("confirm", defect="NONE")
    row = drafted(bench)

    def cut(file: Any) -> None:
        for paragraph in [p for p in file.paragraphs if "确认上述调解协议有效" in p.text or "自觉履行义务" in p.text]:
            paragraph._element.getparent().remove(paragraph._element)

    row = writ_edited(case_id=bench.case, writ=row.pk, file=edited(row, cut), actor=bench.judge, at=AT)
    assert row.edited
    with pytest.raises(Incomplete, match=r"裁定结果〔.*〕（没有内容）"):
        issued(bench, row)


def test_a_repealed_article_is_flagged_by_the_day(bench: Bench) -> None:
    bench.take("confirm", defect="NONE")
    row = drafted(bench, reasons="参照《民事诉讼法》（2021年修正）第二百零一条和《中华人民共和国婚姻法》第十七条。")
    with pytest.raises(StaleArticles) as refused:
        issued(bench, row)
    assert "现为《民事诉讼法（2023年修正）》第205条" in refused.value.message.zh
    assert "婚姻法" in refused.value.message.zh
    view = writ_view(writ_of(case_id=bench.case, writ=row.pk, actor=bench.judge))
    assert view.checked is not None
    assert [m.verdict for m in view.checked.articles] == ["repealed", "repealed", "in_force", "in_force"]


def test_it_follows_its_step_and_only_who_may_issues_it(bench: Bench) -> None:
    row = drafted(bench)
    with pytest.raises(TooEarly, match="裁定调解协议有效"):
        issued(bench, row)
    bench.take("confirm", defect="NONE")
    with pytest.raises(NotYoursToIssue, match="法官"):
        writ_issued(case_id=bench.case, writ=row.pk, seen=row.draft_id, actor=bench.clerk, at=AT)
    again = drafted(bench, terms="一、新的内容。")
    with pytest.raises(Moved):
        writ_issued(case_id=bench.case, writ=row.pk, seen=row.draft_id, actor=bench.judge, at=AT)
    done = issued(bench, again)
    assert done.seq == Event.objects.get(case_id=bench.case, step="JudicialConfirmation.confirm").seq
    assert done.issued is not None
    assert (done.issued.seq, done.issued.name) == (done.seq, "民事裁定书（确认调解协议有效）.pdf")


def validated(pdf: bytes) -> Any:
    """The signature as pyHanko judges it, with the certificate that made it as the only one trusted."""
    found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0]
    context = ValidationContext(trust_roots=[found.signer_cert], allow_fetching=False, moment=AT)
    return found, validate_pdf_signature(found, context)


@pytest.fixture
def done(bench: Bench) -> Writ:
    bench.take("confirm", defect="NONE")
    return issued(bench, drafted(bench))


def test_what_is_issued_is_a_signed_pdf_with_the_words_of_the_draft(bench: Bench, done: Writ) -> None:
    pdf = content(done.issued)
    signature, status = validated(pdf)
    assert status.intact
    assert status.valid
    assert status.coverage.name == "ENTIRE_FILE"
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert "TEST" in done.signer
    words = words_of(pdf)
    for part in ("民事裁定书", "张晓明", "确认上述调解协议有效", "审判员　李审判"):
        assert part.replace("　", "") in words.replace("　", "").replace(" ", "")
    change = Change.objects.get(case_id=bench.case, act="writ.issued")
    assert done.issued is not None
    assert change.body["sha256"] == done.issued.content_id


def test_a_changed_byte_breaks_the_signature(done: Writ) -> None:
    pdf = bytearray(content(done.issued))
    place_of = pdf.index(b"/MediaBox")
    pdf[place_of + 1 : place_of + 9] = b"mediabOX"
    _, status = validated(bytes(pdf))
    assert not status.intact


def test_what_is_issued_stays_as_it_is(bench: Bench, done: Writ) -> None:
    with pytest.raises(Settled):
        issued(bench, done)
    with pytest.raises(Settled):
        writ_dropped(case_id=bench.case, writ=done.pk, reason="误制", actor=bench.judge, at=AT)
    with pytest.raises(Settled):
        writ_edited(case_id=bench.case, writ=done.pk, file=io.BytesIO(content(done.draft)), actor=bench.judge, at=AT)
    for statement in ("update casework_writ set written = '{}' where id = %s", "delete from casework_writ where id = %s"):
        with pytest.raises(DatabaseError, match="OPS-301"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [done.pk])


def test_the_copy_for_the_public_hides_people_and_numbers_and_is_stable(bench: Bench, done: Writ) -> None:
    first = words_of(content(writ_published(case_id=bench.case, writ=done.pk, actor=bench.judge, at=AT).public))
    for hidden in ("张晓明", "王小芳", "140702198501010011", "13812345678", "140702199001010019"):
        assert hidden not in first
    for shown in ("张某1", "王某1", "138****5678", "晋中某建材有限公司", "李审判", "公开本"):
        assert shown in first.replace(" ", "")
    again = writ_published(case_id=bench.case, writ=done.pk, actor=bench.judge, at=AT, hide=["李审判"])
    assert again.public is not None
    assert again.public.version == 2
    second = words_of(content(again.public)).replace(" ", "")
    assert "李审判" not in second
    assert "张某1" in second
    assert "李某1" in second
    assert content(again.issued) == content(done.issued)


def test_a_name_that_word_split_is_hidden_too(bench: Bench) -> None:
    bench.take("confirm", defect="NONE")
    row = drafted(bench)

    def split(file: Any) -> None:
        paragraph = next(p for p in file.paragraphs if "支付王小芳" in p.text)
        for run in paragraph.runs[1:]:
            run.text = ""
        paragraph.runs[0].text = "一、张"
        paragraph.add_run("晓").bold = True
        paragraph.add_run("明支付货款")

    row = issued(bench, writ_edited(case_id=bench.case, writ=row.pk, file=edited(row, split), actor=bench.judge, at=AT))
    words = words_of(content(writ_published(case_id=bench.case, writ=row.pk, actor=bench.judge, at=AT).public))
    assert "张晓明" not in words
    assert "张某1支付货款" in words.replace(" ", "")


def test_what_is_not_published_and_what_is_not_issued_has_no_public_copy(bench: Bench) -> None:
    row = drafted(bench)
    with pytest.raises(NotPublic, match="尚未签发"):
        writ_published(case_id=bench.case, writ=row.pk, actor=bench.judge, at=AT)


def test_who_does_not_handle_the_case_finds_nothing(bench: Bench) -> None:
    row = drafted(bench)
    with pytest.raises(NoSuchCase):
        writ_drafted(case_id=bench.case, template="ruling", written={}, day=DAY, actor=bench.stranger, at=AT)
    with pytest.raises(NoSuchCase):
        writ_preview(case_id=bench.case, writ=row.pk, actor=bench.stranger, at=AT)
    with pytest.raises(NoSuchCase):
        writ_issued(case_id=bench.case, writ=row.pk, seen=row.draft_id, actor=bench.stranger, at=AT)
    with pytest.raises(NoSuchCase):
        writs_of(case_id=bench.case, actor=bench.stranger)
    with pytest.raises(NoSuchWrit):
        writ_of(case_id=bench.case, writ=row.pk + 10**6, actor=bench.judge)


def test_what_cannot_be_a_draft_is_refused_and_leaves_the_draft(bench: Bench) -> None:
    row = drafted(bench)
    blank = io.BytesIO()
    WordFile().save(blank)
    for file in (blank.getvalue(), b"PK\x03\x04 no word file"):
        with pytest.raises(NotADraft):
            writ_edited(case_id=bench.case, writ=row.pk, file=io.BytesIO(file), actor=bench.judge, at=AT)
    row.refresh_from_db()
    assert (row.edited, row.draft.version) == (False, 1)
    with pytest.raises(BadAnswer):
        drafted(bench, nothing="x")
    with pytest.raises(NoSuchTemplate):
        drafted(bench, "no_such")


def test_a_draft_is_dropped_with_a_reason_and_another_may_be_written(bench: Bench) -> None:
    row = drafted(bench)
    writ_dropped(case_id=bench.case, writ=row.pk, reason="重复制作", actor=bench.judge, at=AT)
    assert Document.objects.get(pk=row.draft_id).withdrawn is not None
    assert drafted(bench).pk != row.pk
    offers = {o.template.code: o for o in writs_offered(case_id=bench.case, actor=bench.judge)}
    assert set(offers) == {"ruling", "dismissal"}
    assert offers["ruling"].may_issue
    assert offers["ruling"].draft is not None


def test_the_preview_says_that_it_is_a_draft(bench: Bench) -> None:
    row = drafted(bench)
    pdf = writ_preview(case_id=bench.case, writ=row.pk, actor=bench.judge, at=AT)
    assert "草稿，未签发" in words_of(pdf)
    assert not PdfFileReader(io.BytesIO(pdf)).embedded_signatures


def test_the_institution_s_own_word_file_is_what_is_filled(bench: Bench, places: Path) -> None:
    first = drafted(bench)
    own = places / "templates" / "judicial_confirmation" / "ruling.docx"
    own.parent.mkdir(parents=True)
    file = WordFile()
    file.add_paragraph("本院自己的样式：{{ w.terms }} {{ number }}")
    file.save(str(own))
    again = drafted(bench)
    assert again.pattern != first.pattern
    assert text_of(content(again.draft)).startswith("本院自己的样式：一、张晓明")
    assert sections_of(content(again.draft)) == {}
    wrong = WordFile()
    wrong.add_paragraph("{{ nothing_like_it }}")
    wrong.save(str(own))
    with pytest.raises(NotADraft):
        drafted(bench)


def test_a_document_filed_by_hand_is_no_writ(bench: Bench) -> None:
    document_filed(case_id=bench.case, name="起诉状.pdf", file=io.BytesIO(b"%PDF-1.7"), actor=bench.judge, at=AT)
    assert writs_of(case_id=bench.case, actor=bench.judge) == []


def test_a_module_that_never_gives_its_key_away_signs(bench: Bench, settings: Any, tmp_path: Path) -> None:
    """The key lives in another process; what is issued is signed by it, and holds."""
    settings.TIANPING_SIGNER = "tests.casework.writs.module:signer"
    bench.take("confirm", defect="NONE")
    with module(tmp_path):
        row = issued(bench, drafted(bench))
    assert "Pilot court module" in row.signer
    _, status = validated(content(row.issued))
    assert status.intact
    assert status.valid


def test_the_signer_is_a_port(bench: Bench, settings: Any, tmp_path: Path) -> None:
    """An institution's own signer is used, here one from a PKCS #12 file of another name."""
    settings.TIANPING_SIGNING_KEY = str(tmp_path / "own.p12")
    (tmp_path / "own.p12").write_bytes(signing._made(AT))
    (tmp_path / "own.p12").chmod(0o600)
    assert isinstance(signing.the_signer(AT), signers.SimpleSigner)
    (tmp_path / "own.p12").chmod(0o644)
    with pytest.raises(CannotSign, match="0o644"):
        signing.the_signer(AT)
    settings.TIANPING_SIGNER = "tianping.nowhere:signer"
    with pytest.raises(CannotSign, match="ModuleNotFoundError"):
        signing.the_signer(AT)
