"""程序登记测试 · Procedures are found by folder, their version by date; a broken or ambiguous folder is refused in plain words."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.procedure.house import FOLDERS
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.procedure.measures import ALL, Indicators, Number
from tianping.procedure.names import NameTaken
from tianping.procedure.registry import (
    BrokenDefinition,
    Folder,
    NoVersionOn,
    UnknownProcedure,
    VersionsOverlap,
    discover,
    find,
    folders,
    life,
    load_folder,
)

TEMPLATE = '''"""小程序 · Small."""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import CPL23
from tianping.procedure import NEW, Procedure, Stage, Step, T
from tianping.procedure.contracts.roles import Roles


class Small(Procedure):
    """小程序 · Small."""

    title = T("小程序", "Small procedure")
    code = "{code}"
    valid_from = {first!r}
    valid_to = {last!r}
    done = Stage(T("已办", "Done"), end=True)
    do = Step(NEW >> done, T("办理", "Do"), by=Roles.CLERK, cites=CPL23[126])
'''


def write(file: Path, first: date, last: date | None = None, code: str = "small") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = TEMPLATE.format(code=code, first=first, last=last).replace("datetime.date(", "date(")
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A room with one procedure in three versions."""
    folder = tmp_path / "office" / "procedures" / "small"
    write(folder / "procedure.py", date(2024, 1, 1))
    write(folder / "history" / "v2020.py", date(2020, 1, 1), date(2021, 12, 31))
    write(folder / "history" / "v2022.py", date(2022, 1, 1), date(2023, 6, 30))
    (folder / "history" / "__init__.py").write_text('"""旧版本 · Superseded versions."""\n', encoding="utf-8")
    return tmp_path


def test_folders_are_found_without_importing_them(room: Path) -> None:
    (room / "office" / "procedures" / "broken").mkdir()
    (room / "office" / "procedures" / "broken" / "procedure.py").write_text("raise SystemExit", encoding="utf-8")
    found = folders([room])
    assert found["small"] == room / "office" / "procedures" / "small"
    assert "broken" in found


def test_discover_imports_every_version_oldest_first(room: Path) -> None:
    folder = discover([room])["small"]
    assert [life(v) for v in folder.versions] == ["2020-01-01…2021-12-31", "2022-01-01…2023-06-30", "2024-01-01…"]
    assert folder.code == "small"
    assert folder.current is folder.versions[-1]


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2020, 1, 1), date(2020, 1, 1)),
        (date(2021, 12, 31), date(2020, 1, 1)),
        (date(2022, 1, 1), date(2022, 1, 1)),
        (date(2023, 6, 30), date(2022, 1, 1)),
        (date(2024, 1, 1), date(2024, 1, 1)),
        (date(2090, 1, 1), date(2024, 1, 1)),
    ],
)
def test_the_day_picks_the_version(room: Path, day: date, first: date) -> None:
    assert find("small", [room]).on(day).valid_from == first


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2023, 7, 1), date(2023, 12, 31)])
def test_a_day_without_a_version_is_refused(room: Path, day: date) -> None:
    with pytest.raises(NoVersionOn) as refused:
        find("small", [room]).on(day)
    assert refused.value.code == "PRO-402"
    assert "2022-01-01…2023-06-30" in refused.value.text("en")


@given(st.dates(date(2019, 1, 1), date(2026, 12, 31)))
def test_no_day_has_two_versions(day: date) -> None:
    for folder in DISCOVERED:
        valid = [v for v in folder.versions if v.valid_from <= day and (v.valid_to is None or day <= v.valid_to)]
        assert len(valid) <= 1


def test_an_unknown_code_names_the_nearest(room: Path) -> None:
    with pytest.raises(UnknownProcedure) as refused:
        find("smal", [room])
    assert refused.value.code == "PRO-401"
    assert "small?" in refused.value.text("zh")


def test_a_folder_may_be_named_by_path(room: Path) -> None:
    assert find(str(room / "office" / "procedures" / "small")).code == "small"
    with pytest.raises(UnknownProcedure):
        load_folder(room)


