"""程序图测试 · The pictures are well formed, say everything in both languages, and no label lies on another."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from lxml import etree

from tests.procedure.house import ALL
from tests.procedure.sample import Appraisal, Trial
from tianping.law.text import Lang
from tianping.procedure import Procedure
from tianping.procedure.draw import canvas, mermaid, svg
from tianping.procedure.draw.order import columns, layers
from tianping.procedure.draw.svg import WIDTH, Picture
from tianping.procedure.tables import STAYS, compiled

LANGS: tuple[Lang, ...] = ("zh", "en")
PROCEDURES: list[type[Procedure]] = [Trial, *ALL]
EVERY = [(p, lang) for p in PROCEDURES for lang in LANGS]
IDS = [f"{p.code}-{p.valid_from}-{lang}" for p, lang in EVERY]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(("procedure", "lang"), EVERY, ids=IDS)
def test_no_label_lies_on_another_or_outside(procedure: type[Procedure], lang: Lang) -> None:
    picture = Picture(compiled(procedure), lang)
    boxes = picture.canvas.boxes
    assert [(a.words, b.words) for a, b in combinations(boxes, 2) if a.meets(b)] == []
    assert [b.words for b in boxes if b.x < 0 or b.x + b.width > WIDTH or b.y + b.height > picture.y] == []


@pytest.mark.parametrize(("procedure", "lang"), EVERY, ids=IDS)
def test_every_stage_step_and_limit_is_drawn_and_told(procedure: type[Procedure], lang: Lang) -> None:
    tables = compiled(procedure)
    root = etree.fromstring(svg(procedure, lang).encode())
    assert [e.tag for e in list(root)[:2]] == [f"{SVG}title", f"{SVG}desc"]
    hints = [e.findtext(f"{SVG}title") or "" for e in root.iter(f"{SVG}g")]
    for row in tables.steps:
        assert any(h.startswith(f"{row.step.code} — {row.step.words.pick(lang)}") for h in hints)
        assert row.step.words.pick(lang) in (root.findtext(f"{SVG}desc") or "")
    for limit in tables.limits:
        assert any(h.startswith(f"{limit.code} — ") for h in hints)
    for track in tables.tracks:
        for stage in track.stages[1:]:
            assert f"{stage.code} — {stage.title.pick(lang)}" in hints


def test_stages_stand_from_left_to_right_by_the_longest_way() -> None:
    tables = compiled(Trial)
    names = [tables.tracks[0].stages[i].name for i in columns(tables, tables.tracks[0])]
    assert names == ["NEW", "filed", "ready", "suspended", "judged", "merged", "withdrawn", "closed"]
    depth = dict(zip((s.name for s in tables.tracks[0].stages), layers(tables, tables.tracks[0]), strict=True))
    assert (depth["filed"], depth["ready"], depth["judged"], depth["withdrawn"], depth["closed"]) == (1, 2, 3, 3, 4)


def test_a_way_back_points_back_and_the_system_is_dashed() -> None:
    root = etree.fromstring(svg(Trial, "en").encode())
    steps = {(g.findtext(f"{SVG}title") or "").split(" — ")[0]: g for g in root.iter(f"{SVG}g") if g.get("class") == "step"}
    (back,) = steps["Trial.resume"].findall(f"{SVG}path")
    start, stop = (float(x) for x in re.findall(r"[ML]([\d.]+) ", back.get("d") or ""))
    assert stop < start
    assert back.get("marker-end") == "url(#arrow)"
    assert steps["Trial.close"].find(f"{SVG}path[@stroke-dasharray]") is not None
    assert len(steps["Trial.withdraw"].findall(f"{SVG}circle")) == 2


def test_end_stages_have_a_double_frame() -> None:
    root = etree.fromstring(svg(Trial, "zh").encode())
    frames = {(g.findtext(f"{SVG}title") or ""): len(g.findall(f"{SVG}rect")) for g in root.iter(f"{SVG}g") if g.get("class") == "stage head"}
    assert frames["Trial.closed — 已结案"] == 2
    assert frames["Trial.judged — 已宣判"] == 1
    assert frames[f"Appraisal.done — {Appraisal.done.title.zh}"] == 2


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("ground", [canvas.PAPER, canvas.BAND, canvas.STAGE])
@pytest.mark.parametrize("ink", [canvas.INK, canvas.MUTED, canvas.ACT, canvas.LAW])
def test_words_stand_out(ink: str, ground: str) -> None:
    dark, light = sorted((_luminance(ink), _luminance(ground)))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_words_break_between_words_and_between_characters() -> None:
    assert canvas.wrap("Ready to be heard", 10, 60) == ["Ready to", "be heard"]
    assert canvas.wrap("等待上级法院批准", 10, 50) == ["等待上级法", "院批准"]
    assert canvas.wrap("Incomprehensibilities", 10, 60) == ["Incomprehe", "nsibilities"]
    assert all(canvas.width(line, 10) <= 66 for line in canvas.wrap("Incomprehensibilities", 10, 66))


def test_lines_are_of_about_equal_length() -> None:
    assert canvas.wrap("待当事人同意", 10, 50) == ["待当事人同", "意"]
    assert canvas.balanced("待当事人同意", 10, 50) == ["待当事", "人同意"]
    assert canvas.balanced("One side agreed", 10, 70) == ["One side", "agreed"]
    assert canvas.balanced("Filed", 10, 70) == ["Filed"]


@pytest.mark.parametrize(("procedure", "lang"), EVERY, ids=IDS)
def test_mermaid_names_what_it_draws(procedure: type[Procedure], lang: Lang) -> None:
    text = mermaid(procedure, lang)
    tables = compiled(procedure)
    declared = set(re.findall(r'state ".*" as (\w+)', text))
    used = set(re.findall(r"\b(s\d+_\d+)\b", text))
    assert used <= declared
    places = [(row, i) for row in tables.steps for i in range(62) if row.mask >> i & 1]
    staying = {(row.track, i) for row, i in places if row.target in (STAYS, i)}
    moving = [row for row, i in places if row.target not in (STAYS, i)]
    assert len(re.findall(r" --> .*: ", text)) == len(moving) + len(staying)
    said = re.sub("[：＃；”]", lambda m: {"：": ":", "＃": "#", "；": ";", "”": '"'}[m[0]], text)
    assert [row.step.code for row in tables.steps if row.step.words.pick(lang) not in said and row.step.words.pick(lang) not in text] == []
    assert all(line.count(":") <= 1 for line in text.splitlines())


def test_mermaid_in_full() -> None:
    text = mermaid(Trial, "zh")
    assert text.startswith("---\ntitle: 样本审判程序\n---\nstateDiagram-v2\n")
    assert "    [*] --> s0_1: 立案\n" in text
    assert "    s0_3 --> s0_2: 恢复诉讼\n" in text
    assert "    s0_1 --> s0_1: 扫描材料 / 院长批准延长 / 上级批准延长 / 申请延长 / 送达未成\n" in text
    assert '    state "鉴定 ×n" as part_2 {\n' in text
    assert "note right of s0_1: 审限 · 6个月（视情形 3个月）（可延长 6个月、3个月）" in text
