"""涉案财物指标 · What was not handed in, not brought back, not given back; and that every item stands in exactly one place."""

from __future__ import annotations

from tianping.institutions.police.property.procedures.case_property.freeze import Freeze
from tianping.institutions.police.property.procedures.case_property.item import Item
from tianping.institutions.police.property.procedures.case_property.procedure import CaseProperty
from tianping.law.text import T
from tianping.procedure.grammar import Stages
from tianping.procedure.measures import ALL, ORGANISATION, Conserve, Indicators, Number, Per, Share, judged, late, standing

P = CaseProperty
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
BY = (ORGANISATION,)
PLACES = (
    Item.extracted,
    Item.preserved,
    Item.kept,
    Item.lent,
    Item.at_expert,
    Item.confiscated,
    Item.awaiting,
    Item.returned,
    Item.lifted,
    Item.transferred,
    Item.to_treasury,
    Item.destroyed,
    Item.disposed,
)
GONE = Per(
    T("去向", "Where it went"),
    lanes=tuple((stage.title, standing(stage)) for stage in PLACES[7:]),
)


class Property(Indicators):
    """涉案财物 · Items and freezes."""

    title = T("涉案财物管理", "Property involved in cases")

    items = Number(T("涉案物品", "Items"), Item, procedure=P, among=ALL, by=BY, source=REPORT)
    in_store = Number(T("在库", "In the store"), Item, procedure=P, among=standing(Item.kept), by=BY, source=REPORT)
    not_stored = Share(
        T("超期未入库率", "Handed in late or not at all"),
        Item,
        procedure=P,
        of=late(Item.hand_in_time) | late(Item.hand_in_norm),
        among=judged(Item.hand_in_time) | judged(Item.hand_in_norm),
        by=BY,
        source=REPORT,
    )
    loans_overdue = Number(T("调用逾期", "Loans overdue"), Item, procedure=P, among=late(Item.loan_time), by=BY, source=REPORT)
    unrelated_late = Number(
        T("无关财物超期未退还", "Unrelated, not given back in time"),
        Item,
        procedure=P,
        among=late(Item.return_time),
        by=BY,
        source=REPORT,
    )
    seizures_over = Number(T("扣押超期", "Seizures over time"), Item, procedure=P, among=late(Item.seizure_time), by=BY, source=REPORT)
    freezes_over = Number(T("冻结到期自动解除", "Freezes that lapsed"), Freeze, procedure=P, among=standing(Freeze.lapsed), by=BY, source=REPORT)
    gone = Number(T("已处理物品", "Items dealt with"), Item, procedure=P, among=standing(Stages(*PLACES[7:])), by=(*BY, GONE), source=REPORT)
    accounted = Conserve(
        T("账实相符：下落不明为零", "Every item stands in one place"),
        Item,
        procedure=P,
        whole=ALL,
        parts=tuple(standing(s) for s in PLACES),
    )
