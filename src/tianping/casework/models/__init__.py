"""数据表 · Every table of the operate engine. Rows of a case are written by ``casework.engine`` alone."""

from tianping.casework.models.access import AccessKey, AccessTrace, Recusal, SearchRow, Visibility
from tianping.casework.models.alarms import AlarmRule, Digest, Notice
from tianping.casework.models.calendars import CalendarNotice, MovedClock, Reckoning, Renewal, RenewedClock
from tianping.casework.models.cases import Appointment, Case, Clock, Definition, Grant, NumberCounter, PauseSpan, Run, Watched
from tianping.casework.models.changes import Change
from tianping.casework.models.citizens import CaseCode, Citizen, Draft, PartySignature, PhoneCode
from tianping.casework.models.desk import Consent, SavedView
from tianping.casework.models.documents import Content, Document
from tianping.casework.models.exchange import Delivery, Outbox, Referral
from tianping.casework.models.figures import Pushed
from tianping.casework.models.handling import Charge, Comment, Flag, TeamMember
from tianping.casework.models.intake import ImportedKey, ImportRun
from tianping.casework.models.ledger import AnchorPlace, Checkpoint, CheckpointHead, Event
from tianping.casework.models.organisations import Organisation, Source
from tianping.casework.models.parameters import CityParameter
from tianping.casework.models.parties import Party
from tianping.casework.models.people import Account, Person, Post, PostRole
from tianping.casework.models.postings import Posting, PostingTry
from tianping.casework.models.registers import RegisterEntry
from tianping.casework.models.security import Allowance, Denials, OneTimeCode, SecurityEvent, Token
from tianping.casework.models.uploads import ImportFault, ImportJob
from tianping.casework.models.writs import Substitute, Writ

__all__ = [
    "AccessKey",
    "AccessTrace",
    "Account",
    "AlarmRule",
    "Allowance",
    "AnchorPlace",
    "Appointment",
    "CalendarNotice",
    "Case",
    "CaseCode",
    "Change",
    "Charge",
    "Checkpoint",
    "CheckpointHead",
    "Citizen",
    "CityParameter",
    "Clock",
    "Comment",
    "Consent",
    "Content",
    "Definition",
    "Delivery",
    "Denials",
    "Digest",
    "Document",
    "Draft",
    "Event",
    "Flag",
    "Grant",
    "ImportFault",
    "ImportJob",
    "ImportRun",
    "ImportedKey",
    "MovedClock",
    "Notice",
    "NumberCounter",
    "OneTimeCode",
    "Organisation",
    "Outbox",
    "Party",
    "PartySignature",
    "PauseSpan",
    "Person",
    "PhoneCode",
    "Post",
    "PostRole",
    "Posting",
    "PostingTry",
    "Pushed",
    "Reckoning",
    "Recusal",
    "Referral",
    "RegisterEntry",
    "Renewal",
    "RenewedClock",
    "Run",
    "SavedView",
    "SearchRow",
    "SecurityEvent",
    "Source",
    "Substitute",
    "TeamMember",
    "Token",
    "Visibility",
    "Watched",
    "Writ",
]
