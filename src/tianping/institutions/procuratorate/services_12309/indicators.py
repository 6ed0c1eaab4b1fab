"""12309 指标 · Whether every letter had a reply, how many in time; questions answered; files read."""

from __future__ import annotations

from tianping.institutions.procuratorate.services_12309.procedures.file_reading.procedure import FileReading
from tianping.institutions.procuratorate.services_12309.procedures.service_request.procedure import ServiceRequest
from tianping.law.text import T
from tianping.procedure.measures import (
    ALL,
    MONTH,
    ORGANISATION,
    Conserve,
    Days,
    Indicators,
    Number,
    Per,
    Share,
    ended,
    judged,
    late,
    reached,
    standing,
)

P, F = ServiceRequest, FileReading
REPORT = T("晋中日报 2022-07-19：全面升级网上网下“12309”检察服务平台", "Jinzhong Daily, 2022-07-19")
RULES = T("人民检察院刑事诉讼规则第161、163条", "Procuratorates' Rules 161, 163")
KIND, CHANNEL = Per(T("来件种类", "Kind"), fact=P.kind), Per(T("渠道", "Channel"), fact=P.channel)
BY = (ORGANISATION, KIND, CHANNEL, MONTH)
LETTER = P.receive_letter.done


class Service(Indicators):
    """12309 服务 · Requests and their answers."""

    title = T("12309检察服务", "The 12309 service")

    requests = Number(T("来件数", "Requests"), P, among=ALL, by=BY, source=REPORT)
    replied = Share(
        T("来信回复率", "Share of letters replied to"),
        P,
        of=P.reply.done | reached(P.answered | P.told),
        among=LETTER,
        by=BY,
        source=RULES,
    )
    in_seven_days = Share(
        T("七日程序性答复按期率", "Share of letters replied to in seven days"),
        P,
        of=~late(P.to_reply),
        among=LETTER & judged(P.to_reply),
        by=BY,
        source=RULES,
    )
    in_three_months = Share(
        T("三个月答复按期率", "Share told in three months"), P, of=~late(P.to_result), among=LETTER & judged(P.to_result), by=BY, source=RULES
    )
    sorted_in_time = Share(
        T("七日审查处理按期率", "Share sorted in seven days"),
        P,
        of=~late(P.to_sort),
        among=judged(P.to_sort),
        by=BY,
        source=RULES,
    )
    questions_in_time = Share(
        T("五个工作日答复率", "Share of questions answered in five working days"),
        P,
        of=~late(P.to_advise),
        among=judged(P.to_advise),
        by=BY,
        source=T("一地做法，非法律", "practice of one place, not law"),
    )
    days = Days(
        T("平均办结天数", "Mean days to answer"),
        P,
        since=P.receive | P.submit | P.receive_letter,
        until=P.answer,
        among=ALL,
        by=BY,
        source=REPORT,
    )
    none_lost = Conserve(
        T("来件守恒", "No request is lost"),
        P,
        whole=ALL,
        parts=(ended(P), standing(P.received | P.correcting | P.accepted | P.assigned | P.resulted | P.asked)),
    )


class Reading(Indicators):
    """阅卷 · Bookings to read a file."""

    title = T("律师阅卷", "Reading of files")

    bookings = Number(T("预约数", "Bookings"), F, among=F.book.done, by=(ORGANISATION, MONTH), source=REPORT)
    read = Share(T("到场阅卷率", "Share that came and read"), F, of=reached(F.done), among=F.book.done, by=(ORGANISATION, MONTH), source=REPORT)
