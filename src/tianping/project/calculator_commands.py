"""计算器命令 · ``tianping law fee | eligibility | damages | custody``: each answer with its derivation, line by line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from tianping.law import fees
from tianping.law.custody_clocks import CLOCKS, Asked
from tianping.law.damages import PAYER_TITLES, Published, read_case, settle
from tianping.law.derivation import Derivation
from tianping.law.eligibility import Bar, Track, Wage, eligible
from tianping.law.parameters import parameter
from tianping.law.text import T
from tianping.project.words import BadDate, date_of, day, dump, language, moment, one_of, say, table

Lang = Annotated[str | None, typer.Option("--lang", help="zh | en")]
Json = Annotated[bool, typer.Option("--json", help="JSON")]
Amount = Annotated[str | None, typer.Option("--amount", help="金额（元） · yuan")]
Region = Annotated[str, typer.Option("--region", help="地区 · ISO 3166-2, as CN-SX")]

FREE: Final = tuple(of.value for of in fees.FreeOf)
COMBINED: Final = {"divorce": "divorce_property", "personality": "personality_damages"}
PAYABLE = T("应交", "payable")
HALVING = T("减半事由", "ground of halving")
BAR = T("不适用情形", "bar")
TRACKS: Final = {
    Track.SMALL: T("小额诉讼程序（应当适用）", "small claims, of duty"),
    Track.SMALL_BY_AGREEMENT: T("小额诉讼程序（双方约定）", "small claims, by agreement"),
    Track.SIMPLE: T("简易程序", "simple procedure"),
    Track.ORDINARY: T("普通程序", "ordinary procedure"),
}
CLOCK = T("羁押或询问期限", "clock of custody or questioning")


def fee(
    kind: Annotated[str | None, typer.Argument(help="种类；不写则列出 · a kind; without one they are listed")] = None,
    *,
    amount: Amount = None,
    base: Annotated[str | None, typer.Option("--base", help="幅度内的当地标准 · the local figure where the Measures leave a range")] = None,
    halve: Annotated[list[str] | None, typer.Option("--halve", help="减半事由 · mediated, withdrawn, simple, counterclaim, third_party")] = None,
    reduce: Annotated[str | None, typer.Option("--reduce", help="司法救助减交比例 · part remitted by aid, as 0.3")] = None,
    region: Region = "CN",
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """诉讼费用，逐行说明 · A litigation fee, line by line."""
    chosen = language(lang)
    if kind is None:
        known = [(k, s.title, s.cites) for k, s in fees.schedules().items() if k not in COMBINED.values()]
        if as_json:
            dump([{"kind": k, "zh": t.zh, "en": t.en, "cites": str(c)} for k, t, c in known] + [{"kind": k} for k in FREE])
            return
        rows = [[k, t.pick(chosen), c.text(chosen)] for k, t, c in known] + [[k, fees.free(fees.FreeOf(k)).title.pick(chosen), "0"] for k in FREE]
        table(["kind", T("费用", "fee").pick(chosen), T("依据", "article").pick(chosen)], rows)
        return
    money = None if amount is None else fees.money(amount)
    local = None if base is None else fees.money(base)
    found = fees.halved(_fee(kind, money, local, region), [fees.Halving(one_of(g, list(fees.Halving), HALVING)) for g in halve or ()])
    found = found if reduce is None else fees.reduced(found, fees.money(reduce))
    _tell(found.derivation, PAYABLE, found.value, chosen_json=as_json, lang=chosen, more={"kind": kind, "full": found.full})


def _fee(kind: str, amount: Decimal | None, base: Decimal | None, region: str) -> fees.Fee:
    if kind == "divorce":
        return fees.divorce(amount or Decimal(0), base, region)
    if kind == "personality":
        return fees.personality_rights(amount or Decimal(0), base, region)
    if kind == "intellectual_property":
        return fees.intellectual_property(amount, base, region)
    if kind in ("enforcement", "enforcement_no_amount"):
        return fees.enforcement(amount, base, region)
    if kind == "preservation":
        return fees.preservation(amount)
    if kind in FREE:
        return fees.free(fees.FreeOf(kind))
    return fees.charge(kind, amount, base=base, region=region)


def eligibility(
    amount: Annotated[str, typer.Option("--amount", help="标的额（元） · yuan")],
    filed: Annotated[str, typer.Option("--filed", help="立案日 · the day of filing")],
    *,
    wage: Annotated[str | None, typer.Option("--wage", help="最近公布的就业人员年平均工资 · the last published average wage")] = None,
    wage_year: Annotated[int | None, typer.Option("--wage-year", help="或其年度（查参数表） · or its year, from the tables")] = None,
    region: Region = "CN-SX",
    unclear: Annotated[bool, typer.Option("--unclear", help="不属于事实清楚、争议不大 · not clear, or much in dispute")] = False,
    not_money: Annotated[bool, typer.Option("--not-money", help="不是金钱给付 · no claim for money")] = False,
    agreed: Annotated[list[str] | None, typer.Option("--agreed", help="双方约定 · small, simple")] = None,
    bars: Annotated[list[str] | None, typer.Option("--bar", help="不适用情形 · " + ", ".join(Bar))] = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """适用何种一审程序 · Which procedure of first instance a case is tried under."""
    chosen, on = language(lang), day(filed)
    if wage is not None:
        figure = Wage(fees.money(wage), T("使用者给出", "as given"))
    else:
        row = parameter(f"employed_average_wage_{wage_year or on.year - 1}", on=on, region=region)
        figure = Wage(row.value, T(f"{row.title.zh}（{row.source.zh}）", f"{row.title.en} ({row.source.en})"))
    agreements = [one_of(a, ("small", "simple"), T("约定事项", "agreement")) for a in agreed or ()]
    found = eligible(
        fees.money(amount),
        on,
        figure,
        clear=not unclear,
        money_claim=not not_money,
        agreed_small="small" in agreements,
        agreed_simple="simple" in agreements,
        bars=[Bar(one_of(b, list(Bar), BAR)) for b in bars or ()],
    )
    answer = TRACKS[found.track].pick(chosen)
    _tell(found.derivation, T("适用", "tried under"), answer, chosen_json=as_json, lang=chosen, more={"procedure": found.track.value})


def damages(
    case: Annotated[Path, typer.Argument(help="案件文件 · a case as TOML, see examples/damages/crash.toml")],
    *,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """道路交通事故损害赔偿 · Road-traffic damages: who pays what to whom, line by line."""
    chosen = language(lang)
    found = settle(read_case(case), Published(parameter))
    if as_json:
        paid = [{"victim": p.victim, "vehicle": p.vehicle, "payer": p.payer.value, "amount": p.amount} for p in found.payments]
        dump({"payments": paid, "borne_by_victims": found.own, "paid": found.paid(), "derivation": found.derivation.as_list()})
        return
    say(found.derivation.text(chosen))
    say()
    head = [T("受害人", "victim"), T("车辆", "vehicle"), T("支付人", "payer"), T("金额", "amount")]
    rows = [[p.victim, p.vehicle, PAYER_TITLES[p.payer].pick(chosen), f"{p.amount:,.2f}"] for p in found.payments]
    table([t.pick(chosen) for t in head], rows)
    say(f"{T('赔偿合计', 'paid in all').pick(chosen)}  {found.paid():,.2f}")


def hold(
    clock: Annotated[str, typer.Argument(help="detention, investigation, review, trial, summons, police_summons, questioning")],
    since: Annotated[str, typer.Option("--from", help="起算日；小时期限写时刻 · a day, or an instant for clocks of hours")],
    *,
    extra: Annotated[int, typer.Option(help="拘留：延长日数 1–4 · detention: days added")] = 0,
    major: Annotated[bool, typer.Option(help="拘留：流窜、多次、结伙作案 · detention: roaming, repeated or gang offences")] = False,
    extended: Annotated[int, typer.Option(help="已延长次数 · how often it was extended")] = 0,
    at_large: Annotated[bool, typer.Option("--at-large", help="未羁押 · the person is not held")] = False,
    track: Annotated[str, typer.Option(help="审判：ordinary | summary | fast_track · trial")] = "ordinary",
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """羁押与询问期限 · The clocks of custody and questioning; they never roll over a rest day."""
    chosen, start = language(lang), moment(since)
    one_of(clock, CLOCKS, CLOCK)
    chosen_clock = CLOCKS[clock]
    if chosen_clock.hours and not isinstance(start, datetime):  # the hour matters: midnight is not to be guessed
        raise BadDate(given=start)
    if clock == "trial":
        one_of(track, ("ordinary", "summary", "fast_track"), T("审判程序", "kind of trial"))
    told, answers = chosen_clock.reckoned(start if chosen_clock.hours else date_of(start), Asked(extra, major, extended, not at_large, track))
    if as_json:
        dump({"clock": clock, "answers": [{"zh": t.zh, "en": t.en, "at": at} for t, at in answers], "derivation": told.as_list()})
        return
    say(told.text(chosen))
    for words, at in answers:
        say(f"{words.pick(chosen)}  {at.isoformat(sep=' ', timespec='minutes') if isinstance(at, datetime) else at.isoformat()}")


def _tell(told: Derivation, words: T, answer: object, *, chosen_json: bool, lang: Any, more: dict[str, object]) -> None:
    if chosen_json:
        dump({**more, "answer": answer, "derivation": told.as_list()})
        return
    say(told.text(lang))
    say(f"{words.pick(lang)}  {answer:,.2f}" if isinstance(answer, Decimal) else f"{words.pick(lang)}  {answer}")


COMMANDS: Final[dict[str, Callable[..., None]]] = {"fee": fee, "eligibility": eligibility, "damages": damages, "custody": hold}
