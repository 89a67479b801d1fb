// The graph itself: vis-network fed with what the filters let through.

const CROWD = 1500;
const looks = new Map(); // edge id → how it looks now
let network = null;
let visNodes = null;
let visEdges = null;
let crowded = false; // so many edges that curves, arrows and words would only cost time
let current = null; // the last result of filtered()
let touched = false; // somebody has moved nodes: their places are no longer ours to choose
let drawnAt = []; // the places of the layout, fitted to the shape of the stage
let grounds = []; // the actors of each community

/** How the claims between two actors look as one edge. */
function lookOf(id, list) {
  const [a] = id.split("-").map(Number);
  const pieces = evidenceCount(list);
  const weightiest = [...list].sort((p, q) => q.firm - p.firm || q.evidence.length - p.evidence.length || tellsMore(q) - tellsMore(p) || p.index - q.index);
  const directed = list.filter((claim) => !relations[claim.relation].symmetric);
  const relationCount = new Set(list.map((claim) => claim.relation)).size;
  const negative = list.every((claim) => claim.polarity === "negative");
  const contested = disputed(list);
  const first = plain(relations[weightiest[0].relation].label, 44);
  const prefix = contested ? "disputed: " : negative ? "not: " : "";
  return {
    pieces, negative, disputed: contested, count: list.length, tone: tone(list),
    dashed: list.every((claim) => !claim.firm),
    width: Math.min(9, 1.3 + 1.25 * Math.log2(pieces)),
    words: prefix + first,
    more: relationCount > 1 ? ` +${relationCount - 1}` : "",
    to: directed.some((claim) => claim.subject === a),
    from: directed.some((claim) => claim.subject !== a),
    lit: true,
  };
}

/** Of claims with equal evidence the one that tells more gives the edge its words. */
const tellsMore = (claim) => Math.abs(claim.level ?? 0) * 100 + relations[claim.relation].label.length;

function visEdge(id, look) {
  // The more edges, the fainter, or nothing else could be seen.
  const usual = Math.max(0.5, Math.min(0.85, 1 - looks.size / 1200));
  const alpha = light.near === null ? usual : look.lit ? 0.95 : 0.1;
  const lit = light.near !== null && look.lit;
  look.colour = toneColour(look.tone);
  const colour = faded(look.colour, alpha);
  const head = { enabled: true, scaleFactor: Math.max(0.35, 0.75 - look.width * 0.035), type: "arrow" };
  const none = { enabled: false };
  return {
    ...drawnEdges.get(id),
    color: { color: colour, highlight: colour, hover: colour, inherit: false },
    width: look.width,
    dashes: look.dashed ? [Math.max(5, look.width * 2), Math.max(4, look.width * 1.6)] : false,
    arrows: crowded && !lit ? { to: none, from: none } : { to: look.to ? head : none, from: look.from ? head : none },
  };
}

function visNode(index) {
  const { size } = data.vis.nodes[index];
  return { id: index, ...drawnAt[index], size, shape: "custom", ctxRenderer: nodeRenderer, mass: 1 + size / 10 };
}

/** The layout turned and stretched to the shape of the stage; stretching never makes overlaps. */
function placeNodes(box) {
  const upright = box.clientHeight > box.clientWidth * 1.15;
  const places = data.vis.nodes.map(({ x, y }) => (upright ? { x: y, y: x } : { x, y }));
  const extent = (axis) => {
    const values = places.slice(0, state.top).map((place) => place[axis]);
    return Math.max(...values) - Math.min(...values) + 120;
  };
  const ratio = box.clientWidth / box.clientHeight / (extent("x") / extent("y"));
  const [wider, higher] = [Math.max(1, Math.min(1.8, ratio)), Math.max(1, Math.min(1.8, 1 / ratio))];
  drawnAt = places.map(({ x, y }) => ({ x: x * wider, y: y * higher }));
  const members = new Map();
  for (const { id, community } of data.vis.nodes) {
    if (!members.has(community)) members.set(community, []);
    members.get(community).push(id);
  }
  grounds = [...members.values()];
}

function startNetwork() {
  const box = byId("graph");
  placeNodes(box);
  visNodes = new vis.DataSet();
  visEdges = new vis.DataSet();
  network = new vis.Network(box, { nodes: visNodes, edges: visEdges }, data.vis.options);
  box.querySelector(".vis-network")?.setAttribute("tabindex", "-1"); // the box itself has the focus
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) select(`n:${actors[node].id}`);
    else if (edge !== undefined) select(`e:${edge}`);
    else if (state.selected) select(null);
  });
  network.on("doubleClick", ({ nodes: [node] }) => {
    if (node !== undefined) change({ near: actors[node].id, path: null });
  });
  const hover = (node, tip, pointer) => {
    light.hovered = node;
    box.style.cursor = tip ? "pointer" : "";
    showTip(tip, pointer);
    network.redraw();
  };
  network.on("hoverNode", ({ node, pointer }) => hover(node, nodeTip(node), pointer.DOM));
  network.on("hoverEdge", ({ edge, pointer }) => hover(null, edgeTip(edge), pointer.DOM));
  for (const gone of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(gone, () => hover(null, null));
  network.on("dragEnd", ({ nodes: moved }) => { touched ||= moved.length > 0; });
  network.on("beforeDrawing", (ctx) => drawGrounds(ctx, network.getPositions(), grounds));
  network.on("afterDrawing", drawLabels);
  new ResizeObserver(() => {
    if (!box.clientWidth) return; // hidden behind the table
    if (!touched) {
      placeNodes(box);
      for (const id of visNodes.getIds()) network.moveNode(id, drawnAt[id].x, drawnAt[id].y);
    }
    fit(false);
    if (state.selected) bringIntoView(selectedEnds());
  }).observe(box);
  box.addEventListener("keydown", steer);
  byId("zoom-in").addEventListener("click", () => zoom(1.35));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.35));
  byId("zoom-fit").addEventListener("click", () => fit());
  byId("physics").addEventListener("click", (event) => {
    const on = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", String(on));
    touched = true;
    network.setOptions({ physics: { enabled: on } });
  });
}

