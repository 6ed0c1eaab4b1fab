"""办案台网址 · Every address of the desk."""

from __future__ import annotations

from typing import Final

from django.urls import path, register_converter

from tianping.portal.desk.acts import act, consent
from tianping.portal.desk.bulk import bulk
from tianping.portal.desk.cases import case, correct, party
from tianping.portal.desk.counter import identity, identity_withdrawn
from tianping.portal.desk.dates import dates
from tianping.portal.desk.keeping import keeping
from tianping.portal.desk.lists import act_from, drop, save, search, worklist
from tianping.portal.desk.live import live
from tianping.portal.desk.matters import address, inbox, matter, outbox, send_back, take
from tianping.portal.desk.messages import message, messages
from tianping.portal.desk.notices import notices, notices_are_seen
from tianping.portal.desk.opening import choose, consent_open, open_case
from tianping.portal.desk.papers import document, documents, show, withdraw


class RowNumber:
    """行号 · A number of a row that the database can hold; anything longer is no address."""

    regex = "[1-9][0-9]{0,14}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The number as it stands in an address."""
        return str(value)


register_converter(RowNumber, "row")
urlpatterns: Final = [
    path("", worklist, name="desk"),
    path("search", search, name="desk-search"),
    path("views/save", save, name="desk-view-save"),
    path("views/drop", drop, name="desk-view-drop"),
    path("post", act_from, name="desk-post"),
    path("bulk", bulk, name="desk-bulk"),
    path("calendar/", dates, name="desk-calendar"),
    path("live", live, name="desk-live"),
    path("identity", identity, name="desk-identity"),
    path("identity/<row:number>/withdraw", identity_withdrawn, name="desk-identity-withdraw"),
    path("new", choose, name="desk-new"),
    path("new/<str:procedure>/<str:step>", open_case, name="desk-open"),
    path("new/<str:procedure>/<str:step>/consent", consent_open, name="desk-open-consent"),
    path("inbox", inbox, name="desk-inbox"),
    path("outbox", outbox, name="desk-outbox"),
    path("outbox/<row:number>/address", address, name="desk-address"),
    path("inbox/<row:number>", matter, name="desk-matter"),
    path("inbox/<row:number>/return", send_back, name="desk-return"),
    path("inbox/<row:number>/take/<str:procedure>/<str:step>", take, name="desk-take"),
    path("notices", notices, name="desk-notices"),
    path("notices/seen", notices_are_seen, name="desk-notices-seen"),
    path("messages", messages, name="desk-messages"),
    path("messages/<row:case_id>", message, name="desk-message"),
    path("cases/<row:case_id>", case, name="desk-case"),
    path("cases/<row:case_id>/do/<str:step>", act, name="desk-act"),
    path("cases/<row:case_id>/do/<str:step>/consent", consent, name="desk-consent"),
    path("cases/<row:case_id>/parties/<row:number>", party, name="desk-party"),
    path("cases/<row:case_id>/correct/<row:seq>", correct, name="desk-correct"),
    path("cases/<row:case_id>/handling", keeping, name="desk-handling"),
    path("cases/<row:case_id>/documents", documents, name="desk-documents"),
    path("cases/<row:case_id>/documents/<row:number>/show", show, name="desk-show"),
    path("cases/<row:case_id>/documents/<row:number>/withdraw", withdraw, name="desk-withdraw"),
    path("documents/<row:number>", document, name="desk-document"),
]
