"""送达指标 · How much is served electronically, at the first try, and how fast."""

from __future__ import annotations

from tianping.institutions.courts.service.procedures.service_of_process.procedure import Electronic, Service
from tianping.institutions.courts.service.procedures.service_task.procedure import Attempt, Channel, ServiceTask
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, YEAR, Days, Indicators, Number, Per, Share, ended, reached

P = Service
K = ServiceTask
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
BY = (ORGANISATION, YEAR, MONTH)
CHANNEL = Per(T("方式", "Channel"), fact=Attempt.channel)


class ServiceEffects(Indicators):
    """送达生效 · Documents and how they were served."""

    title = T("送达", "Service of process")

    documents = Number(T("送达文书", "Documents"), P, among=ALL, by=BY, source=REPORT)
    electronic = Share(
        T("电子送达占比", "Served electronically"),
        P,
        of=P.electronic.any(Electronic.arrived),
        among=reached(P.served),
        by=BY,
        source=REPORT,
    )
    success = Share(T("送达成功率", "Share served"), P, of=reached(P.served), among=ended(P), by=BY, source=REPORT)
    announced = Share(T("公告率", "Share announced"), P, of=reached(P.announced), among=ALL, by=BY, source=REPORT)
    days = Days(
        T("平均天数", "Mean days"), P, since=P.assign | P.assign_copy, until=P.serve_copy | P.serve_judgment | P.serve_ruling | P.serve_other,
        among=ALL,
        by=BY, source=REPORT,
    )  # fmt: skip


class ServicePool(Indicators):
    """集约送达 · Tasks of the pool."""

    title = T("集约送达", "Service pool")

    tasks = Number(T("任务", "Tasks"), K, among=ALL, by=BY, source=REPORT)
    first_try = Share(
        T("一次成功率", "Served at the first try"),
        K,
        of=K.attempts.any(Attempt.reached) & (Attempt.send.times < 2),
        among=ended(K),
        by=BY,
        source=REPORT,
    )
    turned = Share(T("转公告率", "Turned to the announcement"), K, of=reached(K.to_announce), among=ended(K), by=BY, source=REPORT)


class ServiceAttempts(Indicators):
    """各次送达 · Attempts by channel."""

    title = T("各次送达", "Attempts")

    attempts = Number(T("送达次数", "Attempts"), Attempt, procedure=K, among=ALL, by=(ORGANISATION, CHANNEL), source=REPORT)
    electronic = Share(
        T("电子送达成功率", "Electronic attempts that succeed"), Attempt, procedure=K, of=reached(Attempt.reached),
        among=Attempt.channel.is_(Channel.ELECTRONIC), by=(ORGANISATION,), source=REPORT,
    )  # fmt: skip