def test_versions_that_overlap_are_refused(room: Path) -> None:
    write(room / "office" / "procedures" / "small" / "history" / "v2023.py", date(2023, 6, 30), date(2023, 8, 1))
    with pytest.raises(VersionsOverlap) as refused:
        find("small", [room])
    assert refused.value.code == "PRO-403"
    assert "2023-06-30…2023-08-01" in refused.value.text("en")


def test_an_older_version_without_a_last_day_is_refused(room: Path) -> None:
    write(room / "office" / "procedures" / "small" / "history" / "v2019.py", date(2019, 1, 1))
    with pytest.raises(VersionsOverlap):
        find("small", [room])


def test_two_folders_of_one_code_are_refused(room: Path) -> None:
    write(room / "other" / "procedures" / "small" / "procedure.py", date(2024, 1, 1))
    with pytest.raises(VersionsOverlap):
        folders([room])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("from tianping.procedure import Nothing\n", "ImportError"),
        ("class Small(:\n", "SyntaxError"),
        ("undefined\n", "NameError"),
        ("from tianping.law.statutes import CPL23\nCPL23[999]\n", "第999条"),
        ("X = 1\n", "no Procedure class"),
    ],
)
def test_a_broken_file_is_refused_with_its_reason(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "procedure.py").write_text(text, encoding="utf-8")
    with pytest.raises(BrokenDefinition) as refused:
        load_folder(tmp_path)
    assert refused.value.code == "PRO-404"
    assert reason in refused.value.text("zh")
    assert "procedure.py" in refused.value.text("en")


def test_a_name_bound_twice_is_told_without_pythons_wrapping(tmp_path: Path) -> None:
    write(tmp_path / "procedure.py", date(2024, 1, 1))
    file = tmp_path / "procedure.py"
    file.write_text(file.read_text(encoding="utf-8") + "    again = do\n", encoding="utf-8")
    with pytest.raises(BrokenDefinition) as refused:
        load_folder(tmp_path)
    assert "BoundTwice" in refused.value.text("en")
    assert "Small.do" in refused.value.text("en")
    assert "__set_name__" not in refused.value.text("en")


@pytest.mark.parametrize("name", ["members", "of", "counting"])
def test_a_part_with_a_name_that_the_language_reads_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path / "procedure.py", date(2024, 1, 1))
    file = tmp_path / "procedure.py"
    file.write_text(file.read_text(encoding="utf-8") + f'    {name} = Stage(T("别名", "Other"))\n', encoding="utf-8")
    with pytest.raises(BrokenDefinition) as refused:
        load_folder(tmp_path)
    assert f"NameTaken: PRO-102 “{name}”" in refused.value.text("zh")


@pytest.mark.parametrize("name", ["members", "listed", "conserved"])
def test_so_is_a_figure_with_such_a_name(name: str) -> None:
    figure = Number(T("件数", "How many"), FOLDERS["incident"].versions[-1], among=ALL, source=T("出处", "Source"))
    with pytest.raises(NameTaken):
        type("Figures", (Indicators,), {name: figure, "title": T("指标", "Figures")})


def test_all_errors_speak_both_languages(room: Path) -> None:
    kinds: list[type[TianpingError]] = [UnknownProcedure, NoVersionOn, VersionsOverlap, BrokenDefinition]
    for kind in kinds:
        assert kind.what.zh != kind.what.en
        assert kind.todo.zh
        assert kind.todo.en


DISCOVERED: list[Folder] = list(FOLDERS.values())


@pytest.mark.parametrize("folder", DISCOVERED, ids=lambda f: f.code)
def test_every_procedure_of_the_house_has_its_version_on_its_first_and_last_day(folder: Folder) -> None:
    for version in folder.versions:
        assert folder.on(version.valid_from) is version
        if version.valid_to is not None:
            assert folder.on(version.valid_to) is version
    with pytest.raises(NoVersionOn):
        folder.on(folder.versions[0].valid_from - timedelta(days=1))
