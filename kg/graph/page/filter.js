// The state of the view, what it lets through, and its place in the URL fragment.

// So many actors are shown at first, and more by as many: what the stage has room for.
const STEP = (() => {
  const { clientWidth, clientHeight } = byId("graph");
  const room = Math.max(60, Math.min(300, Math.round((clientWidth * clientHeight) / 3600 / 10) * 10));
  return actors.length <= room * 1.5 ? actors.length : room; // a few more are better than a notice
})();

// More than that can neither be read nor drawn quickly; search, paths, neighbours and the
// table reach everybody.
const MOST = 1200;
const COMPANY = 40; // so many neighbours come along with a chosen actor that was left out

const DEFAULTS = {
  kinds: [], quads: [], events: [], // what is hidden
  said: "all", polarity: "all", modality: "all", document: "", country: "",
  min: 1, top: STEP, from: "", to: "", undated: true,
  near: null, path: null, // only the neighbours of an actor; only the ways between two
  selected: null, // "n:<actor id>" or "e:<edge id>"
  view: "graph", theme: "",
};
const state = structuredClone(DEFAULTS);

function passes(claim) {
  if (state.quads.includes(claim.quad) || state.events.includes(claim.event)) return false;
  if (state.kinds.includes(actors[claim.subject].kind)) return false;
  if (claim.object !== null && state.kinds.includes(actors[claim.object].kind)) return false;
  if (state.said !== "all" && (state.said === "claimed") !== claim.said.length > 0) return false;
  if (state.polarity !== "all" && state.polarity !== claim.polarity) return false;
  if (state.modality !== "all" && (state.modality === "actual") !== (claim.modality === "actual")) return false;
  if (state.document && ![...claim.documents].some((n) => documents[n].id === state.document)) return false;
  if (state.country) {
    const ends = [actors[claim.subject], actors[claim.object ?? claim.subject]];
    if (!ends.some((actor) => actor.country === state.country)) return false;
  }
  if (!state.from && !state.to) return true;
  if (!claim.period) return state.undated;
  const [first, last] = claim.period;
  return (!state.from || last >= dayNumber(state.from)) && (!state.to || first <= dayNumber(state.to));
}

/** Nodes that lie on a shortest way between two actors. */
function between(from, to, bundles) {
  const neighbours = new Map();
  for (const id of bundles.keys()) {
    const [a, b] = id.split("-").map(Number);
    if (!neighbours.has(a)) neighbours.set(a, []);
    if (!neighbours.has(b)) neighbours.set(b, []);
    neighbours.get(a).push(b);
    neighbours.get(b).push(a);
  }
  const distances = (start) => {
    const reached = new Map([[start, 0]]);
    for (const node of reached.keys()) { // a Map goes on to what is added on the way
      for (const next of neighbours.get(node) ?? []) {
        if (!reached.has(next)) reached.set(next, reached.get(node) + 1);
      }
    }
    return reached;
  };
  const [there, back] = [distances(from), distances(to)];
  const length = there.get(to);
  if (length === undefined) return { length: null, nodes: new Set([from, to]) };
  const on = [...there.keys()].filter((n) => there.get(n) + (back.get(n) ?? Infinity) === length);
  return { length, nodes: new Set(on) };
}

/** What the state lets through: claims, claims by edge, actors, and how many were left out. */
function filtered() {
  let shown = claims.filter(passes);
  let bundles = new Map();
  for (const claim of shown) {
    const id = edgeOf(claim);
    if (id === null) continue;
    if (!bundles.has(id)) bundles.set(id, []);
    bundles.get(id).push(claim);
  }
  if (state.min > 1) {
    bundles = new Map([...bundles].filter(([, list]) => evidenceCount(list) >= state.min));
    shown = shown.filter((claim) => bundles.has(edgeOf(claim)));
  }
  let keep = null;
  let way = null;
  if (state.path) {
    way = between(...state.path.map((id) => actorNumber.get(id)), bundles);
    keep = way.nodes;
  } else if (state.near !== null) {
    const centre = actorNumber.get(state.near);
    keep = new Set([centre]);
    for (const id of bundles.keys()) {
      const [a, b] = id.split("-").map(Number);
      if (a === centre) keep.add(b);
      if (b === centre) keep.add(a);
    }
  }
  const ends = new Set(keep ?? []);
  for (const claim of shown) {
    for (const end of [claim.subject, claim.object ?? claim.subject]) {
      if (!keep || keep.has(end)) ends.add(end);
    }
  }
  // Actors are in order of weight: the first are the heaviest.
  const all = [...ends].sort((a, b) => a - b);
  const nodes = new Set(all.slice(0, keep ? MOST : Math.min(state.top, MOST)));
  for (const end of selectedEnds()) if (ends.has(end)) nodes.add(end);
  if (state.selected?.startsWith("n:") && !keep) {
    const [chosen] = selectedEnds();
    const partners = claimsOf[chosen].filter(passes).map((c) => (c.subject === chosen ? c.object : c.subject));
    const left = [...new Set(partners)].filter((n) => n !== null && ends.has(n)).sort((a, b) => a - b);
    for (const partner of left.slice(0, COMPANY)) nodes.add(partner);
  }
  const passed = shown;
  shown = shown.filter((c) => nodes.has(c.subject) && (c.object === null || nodes.has(c.object)));
  for (const id of bundles.keys()) {
    if (!id.split("-").every((end) => nodes.has(Number(end)))) bundles.delete(id);
  }
  return { claims: shown, passed: keep ? shown : passed, bundles, nodes, candidates: all.length, way };
}

