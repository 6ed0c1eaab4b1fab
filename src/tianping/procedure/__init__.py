"""程序语言 · The language that procedures are written in, and how their clocks are reckoned. Pure Python.

A procedure file needs no other import than this one, the statutes and the contracts::

    from tianping.law.statutes import OMR
    from tianping.procedure import NEW, Limit, Procedure, Stage, Step, T, days
"""

from tianping.law.periods import CIVIL, CRIMINAL, CUSTODY, PLAIN, Counting, Period
from tianping.law.text import T
from tianping.procedure.grammar import NEW, Condition, Fact, Ground, Many, One, Procedure, Stage, Step, Track
from tianping.procedure.lengths import Count, days, hours, minutes, months, working_days, years
from tianping.procedure.lookups import Tally
from tianping.procedure.referral import Matter, Outcome, Referral
from tianping.procedure.roles import Role
from tianping.procedure.time import Extension, Limit, Pause, Wait

__all__ = [
    "CIVIL",
    "CRIMINAL",
    "CUSTODY",
    "NEW",
    "PLAIN",
    "Condition",
    "Count",
    "Counting",
    "Extension",
    "Fact",
    "Ground",
    "Limit",
    "Many",
    "Matter",
    "One",
    "Outcome",
    "Pause",
    "Period",
    "Procedure",
    "Referral",
    "Role",
    "Stage",
    "Step",
    "T",
    "Tally",
    "Track",
    "Wait",
    "days",
    "hours",
    "minutes",
    "months",
    "working_days",
    "years",
]
