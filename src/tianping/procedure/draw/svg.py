"""程序图 · A procedure as an SVG picture: stages from left to right, every step an arrow on a row of its own, every limit a ruler.

A track is a lane. Each stage has a column, by the longest way from NEW, ends last. Since every row holds one step or one limit with its words above
the line, no two labels can meet, however large the procedure.
"""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

from tianping.law.text import Lang, T
from tianping.procedure.draw import canvas as c
from tianping.procedure.draw.canvas import Canvas, balanced, width, wrap
from tianping.procedure.draw.labels import LIMIT, limit_hint, limit_kind, limit_words, pause_words, step_hint, step_marks, step_words
from tianping.procedure.draw.order import columns, sources
from tianping.procedure.grammar import Procedure
from tianping.procedure.registry import life
from tianping.procedure.tables import STAYS, LimitRow, PauseRow, StepRow, Tables, TrackRow, compiled

WIDTH: Final = 1200
MARGIN: Final = 24
ROW: Final = 34
SMALL: Final = 11.5
REPEAT: Final = 14
"""Above so many rows the stages are named again at the foot of the lane."""
LEGEND: Final = (
    T("● 在此阶段办理", "● taken in this stage"),
    T("→ 进入该阶段", "→ enters that stage"),
    T("○ 办理后阶段不变", "○ the stage stays"),
    T("┄ 由系统办理", "┄ taken by the system"),
    T("◇ 条件数", "◇ number of conditions"),
    T("≤n× 次数上限", "≤n× at most so often"),
    T("⇢ 同时移送", "⇢ sends a referral"),
    T("⊕ 并案", "⊕ merges"),
    T("├─┤ 期限、扣除期间", "├─┤ limit or pause"),
    T("双框为终结阶段", "double frame: an end"),
)
MAIN: Final = T("主线", "Case")
MANY: Final = T("逐一：每案可有多项", "any number per case")
ONE: Final = T("并行：每案一项", "one per case")
KINDS: Final = T("{steps} 个环节，{limits} 个期限", "{steps} steps, {limits} limits")


def svg(procedure: type[Procedure], lang: Lang) -> str:
    """程序图 · The picture of one version in one language, 1200 pixels wide; every label is selectable text."""
    picture = Picture(compiled(procedure), lang)
    title = f"{procedure.title.pick(lang)} ({life(procedure)})"
    counts = KINDS.fill(steps=len(picture.tables.steps), limits=len(picture.tables.limits)).pick(lang)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {picture.y:g}" width="{WIDTH}" height="{picture.y:g}" role="img" '
        f'lang="{"zh-CN" if lang == "zh" else "en"}" aria-labelledby="title desc" font-family="{c.FONT}">'
        f'<title id="title">{escape(title)}</title><desc id="desc">{escape(counts)}. {escape(picture.told)}</desc>'
        '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse">'
        f'<path d="M0 0L10 5L0 10z" fill="{c.ACT}"/></marker></defs>'
        f'<rect width="{WIDTH}" height="{picture.y:g}" fill="{c.PAPER}"/>'
        "<style>text{paint-order:stroke;stroke:#ffffff;stroke-width:3px;stroke-linejoin:round}.head text{stroke:none}</style>"
    )
    return head + "".join(picture.canvas.parts) + "</svg>\n"


