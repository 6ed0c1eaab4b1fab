"""短信 · Short messages through the outbox to a gateway: what is to be said lies there encrypted, and is not said after its time.

The gateway is an address that takes ``{"to", "text", "id"}`` as JSON and answers 2xx; ``id`` is the same at every attempt. What speaks to a
particular provider stands behind it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime
from typing import Final

from cryptography.fernet import Fernet
from django.conf import settings

from tianping.casework.citizens.errors import NoTexts
from tianping.casework.citizens.gateways import asked
from tianping.casework.models import Outbox
from tianping.casework.outbox.messages import Message, handles
from tianping.law.identifiers import mask_phone
from tianping.law.text import T

TOPIC: Final = "text"


def text_sent(phone: str, words: T, *, place: int, until: datetime, at: datetime) -> None:
    """Put a message into the outbox. ``place``: whose turn it shares; a message of no case stands there under a negative number."""
    sealed = _fernet().encrypt(json.dumps([phone, f"{words.zh} {words.en}"], ensure_ascii=False).encode()).decode()
    body = {"sealed": sealed, "until": until.isoformat()}
    Outbox.objects.create(case_id=-place, seq=0, topic=TOPIC, body=body, created=at)


def delivered(message: Message, at: datetime) -> str:
    """Hand a message to the gateway; to whom, masked. What came too late is not sent. Raises NoTexts, NotDelivered."""
    phone, words = json.loads(_fernet().decrypt(message.body["sealed"].encode()))
    if datetime.fromisoformat(message.body["until"]) < at:
        return f"{mask_phone(phone)} expired"
    if not settings.TIANPING_SMS_URL:
        raise NoTexts
    asked(settings.TIANPING_SMS_URL, settings.TIANPING_SMS_TOKEN, {"to": phone, "text": words, "id": str(message.key)})
    return mask_phone(phone)


def _fernet() -> Fernet:
    """Encryption with a key of its own, made from the installation's."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"tianping.text.{settings.SECRET_KEY}".encode()).digest()))


handles(TOPIC, delivered)
