"""办理的错误 · What can go wrong when a case is written. Codes OPS-2xx."""

from __future__ import annotations

from dataclasses import dataclass

from tianping.law.errors import TianpingError
from tianping.law.text import T


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a refusal: the rule's stable code, what is wrong, the article, and what to do next."""

    rule: str
    text: T
    cites: str
    todo: T


class Refusal(TianpingError):
    """不予办理 · A step that the procedure does not allow now. Nothing was written."""

    code = "OPS-201"
    what = T("“{step}”现在不能办理：{reasons}", "“{step}” may not be taken now: {reasons}")
    todo = T("{todo}", "{todo}")

    def __init__(self, step: T, reasons: tuple[Reason, ...]) -> None:
        texts = T("；".join(f"{r.text.zh}〔{r.cites}〕" for r in reasons), "; ".join(f"{r.text.en} [{r.cites}]" for r in reasons))
        todos = list({r.todo.en: r.todo for r in reasons}.values())
        super().__init__(step=step, reasons=texts, todo=T("".join(t.zh for t in todos), " ".join(t.en for t in todos)))
        self.step, self.reasons = step, reasons

    def as_dict(self) -> dict[str, str]:
        """With the rules' codes, in the order found."""
        return {**super().as_dict(), "rules": ",".join(r.rule for r in self.reasons)}


class NoSuchCase(TianpingError):
    """没有此案 · The case does not exist, or the actor may not see it: the answer is the same."""

    code = "OPS-202"
    what = T("没有编号为 {case} 的案件，或者您无权查看。", "There is no case {case}, or it is not yours to see.")
    todo = T("请核对编号；如确需查看，请向承办机构申请。", "Check the number; if you need it, ask the institution that handles it.")


class NoSuchStep(TianpingError):
    """没有此环节 · The procedure has no such step."""

    code = "OPS-203"
    what = T("程序“{procedure}”没有环节“{step}”。", "The procedure “{procedure}” has no step “{step}”.")
    todo = T("请从可办环节中选择。", "Choose one of the steps that may be taken.")


class StaleCase(TianpingError):
    """案件已变化 · Somebody wrote to the case since it was read."""

    code = "OPS-204"
    what = T(
        "案件 {case} 在您打开后已有新的办理（您看到第 {expected} 步，现为第 {seq} 步）。",
        "Case {case} has moved on: you saw event {expected}, it is at {seq}.",
    )
    todo = T("请刷新后再办理；您填写的内容没有写入。", "Look at it again before you act; nothing of what you sent was written.")


class KeyReused(TianpingError):
    """幂等键重复 · The same idempotency key with another request."""

    code = "OPS-205"
    what = T("幂等键 {key} 已用于另一请求。", "The idempotency key {key} was used for another request.")
    todo = T("请为新的请求生成新的键。", "Make a new key for a new request.")


class BadAnswer(TianpingError):
    """答案不合要求 · An answer to a question that the step does not ask, or of the wrong kind."""

    code = "OPS-206"
    what = T("“{fact}”的答案不合要求：{reason}", "The answer to “{fact}” will not do: {reason}")
    todo = T("请按要素的类型填写。", "Answer in the kind that the question asks for.")


class NoSuchEntity(TianpingError):
    """线索编号不当 · A run is named where there is none, or not named where there must be."""

    code = "OPS-207"
    what = T("环节“{step}”{need}", "The step “{step}” {need}")
    todo = T(
        "多线环节须写明对象（如嫌疑人、渠道），主线环节不写。",
        "Name the suspect, channel or item for a step of a part, and none for a step of the case.",
    )


class OutOfTime(TianpingError):
    """时间不当 · Something is said to happen after it is written down."""

    code = "OPS-208"
    what = T("发生时间 {happened} 晚于记录时间 {recorded}。", "It is said to happen at {happened}, after it is recorded at {recorded}.")
    todo = T("请改正发生时间；将来的事不能预先记录。", "Correct the time; what has not happened cannot be recorded.")


