// The current view as a file: picture, drawing, or rows.

function save(content, ending, type) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const file = (fold(data.title).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "graph") + ending;
  const link = el("a", { href: address, download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 5000);
  announce(`${file} saved`);
}

function savePng() {
  const drawn = byId("graph").querySelector("canvas");
  const sheet = el("canvas", { width: drawn.width, height: drawn.height });
  const ctx = sheet.getContext("2d");
  ctx.fillStyle = paper().page;
  ctx.fillRect(0, 0, sheet.width, sheet.height);
  ctx.drawImage(drawn, 0, 0);
  sheet.toBlob((blob) => save(blob, ".png"), "image/png");
}

/** A drawing of the whole current view, in the units of the layout. */
function saveSvg() {
  const at = network.getPositions();
  const places = Object.values(at);
  const [left, top] = [Math.min(...places.map((p) => p.x)) - 120, Math.min(...places.map((p) => p.y)) - 80];
  const [right, bottom] = [Math.max(...places.map((p) => p.x)) + 120, Math.max(...places.map((p) => p.y)) + 80];
  const sheet = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `${left} ${top} ${right - left} ${bottom - top}`, "font-family": "sans-serif" });
  sheet.append(svg("rect", { x: left, y: top, width: right - left, height: bottom - top, fill: paper().page }));
  for (const [id, look] of looks) sheet.append(...drawnLine(id, look, at));
  for (const id of current.nodes) {
    const { kind } = actors[id];
    const { size, label } = data.vis.nodes[id];
    const { hollow, outline, height } = KINDS[kind];
    const colour = kindColour(kind);
    sheet.append(
      svg("path", { d: outline, transform: `translate(${at[id].x} ${at[id].y}) scale(${size})`, fill: hollow ? paper().page : colour, stroke: hollow ? colour : paper().page, "stroke-width": 0.2 }),
      ...(kind === "state" && actors[id].country ? [svg("text", { x: at[id].x, y: at[id].y + size * 0.32, "text-anchor": "middle", "font-size": size * 0.88, "font-weight": 700, fill: paper().onNode }, plain(actors[id].country, 3))] : []),
      svg("text", { x: at[id].x, y: at[id].y + size * height + 15, "text-anchor": "middle", "font-size": 13, fill: paper().ink }, plain(label)),
    );
  }
  save(new XMLSerializer().serializeToString(sheet), ".svg", "image/svg+xml");
}

/** One edge of the drawing: its line, the heads of its arrows, and a mark where it is disputed or denied. */
function drawnLine(id, look, at) {
  const ends = id.split("-").map(Number);
  const [dx, dy] = [at[ends[1]].x - at[ends[0]].x, at[ends[1]].y - at[ends[0]].y];
  const length = Math.hypot(dx, dy) || 1;
  const [right, down] = [dx / length, dy / length];
  const reach = (end) => data.vis.nodes[end].size * KINDS[actors[end].kind].width + 3;
  const [a, b] = [[ends[0], 1], [ends[1], -1]].map(([end, way]) => [at[end].x + way * right * reach(end), at[end].y + way * down * reach(end)]);
  const colour = toneColour(look.tone);
  const line = svg("line", {
    x1: a[0], y1: a[1], x2: b[0], y2: b[1], stroke: colour, "stroke-width": look.width, "stroke-opacity": 0.8,
    ...(look.dashed ? { "stroke-dasharray": "8 6" } : {}),
  });
  line.append(svg("title", {}, plain(look.words)));
  const head = ([x, y], way) => {
    const size = 7 + look.width;
    const corner = (side) => `${x - way * right * size - side * down * size * 0.45} ${y - way * down * size + side * right * size * 0.45}`;
    return svg("path", { d: `M${x} ${y}L${corner(1)}L${corner(-1)}z`, fill: colour });
  };
  const mark = look.disputed ? "≠" : look.negative ? "✕" : "";
  const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  return [line, look.to ? head(b, 1) : null, look.from ? head(a, -1) : null,
    ...(mark ? [svg("circle", { cx: x, cy: y, r: 8, fill: paper().page, stroke: colour }), svg("text", { x, y: y + 4, "text-anchor": "middle", "font-size": 11, fill: paper().ink }, mark)] : []),
  ].filter(Boolean);
}

