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

  /* a second press while the first is on its way does nothing */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-busy");
    }
  });

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
    x: () => { const box = document.querySelector(".at input[type=checkbox]"); if (box) box.click(); },
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

  /* htmx keeps styles out of the page, and what it swapped in is spoken and focused */
  if (window.htmx) {
    document.body.addEventListener("htmx:afterSwap", (event) => {
      const head = event.detail.target.querySelector("[data-said]");
      if (head) say(head.dataset.said);
    });
  }
})();
