"""模型检查 · The model checker: a definition that a case could get lost in is refused before it is used, and told what to change.

``check(procedure)`` looks at one version; ``check_folder(folder)`` at every version of a folder and at its worked cases.
"""

from __future__ import annotations

from collections.abc import Iterable

from tianping.procedure.check.articles import articles, version_life
from tianping.procedure.check.coverage import coverage
from tianping.procedure.check.knowledge import knowledge
from tianping.procedure.check.parts import parts, receivers
from tianping.procedure.check.reach import Ways
from tianping.procedure.check.refusals import Refusal
from tianping.procedure.check.shapes import shapes
from tianping.procedure.check.stages import stages, waiting
from tianping.procedure.check.timing import grantors, timing
from tianping.procedure.check.words import words
from tianping.procedure.grammar import Procedure
from tianping.procedure.registry import Folder
from tianping.procedure.tables import Uncompilable, compiled

__all__ = ["Refusal", "Uncompilable", "check", "check_folder"]


def check(procedure: type[Procedure], *, among: Iterable[type[Procedure]] = ()) -> list[Refusal | Uncompilable]:
    """检查程序 · Everything that must be changed in one version of a procedure; empty when it may be used.

    ``among``: all procedures of the house, to look for a receiver of each referral; without it that is not looked for.
    """
    misshapen: list[Refusal | Uncompilable] = [*shapes(procedure)]
    if misshapen:
        return misshapen
    found: list[Refusal | Uncompilable] = [*version_life(procedure), *words(procedure), *articles(procedure), *receivers(procedure, among)]
    missing = list(grantors(procedure))
    if missing:
        return found + missing
    try:
        tables = compiled(procedure)
    except Uncompilable as error:
        return [*found, error]
    ways = Ways(tables)
    return [*found, *stages(tables, ways), *waiting(tables, ways), *timing(tables, ways), *knowledge(tables, ways), *parts(tables)]


def check_folder(folder: Folder, *, among: Iterable[type[Procedure]] = ()) -> list[Refusal | Uncompilable]:
    """检查文件夹 · Every version of a folder and its worked cases. Raises BadExample for a case that cannot be read."""
    known = list(among)
    found = [refusal for version in folder.versions for refusal in check(version, among=known)]
    return found or [*coverage(folder)]
