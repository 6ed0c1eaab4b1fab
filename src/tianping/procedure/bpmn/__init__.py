"""BPMN 导出 · A procedure as BPMN 2.0 with its diagram, for the tools of those who draw processes. One way: law is changed in the definition."""

from __future__ import annotations

from typing import Final

from lxml import etree

from tianping.law.periods import Period
from tianping.law.text import Lang
from tianping.procedure.bpmn.model import Node, Pool, pools
from tianping.procedure.bpmn.place import Bounds, Placed, Point
from tianping.procedure.grammar import Procedure
from tianping.procedure.registry import life
from tianping.procedure.tables import compiled

MODEL: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
DC: Final = "http://www.omg.org/spec/DD/20100524/DC"
DD: Final = "http://www.omg.org/spec/DD/20100524/DI"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
NAMES: Final = {"bpmn": MODEL, "bpmndi": DI, "dc": DC, "di": DD, "xsi": XSI}
WORKING: Final = "urn:tianping:working-days"
"""The expression language of a timer in working days, which ISO 8601 cannot say."""
GAP: Final = 30


def bpmn(procedure: type[Procedure], lang: Lang) -> str:
    """程序 → BPMN 2.0 · The interchange file of one version in one language: a collaboration with one pool per track, and its diagram."""
    drawn = pools(compiled(procedure))
    root = etree.Element(f"{{{MODEL}}}definitions", nsmap=NAMES, id="definitions", targetNamespace=f"urn:tianping:{procedure.code}")
    root.set("name", f"{procedure.title.pick(lang)} ({life(procedure)})")
    root.set("exporter", "Tianping")
    whole = _under(root, "collaboration", id="collaboration")
    for pool in drawn:
        _participant(whole, pool, lang)
    for pool in drawn:
        _process(root, pool, lang)
    _diagram(root, drawn)
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True).decode()


def _under(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{MODEL}}}{tag}", attributes)


# ---- what it says ----------------------------------------------------------------------------------------------------------


def _participant(whole: etree._Element, pool: Pool, lang: Lang) -> None:
    title = pool.track.track.title.pick(lang)
    part = _under(whole, "participant", id=f"pool_{pool.track.no}", name=title, processRef=f"process_{pool.track.no}")
    if pool.track.many:
        _under(part, "participantMultiplicity", minimum="0", maximum="2147483647")


def _process(root: etree._Element, pool: Pool, lang: Lang) -> None:
    process = _under(root, "process", id=f"process_{pool.track.no}", name=pool.track.track.title.pick(lang), isExecutable="false")
    for node in pool.nodes:
        _node(process, pool, node, lang)
    for flow in pool.flows:
        element = _under(process, "sequenceFlow", id=flow.id, sourceRef=flow.source.id, targetRef=flow.target.id)
        if flow.name is not None:
            element.set("name", flow.name.pick(lang))
    for note in pool.notes:
        _under(_under(process, "textAnnotation", id=note.id), "text").text = note.words.pick(lang)
        _under(process, "association", id=f"to_{note.id}", sourceRef=note.at.id, targetRef=note.id)


def _node(process: etree._Element, pool: Pool, node: Node, lang: Lang) -> None:
    element = _under(process, node.kind, id=node.id, name=node.name.pick(lang))
    if node.note is not None:
        _under(element, "documentation").text = node.note.pick(lang)
    for flow in pool.flows:
        if flow.target is node:
            _under(element, "incoming").text = flow.id
    for flow in pool.flows:
        if flow.source is node:
            _under(element, "outgoing").text = flow.id
    if node.kind != "intermediateCatchEvent":
        return
    if node.timer is None:
        _under(element, "messageEventDefinition", id=f"message_{node.id}")
        return
    timer = _under(_under(element, "timerEventDefinition", id=f"timer_{node.id}"), "timeDuration")
    timer.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
    if node.timer.working:
        timer.set("language", WORKING)
    timer.text = duration(node.timer)


def duration(period: Period) -> str:
    """A period as an ISO 8601 duration, ``P6M15D`` or ``PT12H``; one with working days in words."""
    if period.working:
        return period.text.en
    if period.seconds:
        hours, rest = divmod(period.seconds, 3600)
        minutes, seconds = divmod(rest, 60)
        return "PT" + "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    return "P" + ("".join(f"{n}{unit}" for n, unit in ((period.months, "M"), (period.days, "D")) if n) or "0D")


# ---- how it is drawn -------------------------------------------------------------------------------------------------------


def _diagram(root: etree._Element, drawn: list[Pool]) -> None:
    diagram = etree.SubElement(root, f"{{{DI}}}BPMNDiagram", id="diagram")
    plane = etree.SubElement(diagram, f"{{{DI}}}BPMNPlane", id="plane", bpmnElement="collaboration")
    top = 20.0
    for pool in drawn:
        placed = Placed(pool, top)
        top += placed.bounds.height + GAP
        _shape(plane, f"pool_{pool.track.no}", placed.bounds, isHorizontal="true")
        for node in pool.nodes:
            label = placed.label(node) if node.row == 0 else None
            extra = {"isMarkerVisible": "true"} if node.kind == "exclusiveGateway" else {}
            _shape(plane, node.id, placed.nodes[node.id], label, **extra)
        for note in pool.notes:
            _shape(plane, note.id, placed.notes[note.id])
        for flow in pool.flows:
            _edge(plane, flow.id, placed.way(flow), placed.condition(flow) if flow.name is not None else None)
        for note in pool.notes:
            _edge(plane, f"to_{note.id}", placed.to_note(note))


def _shape(plane: etree._Element, name: str, bounds: Bounds, label: Bounds | None = None, **extra: str) -> None:
    shape = etree.SubElement(plane, f"{{{DI}}}BPMNShape", {"id": f"{name}_di", "bpmnElement": name, **extra})
    _bounds(shape, bounds)
    if label is not None:
        _bounds(etree.SubElement(shape, f"{{{DI}}}BPMNLabel"), label)


def _bounds(parent: etree._Element, bounds: Bounds) -> None:
    sides = {"x": bounds.x, "y": bounds.y, "width": bounds.width, "height": bounds.height}
    etree.SubElement(parent, f"{{{DC}}}Bounds", {k: f"{v:g}" for k, v in sides.items()})


def _edge(plane: etree._Element, name: str, points: list[Point], label: Bounds | None = None) -> None:
    edge = etree.SubElement(plane, f"{{{DI}}}BPMNEdge", id=f"{name}_di", bpmnElement=name)
    for x, y in points:
        etree.SubElement(edge, f"{{{DD}}}waypoint", x=f"{x:g}", y=f"{y:g}")
    if label is not None:
        _bounds(etree.SubElement(edge, f"{{{DI}}}BPMNLabel"), label)
