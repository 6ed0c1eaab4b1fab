"""脱敏 · What a person who may not see it gets instead of a name, an identity number, a telephone, a plate or an address.

Masking hides too much rather than too little: what cannot be recognised is hidden wholly. It never reads the original back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

STAR: Final = "*"
HIDDEN: Final = "***"
HAN: Final = re.compile(r"[\u3400-\u9fff]")
PAIRS: Final = "欧阳司马上官诸葛东方皇甫尉迟公孙慕容令狐长孙宇文司徒司空夏侯端木淳于申屠澹台公冶轩辕呼延南宫西门独孤东郭百里闻人"
COMPOUND_SURNAMES: Final = frozenset(PAIRS[i : i + 2] for i in range(0, len(PAIRS), 2))

ID_IN_TEXT: Final = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9A-Za-z])")
PHONE_IN_TEXT: Final = re.compile(r"(?<![0-9])(?:\+?86[- ]?)?(?:1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}|0[0-9]{2,3}-?[2-9][0-9]{6,7})(?![0-9])")
PLATE_IN_TEXT: Final = re.compile(r"[\u4e00-\u9fff][A-Z][·• ]?[A-Z0-9]{4,6}(?:[挂学警港澳领试超]|(?![A-Z0-9]))")
OTHER: Final = "[^省市区县旗]"
PREFECTURE: Final = rf"{OTHER}{{1,12}}(?:自治州|地区|盟|(?<![超城菜都门])市)"
COUNTY: Final = rf"{OTHER}{{1,12}}(?:自治县|自治旗|(?<![小社园校厂院矿景])区|县|旗|(?<![超城菜都门])市)"
DIVISIONS: Final = re.compile(rf"(?:{OTHER}{{2,8}}(?:省|自治区|特别行政区))?(?:{PREFECTURE})?(?:{COUNTY})?")
"""The beginning of an address down to its county. Words that only end like a division (小区, 超市) are not taken for one."""


def mask_name(name: str) -> str:
    """张三丰 becomes 张某某, 欧阳锋 becomes 欧阳某; other scripts keep their first letter; an organisation's name is not for this function."""
    plain = name.strip()
    if not HAN.match(plain):
        return plain[:1] + HIDDEN if plain else ""
    surname = plain[:2] if plain[:2] in COMPOUND_SURNAMES and len(plain) > 2 else plain[:1]
    rest = len(plain) - len(surname)
    return surname + "某" * min(max(rest, 1), 2)


def mask_resident_id(number: str) -> str:
    """The first three and the last two characters stay; region, date of birth and order are hidden."""
    return _middle(number.strip(), 3, 2)


def mask_phone(number: str) -> str:
    """138****5678; a line with area code keeps its last two digits."""
    plain = re.sub(r"[- ]", "", number.strip())
    if re.fullmatch(r"(?:\+?86)?1[0-9]{10}", plain):
        return _middle(plain[-11:], 3, 4)
    return _middle(plain, 0, 2)


def mask_plate(plate: str) -> str:
    """晋A12345 becomes 晋A***45."""
    return _middle(re.sub(r"[·• ]", "", plate.strip()), 2, 2)


def mask_address(address: str) -> str:
    """The divisions down to the county stay, the rest is hidden; an address without a division is hidden wholly."""
    plain = address.strip()
    found = DIVISIONS.match(plain)
    kept = found[0] if found else ""
    return plain if plain == kept else kept + HIDDEN


def mask_text(text: str) -> str:
    """Identity numbers, telephones and plates inside running text, masked; a number that looks like one is masked without checking it."""
    text = ID_IN_TEXT.sub(lambda found: mask_resident_id(found[0]), text)
    text = PHONE_IN_TEXT.sub(lambda found: mask_phone(found[0]), text)
    return PLATE_IN_TEXT.sub(lambda found: mask_plate(found[0]), text)


def _middle(text: str, head: int, tail: int) -> str:
    hidden = len(text) - head - tail
    return STAR * len(text) if hidden < 3 else text[:head] + STAR * hidden + text[len(text) - tail :]


@dataclass(slots=True)
class Pseudonyms:
    """化名 · Stable names within one document: the first 张三 is 张某1, another 张 is 张某2, and the same person stays the same."""

    _given: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """The pseudonym of a person's name."""
        if name not in self._given:
            stem = mask_name(name).rstrip("某") + "某" if HAN.match(name.strip()) else mask_name(name)
            self._counts[stem] = self._counts.get(stem, 0) + 1
            self._given[name] = f"{stem}{self._counts[stem]}"
        return self._given[name]
