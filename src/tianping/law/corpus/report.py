"""导入报告 · What an import found: which statutes of the index are complete, which articles are missing, what changed since the manifest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tianping.law.citations import Statute
from tianping.law.text import Lang, T

State = Literal["complete", "partial", "absent", "no_file"]

STATES: dict[State, T] = {
    "complete": T("完整", "complete"),
    "partial": T("条数不符", "article count differs"),
    "absent": T("文件夹中没有", "not in the folder"),
    "no_file": T("无公开文本", "no text to import"),
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """收录情况 · One statute of the index: its files in the folder, articles found, article numbers missing or not expected."""

    statute: Statute
    files: tuple[str, ...]
    found: int
    missing: tuple[str, ...]
    unexpected: tuple[str, ...]

    @property
    def state(self) -> State:
        """Complete, partial, absent from the folder, or a text that has no file at all."""
        if not self.statute.file:
            return "no_file"
        if not self.files:
            return "absent"
        return "partial" if self.missing or self.unexpected else "complete"

    def text(self, lang: Lang) -> str:
        """``CPL23 Civil Procedure Law (2023): complete, 306 articles``."""
        line = f"{self.statute.key} {self.statute.title.pick(lang)}: {STATES[self.state].pick(lang)}"
        if self.files:
            line += T("，{n} 条", ", {n} articles").fill(n=self.found).pick(lang)
        if self.missing:
            line += T("，缺第 {a} 条", ", missing {a}").fill(a=runs(self.missing)).pick(lang)
        if self.unexpected:
            line += T("，多出第 {a} 条", ", not expected: {a}").fill(a=runs(self.unexpected)).pick(lang)
        return line


@dataclass(frozen=True, slots=True)
class ImportReport:
    """导入报告 · Files and articles read, coverage of the index, files that belong to no statute of it, and differences from the manifest."""

    files: int
    articles: int
    coverage: tuple[Coverage, ...]
    other_files: tuple[str, ...]
    changed: tuple[str, ...]
    lost: tuple[str, ...]

    def of(self, state: State) -> tuple[Coverage, ...]:
        """The statutes in one state."""
        return tuple(c for c in self.coverage if c.state == state)

    def text(self, lang: Lang) -> str:
        """The report as lines: a summary, every statute that is not complete, then what the manifest says differently."""
        summary = T(
            "读入 {files} 个文件、{articles} 条。索引内完整 {whole} 部、条数不符 {partial} 部、缺 {absent} 部；索引外 {other} 个文件。",
            "Read {files} files, {articles} articles. Of the index: {whole} complete, {partial} with other counts, {absent} absent; "
            "{other} files beyond it.",
        ).fill(
            files=self.files,
            articles=self.articles,
            whole=len(self.of("complete")),
            partial=len(self.of("partial")),
            absent=len(self.of("absent")),
            other=len(self.other_files),
        )
        lines = [summary.pick(lang)]
        lines += [c.text(lang) for c in (*self.of("partial"), *self.of("absent"))]
        lines += [T("与清单不符：{f}", "differs from the manifest: {f}").fill(f=f).pick(lang) for f in self.changed]
        lines += [T("清单所列而未见：{f}", "in the manifest but not found: {f}").fill(f=f).pick(lang) for f in self.lost]
        return "\n".join(lines)

    def as_dict(self) -> dict[str, object]:
        """The report for ``--json``."""
        return {
            "files": self.files,
            "articles": self.articles,
            "statutes": [
                {"key": c.statute.key, "state": c.state, "found": c.found, "missing": list(c.missing), "unexpected": list(c.unexpected)}
                for c in self.coverage
            ],
            "other_files": list(self.other_files),
            "changed": list(self.changed),
            "lost": list(self.lost),
        }


def runs(numbers: tuple[str, ...]) -> str:
    """``1–3, 7`` for 1, 2, 3, 7; names and inserted articles stay as they are."""
    out: list[list[str]] = []
    for number in numbers:
        joins = out and number.isdigit() and out[-1][-1].isdigit() and int(number) == int(out[-1][-1]) + 1
        if joins:
            out[-1] = [out[-1][0], number]
        else:
            out.append([number])
    return ", ".join("–".join(run) for run in out)