/** Bring the drawing in line with what the filters let through. */
function showNetwork(result) {
  current = result;
  lightUp();
  const gone = visNodes.getIds().filter((id) => !result.nodes.has(id));
  const fresh = [...result.nodes].filter((id) => visNodes.get(id) === null);
  for (const id of [...looks.keys()]) if (!result.bundles.has(id)) looks.delete(id);
  for (const [id, list] of result.bundles) {
    looks.set(id, { ...lookOf(id, list), lit: edgeLit(id) });
  }
  if (crowded !== looks.size > CROWD) {
    crowded = !crowded;
    const { smooth } = data.vis.options.edges;
    network.setOptions({
      edges: { smooth: crowded ? false : smooth }, interaction: { hideEdgesOnDrag: crowded, hideEdgesOnZoom: crowded },
    });
  }
  visEdges.remove(visEdges.getIds().filter((id) => !result.bundles.has(id)));
  visNodes.remove(gone);
  visNodes.add(fresh.map(visNode));
  visEdges.update([...looks].map(([id, look]) => visEdge(id, look)));
  network.redraw();
}

function edgeLit(id) {
  if (!state.selected || printing) return true;
  if (state.selected.startsWith("e:")) return state.selected.slice(2) === id;
  return id.split("-").map(Number).includes(selectedEnds()[0]);
}

/** What stands out: the selected actor with its neighbours, or the two ends of an edge. */
function lightUp() {
  light.chosen = new Set();
  light.near = null;
  if (!state.selected || printing) return;
  light.chosen = new Set(selectedEnds());
  light.near = new Set(light.chosen);
  if (state.selected.startsWith("e:")) return;
  const [chosen] = selectedEnds();
  for (const id of current.bundles.keys()) {
    const [a, b] = id.split("-").map(Number);
    if (a === chosen) light.near.add(b);
    if (b === chosen) light.near.add(a);
  }
}

/** New light on the same nodes and edges. */
function relight() {
  lightUp();
  for (const [id, look] of looks) look.lit = edgeLit(id);
  visEdges.update([...looks].map(([id, look]) => visEdge(id, look)));
  network.redraw();
}

function drawLabels(ctx) {
  const canvas = ctx.canvas;
  const frame = { width: canvas.clientWidth, height: canvas.clientHeight };
  const ratio = canvas.width / frame.width;
  const scale = network.getScale();
  const view = network.getViewPosition();
  const toScreen = ({ x, y }) => [(x - view.x) * scale + frame.width / 2, (y - view.y) * scale + frame.height / 2];
  const at = network.getPositions();
  const spots = Object.keys(at).map((id) => {
    const [x, y] = toScreen(at[id]);
    return { id: Number(id), x, y, radius: data.vis.nodes[id].size * growth() * scale };
  });
  const occupied = new Occupied();
  for (const button of [byId("notice"), document.querySelector(".zoom")]) {
    const { left, top, right, bottom } = button.getBoundingClientRect();
    const corner = canvas.getBoundingClientRect();
    occupied.take([left - corner.left, top - corner.top, right - corner.left, bottom - corner.top]);
  }
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawNodeLabels(ctx, spots, occupied, frame);
  // vis-network may draw between two changes of its nodes and edges: then some ends have no place yet.
  const placed = [...looks].filter(([id]) => id.split("-").every((end) => at[end]));
  const told = crowded ? placed.filter(([, look]) => light.near !== null && look.lit) : placed;
  const edges = told.sort(([, a], [, b]) => b.lit - a.lit || b.pieces - a.pieces).map(([id, look]) => {
    const [a, b] = id.split("-");
    const half = network.body.edges[id]?.edgeType.getPoint(0.5);
    const [from, to] = [toScreen(at[a]), toScreen(at[b])];
    // The larger of the two shapes, which the words along the edge must leave free.
    look.ends = Math.max(...[a, b].map((end) => data.vis.nodes[end].size * KINDS[actors[end].kind].width)) * growth() * scale;
    return { from, to, look, middle: half ? toScreen(half) : [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] };
  });
  drawEdgeLabels(ctx, edges, occupied, frame);
  ctx.restore();
}

