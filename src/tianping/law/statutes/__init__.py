"""法律文件索引 · The statute index: every text that a procedure or a calculator may cite, version by version.

Data stand in ``index.toml`` and ``concordance.toml`` beside this file. ``CPL23[152]`` is article 152 of the 2023 text; ``CPL23.at_day(day)`` is the
version in force on a day, and :func:`on` gives the article that stood in a citation's place on it.
"""

from __future__ import annotations

from typing import Final

from tianping.law.statutes.concordance import NoCounterpart, counterpart, on, read_on
from tianping.law.statutes.index import INDEX, UnknownStatute, family, parse_citation

__all__ = [
    "ALL17",
    "APL21",
    "CC",
    "CDS",
    "CI20",
    "CI22",
    "CPL17",
    "CPL21",
    "CPL23",
    "CTPL",
    "CrI",
    "CrPL",
    "EMS04",
    "EV19",
    "EX19",
    "FEE",
    "HOL13",
    "HOL24",
    "INDEX",
    "JC11",
    "JL",
    "LMA",
    "LOCAL_110",
    "LOCAL_12309",
    "LOCAL_ACCIDENT",
    "LOCAL_APPRAISAL",
    "LOCAL_CENTRE",
    "LOCAL_COOPERATION",
    "LOCAL_CROSS",
    "LOCAL_DOCKING",
    "LOCAL_FAST_TRACK",
    "LOCAL_GUIDE",
    "LOCAL_HALL",
    "LOCAL_JOINT",
    "LOCAL_JUDGMENTS",
    "LOCAL_LIAISON",
    "LOCAL_PATROL",
    "LOCAL_PERMITS",
    "LOCAL_PETITION",
    "LOCAL_PROTECTION",
    "LOCAL_QUALITY",
    "LOCAL_QUOTA",
    "LOCAL_RECONCILIATION",
    "LOCAL_REPORTING",
    "LOCAL_SERVICE_CENTRE",
    "LOCAL_SERVICE_POOL",
    "LOCAL_STATION",
    "LOCAL_STORE",
    "LOCAL_STRUCTURE",
    "LOCAL_SUPERVISION",
    "LOCAL_TRIAGE",
    "LOCAL_VISITS",
    "MCW",
    "MED16",
    "NoCounterpart",
    "OGI",
    "OLR",
    "OMR",
    "PAP",
    "PI20",
    "PI22",
    "PL",
    "PML",
    "POL",
    "POLICY",
    "PPR",
    "PSA",
    "PSA25",
    "PSC",
    "QST",
    "QUOTA_EXIT20",
    "REG15",
    "RES",
    "RTA",
    "RTP",
    "RTSL",
    "RVP",
    "SEC",
    "SIM",
    "TL00",
    "UnknownStatute",
    "WABO",
    "XF",
    "counterpart",
    "family",
    "on",
    "parse_citation",
    "read_on",
]

