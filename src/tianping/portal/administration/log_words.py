"""日志用语 · What a row of the security log says beside its kind: its parts, roles, yes and no in words; the rest is codes and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tianping.casework.security.administration import ADMINISTRATORS, ROLES
from tianping.law.text import T

YES, NO = T("是", "yes"), T("否", "no")
PARTS: Final = {
    "account": T("账号编号", "account no."), "administrator": T("管理员", "administrator"), "after": T("现隶属", "now under"),
    "before": T("原隶属", "was under"), "card": T("证件", "card"), "cases": T("案件数", "cases"), "check": T("核验编号", "check no."),
    "code": T("原因", "reason"), "court": T("法院编号", "court no."), "denied_before": T("此前未逐条记的拒绝", "denied before, not told one by one"),
    "events": T("事项数", "events"), "factors": T("因素", "factors"), "form": T("格式", "form"), "grant": T("授权编号", "grant no."),
    "into": T("并入机构", "into institution no."), "issued": T("发布日", "issued"), "last": T("最后一日", "last day"), "method": T("方式", "method"),
    "name": T("名称", "name"), "organisation": T("机构编号", "institution no."), "post": T("岗位编号", "post no."),
    "procedure": T("程序", "procedure"), "purpose": T("用途", "purpose"), "region": T("地区", "region"), "register": T("名册", "register"),
    "replaces": T("取代", "replaces no."), "role": T("角色", "role"), "route": T("地址", "address"), "run": T("批次", "run no."),
    "scopes": T("权限", "scopes"), "start": T("起始日", "from"), "token": T("令牌编号", "token no."), "unmasked": T("未隐去", "unmasked"),
    "until": T("至", "until"), "was": T("原名", "was called"), "way": T("途径", "way"), "year": T("年份", "year"),
}  # fmt: skip


def told(detail: Mapping[str, Any]) -> list[tuple[T, T | str]]:
    """The parts of a row: what each is called, and what it says, in words or as a code."""
    return [(PARTS.get(name, T(name, name)), _said(name, value)) for name, value in detail.items() if value is not None]


def _said(name: str, value: object) -> T | str:
    if isinstance(value, bool):
        return YES if value else NO
    if name == "role":
        return ROLES[f"{value}"].title if f"{value}" in ROLES else f"{value}"
    if name == "administrator":
        return ADMINISTRATORS.get(f"{value}", f"{value}")
    if isinstance(value, dict):
        return T(f"{value.get('zh', '')}", f"{value.get('en', '')}")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