// --- moving about ---------------------------------------------------------------------------

const still = matchMedia("(prefers-reduced-motion: reduce)");
const animation = (duration = 350) => (still.matches ? false : { duration, easingFunction: "easeInOutQuad" });

function zoom(factor) {
  network.moveTo({ scale: Math.min(6, Math.max(0.03, network.getScale() * factor)), animation: animation(200) });
}

/** The part of the stage that the panel does not cover (on a phone it lies over it). */
function open() {
  const box = byId("graph").getBoundingClientRect();
  const panel = byId("panel").getBoundingClientRect();
  const covered = panel.left < box.right - 1 ? Math.max(0, box.bottom - panel.top) : 0;
  return { width: box.width, height: Math.max(80, box.height - covered), covered };
}

/** Show these nodes, with room for their labels, never larger than is comfortable. */
function frame(ids, largest, animated = true) {
  const at = ids.map((id) => network.getPosition(id));
  const ends = (axis) => [Math.min(...at.map((p) => p[axis])), Math.max(...at.map((p) => p[axis]))];
  const [[left, right], [top, bottom]] = [ends("x"), ends("y")];
  const { width, height, covered } = open();
  const margin = width > 600 ? 120 : 100;
  const scale = Math.min(largest, (width - margin) / (right - left + 10), (height - 84) / (bottom - top + 10));
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 }, offset: { x: 0, y: -covered / 2 },
    scale: Math.max(scale, 0.03), animation: animated ? animation() : false,
  });
}

function fit(animated = true) {
  if (network && visNodes.length) frame(visNodes.getIds(), 1.6, animated);
}

/** Bring an actor or the two ends of an edge into view if they are out of it. */
function bringIntoView(ids) {
  const inside = ids.filter((id) => current.nodes.has(id));
  if (!inside.length) return;
  const { width, height, covered } = open();
  // Where the panel covers most of the stage, what is left of it shows what was chosen.
  if (covered) return frame([...(light.near ?? inside)].filter((id) => current.nodes.has(id)), 1);
  const out = inside.some((id) => {
    const { x, y } = network.canvasToDOM(network.getPosition(id));
    return x < 40 || y < 40 || x > width - 40 || y > height - 40;
  });
  if (out) frame(inside, Math.max(network.getScale(), 0.6));
}

// --- what the pointer rests on --------------------------------------------------------------

function nodeTip(index) {
  const actor = actors[index];
  return [el("b", {}, name(short(actor.label, 120))), el("p", { class: "soft" },
    [KINDS[actor.kind].one, actor.country].filter(Boolean).join(" · "), ` · ${many(claimsOf[index].length, "statement")}`)];
}

function edgeTip(id) {
  const list = sortedClaims(current.bundles.get(id) ?? []);
  return [...list.slice(0, 4).map((claim) => el("p", {}, claimWords(claim), tags(claim))),
    list.length > 4 ? el("p", { class: "soft" }, `and ${number(list.length - 4)} more`) : null].filter(Boolean);
}

function showTip(content, at = null) {
  const tip = byId("tip");
  tip.hidden = !content;
  if (!content) return;
  tip.replaceChildren(...content);
  const box = byId("graph");
  tip.style.left = `${Math.max(8, Math.min(at.x + 14, box.clientWidth - tip.offsetWidth - 8))}px`;
  tip.style.top = `${at.y + tip.offsetHeight + 24 > box.clientHeight ? at.y - tip.offsetHeight - 12 : at.y + 16}px`;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The keyboard on the graph: arrows walk, Enter opens, Escape leaves, + − 0 zoom. */
function steer(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (ARROWS[event.key]) walk(ARROWS[event.key]);
  else if (event.key === "Enter" || event.key === " ") {
    if (light.hovered === null) return;
    select(`n:${actors[light.hovered].id}`);
    byId("panel").focus();
  } else if (event.key === "+" || event.key === "=") zoom(1.35);
  else if (event.key === "-") zoom(1 / 1.35);
  else if (event.key === "0") fit();
  else return;
  event.preventDefault();
}

function walk([right, down]) {
  const here = light.hovered ?? [...light.chosen][0];
  const at = network.getPositions();
  let best = null;
  if (here === undefined || !at[here]) best = Math.min(...current.nodes);
  else {
    let least = Infinity;
    for (const id of current.nodes) {
      const [dx, dy] = [at[id].x - at[here].x, at[id].y - at[here].y];
      const ahead = dx * right + dy * down;
      const aside = Math.abs(dx * down) + Math.abs(dy * right);
      if (id === here || ahead <= 0 || aside > 2 * ahead) continue;
      if (ahead + 2 * aside < least) [least, best] = [ahead + 2 * aside, id];
    }
  }
  if (best === null || !Number.isFinite(best)) return;
  light.hovered = best;
  bringIntoView([best]);
  network.redraw();
  const { label, kind } = actors[best];
  announce(`${plain(label)}, ${KINDS[kind].one}, ${many(claimsOf[best].length, "statement")}. Enter opens.`);
}