/** A cell of a CSV file that a spreadsheet takes as text, not as a formula. */
function cell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csv() {
  const head = ["statement", "subject", "subject_id", "relation", "relation_id", "object", "object_id", "event", "cameo", "quad",
    "polarity", "modality", "who_says_so", "start", "end", "place", "condition", "evidence", "sentence", "document", "url"];
  const rows = current.passed.map((claim) => {
    const relation = relations[claim.relation];
    const [subject, object] = [actors[claim.subject], claim.object === null ? null : actors[claim.object]];
    const { text, document: index } = sentences[claim.evidence[0].sentence];
    return [claim.id, subject.label, subject.id, relation.label, relation.id, object?.label, object?.id, relation.event, relation.cameo,
      relation.quad, claim.polarity, claim.modality, attribution(claim), claim.time?.start, claim.time?.end, claim.place?.label,
      claim.condition, claim.evidence.length, text, documents[index].title, documents[index].url];
  });
  return [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

// The mark at the beginning lets spreadsheets see that it is UTF-8.
const saveCsv = () => save("\ufeff" + csv(), ".csv", "text/csv;charset=utf-8");

/** The current view for Gephi, yEd or networkx: one edge per claim, with evidence as its weight. */
function saveGraphml() {
  const home = "http://graphml.graphdrawing.org/xmlns";
  const sheet = document.implementation.createDocument(home, "graphml");
  // What XML cannot hold is left out.
  const clean = (value) => String(value ?? "").replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
  const add = (parent, tag, attributes = {}, text = null) => {
    const element = sheet.createElementNS(home, tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, clean(value));
    if (text !== null) element.textContent = clean(text);
    return parent.appendChild(element);
  };
  const fields = {
    node: { label: "string", type: "string", kind: "string", country: "string", sector: "string", weight: "int" },
    edge: { label: "string", event: "string", quad: "string", polarity: "string", modality: "string", said: "string", start: "string", end: "string", weight: "int" },
  };
  for (const [owner, keys] of Object.entries(fields)) {
    for (const [key, type] of Object.entries(keys)) add(sheet.documentElement, "key", { id: `${owner}-${key}`, for: owner, "attr.name": key, "attr.type": type });
  }
  const graph = add(sheet.documentElement, "graph", { edgedefault: "directed" });
  const fill = (parent, owner, values) => {
    for (const key of Object.keys(fields[owner])) add(parent, "data", { key: `${owner}-${key}` }, values[key]);
  };
  for (const index of current.nodes) fill(add(graph, "node", { id: actors[index].id }), "node", actors[index]);
  for (const claim of current.claims) {
    if (claim.object === null) continue;
    const { label, event, quad } = relations[claim.relation];
    const edge = add(graph, "edge", { id: claim.id, source: actors[claim.subject].id, target: actors[claim.object].id });
    fill(edge, "edge", {
      label, event, quad, polarity: claim.polarity, modality: claim.modality, said: attribution(claim),
      start: claim.time?.start, end: claim.time?.end, weight: claim.evidence.length,
    });
  }
  save('<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(sheet), ".graphml", "application/graphml+xml");
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    announce("Link copied");
  } catch {
    announce("The link is in the address bar");
  }
}

const EXPORTS = [
  ["Picture (PNG)", savePng], ["Drawing (SVG)", saveSvg], ["Statements (CSV)", saveCsv], ["Network (GraphML)", saveGraphml],
  ["Print …", () => window.print()], ["Copy link to this view", copyLink],
];

function startExport() {
  const [button, menu] = [byId("export"), byId("export-menu")];
  const open = (yes) => {
    menu.hidden = !yes;
    button.setAttribute("aria-expanded", String(yes));
  };
  menu.append(...EXPORTS.map(([label, act]) => el("button", {
    type: "button", role: "menuitem", onclick: () => { open(false); act(); },
  }, label)));
  button.addEventListener("click", () => { open(menu.hidden); if (!menu.hidden) menu.firstChild.focus(); });
  menu.addEventListener("keydown", (event) => {
    const items = [...menu.children];
    const at = items.indexOf(document.activeElement);
    if (event.key === "ArrowDown") items[(at + 1) % items.length].focus();
    else if (event.key === "ArrowUp") items[(at + items.length - 1) % items.length].focus();
    else if (event.key === "Escape") { open(false); button.focus(); } else return;
    event.stopPropagation();
    event.preventDefault();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest?.(".menu")) open(false);
  });
}
