"""办事项 · The rows of the first page: what people come for, in their own verbs, with what the law promises; found again by everyday words.

A promise is read from the limit of the definition: where the definition says seven days, so does the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from tianping.casework.engine.registered import version_on
from tianping.law.citations import Citation
from tianping.law.text import T
from tianping.procedure.lengths import Row


@dataclass(frozen=True, slots=True)
class Service:
    """办事项 · One row. ``limit``: procedure and limit that the promise is read from, ``words``: everyday words that lead here."""

    title: T
    href: str
    promise: T
    limit: tuple[str, str] | None = None
    words: str = ""


SERVICES: Final = (
    Service(
        T("与人有纠纷，想调解", "A dispute, and I want to settle it"),
        "/disputes/",
        T("先看有哪些办法、要多久、花多少钱。调解不收费，双方同意才开始", "The ways, the time, the cost. Mediation is free and needs both sides"),
        words="纠纷 欠钱 欠款 借款 不还 工资 拖欠 货款 合同 租房 押金 邻居 物业 离婚 抚养 继承 侵权 打架 消费 调解 "
        "dispute debt loan wage rent neighbour divorce settle",
    ),
    Service(
        T("交通事故赔偿", "Compensation for a traffic accident"),
        "/calculators/damages",
        T("先试算，每一项写明条文；再调解、鉴定、理赔", "Reckon it first, each line with its article; then mediation, appraisal, insurer"),
        words="车祸 撞 交通 事故 赔偿 伤残 保险 理赔 accident crash injury insurance",
    ),
    Service(
        T("起诉、立案", "Sue, file a case"),
        "/filing/",
        T("网上提交，法院{n}答复", "Handed in online; the court answers {n}"),
        ("e_filing", "EFiling.to_decide"),
        "起诉 立案 告 打官司 诉讼 sue file suit",
    ),
    Service(
        T("查期限：上诉、申请司法确认、申请执行", "Deadlines: appeal, confirmation, enforcement"),
        "/calculators/deadlines",
        T("末日是哪天，怎么算出来的，依据哪一条", "Which day is the last, how it is reckoned, under which article"),
        words="期限 上诉 司法确认 确认 执行 时效 几天 deadline appeal confirmation enforcement",
    ),
    Service(
        T("算诉讼费、退费", "Court fees"),
        "/calculators/fees",
        T("应交多少，减半、减交、免交怎么算", "What is payable; halves and reductions"),
        words="诉讼费 受理费 费用 缴费 退费 减免 fee cost refund",
    ),
    Service(
        T("控告、申诉、举报、咨询（12309）", "Accuse, appeal, report, ask (12309)"),
        "/procuratorate/",
        T("检察院{n}答复是否受理", "The procuratorate says {n} whether it accepts"),
        ("service_request", "ServiceRequest.to_sort"),
        "控告 申诉 举报 检察院 律师 阅卷 咨询 来信 信访 国家赔偿 accuse appeal report letter",
    ),
    Service(
        T("居住证、行驶证等证件和许可", "Residence permits, licences and other papers"),
        "/permits/",
        T("查材料、期限、费用；可以网上申请，办完可以评价", "Papers, time, fees; apply online, rate it afterwards"),
        words="居住证 驾驶证 行驶证 证件 许可 旅馆 印章 保安 车管 permit licence residence",
    ),
    Service(
        T("给法官留言", "A message to a judge"),
        "/begin/judge_message/leave",
        T("可以看是否已读；目标{n}阅看", "See whether it was read; the target is to read it {n}"),
        ("judge_message", "JudgeMessage.to_read"),
        "法官 留言 联系 message judge",
    ),
    Service(
        T("预约窗口", "An appointment at a counter"),
        "/begin/service_visit/draw",
        T("先取号，到了直接办；材料一次告知", "Draw a number first; what is missing is told once"),
        words="窗口 预约 取号 排队 诉讼服务 appointment counter queue",
    ),
    Service(
        T("向人民汇报：看意见和答复", "Report to the people: opinions and answers"),
        "/opinions/",
        T("公安机关的汇报活动，提了多少意见，答复了多少", "Events of the police: opinions given, opinions answered"),
        words="意见 建议 代表 委员 公安 汇报 opinion answer police",
    ),
)


def promised(service: Service, day: date) -> tuple[T, Citation | None]:
    """What a row promises, with the article where the promise is a limit's."""
    if service.limit is None:
        return service.promise, None
    tables = version_on(service.limit[0], day)[1]
    row = next(r for r in tables.limits if r.code == service.limit[1])
    return service.promise.fill(n=length(row.rows[0])), row.limit.cites


def length(row: Row) -> T:
    """A length in words: within seven days, within three working days."""
    return T(f"{row.period.text.zh}内", f"within {row.period.text.en}")


def found(asked: str) -> list[Service]:
    """The rows that fit some everyday words, the best first: by the characters and words that they share."""
    said = asked.strip().lower()[:100]
    scored = [(_score(s, said), -n, s) for n, s in enumerate(SERVICES)]
    return [s for score, _, s in sorted(scored, key=lambda x: (-x[0], -x[1])) if score]


def _score(service: Service, said: str) -> int:
    known = f"{service.title.zh} {service.title.en.lower()} {service.words}"
    whole = sum(3 for word in service.words.split() if word in said)
    near = sum(1 for i in range(len(said) - 1) if (pair := said[i : i + 2]).strip() == pair and not pair.isascii() and pair in known)
    return whole + near