CPL17: Final = INDEX["CPL17"]
CPL21: Final = INDEX["CPL21"]
CPL23: Final = INDEX["CPL23"]
CI20: Final = INDEX["CI20"]
CI22: Final = INDEX["CI22"]
TL00: Final = INDEX["TL00"]
EX19: Final = INDEX["EX19"]
SIM: Final = INDEX["SIM"]
EV19: Final = INDEX["EV19"]
MED16: Final = INDEX["MED16"]
MCW: Final = INDEX["MCW"]
OMR: Final = INDEX["OMR"]
OLR: Final = INDEX["OLR"]
EMS04: Final = INDEX["EMS04"]
REG15: Final = INDEX["REG15"]
JC11: Final = INDEX["JC11"]
PML: Final = INDEX["PML"]
FEE: Final = INDEX["FEE"]
PI20: Final = INDEX["PI20"]
PI22: Final = INDEX["PI22"]
RTA: Final = INDEX["RTA"]
RTSL: Final = INDEX["RTSL"]
CTPL: Final = INDEX["CTPL"]
RTP: Final = INDEX["RTP"]
CrPL: Final = INDEX["CrPL"]
CrI: Final = INDEX["CrI"]
PPR: Final = INDEX["PPR"]
PSC: Final = INDEX["PSC"]
PSA: Final = INDEX["PSA"]
PSA25: Final = INDEX["PSA25"]
PAP: Final = INDEX["PAP"]
QST: Final = INDEX["QST"]
POL: Final = INDEX["POL"]
JL: Final = INDEX["JL"]
PL: Final = INDEX["PL"]
XF: Final = INDEX["XF"]
OGI: Final = INDEX["OGI"]
ALL17: Final = INDEX["ALL17"]
LMA: Final = INDEX["LMA"]
HOL13: Final = INDEX["HOL13"]
HOL24: Final = INDEX["HOL24"]
CC: Final = INDEX["CC"]
CDS: Final = INDEX["CDS"]
WABO: Final = INDEX["WABO"]
LOCAL_110: Final = INDEX["LOCAL_110"]
LOCAL_CENTRE: Final = INDEX["LOCAL_CENTRE"]
LOCAL_STORE: Final = INDEX["LOCAL_STORE"]
LOCAL_APPRAISAL: Final = INDEX["LOCAL_APPRAISAL"]
LOCAL_FAST_TRACK: Final = INDEX["LOCAL_FAST_TRACK"]
LOCAL_JUDGMENTS: Final = INDEX["LOCAL_JUDGMENTS"]
LOCAL_SERVICE_CENTRE: Final = INDEX["LOCAL_SERVICE_CENTRE"]
LOCAL_HALL: Final = INDEX["LOCAL_HALL"]
LOCAL_SERVICE_POOL: Final = INDEX["LOCAL_SERVICE_POOL"]
LOCAL_DOCKING: Final = INDEX["LOCAL_DOCKING"]
QUOTA_EXIT20: Final = INDEX["QUOTA_EXIT20"]
LOCAL_QUOTA: Final = INDEX["LOCAL_QUOTA"]
LOCAL_STRUCTURE: Final = INDEX["LOCAL_STRUCTURE"]
LOCAL_LIAISON: Final = INDEX["LOCAL_LIAISON"]
LOCAL_REPORTING: Final = INDEX["LOCAL_REPORTING"]
LOCAL_PROTECTION: Final = INDEX["LOCAL_PROTECTION"]
LOCAL_CROSS: Final = INDEX["LOCAL_CROSS"]
LOCAL_GUIDE: Final = INDEX["LOCAL_GUIDE"]
LOCAL_QUALITY: Final = INDEX["LOCAL_QUALITY"]
LOCAL_TRIAGE: Final = INDEX["LOCAL_TRIAGE"]
LOCAL_SUPERVISION: Final = INDEX["LOCAL_SUPERVISION"]
LOCAL_PERMITS: Final = INDEX["LOCAL_PERMITS"]
LOCAL_PATROL: Final = INDEX["LOCAL_PATROL"]
RES: Final = INDEX["RES"]
SEC: Final = INDEX["SEC"]
POLICY: Final = INDEX["POLICY"]
LOCAL_12309: Final = INDEX["LOCAL_12309"]
LOCAL_COOPERATION: Final = INDEX["LOCAL_COOPERATION"]
RVP: Final = INDEX["RVP"]
APL21: Final = INDEX["APL21"]
LOCAL_ACCIDENT: Final = INDEX["LOCAL_ACCIDENT"]
LOCAL_STATION: Final = INDEX["LOCAL_STATION"]
LOCAL_JOINT: Final = INDEX["LOCAL_JOINT"]
LOCAL_PETITION: Final = INDEX["LOCAL_PETITION"]
LOCAL_VISITS: Final = INDEX["LOCAL_VISITS"]
LOCAL_RECONCILIATION: Final = INDEX["LOCAL_RECONCILIATION"]
