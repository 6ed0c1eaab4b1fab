"""涉案财物 · The property of one case: a register with every item and every frozen holding, closed when nothing is left on it."""

from __future__ import annotations

from datetime import date

from tianping.institutions.police.property.procedures.case_property.freeze import Freeze
from tianping.institutions.police.property.procedures.case_property.item import Item
from tianping.law.statutes import LOCAL_STORE, PAP, POL, PSC, CrPL
from tianping.procedure import NEW, Ground, Many, Procedure, Stage, Step, T
from tianping.procedure.contracts.roles import Roles


class CaseProperty(Procedure):
    """涉案财物 · What was taken in one case, whoever holds it now."""

    title = T("涉案财物", "Property in a case")
    code = "case_property"
    valid_from = date(2020, 9, 1)
    corrects = Roles.KEEPER

    items = Many(Item)
    freezes = Many(Freeze)

    listed = Stage(T("在册", "On the register"), no_limit=T("时限在各件物品和各项冻结上计算", "every item and every freeze has clocks of its own"))
    cleared = Stage(T("已销账", "Cleared"), end=True)

    something_left = Ground(
        items.any(Item.extracted | Item.preserved | Item.kept | Item.lent | Item.at_expert | Item.confiscated | Item.awaiting),
        T("尚有物品未处理", "Items remain"),
        PAP[189, 193] + PSC[235],
    )
    something_frozen = Ground(freezes.any(Freeze.frozen), T("尚有冻结未处理", "Something is still frozen"), PSC[241])

    open_register = Step(NEW >> listed, T("建立台账", "Open the register"), by=Roles.OFFICER | Roles.KEEPER, cites=PAP[188, 189] + PSC[235])
    count = Step(listed, T("清点核对", "Count"), by=2 * Roles.KEEPER | Roles.KEEPER & Roles.OFFICER, cites=PSC[235] + LOCAL_STORE["入库"])
    audit = Step(listed, T("督察检查账实", "Inspect the store against the register"), by=Roles.INSPECTOR, cites=POL[47])
    clear = Step(
        listed >> cleared, T("销账", "Clear"), by=Roles.KEEPER, unless=(something_left, something_frozen), cites=PAP[189] + PSC[235] + CrPL[245]
    )
