/* 门面脚本 · What makes pages quicker, none of which they need: every link and form works without it. */
"use strict";
(() => {
  document.documentElement.classList.add("scripted");
  const say = (words) => {
    const place = document.getElementById("said");
    if (place) place.textContent = words;
  };

  /* a page that came back with answers to change begins at its summary */
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    for (const open of document.querySelectorAll("details.me[open]")) if (!open.contains(event.target)) open.open = false;
  });

  /* what is printed shows its derivations */
  const folded = [];
  window.addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("details.unfold:not([open])")) { folded.push(one); one.open = true; }
  });
  window.addEventListener("afterprint", () => { while (folded.length) folded.pop().open = false; });

  /* what a drawing takes from a library is fetched when the drawing comes near the window; until then, and without it, what the server drew stands */
  const near = new IntersectionObserver((seen) => {
    for (const { target } of seen.filter((one) => one.isIntersecting)) {
      near.unobserve(target);
      const add = (kind, about) => document.head.append(Object.assign(document.createElement(kind), about));
      add("link", { rel: "stylesheet", href: target.dataset.style, onload: () => add("script", { type: "module", src: target.dataset.near }) });
    }
  }, { rootMargin: "50% 0px" });
  for (const place of document.querySelectorAll("[data-near]")) near.observe(place);

  /* a second press while the first is on its way does nothing */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); event.stopPropagation(); return; }
    form.dataset.sent = "1";
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-busy", "true");
  }, true);
  const ready = (form) => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-busy");
  };
  window.addEventListener("pageshow", () => { for (const form of document.forms) ready(form); });

  /* a filter that needs no button */
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-auto]")) event.target.form.requestSubmit();
  });

  /* keys: / to search, ? for help; in a list that asks for them j k Enter x. Anyone may switch single keys off. */
  const typing = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  const off = () => document.body.dataset.keys === "off";
  const rows = () => [...document.querySelectorAll("[data-rows] > [data-row], [data-rows] tbody > [data-row]")];
  const move = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.classList.contains("at"));
    const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
    if (at >= 0) all[at].classList.remove("at");
    next.classList.add("at");
    const link = next.querySelector("a[href]");
    if (link) link.focus();
    next.scrollIntoView({ block: "nearest" });
  };
  const keys = {
    "/": () => { const field = document.querySelector("[data-search]"); if (field) field.focus(); return Boolean(field); },
    "?": () => { const help = document.querySelector("[data-help]"); if (help) { help.open = !help.open; help.scrollIntoView({ block: "nearest" }); } return Boolean(help); },
    j: () => move(1),
    k: () => move(-1),
    x: () => { const box = document.querySelector(".at input[type=checkbox]"); if (box) { box.click(); ticked = box; } },
    X: () => tick(),
  };
  /* with shift: every row between the one ticked last and this one, ticked as that one is */
  let ticked = null;
  const tick = () => {
    const boxes = rows().map((row) => row.querySelector("input[type=checkbox]")).filter(Boolean);
    const [from, to] = [boxes.indexOf(ticked), boxes.findIndex((box) => box.closest(".at"))];
    if (from < 0 || to < 0) return false;
    for (const box of boxes.slice(Math.min(from, to), Math.max(from, to) + 1)) box.checked = ticked.checked;
    ticked.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || off()) return;
    if (keys[event.key] && keys[event.key]() !== false) event.preventDefault();
  });

  /* something changed under the reader: a line says so, the page stays as it is until he asks */
  for (const place of document.querySelectorAll("[data-live]")) {
    const stream = new EventSource(place.dataset.live);
    let changed = 0;
    stream.addEventListener("changed", () => {
      changed += 1;
      place.hidden = false;
      const words = place.querySelector("[data-count]");
      if (words) words.textContent = String(changed);
    });
    window.addEventListener("pagehide", () => stream.close());
  }

  /* a page on a wall keeps itself fresh: its main part is put in the place of the old one, so that nothing moves; a failure is said */
  const again = Number(document.body.dataset.again);
  if (again) {
    setInterval(async () => {
      const stale = document.querySelector("[data-stale]");
      try {
        const answer = await fetch(window.location.href, { cache: "no-store" });
        if (answer.redirected) { window.location.reload(); return; }
        if (!answer.ok) throw new Error(answer.status);
        const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
        document.getElementById("main").replaceChildren(...next.childNodes);
        stale.hidden = true;
      } catch { stale.hidden = false; }
    }, again * 1000);
  }

  /* a page in a hall wipes itself: 50 s without a touch asks, 60 s goes */
  const idle = document.querySelector("[data-idle]");
  if (idle) {
    const [warn, leave] = idle.dataset.idle.split(" ").map(Number);
    let last = Date.now();
    for (const touch of ["pointerdown", "keydown", "scroll"]) document.addEventListener(touch, () => { last = Date.now(); idle.hidden = true; }, { passive: true });
    setInterval(() => {
      const quiet = (Date.now() - last) / 1000;
      if (quiet >= leave) window.location.replace(idle.dataset.leave);
      else if (quiet >= warn) {
        idle.hidden = false;
        const left = idle.querySelector("[data-left]");
        if (left) left.textContent = String(Math.ceil(leave - quiet));
      }
    }, 500);
  }

  /* parts that htmx asks for: while one is on its way the old one stays; what came is spoken, and takes the focus if what had it is gone */
  document.addEventListener("htmx:beforeRequest", ({ detail }) => detail.target.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    detail.target.removeAttribute("aria-busy");
    if (detail.elt.matches("form")) ready(detail.elt);
  });
  document.addEventListener("htmx:load", ({ detail: { elt } }) => {
    if (elt === document.body) return;
    const within = (what) => (elt.matches(what) ? elt : elt.querySelector(what));
    const words = within("[data-said]");
    if (words) say(words.dataset.said);
    const first = within("[data-focus]") || (document.activeElement === document.body && within("[data-head]"));
    if (first) first.focus();
  });
  /* a whole page is no part: somebody is to sign in again, or it is refused. Where it was asked for as a page it is opened */
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const asked = detail.requestConfig.elt;
    if (asked.closest("[hx-select]") || !/^\s*<!doctype/i.test(detail.xhr.responseText)) return;
    detail.shouldSwap = false;
    if (detail.boosted || asked.matches("form, a")) window.location.assign(detail.xhr.responseURL);
  });

  /* what was typed at a desk is kept for this tab and this account; it goes when it is sent, at sign-out (in every tab), and before another account */
  const who = document.body.dataset.who;
  const drafts = (mine) => Object.keys(sessionStorage).filter((key) => key.startsWith("draft ") && key.startsWith(`draft ${who} `) === mine);
  const wiped = (names) => { for (const name of names) sessionStorage.removeItem(name); };
  const out = new BroadcastChannel("signed-out");
  out.addEventListener("message", () => wiped(Object.keys(sessionStorage)));
  if (who) wiped(drafts(false));
  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") !== "/sign-out") return;
    wiped(Object.keys(sessionStorage));
    out.postMessage("all");
  });
  const sent = sessionStorage.getItem("sent");
  const [opened] = performance.getEntriesByType("navigation");
  if (sent && who && !document.querySelector("[x-data=kept]") && !(opened && opened.responseStatus >= 400)) wiped(["sent", sent]);

  /* the components of Alpine, all of them: parts of a form that answer while it is filled. Without Alpine the same form posts */
  document.addEventListener("alpine:init", () => {
    const { data } = window.Alpine;
    const numbered = (words, n) => words.replace("{n}", n);

    /* 字数 · how many characters are left */
    data("counter", () => ({
      left: "",
      init() { this.count(); },
      count() {
        const area = this.$root.querySelector("textarea");
        const left = area.maxLength - area.value.length;
        this.left = numbered(this.$root.dataset.words, left);
        if (left <= 20 && document.activeElement === area) say(this.left);
      },
    }));

    /* 所选 · how many rows are chosen; all, none; what may be done with them is asked of the server */
    data("chosen", () => ({
      n: 0,
      init() { this.count(); },
      boxes() { return [...this.$root.querySelectorAll("[data-row] input[type=checkbox]")]; },
      get none() { return this.n === 0; },
      get words() { return numbered(this.$root.dataset.words, this.n); },
      count() {
        this.n = this.boxes().filter((box) => box.checked).length;
        if (this.n) this.$root.dispatchEvent(new Event("chosen"));
      },
      every() { this.mark(true); },
      nothing() { this.mark(false); },
      mark(on) {
        for (const box of this.boxes()) box.checked = on;
        this.count();
        say(this.words);
      },
    }));

    /* 不用填 · a question that another answer makes moot is folded away and not sent, and says why; who wants may answer it all the same */
    data("moot", () => ({
      why: "", anyway: false,
      init() { this.look(); },
      get asked() { return !this.why; },
      get folded() { return Boolean(this.why); },
      look() {
        const form = this.$root.closest("form");
        const answer = (name) => { const given = form.elements[name]; return given && !given.disabled ? given.value : ""; };
        const rule = JSON.parse(this.$root.dataset.moot).find(([name, values]) => values.includes(answer(name)));
        this.why = rule && !this.anyway ? rule[2] : "";
        for (const input of this.$root.querySelectorAll("input, select, textarea")) input.disabled = this.folded;
      },
      unfold() { this.anyway = true; this.look(); },
    }));

    /* 草稿 · a changed form asks before it is left; what was typed into it stands there again when its page is opened again */
    data("kept", () => ({
      back: false, first: "", going: false, key: "",
      init() {
        this.key = `draft ${who} ${window.location.pathname}${window.location.search}`;
        const draft = sessionStorage.getItem(this.key);
        const refused = sent === this.key && document.querySelector(".error-summary") !== null;
        if (sent) wiped(refused ? ["sent"] : ["sent", sent]);
        this.first = refused ? "" : this.typed();
        window.addEventListener("beforeunload", (event) => { if (!this.going && this.$root.isConnected && this.typed() !== this.first) event.preventDefault(); });
        if (draft && sent !== this.key && draft !== this.first) this.$nextTick(() => this.filled(JSON.parse(draft)));
      },
      fields() { return [...this.$root.elements].filter((e) => e.name && !/^(hidden|file|password|submit|button)$/.test(e.type)); },
      typed() { return JSON.stringify(this.fields().map((e) => [e.name, e.value, Boolean(e.checked)])); },
      filled(draft) {
        for (const e of this.fields()) {
          const box = /^(checkbox|radio)$/.test(e.type);
          const kept = draft.find(([name, value]) => name === e.name && (!box || value === e.value));
          if (!kept) continue;
          if (box) e.checked = kept[2]; else e.value = kept[1];
          e.dispatchEvent(new Event("input", { bubbles: true }));
          if (kept[1] && e.closest("details")) e.closest("details").open = true;
        }
        this.back = true;
        this.$root.dispatchEvent(new Event("change", { bubbles: true }));
      },
      get fresh() { return !this.back; },
      keep() { if (this.typed() === this.first) wiped([this.key]); else sessionStorage.setItem(this.key, this.typed()); },
      forget() { wiped([this.key]); this.going = true; window.location.reload(); },
      leave() { this.going = true; this.keep(); sessionStorage.setItem("sent", this.key); },
    }));
  });
})();
