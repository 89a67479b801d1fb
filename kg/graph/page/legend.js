// The legend, which is also the filter: what is unticked is hidden.

function toggled(list, value) {
  return list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
}

function tick(key, value, label, amount, picture = null) {
  const box = el("input", {
    type: "checkbox", "data-key": key, "data-value": value,
    onchange: () => change({ [key]: toggled(state[key], value) }),
  });
  return el("label", { class: "tick" }, box, picture, el("span", { class: "label" }, label), el("span", { class: "count" }, number(amount)));
}

function choice(key, label, options) {
  const list = el("select", { "data-key": key, onchange: (event) => change({ [key]: event.target.value }) },
    options.map(([value, text]) => el("option", { value }, text)));
  return el("label", { class: "choice" }, el("span", {}, label), list);
}

function part(title, open, ...content) {
  return el("details", { open }, el("summary", {}, title), ...content);
}

function buildLegend() {
  const kinds = count(actors, (actor) => actor.kind);
  const quads = count(claims, (claim) => claim.quad);
  const events = count(claims, (claim) => claim.event);
  const countries = [...count(actors.filter((actor) => actor.country), (actor) => actor.country).keys()].sort();
  const titled = documents.map((one) => [one.id, short((one.date ? `${one.date} ` : "") + plain(one.title), 60)]);
  byId("legend").replaceChildren(
    el("div", { class: "side-head" }, el("h2", {}, "Legend and filters"),
      el("button", { type: "button", id: "reset", class: "quiet", hidden: true, onclick: () => change({ ...structuredClone(DEFAULTS), theme: state.theme, view: state.view, selected: state.selected }) }, "Reset")),
    part("Actors", true,
      Object.keys(KINDS).filter((kind) => kinds.has(kind)).map((kind) => tick("kinds", kind, KINDS[kind].name, kinds.get(kind), kindIcon(kind)))),
    part("Relations", true,
      QUADS.filter((quad) => quads.has(quad)).map((quad) => tick("quads", quad, TONES[quad].name, quads.get(quad), lineIcon(quad))),
      el("p", { class: "tick still" }, lineIcon("mixed"), el("span", { class: "label" }, "Both at once")),
      el("p", { class: "tick still" }, lineIcon("none", true), el("span", { class: "label" }, "Claimed or planned"))),
    part("Events", false,
      [...events].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([event, amount]) => tick("events", event, eventName(event), amount))),
    part("Said and held", false,
      choice("said", "Said by", [["all", "anybody"], ["asserted", "the articles themselves"], ["claimed", "quoted sources"]]),
      choice("polarity", "Says that", [["all", "it is so or not so"], ["positive", "it is so"], ["negative", "it is not so"]]),
      choice("modality", "Holds as", [["all", "anything"], ["actual", "actual"], ["other", "planned, possible, demanded …"]])),
    part("Source and place", false,
      choice("document", "Document", [["", `all ${number(documents.length)}`], ...titled]),
      choice("country", "Country", [["", "all"], ...countries.map((code) => [code, code])])),
    part("How much", true,
      slider("min", "Least evidence per line", 1, Math.max(2, Math.min(20, mostEvidence())), 1),
      actors.length > STEP ? slider("top", "Actors shown", 50, Math.min(MOST, Math.ceil(actors.length / 50) * 50), 50) : null),
  );
}

const mostEvidence = () => Math.max(1, ...data.vis.edges.map((edge) => evidenceCount(edge.claims.map((index) => claims[index]))));

function slider(key, label, min, max, step) {
  const output = el("output", {});
  return el("label", { class: "choice" }, el("span", {}, label, " ", output),
    el("input", {
      type: "range", min, max, step, "data-key": key,
      oninput: (event) => { output.textContent = number(Number(event.target.value)); },
      onchange: (event) => change({ [key]: Number(event.target.value) }),
    }));
}

/** Bring ticks, lists and sliders in line with the state. */
function showLegend() {
  for (const control of byId("legend").querySelectorAll("[data-key]")) {
    const value = state[control.dataset.key];
    if (control.type === "checkbox") control.checked = !value.includes(control.dataset.value);
    else control.value = String(value);
    if (control.type === "range") control.parentElement.querySelector("output").textContent = number(Number(value));
  }
  byId("reset").hidden = !narrowed();
}
