// The period: a histogram of evidence over time, with two handles and a window that plays.

const BINS = 48;
const timeline = { first: 0, last: 0, width: 1, bins: [], playing: null };

const UNITS = [[1, "day"], [7, "week"], [30.4375, "month"], [91.3125, "quarter"], [365.25, "year"], [3652.5, "decade"]];

function buildTimeline() {
  const dated = claims.filter((claim) => claim.period);
  const box = byId("timeline");
  const days = dated.map((claim) => claim.period[0]);
  timeline.first = Math.min(...days);
  // Long before the rest ("since 1948") should not squeeze what matters: the handles begin
  // where all but one in twenty begin, and stand for "any time before" at their end.
  const sorted = [...days].sort((a, b) => a - b);
  const early = sorted[Math.floor(sorted.length * 0.05)];
  timeline.last = Math.max(...dated.map((claim) => Math.max(...claim.period)));
  if (dated.length < 2 || timeline.last - timeline.first < 14) {
    box.hidden = true;
    return;
  }
  timeline.first = Math.max(timeline.first, early, timeline.last - 40 * 365.25);
  timeline.width = UNITS.map(([size]) => size).find((size) => (timeline.last - timeline.first) / size <= BINS) ?? 3652.5;
  const amount = Math.max(2, Math.ceil((timeline.last - timeline.first + 1) / timeline.width));
  timeline.bins = Array.from({ length: amount }, (_, place) => [
    Math.round(timeline.first + place * timeline.width), Math.round(timeline.first + (place + 1) * timeline.width) - 1,
  ]);
  const handle = (key, label) => el("input", {
    type: "range", min: 0, max: amount - 1, step: 1, "data-handle": key, "aria-label": label, oninput: slide,
  });
  box.replaceChildren(
    el("button", { type: "button", class: "icon", id: "play", "aria-label": "Play the period", title: "Play", onclick: play }, "▶"),
    el("div", { class: "chart", title: "Drag to choose a period, double-click for all", onpointerdown: brush, ondblclick: () => setRange(0, timeline.bins.length - 1) }, svg("svg", { class: "bars", preserveAspectRatio: "none", "aria-hidden": "true" }),
      el("div", { class: "handles" }, handle("from", "Period from"), handle("to", "Period to"))),
    el("div", { class: "period" }, el("output", { id: "period" }),
      el("label", { class: "tick" }, el("input", { type: "checkbox", id: "undated", onchange: (event) => change({ undated: event.target.checked }) }), "undated too")),
  );
}

const binOf = (day) => Math.max(0, Math.min(timeline.bins.length - 1, Math.floor((day - timeline.first) / timeline.width)));

function range() {
  const from = state.from ? binOf(dayNumber(state.from)) : 0;
  const to = state.to ? binOf(dayNumber(state.to)) : timeline.bins.length - 1;
  return [Math.min(from, to), Math.max(from, to)];
}

function setRange(from, to) {
  change({
    from: from <= 0 ? "" : isoDay(timeline.bins[from][0]),
    to: to >= timeline.bins.length - 1 ? "" : isoDay(timeline.bins[to][1]),
  });
}

/** Drag over the bars: a new period, or the chosen one moved when the pointer begins in it. */
function brush(event) {
  if (event.button || event.target.closest("input")) return;
  const chart = event.currentTarget;
  const { left, width } = chart.getBoundingClientRect();
  const last = timeline.bins.length - 1;
  const at = ({ clientX }) => Math.max(0, Math.min(last, Math.floor(((clientX - left) / width) * (last + 1))));
  const [start, [low, high]] = [at(event), range()];
  const moves = (state.from || state.to) && start >= low && start <= high && high > low;
  let [shown, waiting] = [start, null];
  const show = () => {
    waiting = null;
    if (!moves) return setRange(Math.min(start, shown), Math.max(start, shown));
    const by = Math.max(-low, Math.min(last - high, shown - start));
    setRange(low + by, high + by);
  };
  const drag = (moved) => {
    if (at(moved) === shown) return;
    shown = at(moved);
    waiting ??= requestAnimationFrame(show); // the picture follows as fast as it can, no faster
  };
  const end = () => {
    chart.removeEventListener("pointermove", drag);
    if (waiting !== null) cancelAnimationFrame(waiting);
    if (waiting !== null || shown !== start) show();
  };
  stopPlaying();
  chart.setPointerCapture(event.pointerId);
  chart.addEventListener("pointermove", drag);
  chart.addEventListener("pointerup", end, { once: true });
  chart.addEventListener("pointercancel", end, { once: true });
}

function slide() {
  const values = [...byId("timeline").querySelectorAll("[data-handle]")].map((input) => Number(input.value));
  stopPlaying();
  setRange(Math.min(...values), Math.max(...values));
}

/** Bars for what all other filters let through, split into cooperation, neutral and conflict. */
function showTimeline() {
  if (!timeline.bins.length) return;
  const { from, to } = state;
  Object.assign(state, { from: "", to: "" });
  const stacks = timeline.bins.map(() => [0, 0, 0]);
  for (const claim of claims) {
    if (!claim.period || !passes(claim)) continue;
    const side = claim.quad === "none" ? 1 : claim.quad.endsWith("COOP") ? 0 : 2;
    stacks[binOf(claim.period[0])][side] += claim.evidence.length;
  }
  Object.assign(state, { from, to });
  const highest = Math.max(1, ...stacks.map((stack) => stack[0] + stack[1] + stack[2]));
  const [low, high] = range();
  const bars = byId("timeline").querySelector(".bars");
  bars.setAttribute("viewBox", `0 0 ${stacks.length} 100`);
  bars.replaceChildren(...stacks.flatMap((stack, place) => {
    let top = 100;
    return stack.map((value, side) => {
      const height = (96 * value) / highest;
      top -= height;
      const outside = place < low || place > high ? " outside" : "";
      return svg("rect", { x: place + 0.1, y: top, width: 0.8, height, class: `t-${["MCOOP", "none", "MCONF"][side]}${outside}` });
    });
  }));
  for (const input of byId("timeline").querySelectorAll("[data-handle]")) {
    const value = input.dataset.handle === "from" ? low : high;
    input.value = String(value);
    input.setAttribute("aria-valuetext", isoDay(timeline.bins[value][input.dataset.handle === "from" ? 0 : 1]));
  }
  const months = (day) => { const [year, month] = isoDay(day).split("-"); return timeline.width < 60 ? `${MONTHS[month - 1]} ${year}` : year; };
  const [first, last] = [months(timeline.bins[low][0]), months(Math.min(timeline.last, timeline.bins[high][1]))];
  byId("period").textContent = !state.from && !state.to ? `${first} – ${last}, all` : first === last ? first : `${first} – ${last}`;
  byId("undated").checked = state.undated;
}

function stopPlaying() {
  clearInterval(timeline.playing);
  timeline.playing = null;
  const button = byId("play");
  button.textContent = "▶";
  button.setAttribute("aria-label", "Play the period");
}

/** Move a window over the whole time; the chosen period, if any, is the window. */
function play() {
  if (timeline.playing) return stopPlaying();
  const last = timeline.bins.length - 1;
  let [from, to] = range();
  const width = to - from >= last ? Math.max(1, Math.round(last / 8)) : to - from;
  if (to >= last) [from, to] = [0, width];
  byId("play").textContent = "❚❚";
  byId("play").setAttribute("aria-label", "Stop playing");
  const step = () => {
    setRange(from, to);
    if (to >= last) stopPlaying();
    [from, to] = [from + 1, to + 1];
  };
  timeline.playing = setInterval(step, 700);
  step();
}
