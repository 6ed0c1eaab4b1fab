"""试验用放假通知 · A notice for 2027 that nobody issued: every statutory day is off, the rest is made up."""

from __future__ import annotations

NOTICE = """元旦：01-01至01-03
春节：02-05至02-11；02-20
清明节：04-03至04-05
劳动节：05-01至05-05；05-08
端午节：06-09
中秋节：09-15
国庆节：10-01至10-07；10-09"""
