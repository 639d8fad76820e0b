// Lights the words of a chosen field, and the field of chosen words. Reads ids and offsets only, never text:
// a piece of the article is #c<start> with data-end; a field lists its spans as "start-end start-end".
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const text = byId("text");
  const pieces = [...text.querySelectorAll("[data-end]")].map((node) => ({
    node, start: Number(node.id.slice(1)), end: Number(node.dataset.end),
  }));
  const marks = [...text.querySelectorAll("a.mark")];
  const bar = byId("bar");
  let chosen = null; // the field's <li>
  let places = []; // first pieces of its words, in order
  let at = 0;

  const spansOf = (words) => (words || "").split(" ").filter(Boolean).map((span) => span.split("-").map(Number));
  const covered = (piece, spans) => spans.some(([start, end]) => piece.start < end && start < piece.end);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const narrow = matchMedia("(max-width: 52rem)");
  const behavior = () => (calm.matches ? "auto" : "smooth");
  const show = (node) => node.scrollIntoView({ block: "center", inline: "nearest", behavior: behavior() });
  const panel = byId("fields");

  // Where the panel scrolls by itself, only the panel is moved: the words that were picked stay where they are.
  function showField(field) {
    if (narrow.matches) return; // the bar shows it
    const top = field.offsetTop - panel.scrollTop;
    if (top >= 0 && top + field.offsetHeight < panel.clientHeight - bar.offsetHeight - 24) return;
    panel.scrollTo({ top: field.offsetTop - panel.clientHeight / 3, behavior: behavior() });
  }
  const within = (node, name, on) => node.classList.toggle(name, on);

  function release() {
    for (const { node } of pieces) node.classList.remove("lit", "evidence", "here");
    for (const node of document.querySelectorAll(".entry.lit")) node.classList.remove("lit");
    for (const node of document.querySelectorAll("[aria-current]")) node.removeAttribute("aria-current");
    bar.hidden = true;
    chosen = null;
  }

  // from: "text" where words were picked, "field" where a field was, "address" where the page was opened at it
  function choose(id, from, piece) {
    const field = byId(id);
    if (!field || !field.dataset.words) return;
    release();
    chosen = field;
    const words = spansOf(field.dataset.words);
    const evidence = spansOf(field.dataset.evidence);
    for (const one of pieces) {
      within(one.node, "lit", covered(one, words));
      within(one.node, "evidence", covered(one, evidence));
    }
    places = words.map(([start]) => pieces.find((one) => one.start === start)).filter(Boolean);
    field.classList.add("lit");
    field.querySelector(".choose").setAttribute("aria-current", "true");
    byId("chosen").replaceChildren(...field.querySelector(".choose").cloneNode(true).childNodes);
    byId("home").setAttribute("href", `#${id}`);
    bar.hidden = false;
    const main = Number(field.dataset.main);
    const start = piece ? Number(piece.id.slice(1)) : main;
    at = Math.max(0, places.findLastIndex((one) => one.start <= start));
    point(from !== "text");
    if (from !== "field") showField(field);
    const said = [field.querySelector(".choose").textContent.trim(), `words ${at + 1} of ${places.length}`];
    byId("said").textContent = said.join(", ");
    history.replaceState(null, "", `#${id}`);
  }

  function point(scroll) {
    for (const { node } of pieces) node.classList.remove("here");
    byId("place").textContent = `${at + 1} of ${places.length}`;
    const piece = places[at];
    if (!piece) return;
    piece.node.classList.add("here");
    if (piece.node.matches("a.mark")) rove(piece.node, false);
    if (scroll) show(piece.node);
  }

  function step(by) {
    at = (at + by + places.length) % places.length;
    point(true);
    byId("said").textContent = `words ${at + 1} of ${places.length}`;
  }

  // The article is one stop of the Tab key; arrows move between its marks.
  function rove(to, focus) {
    for (const mark of marks) mark.tabIndex = mark === to ? 0 : -1;
    if (focus) to.focus();
  }

  function pick(mark) {
    const items = mark.dataset.items.split(" ");
    const shown = items.filter((id) => byId(`show-${byId(id).classList[1]}`).checked);
    const among = shown.length ? shown : items;
    const next = chosen ? (among.indexOf(chosen.id) + 1) % among.length : 0;
    choose(among[next], "text", mark); // once more for the next of several
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.mark, a.choose");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.matches(".mark")) pick(link);
    else choose(link.dataset.of || link.closest(".entry").id, "field");
  });

  text.addEventListener("focusin", (event) => {
    if (event.target.matches("a.mark")) rove(event.target, false);
  });

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && chosen) {
      history.replaceState(null, "", location.pathname + location.search);
      release();
      byId("said").textContent = "";
      return;
    }
    const mark = event.target.closest("a.mark");
    if (mark) {
      const here = marks.indexOf(mark);
      const to = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: marks.length - 1 };
      if (!(event.key in to)) return;
      event.preventDefault();
      rove(marks[Math.min(marks.length - 1, Math.max(0, to[event.key]))], true);
      return;
    }
    const field = event.target.closest("a.choose");
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!field || !way) return;
    const fields = [...document.querySelectorAll("a.choose")];
    const next = fields[fields.indexOf(field) + way];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  byId("before").addEventListener("click", () => step(-1));
  byId("after").addEventListener("click", () => step(1));
  byId("close").addEventListener("click", () => {
    const link = chosen && chosen.querySelector(".choose");
    release();
    if (link) link.focus({ preventScroll: true });
  });
  byId("home").addEventListener("click", (event) => {
    event.preventDefault();
    show(chosen);
    chosen.querySelector(".choose").focus({ preventScroll: true });
  });

  for (const hidden of document.querySelectorAll(".scripted")) if (hidden !== bar) hidden.hidden = false;
  if (marks.length) rove(marks[0], false);
  const address = () => location.hash && choose(location.hash.slice(1), "address");
  addEventListener("hashchange", address);
  address();
})();
