"""门户的错误 · What can go wrong before a request reaches a case. Codes POR-0xx."""

from __future__ import annotations

from dataclasses import dataclass

from tianping.law.errors import TianpingError
from tianping.law.text import T


class NotSignedIn(TianpingError):
    """未登录 · Nobody signed in, or what was shown is no longer good."""

    code = "POR-001"
    what = T("请先登录。", "Sign in first.")
    todo = T("用会话登录，或者在 Authorization 头中给出个人令牌。", "Sign in for a session, or give a personal token in the Authorization header.")


class NotAllowed(TianpingError):
    """无权 · Signed in, but not for this."""

    code = "POR-002"
    what = T("无权进行：{why}", "Not allowed: {why}")
    todo = T("{todo}", "{todo}")


class NotFound(TianpingError):
    """没有此页 · No such address."""

    code = "POR-003"
    what = T("没有此地址。", "There is no such address.")
    todo = T("接口说明见 /api/v1/docs。", "The interface is described at /api/v1/docs.")


class NotThisMethod(TianpingError):
    """方法不对 · An address asked with a method that it does not know."""

    code = "POR-004"
    what = T("此地址不接受该方法。", "This address does not take that method.")
    todo = T("可用的方法见 Allow 头。", "The Allow header says which it takes.")


class Unreadable(TianpingError):
    """请求不能读取 · A body or header that is not what it should be at all."""

    code = "POR-005"
    what = T("请求的内容不能读取：{why}", "The request cannot be read: {why}")
    todo = T("请按接口说明发送 UTF-8 编码的 JSON。", "Send JSON in UTF-8 as the interface describes.")


class TooLarge(TianpingError):
    """请求过大 · A body larger than may be sent here."""

    code = "POR-006"
    what = T("请求超过允许的大小。", "The request is larger than allowed.")
    todo = T("请缩小后再发送。", "Send less.")


class WrongType(TianpingError):
    """类型不对 · A body of a kind that is not taken here."""

    code = "POR-007"
    what = T("只接受 {kind}。", "Only {kind} is taken.")
    todo = T("请改正 Content-Type。", "Correct the Content-Type.")


@dataclass(frozen=True, slots=True)
class Field:
    """One field that will not do: where it stands, and why (a code of the validator, never the value)."""

    place: str
    why: str


class BadFields(TianpingError):
    """内容不合要求 · Fields that are missing, unknown or of the wrong kind."""

    code = "POR-008"
    what = T("有 {n} 处不合要求：{places}", "{n} field(s) will not do: {places}")
    todo = T("请按接口说明改正所列各处。", "Correct the places that are named, as the interface describes.")

    def __init__(self, fields: tuple[Field, ...]) -> None:
        super().__init__(n=len(fields), places=", ".join(dict.fromkeys(f.place for f in fields)))
        self.fields = fields


class NoIfMatch(TianpingError):
    """未写版本 · A change without the version that it was decided on."""

    code = "POR-009"
    what = T("须在 If-Match 头中写明所见案件的版本。", "The If-Match header must say which version of the case was seen.")
    todo = T("版本见案件的 ETag；确不在意时写 *。", "The version is the case's ETag; write * if it does not matter.")


class NoSuchPage(TianpingError):
    """没有此页 · A cursor that was not given out here for this list."""

    code = "POR-010"
    what = T("没有这一页。", "There is no such page.")
    todo = T("请从第一页开始，按 next 取下一页。", "Begin with the first page and follow next.")


class WrongCredentials(TianpingError):
    """登录未成功 · A name, password or code that does not fit: the answer does not say which."""

    code = "POR-011"
    what = T("账号、密码或者验证码不对。", "The account, password or code is wrong.")
    todo = T("请核对后再试。", "Check them and try again.")


class LockedOut(TianpingError):
    """已锁定 · Too many failures from this address for this account."""

    code = "POR-012"
    what = T("多次未成功，暂时锁定。", "Locked for a while after too many failures.")
    todo = T("请在一刻钟后再试，或者请安全管理员解锁。", "Try again in a quarter of an hour, or ask the security administrator.")


class SecondFactorWanted(TianpingError):
    """须第二因素 · Signed in with one factor where two are asked for."""

    code = "POR-013"
    what = T("还须第二因素。", "A second factor is needed.")
    todo = T("请输入动态口令或者恢复码；尚未绑定的，请先绑定。", "Give a code of your app or a recovery code; set it up first if you have none.")


class WeakPassword(TianpingError):
    """密码不合要求 · A password that is too short, too common or too like the name."""

    code = "POR-014"
    what = T("密码不合要求（{rules}）。", "The password will not do ({rules}).")
    todo = T("请用至少 12 个字符、不常见、不含账号名的密码。", "Take at least 12 characters, not common, without your account's name.")


class Broken(TianpingError):
    """系统出错 · Something that should not happen did. The number of the request leads to the log."""

    code = "POR-015"
    what = T("系统出错，未写入任何内容。", "Something went wrong here; nothing was written.")
    todo = T("请把请求编号 {number} 告诉管理员。", "Tell your administrator the number of the request: {number}.")


class BadMoment(TianpingError):
    """时间不当 · A moment that is no moment, or outside the years that the calendar knows."""

    code = "POR-016"
    what = T("时间“{given}”不能采用。", "The moment “{given}” will not do.")
    todo = T("请写带时区的日期时间，如 2026-03-02T10:00:00+08:00。", "Write a moment with its zone, as 2026-03-02T10:00:00+08:00.")


class BadSignature(TianpingError):
    """签署无效 · A co-signature that was not given for this step of this case as it stands, or is too old."""

    code = "POR-017"
    what = T("共同签署无效或者已过期。", "A co-signature is not good for this step, or no longer.")
    todo = T("请共同办理人就本案现状重新签署。", "Ask the other signer to sign again for the case as it stands.")


class NotShownHere(TianpingError):
    """不在此显示 · One-time codes are shown on the screen in a demonstration only."""

    code = "POR-018"
    what = T("验证码只在演示模式下显示。", "Codes are shown on the screen in a demonstration only.")
    todo = T("请用密码与第二因素登录，或者经统一身份认证登录。", "Sign in with password and second factor, or through the provider.")


class NoFile(TianpingError):
    """没有选文件 · A form that wants a file was sent without one."""

    code = "POR-031"
    what = T("没有选择文件。", "No file was chosen.")
    todo = T("请选择文件后再提交。", "Choose a file, then send it.")