class Picture:
    """One picture as it is laid out: the canvas, and ``y``, the height used so far."""

    def __init__(self, tables: Tables, lang: Lang) -> None:
        self.tables, self.lang, self.canvas = tables, lang, Canvas()
        self.y: float = MARGIN + 18
        self.canvas.text(MARGIN, self.y, tables.procedure.title.pick(lang), size=20, bold=True)
        self.canvas.text(WIDTH - MARGIN, self.y, f"{tables.procedure.code} · {life(tables.procedure)}", size=SMALL, colour=c.MUTED, anchor="end")
        self.y += 14
        for track in tables.tracks:
            self._lane(track)
        self._legend()

    @property
    def told(self) -> str:
        """The picture in words, for those who cannot see it: where each step leads."""
        out = []
        for row in self.tables.steps:
            track = self.tables.track_of(row.no)
            here = "/".join(track.stages[i].title.pick(self.lang) for i in sources(row, track))
            there = "" if row.target == STAYS else f" → {track.stages[row.target].title.pick(self.lang)}"
            out.append(f"{row.step.words.pick(self.lang)}: {here}{there}")
        return "; ".join(out)

    # ---- a lane ------------------------------------------------------------------------------------------------------------

    def _lane(self, track: TrackRow) -> None:
        order = columns(self.tables, track)
        pitch = (WIDTH - 2 * MARGIN) / len(order)
        at = {stage: MARGIN + pitch * (i + 0.5) for i, stage in enumerate(order)}
        steps = [s for s in self.tables.steps if s.track == track.no]
        limits = [x for x in self.tables.limits if self._home(x) == track.no]
        pauses = [p for p in self.tables.pauses if p.since and self.tables.steps[p.since[0]].track == track.no]
        self._band(track)
        top = self._stages(track, at, pitch)
        guides = len(self.canvas.parts)
        for step in steps:
            self._step(track, step, at)
        for limit in limits:
            self._limit(track, limit, at)
        for pause in pauses:
            self._pause(track, pause, at)
        self.y += 12
        lines = [f'<path d="M{x:g} {top:g}V{self.y:g}" stroke="{c.WAY}" stroke-dasharray="2 4"/>' for x in at.values()]
        self.canvas.parts[guides:guides] = lines
        if len(steps) + len(limits) + len(pauses) > REPEAT:
            self._stages(track, at, pitch)
        self.y += 14

    def _home(self, row: LimitRow) -> int:
        """The lane in which a limit is drawn: where its first trigger stands."""
        while row.parent != STAYS:
            row = self.tables.limits[row.parent]
        return self.tables.steps[row.since[0]].track if row.since else row.track

    def _band(self, track: TrackRow) -> None:
        kind = MAIN if track.part is None else MANY if track.many else ONE
        self.canvas.open("head", track.track.title.pick(self.lang))
        self.canvas.shape("rect", x=MARGIN, y=self.y, width=WIDTH - 2 * MARGIN, height=26, fill=c.BAND, rx=4)
        box = self.canvas.text(MARGIN + 10, self.y + 18, track.track.title.pick(self.lang), size=14, bold=True)
        self.canvas.text(box.x + box.width + 14, self.y + 18, kind.pick(self.lang), size=SMALL, colour=c.MUTED)
        self.canvas.close()
        self.y += 34

    def _stages(self, track: TrackRow, at: dict[int, float], pitch: float) -> float:
        """The stage boxes; returns where their guide lines begin."""
        room = min(pitch - 10, 150)
        words = {i: balanced(track.stages[i].title.pick(self.lang), SMALL, room - 10) for i in at if i}
        tall = max((len(lines) for lines in words.values()), default=1) * 15 + 12
        for stage, x in at.items():
            here = track.stages[stage]
            self.canvas.open("stage head", f"{here.code} — {here.title.pick(self.lang)}")
            if stage:
                self._frame(x, room, tall, end=here.end)
                for n, line in enumerate(words[stage]):
                    first = self.y + tall / 2 - 7.5 * len(words[stage])
                    self.canvas.text(x, first + 15 * n + 11.5, line, size=SMALL, anchor="middle", bold=here.end)
            else:
                self.canvas.shape("circle", cx=x, cy=self.y + tall / 2, r=9, fill=c.PAPER, stroke=c.INK, stroke_width=2)
            self.canvas.close()
        top = self.y + tall
        self.y = top + 4
        return top

    def _frame(self, x: float, room: float, tall: float, *, end: bool) -> None:
        self.canvas.shape("rect", x=x - room / 2, y=self.y, width=room, height=tall, rx=5, fill=c.STAGE, stroke=c.INK, stroke_width=1.2)
        if end:
            inner = {"x": x - room / 2 + 3, "y": self.y + 3, "width": room - 6, "height": tall - 6}
            self.canvas.shape("rect", **inner, rx=3, fill="none", stroke=c.INK, stroke_width=1.2)

    # ---- rows ----------------------------------------------------------------------------------------------------------------

    def _label(self, words: str, left: float, colour: str) -> None:
        """Words above the row's line, beginning at its left end and kept inside the picture; more lines make the row taller."""
        lines = wrap(words, SMALL, WIDTH - 2 * MARGIN)
        for line in lines:
            x = max(MARGIN, min(left, WIDTH - MARGIN - width(line, SMALL)))
            self.canvas.text(x, self.y + 15, line, size=SMALL, colour=colour)
            self.y += 15
        self.y += ROW - 15

    def _step(self, track: TrackRow, row: StepRow, at: dict[int, float]) -> None:
        xs = sorted(at[s] for s in sources(row, track))
        target = None if row.target == STAYS else at[row.target]
        ends = sorted([*xs, *([target] if target is not None else [])])
        self.canvas.open("step", step_hint(row, self.lang))
        marks = step_marks(row)
        self._label(step_words(row.step, self.lang) + (f" {marks}" if marks else ""), ends[0] - 4, c.ACT)
        y = self.y - 10
        dash = "5 4" if row.step.on is not None else ""
        if target is None:
            self.canvas.line(xs[0], y, xs[-1], y, c.ACT, wide=1, dash="1 4")
        else:
            self._arrows(xs, target, y, dash)
        for x in xs:
            self.canvas.shape("circle", cx=x, cy=y, r=4.5, fill=c.PAPER if target is None else c.ACT, stroke=c.ACT, stroke_width=1.6)
        self.canvas.close()

    def _arrows(self, xs: list[float], target: float, y: float, dash: str) -> None:
        """From the sources on either side to the target; a step that enters the stage it is taken in bends back to it."""
        more = {"stroke_dasharray": dash} if dash else {}
        ways = [f"M{target + 5:g} {y:g}c26 -2 26 10 2 6"] if target in xs else []
        ways += [f"M{x:g} {y:g}L{target:g} {y:g}" for x, outside in ((xs[0], xs[0] < target), (xs[-1], xs[-1] > target)) if outside]
        for d in ways:
            self.canvas.shape("path", d=d, fill="none", stroke=c.ACT, stroke_width=1.8, marker_end="url(#arrow)", **more)

    def _limit(self, track: TrackRow, row: LimitRow, at: dict[int, float]) -> None:
        start = self._stands(track, self._since(row), at)
        stops = [at[i] for s in row.until if self.tables.steps[s].track == track.no for i in self._leads(track, s)]
        kind = LIMIT[limit_kind(row)].pick(self.lang)
        self.canvas.open("limit", limit_hint(row, self.tables, self.lang))
        away = [] if stops else [self.tables.steps[s].step.words.pick(self.lang) for s in row.until]
        elsewhere = f" → {' / '.join(away)}" if away else ""
        self._label(f"[{kind}] {limit_words(row, self.lang)}{elsewhere}", min([start, *stops]) - 4, c.LAW)
        self._ruler(start, max(stops, key=lambda x: abs(x - start), default=start + 40), stops, limit_kind(row))
        self.canvas.close()

    def _pause(self, track: TrackRow, row: PauseRow, at: dict[int, float]) -> None:
        start = self._stands(track, row.since, at)
        stops = [at[i] for s in row.until if self.tables.steps[s].track == track.no for i in self._leads(track, s)]
        self.canvas.open("pause", f"{row.pause.code}\n{row.pause.cites.text(self.lang)}")
        words = T("扣除", "Pause") if not row.pause.halts else T("中止", "Suspension")
        self._label(f"[{words.pick(self.lang)}] {pause_words(row, self.lang)}", min([start, *stops]) - 4, c.MUTED)
        self._ruler(start, max(stops, key=lambda x: abs(x - start), default=start + 40), stops, "pause")
        self.canvas.close()

    def _ruler(self, start: float, stop: float, stops: list[float], kind: str) -> None:
        """A ruler from the trigger to the acts that end it; open to the right where those stand in another lane or nowhere."""
        y = self.y - 10
        colour = c.RULE if kind == "pause" else c.LAW
        far = stop if abs(stop - start) > 12 else start + 30
        self.canvas.line(start, y, far, y, colour, wide=3, dash={"target": "8 3", "pause": "2 3"}.get(kind, ""))
        self.canvas.line(start, y - 6, start, y + 6, colour, wide=2.5)
        for x in dict.fromkeys(stops if abs(stop - start) > 12 else [far] if stops else []):
            self.canvas.line(x, y - 6, x, y + 6, colour, wide=2.5)

    def _since(self, row: LimitRow) -> tuple[int, ...]:
        while row.parent != STAYS:
            row = self.tables.limits[row.parent]
        return row.since

    def _leads(self, track: TrackRow, number: int) -> list[int]:
        """The column at which a step ends a ruler: where it leads, or where it stays."""
        step = self.tables.steps[number]
        return [step.target] if step.target != STAYS else sources(step, track)[:1]

    def _stands(self, track: TrackRow, steps: tuple[int, ...], at: dict[int, float]) -> float:
        """Where a ruler begins: in the stage that its trigger enters or stays in."""
        here = [s for s in steps if self.tables.steps[s].track == track.no]
        return min((at[i] for s in here for i in self._leads(track, s)), default=MARGIN + 20)

    # ---- the foot ------------------------------------------------------------------------------------------------------------

    def _legend(self) -> None:
        x: float = MARGIN
        for text in LEGEND:
            words = text.pick(self.lang)
            if x + width(words, SMALL) > WIDTH - MARGIN:
                x, self.y = MARGIN, self.y + 20
            box = self.canvas.text(x, self.y + 8, words, size=SMALL, colour=c.MUTED)
            x += box.width + 22
        self.y += 8 + MARGIN