/** The numbers of the selected actor, or of the two at the ends of the selected edge. */
function selectedEnds() {
  if (!state.selected) return [];
  const what = state.selected.slice(2);
  return state.selected.startsWith("n:") ? [actorNumber.get(what)] : what.split("-").map(Number);
}

// --- the fragment ---------------------------------------------------------------------------

const isDefault = (key) => JSON.stringify(state[key]) === JSON.stringify(DEFAULTS[key]);
const narrowed = () => Object.keys(DEFAULTS)
  .some((key) => !["selected", "view", "theme", "top"].includes(key) && !isDefault(key));

/** An edge by the ids of its ends, which stay the same when the graph is built anew. */
const edgeAddress = (id) => `e:${id.split("-").map((end) => actors[end].id).sort().join("|")}`;

/** The edge of an address, also of one with numbers; null where the page has none. */
function edgeAt(address) {
  if (drawnEdges.has(address)) return address;
  const parts = address.split("|"); // an id may hold the mark itself
  for (let at = 1; at < parts.length; at++) {
    const ends = [parts.slice(0, at).join("|"), parts.slice(at).join("|")].map((id) => actorNumber.get(id));
    if (ends.every((end) => end !== undefined) && drawnEdges.has(edgeId(...ends))) return edgeId(...ends);
  }
  return null;
}

function fragment() {
  const fields = new URLSearchParams();
  for (const key of Object.keys(DEFAULTS)) {
    if (isDefault(key)) continue;
    const value = key === "selected" && state[key].startsWith("e:") ? edgeAddress(state[key].slice(2)) : state[key];
    fields.set(key, Array.isArray(value) ? value.join("|") : String(value));
  }
  return fields.toString();
}

/** Take over what the fragment says as far as it makes sense for this page. */
function readFragment() {
  const fields = new URLSearchParams(location.hash.slice(1));
  const words = (key, known) => (fields.get(key) ?? "").split("|").filter((word) => known.includes(word));
  const word = (key, known) => (known.includes(fields.get(key)) ? fields.get(key) : DEFAULTS[key]);
  const day = (key) => (/^\d{4}-\d\d-\d\d$/.test(fields.get(key) ?? "") ? fields.get(key) : "");
  const size = (key) => Math.max(1, Math.min(1e6, Number(fields.get(key)) || DEFAULTS[key]));
  Object.assign(state, structuredClone(DEFAULTS), {
    kinds: words("kinds", Object.keys(KINDS)),
    quads: words("quads", QUADS),
    events: words("events", [...new Set(claims.map((claim) => claim.event))]),
    said: word("said", ["asserted", "claimed"]),
    polarity: word("polarity", ["positive", "negative"]),
    modality: word("modality", ["actual", "other"]),
    document: word("document", documents.map((document) => document.id)),
    country: word("country", actors.map((actor) => actor.country)),
    min: size("min"), top: size("top"), from: day("from"), to: day("to"),
    undated: fields.get("undated") !== "false",
    view: word("view", ["table"]), theme: word("theme", ["light", "dark"]),
  });
  if (actorNumber.has(fields.get("near"))) state.near = fields.get("near");
  const path = (fields.get("path") ?? "").split("|");
  if (path.length === 2 && path.every((id) => actorNumber.has(id))) state.path = path;
  const selected = fields.get("selected") ?? "";
  const edge = selected.startsWith("e:") ? edgeAt(selected.slice(2)) : null;
  if (edge !== null) state.selected = `e:${edge}`;
  else if (selected.startsWith("n:") && actorNumber.has(selected.slice(2))) state.selected = selected;
}

function writeFragment() {
  const text = fragment();
  try {
    history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
  } catch {
    // Inside a notebook the page has no address of its own: the view is then not shared.
  }
}
