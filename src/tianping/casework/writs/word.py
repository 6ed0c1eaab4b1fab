"""Word 模板 · A template's text as a Word file, and the sections of a Word file read back by their bookmarks.

Each section stands between two bookmarks, which survive filling and editing: so what a judge cut out is missed before the document is issued.
Lines: ``# title``, ``## second title``, ``>> to the right``, ``| cell | cell |``, ``{%p … %}`` and ``{%tr … %}`` on lines of their own; others are
paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile

from tianping.casework.writs.errors import CannotTypeset
from tianping.procedure.writs import Template

MARK: Final = "tp_"
"""How the bookmarks of sections begin."""
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SONG: Final = "宋体"
FANGSONG: Final = "仿宋"
SIZES: Final = {"title": 22, "second": 18, "body": 16, "table": 12}
"""Points: 二号, 小二, 三号 and 小四. Our own choice; official formats are the institution's to set in Word."""


def _docx() -> Any:
    try:
        import docx  # noqa: PLC0415 — the documents extra
    except ImportError as error:
        raise CannotTypeset(reason=error) from error
    return docx


def compiled_docx(template: Template) -> bytes:
    """The Word file of a template. Raises CannotTypeset where the library is not installed."""
    document = _docx().Document()
    _page(document)
    body = document.element.body
    for number, section in enumerate(template.sections, 1):
        body.insert(len(body) - 1, _mark("bookmarkStart", number, MARK + section.code))
        _written(document, section.text)
        body.insert(len(body) - 1, _mark("bookmarkEnd", number))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def sections_of(file: bytes) -> dict[str, str]:
    """Section → its text, of a filled or edited Word file. Raises ValueError for what is no Word file."""
    root = opened(file).element.body
    open_: dict[str, str] = {}
    out: dict[str, str] = {}
    for element in root.iter():
        if element.tag == f"{W}bookmarkStart":
            name = element.get(f"{W}name") or ""
            if name.startswith(MARK):
                open_[element.get(f"{W}id") or ""] = name.removeprefix(MARK)
                out.setdefault(name.removeprefix(MARK), "")
        elif element.tag == f"{W}bookmarkEnd":
            open_.pop(element.get(f"{W}id") or "", None)
        elif element.tag == f"{W}t":
            for code in open_.values():
                out[code] += element.text or ""
    return out


def text_of(file: bytes) -> str:
    """The whole text, a line to a paragraph."""
    paragraphs = opened(file).element.body.iter(f"{W}p")
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in paragraphs)


def opened(file: bytes) -> Any:
    """The file as python-docx has it. Raises ValueError for what is none."""
    try:
        return _docx().Document(BytesIO(file))
    except (BadZipFile, KeyError, ValueError) as error:
        raise ValueError(str(error)) from error


# ---- writing ------------------------------------------------------------------------------------------------------------------------


def _page(document: Any) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415 — the documents extra
    from docx.shared import Mm, Pt  # noqa: PLC0415 — as above

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FANGSONG, Pt(SIZES["body"])
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FANGSONG)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.5


def _written(document: Any, text: str) -> None:
    rows: list[list[str]] = []
    for line in [*(line.strip() for line in text.strip().splitlines()), ""]:
        if line.startswith(("|", "{%tr")):
            rows.append([c.strip() for c in line.strip("|").split("|")] if line.startswith("|") else [line])
            continue
        if rows:
            _table(document, rows)
            rows = []
        if line:
            _paragraph(document, line)


def _paragraph(document: Any, line: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 — the documents extra
    from docx.shared import Pt  # noqa: PLC0415 — as above

    paragraph = document.add_paragraph()
    if line.startswith("#"):
        level = "second" if line.startswith("##") else "title"
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(line.lstrip("# "))
        run.font.size, run.font.bold = Pt(SIZES[level]), True
    elif line.startswith(">>"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.add_run(line.removeprefix(">>").strip())
    else:
        paragraph.paragraph_format.first_line_indent = Pt(2 * SIZES["body"])
        paragraph.add_run(line)


def _table(document: Any, rows: list[list[str]]) -> None:
    from docx.shared import Pt  # noqa: PLC0415 — the documents extra

    width = max(len(row) for row in rows)
    table = document.add_table(rows=len(rows), cols=width, style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=False):
            paragraph = cell.paragraphs[0]
            paragraph.add_run(text).font.size = Pt(SIZES["table"])
            paragraph.paragraph_format.line_spacing = 1.0


def _mark(kind: str, number: int, name: str = "") -> Any:
    from docx.oxml import OxmlElement  # noqa: PLC0415 — the documents extra

    element = OxmlElement(f"w:{kind}")
    element.set(f"{W}id", str(9000 + number))
    if name:
        element.set(f"{W}name", name)
    return element


def blocks(file: bytes) -> Iterator[dict[str, Any]]:
    """What is in a Word file, in its order, for the typesetter: paragraphs with their runs, and tables."""
    document = opened(file)
    for element in document.element.body:
        if element.tag == f"{W}p":
            yield from _lines(_block(element, document))
        elif element.tag == f"{W}tbl":
            yield {"kind": "table", "rows": [["\n".join(_text(p) for p in cell.iter(f"{W}p")) for cell in row.iter(f"{W}tc")]
                                             for row in element.iter(f"{W}tr")]}  # fmt: skip


def _block(element: Any, document: Any) -> dict[str, Any]:
    from docx.text.paragraph import Paragraph  # noqa: PLC0415 — the documents extra

    paragraph = Paragraph(element, document)
    align = {0: "left", 1: "center", 2: "right"}.get(paragraph.alignment, "justify")
    indent = paragraph.paragraph_format.first_line_indent
    runs = [
        {"text": run.text, "bold": bool(run.font.bold), "size": run.font.size.pt if run.font.size is not None else SIZES["body"]}
        for run in paragraph.runs
        if run.text
    ]
    return {"kind": "p", "align": align, "indent": bool(indent and indent > 0), "runs": runs}


def _lines(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A paragraph in which somebody broke the line is several: each is indented as the first is."""
    lines: list[list[dict[str, Any]]] = [[]]
    for run in block["runs"]:
        first, *more = run["text"].split("\n")
        lines[-1].append({**run, "text": first})
        lines += [[{**run, "text": text}] for text in more]
    return ({**block, "runs": runs} for runs in lines)


def _text(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t"))
