// What happens when: every change of the state goes through here and is then shown everywhere.

/** Change the filters and show the result. */
function change(values) {
  Object.assign(state, values);
  const before = current?.nodes;
  show();
  const other = !before || before.size !== current.nodes.size || [...before].some((id) => !current.nodes.has(id));
  if (other && ("near" in values || "path" in values || "top" in values)) fit();
}

/** Select an actor (`n:`) or an edge (`e:`), or nothing; show the claim if one is named. */
function select(what, bring = false, claim = null) {
  state.selected = what;
  if (actors.length > state.top) show(); // who was left out comes along with the selected one
  else {
    relight();
    showPanel();
    writeFragment();
  }
  if (what === null) return;
  if (bring) bringIntoView(selectedEnds());
  const card = claim === null ? null : byId("panel").querySelector(`[data-claim="${claim}"]`);
  card?.scrollIntoView({ block: "start" });
  card?.focus({ preventScroll: true });
  announce(selectedEnds().map((end) => plain(actors[end].label)).join(" and "));
}

function show() {
  showNetwork(filtered());
  showLegend();
  showTimeline();
  showPanel();
  showNotice();
  const table = state.view === "table";
  byId("table-view").hidden = !table;
  byId("graph").hidden = table;
  document.body.classList.toggle("as-table", table);
  byId("show-graph").setAttribute("aria-pressed", String(!table));
  byId("show-table").setAttribute("aria-pressed", String(table));
  if (table) showTable();
  writeFragment();
}

/** One line over the graph: what is left out, and how to see it. */
function showNotice() {
  const { nodes, candidates, way } = current;
  const parts = [];
  if (way) {
    const [a, b] = state.path.map((id) => plain(actors[actorNumber.get(id)].label, 40));
    parts.push(way.length === null ? `No way leads from ${a} to ${b}.` : `Shortest ways from ${a} to ${b}: ${many(way.length, "step")}.`);
    parts.push(el("button", { type: "button", class: "quiet", onclick: () => change({ path: null }) }, "Show all"));
  } else if (state.near !== null) {
    parts.push(`Only ${plain(actors[actorNumber.get(state.near)].label, 40)} and neighbours.`);
    parts.push(el("button", { type: "button", class: "quiet", onclick: () => change({ near: null }) }, "Show all"));
  } else if (candidates > nodes.size) {
    parts.push(`The ${number(nodes.size)} weightiest of ${number(candidates)} actors.`);
    const more = Math.min(STEP, MOST - state.top, candidates - nodes.size);
    if (more > 0) parts.push(el("button", { type: "button", class: "quiet", onclick: () => change({ top: state.top + more }) }, `Show ${number(more)} more`));
    else parts.push(el("span", { class: "soft" }, "Search, filters and the table reach all."));
  } else if (!nodes.size) parts.push(actors.length ? "The filters hide everything." : "The articles gave no statement.");
  byId("notice").replaceChildren(...parts);
  byId("notice").hidden = !parts.length;
}

function applyTheme() {
  if (state.theme) document.documentElement.dataset.theme = state.theme;
  else delete document.documentElement.dataset.theme;
  byId("theme").textContent = theme() === "dark" ? "☀" : "☾";
  if (network) relight();
}

function start() {
  readFragment();
  byId("title").append(name(data.title));
  const dated = documents.filter((one) => one.date).map((one) => one.date).sort();
  const years = [...new Set([dated[0], dated.at(-1)].filter(Boolean).map((day) => day.slice(0, 4)))];
  const span = years.length ? `, ${years.join("–")}` : "";
  byId("counts").textContent = `${many(actors.length, "actor")} · ${many(claims.length, "statement")} · ${many(documents.length, "document")}${span}`;
  buildLegend();
  buildTimeline();
  startSearch();
  startExport();
  startNetwork();
  show();
  fit(false);
  applyTheme();
  if (state.selected) bringIntoView([...light.chosen]);
  // For benchmarks/page.py: from here on everything is drawn and answers.
  requestAnimationFrame(() => setTimeout(() => performance.mark("kg-drawn")));
}

byId("show-graph").addEventListener("click", () => change({ view: "graph" }));
byId("show-table").addEventListener("click", () => change({ view: "table" }));
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  change({ view: "table" });
  byId("table-view").focus();
});
byId("theme").addEventListener("click", () => {
  state.theme = theme() === "dark" ? "light" : "dark";
  applyTheme();
  writeFragment();
});
// Where there is room the legend is open unless closed; elsewhere it comes over the graph.
const roomy = matchMedia("(min-width: 1081px)");
function showFilters(open) {
  document.body.classList.toggle("legend-open", open && !roomy.matches);
  document.body.classList.toggle("legend-closed", !open && roomy.matches);
  byId("open-legend").setAttribute("aria-expanded", String(open));
}
byId("open-legend").addEventListener("click", (event) => {
  showFilters(event.currentTarget.getAttribute("aria-expanded") !== "true");
});
roomy.addEventListener("change", () => showFilters(roomy.matches));
showFilters(roomy.matches);
prefersDark.addEventListener("change", applyTheme);
window.addEventListener("hashchange", () => { readFragment(); applyTheme(); show(); });
for (const [event, on] of [["beforeprint", true], ["afterprint", false]]) {
  window.addEventListener(event, () => { printing = on; relight(); });
}
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName ?? "");
  if (event.key === "/" && !typing) { byId("search").focus(); event.preventDefault(); }
  if (event.key !== "Escape" || typing) return;
  if (document.body.classList.contains("legend-open")) byId("open-legend").click();
  else if (state.selected) { select(null); byId("graph").focus(); }
});
start();
