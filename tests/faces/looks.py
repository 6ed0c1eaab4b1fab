"""看一眼 · What must hold of every page that a journey comes to: quiet console, own files, WCAG 2.2 AA, no sideways scroll, large enough text."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import ConsoleMessage, Page, Request

from tests.conftest import PROOF, ROOT

AXE: Final = ROOT / "tests" / "faces" / "node_modules" / "axe-core" / "axe.min.js"
TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE: Final = 500
"""Pages no wider than this are touched: their targets are 44 px high."""


@dataclass
class Heard:
    """听到的 · What a page said that it should not."""

    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    script: bool = True
    twin: Page | None = None
    """Where a page without a script is looked at by one: axe never ends where no script may run."""


HEARD: Final[WeakKeyDictionary[Page, Heard]] = WeakKeyDictionary()


def listen(page: Page, base: str, *, script: bool = True) -> None:
    """From now on note the page's errors (violations of the content security policy are errors), and requests to anything but our own server."""
    heard = HEARD[page] = Heard(script=script)
    own = urlsplit(base).netloc

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not _expected(message.text):
            heard.errors.append(f"{message.type}: {message.text}")

    def asked(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != own:
            heard.strangers.append(request.url)

    page.on("console", said)
    page.on("pageerror", lambda error: heard.errors.append(f"error: {error}"))
    page.on("request", asked)


def _expected(text: str) -> bool:
    """What is no fault of a page: a line for every answer of 4xx (journeys ask for some on purpose), and how a software renderer of maps fares."""
    return text.startswith("Failed to load resource: the server responded with a status of 4") or "GL Driver Message" in text


def looks(page: Page) -> None:
    """Everything that must hold of a page. Raises AssertionError with all that does not."""
    wrong = faults(page)
    assert not wrong, "\n".join([f"{urlsplit(page.url).path} at {page.viewport_size}", *wrong])


def faults(page: Page) -> list[str]:
    """What does not hold of a page, a line each."""
    page.wait_for_load_state("domcontentloaded")
    heard, found = HEARD[page], page.evaluate(MEASURE)
    touched = (page.viewport_size or {"width": 0})["width"] <= PHONE
    wrong = [*heard.errors, *(f"a request leaves the machine: {url}" for url in heard.strangers)]
    if found["h1"] != 1:
        wrong.append(f"{found['h1']} h1 on the page")
    if found["lang"] not in ("zh-Hans", "en") or not found["title"].strip():
        wrong.append(f"language {found['lang']!r}, title {found['title']!r}")
    if found["wide"] > found["room"]:
        wrong.append(f"scrolls sideways: {found['wide']} in {found['room']}: {found['widest']}")
    wrong += [f"text of {t['px']:.1f} px: {t['html']}" for t in found["texts"][:8]]
    wrong += [f"target of {t['height']} px: {t['html']}" for t in found["low"] if touched]
    wrong += [f"style attribute: {html}" for html in found["styled"]]
    return wrong + violations(page)


def violations(page: Page) -> list[str]:
    """What axe-core finds, told shortly. Nothing where it is not installed (a test of its own is skipped by name then)."""
    if not AXE.exists():
        return []
    kinds = set() if PROOF else set(page.evaluate(KINDS))
    if kinds and kinds <= JUDGED:
        return []
    told = _judged(page if HEARD[page].script else _twin(page))
    if not told:
        JUDGED.update(kinds)
    return told


def _judged(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate(
        f"axe.run(document, {{runOnly: {json.dumps(TAGS)}, resultTypes: ['violations']}}).then(r => r.violations)"
    )
    return [f"{v['id']}: {v['help']}: {n['html'][:160]} {(n.get('any') or [{'message': ''}])[0]['message']}" for v in found for n in v["nodes"][:3]]


def _twin(page: Page) -> Page:
    """The same page, as it stands in the browser without a script, in one that has scripts."""
    heard, browser = HEARD[page], page.context.browser
    assert browser is not None
    if heard.twin is None:
        context = browser.new_context(viewport=page.viewport_size, reduced_motion="reduce", storage_state=page.context.storage_state())
        heard.twin = context.new_page()
        HEARD[heard.twin] = Heard()
    whole = page.content()
    heard.twin.unroute_all()
    heard.twin.route(page.url, lambda route: route.fulfill(body=whole, content_type="text/html; charset=utf-8"))
    heard.twin.goto(page.url)
    return heard.twin


def left(page: Page) -> None:
    """Nothing is kept of a page that is closed."""
    heard = HEARD.pop(page, None)
    if heard is not None and heard.twin is not None:
        heard.twin.context.close()


@cache
def _axe() -> str:
    return AXE.read_text("utf-8")


JUDGED: Final[set[str]] = set()
"""At bar size: kinds of elements that axe-core found nothing in. A page of nothing else is not judged once more; the proof judges every page."""
KINDS: Final = """() => {
  const root = document.documentElement, of = (e) => e.localName + '.' + [...e.classList].sort().join('.');
  const look = [document.body.className, ...[...root.attributes].filter((a) => a.name !== 'lang').map((a) => a.value)].join(' ');
  const kinds = new Set();
  for (const e of document.querySelectorAll('*')) {
    const said_of = (a) => a.name === 'role' || a.name === 'type' ? a.value : a.value.trim() ? '' : '∅';
    const named = [...e.attributes].map((a) => a.name + said_of(a)).sort().join(' ');
    const text = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()), parent = e.parentElement;
    const said = e.matches('a, button, summary, th, legend, option') && !e.textContent.trim() ? ' silent' : '';
    kinds.add([look, parent ? of(parent) : '', of(e), named, text, e.labels ? e.labels.length > 0 : '', said].join('|'));
  }
  return [...kinds];
}"""
"""How it is looked at (theme, size of print) and each kind of element: parent, class, attributes, whether it has words and a label."""

MEASURE: Final = """() => {
  const shown = (e) => e.checkVisibility({opacityProperty: true, visibilityProperty: true}) && e.getClientRects().length > 0;
  const hidden = (e) => e.closest('.vh, .skip, .patterns, [aria-hidden=true] svg') !== null;
  const short = (e) => e.outerHTML.slice(0, 120);
  const least = document.body.classList.contains('staff') || !document.body.className ? 12 : 14;  /* in a drawing 12 as it is seen */
  const texts = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !shown(e) || hidden(e)) continue;
    const drawing = e.closest('svg text') && e.getScreenCTM ? e.getScreenCTM().a : 0;
    const px = parseFloat(getComputedStyle(e).fontSize) * (drawing || 1);
    if (px < (drawing ? 11.99 : least - 0.01)) texts.push({px, html: short(e)});
  }
  const low = [];
  for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    if (!shown(e) || hidden(e)) continue;
    let box = e.getBoundingClientRect();
    const holder = e.matches('input[type=checkbox], input[type=radio]') ? e.closest('.option, label, .chk') : null;
    if (holder) box = holder.getBoundingClientRect();
    const inText = getComputedStyle(e).display === 'inline' && [...e.parentElement.childNodes].some((n) => n !== e && n.textContent.trim());
    if (!inText && box.height < 43.5) low.push({height: box.height, html: short(e)});
  }
  const drawn = '[data-drawn], [data-chart], [data-map]';
  const room = document.documentElement.clientWidth;
  const widest = [...document.querySelectorAll('body *')].filter((e) => shown(e) && !hidden(e) && e.getBoundingClientRect().right > room + 1
    && !e.closest('.scroll, .side, .faces, .tabs, [data-wide]')).slice(0, 3).map(short);
  return {
    h1: document.querySelectorAll('h1').length, lang: document.documentElement.lang, title: document.title,
    wide: document.documentElement.scrollWidth, room, widest, texts, low: low.slice(0, 5),
    styled: [...document.querySelectorAll('[style]')].filter((e) => e.getAttribute('style') && !e.closest(drawn)).slice(0, 3).map(short),
  };
}"""
"""One look at the page. ``data-drawn``: what a chart or map library draws styles itself by script, which the policy lets it."""