class NothingToVoid(TianpingError):
    """无可更正 · The event to be corrected does not exist, was corrected before, or is itself a correction."""

    code = "OPS-209"
    what = T("第 {seq} 步不能更正：{reason}", "Event {seq} cannot be corrected: {reason}")
    todo = T("请从台账中选择一个有效的办理。", "Choose an event of the ledger that stands.")


class UnknownGround(TianpingError):
    """事由不明 · Something is to be erased on a ground that is none."""

    code = "OPS-320"
    what = T("没有删除事由“{ground}”。", "“{ground}” is no ground of erasure.")
    todo = T("可用的事由：{known}。", "The grounds are: {known}.")


class NotErasable(TianpingError):
    """不得删除 · The people or the case do not allow it."""

    code = "OPS-321"
    what = T("内容不得删除：{reason}。", "It may not be erased: {reason}.")
    todo = T("请由有权更正台账的两人共同办理，或者先更正该步。", "Let two people act who may correct the ledger, or correct that event first.")


class NothingToErase(TianpingError):
    """无可删除 · The event does not exist, was erased before, or is itself an erasure."""

    code = "OPS-322"
    what = T("第 {seq} 步的内容不能删除：{reason}", "What event {seq} says cannot be erased: {reason}")
    todo = T("请从台账中选择一个有内容的办理。", "Choose an event of the ledger that says something.")


class Archived(TianpingError):
    """已归档 · A step in a case that lies in the archive."""

    code = "OPS-210"
    what = T("案件 {case} 已归档，不能再办理。", "Case {case} lies in the archive: nothing is done in it.")
    todo = T("如须补录或更正，请先调出，办结后再归档。", "To add or correct something, fetch it back first, and archive it again afterwards.")


class NoCourtCode(TianpingError):
    """没有法院代字 · A case number is due, but neither the institution nor one above it has a court's code."""

    code = "OPS-211"
    what = T(
        "机构 {organisation} 没有法院代字，不能编立“{kind}”案号。",
        "Institution {organisation} has no court code: no number of kind {kind} can be given.",
    )
    todo = T("请为机构登记法院代字，或由有代字的法院办理。", "Enter the court's code, or let a court that has one take the step.")


class NotYourInstitution(TianpingError):
    """非本机构 · A case is to be opened at an institution that the actor does not act for."""

    code = "OPS-212"
    what = T(
        "您现以另一机构的身份办理，不能在机构 {organisation} 立案。",
        "You act for another institution: no case is opened by you at institution {organisation}.",
    )
    todo = T("请改用在该机构的岗位，或者由该机构的人员立案。", "Act from a post there, or let somebody of that institution open it.")


class NumberTaken(TianpingError):
    """案号已被使用 · Another case has the number: two institutions with one court code, or a number that an import brings twice."""

    code = "OPS-213"
    what = T("案号 {number} 已被另一案件使用。", "Another case has the number {number}.")
    todo = T(
        "请核对机构的法院代字：同一代字只能由一个机构编号；导入的案号请核对原件。",
        "Check the court codes: one institution numbers under a code. Of an imported number, check the original.",
    )


class NotMerged(TianpingError):
    """不能并入 · A case that this one is to be merged into and that will not do."""

    code = "OPS-215"
    what = T("不能并入案件 {into}：{reason}", "It cannot be merged into case {into}: {reason}")
    todo = T("请核对编号：应为本机构承办的、同一程序的另一案件。", "Check the number: another case of the procedure that you handle.")


class ReferralTwice(TianpingError):
    """移送编号重复 · The case has sent a referral under this name before."""

    code = "OPS-214"
    what = T("案件 {case} 已有编号为“{entity}”的移送。", "Case {case} has sent a referral “{entity}” before.")
    todo = T("请为新的移送另用编号。", "Give the new referral another name.")
