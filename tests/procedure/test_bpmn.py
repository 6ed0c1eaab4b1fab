"""BPMN 测试 · The exported files satisfy the standard's own XSD, and the reference parser opens them without a warning.

The XSD and the parser come with the npm package ``bpmn-moddle``, locked in ``tests/bpmn``; nothing of it is copied into the repository.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from lxml import etree

from tests.conftest import ROOT
from tests.procedure.house import ALL
from tests.procedure.sample import Trial
from tianping.law.text import Lang
from tianping.procedure import Period, Procedure
from tianping.procedure.bpmn import DI, MODEL, bpmn, duration
from tianping.procedure.bpmn.model import pools
from tianping.procedure.bpmn.place import Bounds, Placed
from tianping.procedure.tables import compiled

HERE = ROOT / "tests" / "bpmn"
LANGS: tuple[Lang, ...] = ("zh", "en")
PROCEDURES: list[type[Procedure]] = [Trial, *ALL]
IDS = [f"{p.code}-{p.valid_from}" for p in PROCEDURES]
NAMES = {"b": MODEL, "di": DI}


@pytest.fixture(scope="session")
def moddle() -> Path:
    """The installed package ``bpmn-moddle``; a test that needs it is skipped by name where node or the package is missing."""
    package = HERE / "node_modules" / "bpmn-moddle"
    if shutil.which("node") is None:
        pytest.skip("no node: the exported BPMN is not read by the reference parser")
    if not package.is_dir():
        pytest.skip("tests/bpmn is not installed (npm ci): the exported BPMN is neither validated nor read")
    return package


@pytest.fixture(scope="session")
def schema(moddle: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(moddle / "resources" / "bpmn" / "xsd" / "BPMN20.xsd")))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("procedure", PROCEDURES, ids=IDS)
def test_it_satisfies_the_standard(procedure: type[Procedure], lang: Lang, schema: etree.XMLSchema) -> None:
    document = etree.fromstring(bpmn(procedure, lang).encode())
    assert schema.validate(document), schema.error_log


def test_the_schema_refuses_what_is_wrong(schema: etree.XMLSchema) -> None:
    text = bpmn(Trial, "en").replace("bpmn:sequenceFlow", "bpmn:sequenceArrow")
    assert not schema.validate(etree.fromstring(text.encode()))


def _read(files: list[Path]) -> dict[str, dict[str, object]]:
    done = subprocess.run(["node", "read.mjs", *map(str, files)], cwd=HERE, capture_output=True, text=True, check=True, timeout=120)
    answer: dict[str, dict[str, object]] = json.loads(done.stdout)
    return answer


def test_the_reference_parser_opens_all_without_a_warning(moddle: Path, tmp_path: Path) -> None:
    files = []
    for procedure, name in zip(PROCEDURES, IDS, strict=True):
        for lang in LANGS:
            files.append(tmp_path / f"{name}-{lang}.bpmn")
            files[-1].write_text(bpmn(procedure, lang), encoding="utf-8")
    broken = tmp_path / "broken.bpmn"
    broken.write_text(bpmn(Trial, "en").replace('targetRef="stage_0_1"', 'targetRef="nowhere"', 1), encoding="utf-8")
    read = _read([*files, broken])
    assert [(f.name, read[str(f)]["warnings"]) for f in files if read[str(f)]["warnings"]] == []
    assert read[str(broken)]["warnings"]
    assert all(int(str(read[str(f)]["elements"])) > 10 for f in files)


@pytest.mark.parametrize("procedure", PROCEDURES, ids=IDS)
def test_nothing_is_missing_and_every_element_is_drawn(procedure: type[Procedure]) -> None:
    tables = compiled(procedure)
    root = etree.fromstring(bpmn(procedure, "en").encode())
    assert len(root.findall("b:process", NAMES)) == len(tables.tracks)
    tasks = [e.get("name") for kind in ("userTask", "serviceTask", "sendTask") for e in root.iterfind(f".//b:{kind}", NAMES)]
    assert set(tasks) == {row.step.words.en for row in tables.steps}
    names = {e.get("name") for e in root.iterfind(".//b:process/*", NAMES)}
    assert {s.title.en for t in tables.tracks for s in t.stages} <= names
    drawn = Counter(e.get("bpmnElement") for e in root.iterfind(".//di:BPMNPlane/*", NAMES))
    said = {e.get("id") for e in root.iterfind(".//b:process/*", NAMES)} | {e.get("id") for e in root.iterfind(".//b:participant", NAMES)}
    assert drawn == Counter(said)


def _meet(a: Bounds, b: Bounds) -> bool:
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height


@pytest.mark.parametrize("procedure", PROCEDURES, ids=IDS)
def test_no_shape_lies_on_another_and_all_stay_in_their_pool(procedure: type[Procedure]) -> None:
    top = 20.0
    for pool in pools(compiled(procedure)):
        placed = Placed(pool, top)
        shapes = {**placed.nodes, **placed.notes}
        assert [(a, b) for (a, x), (b, y) in combinations(shapes.items(), 2) if _meet(x, y)] == []
        pool_box = placed.bounds
        for name, box in shapes.items():
            assert pool_box.x <= box.x, name
            assert box.x + box.width <= pool_box.x + pool_box.width, name
            assert pool_box.y <= box.y, name
            assert box.y + box.height <= pool_box.y + pool_box.height, name
        top += placed.bounds.height


@pytest.mark.parametrize("procedure", PROCEDURES, ids=IDS)
def test_no_flow_runs_through_a_task_that_is_not_its_own(procedure: type[Procedure]) -> None:
    for pool in pools(compiled(procedure)):
        placed = Placed(pool, 20)
        for flow in pool.flows:
            for (x1, y1), (x2, y2) in pairwise(placed.way(flow)):
                assert x1 == x2 or y1 == y2, flow.id
                line = Bounds(min(x1, x2), min(y1, y2), abs(x1 - x2) or 0.1, abs(y1 - y2) or 0.1)
                hit = [name for name, box in placed.nodes.items() if _meet(line, box)]
                assert set(hit) <= {flow.source.id, flow.target.id}, flow.id


def test_what_the_sample_says() -> None:
    root = etree.fromstring(bpmn(Trial, "en").encode())
    timer = root.find(".//b:timerEventDefinition/b:timeDuration", NAMES)
    assert timer is not None
    assert timer.text == "P15D"
    assert root.find(".//b:messageEventDefinition", NAMES) is not None
    ends = [e.get("name") for e in root.findall(".//b:process[@id='process_0']/b:endEvent", NAMES)]
    assert ends == ["Closed", "Withdrawn", "Merged"]
    notes = [e.findtext("b:text", namespaces=NAMES) or "" for e in root.findall(".//b:textAnnotation", NAMES)]
    assert any(n.startswith("Trial limit · 6 months (as the case may be: 3 months)") for n in notes)
    many = root.find(".//b:participant[@name='Appraisal']/b:participantMultiplicity", NAMES)
    assert many is not None
    flows = [f.get("name") for f in root.findall(".//b:sequenceFlow[@targetRef='step_1_1']", NAMES)]
    assert flows == ["Filed at the counter"]


def test_durations_are_iso_8601_where_it_can_say_them() -> None:
    assert [duration(p) for p in (Period(months=6, days=15), Period(), Period(seconds=5400), Period(working=3))] == [
        "P6M15D",
        "P0D",
        "PT1H30M",
        "3 working days",
    ]
