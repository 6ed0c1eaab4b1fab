"""数据表 · Every table of the operate engine. Rows of a case are written by ``casework.engine`` alone."""

from tianping.casework.models.access import AccessKey, Recusal, Visibility
from tianping.casework.models.cases import Case, Clock, Definition, Grant, NumberCounter, PauseSpan, Run
from tianping.casework.models.exchange import Outbox, Referral
from tianping.casework.models.ledger import Checkpoint, Event
from tianping.casework.models.organisations import Organisation, Source
from tianping.casework.models.parties import Party
from tianping.casework.models.people import Account, Person, Post, PostRole

__all__ = [
    "AccessKey",
    "Account",
    "Case",
    "Checkpoint",
    "Clock",
    "Definition",
    "Event",
    "Grant",
    "NumberCounter",
    "Organisation",
    "Outbox",
    "Party",
    "PauseSpan",
    "Person",
    "Post",
    "PostRole",
    "Recusal",
    "Referral",
    "Run",
    "Source",
    "Visibility",
]
