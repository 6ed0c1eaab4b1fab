"""群众网址 · The addresses of the citizen's face."""

from __future__ import annotations

from typing import Final

from django.urls import path

from tianping.portal.citizen import acts, begin, calculators, catalogue, disputes, enter, filing, guide, home, looks, matters

urlpatterns: Final = [
    path("", home.home, name="front"),
    path("enter", enter.enter, name="enter"),
    path("leave", enter.leave, name="leave"),
    path("my/", matters.my, name="my"),
    path("my/identity", enter.identity, name="identity"),
    path("my/cases/<int:case_id>", matters.case, name="my-case"),
    path("my/cases/<int:case_id>/code", matters.new_code, name="my-code"),
    path("my/cases/<int:case_id>/receipt", begin.receipt, name="my-receipt"),
    path("my/cases/<int:case_id>/do/<str:step>", acts.act, name="my-act"),
    path("my/documents/<int:number>", matters.document, name="my-document"),
    path("begin/<str:procedure>/<str:step>", begin.begin, name="begin"),
    path("filing/", filing.start, name="filing"),
    path("filing/begin", filing.begin, name="filing-begin"),
    path("filing/<int:number>/discard", filing.discard, name="filing-discard"),
    path("filing/<int:number>/<str:name>", filing.write, name="filing-write"),
    path("follow/", looks.follow, name="follow"),
    path("follow/<int:case_id>", looks.followed_case, name="followed"),
    path("disputes/", disputes.disputes, name="disputes"),
    path("calculators/", calculators.index, name="calculators"),
    path("calculators/<str:name>", calculators.calculator, name="calculator"),
    path("guide/", guide.guide, name="guide"),
    path("permits/", catalogue.permits, name="permits"),
    path("procuratorate/", catalogue.procuratorate, name="procuratorate"),
    path("accessibility", catalogue.accessibility, name="accessibility"),
    path("opinions/", catalogue.opinions, name="opinions"),
]
