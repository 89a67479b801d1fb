// How nodes, labels and marks look on the canvas. Labels keep their size on the screen and
// are only drawn where they lie on nothing else, the weightiest first.

const FONT = '"Inter", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", "Noto Sans", Arial, sans-serif';
const outlines = Object.fromEntries(Object.entries(KINDS).map(([kind, one]) => [kind, new Path2D(one.outline)]));

/** What stands out at the moment: set by network.js, read here at every drawing. */
const light = { hovered: null, chosen: new Set(), near: null };

const dimmed = (node) => light.near !== null && !light.near.has(node);

/** Shapes shrink more slowly than the picture, so that they can still be told apart. */
const growth = () => Math.max(1, Math.min(2.4, (0.8 / network.getScale()) ** 0.45));

/** vis-network's `ctxRenderer` for one node. */
function nodeRenderer({ ctx, id, x, y, style }) {
  const actor = actors[id];
  const { width, height, hollow } = KINDS[actor.kind];
  const radius = style.size * growth();
  return {
    drawNode() {
      const colour = kindColour(actor.kind);
      const { page, onNode, accent } = paper();
      ctx.save();
      ctx.translate(x, y);
      ctx.globalAlpha = dimmed(id) ? 0.18 : 1;
      ctx.save();
      ctx.scale(radius, radius);
      ctx.lineJoin = "round";
      if (light.chosen.has(id) || light.hovered === id) {
        ctx.lineWidth = 0.95;
        ctx.strokeStyle = faded(accent, light.chosen.has(id) ? 0.45 : 0.22);
        ctx.stroke(outlines[actor.kind]);
      }
      // A rim of paper keeps edges and neighbours off the shape.
      ctx.lineWidth = 0.3;
      ctx.strokeStyle = page;
      ctx.stroke(outlines[actor.kind]);
      ctx.fillStyle = hollow ? page : colour;
      ctx.fill(outlines[actor.kind]);
      if (hollow) {
        ctx.lineWidth = 0.22;
        ctx.strokeStyle = colour;
        ctx.stroke(outlines[actor.kind]);
      }
      ctx.restore();
      if (actor.kind === "state" && actor.country) {
        ctx.font = `700 ${radius * 0.88}px ${FONT}`;
        ctx.textAlign = "center";
        ctx.textBaseline = "middle";
        ctx.fillStyle = onNode;
        ctx.fillText(actor.country.slice(0, 3), 0, radius * 0.06);
      }
      ctx.restore();
    },
    nodeDimensions: { width: 2 * radius * width, height: 2 * radius * height },
  };
}

/** Rectangles on the screen, found quickly by the cells that they touch. */
class Occupied {
  constructor(cell = 48) {
    this.cell = cell;
    this.cells = new Map();
  }

  * keys([left, top, right, bottom]) {
    for (let i = Math.floor(left / this.cell); i <= right / this.cell; i++) {
      for (let j = Math.floor(top / this.cell); j <= bottom / this.cell; j++) yield i * 100003 + j;
    }
  }

  /** Whether a box is free; boxes of `owner` do not count. */
  free(box, owner = null) {
    const [left, top, right, bottom] = box;
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (other.owner !== null && other.owner === owner) continue;
        const [l, t, r, b] = other.box;
        if (left < r && right > l && top < b && bottom > t) return false;
      }
    }
    return true;
  }

  take(box, owner = null) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push({ box, owner });
    }
  }
}

const widths = new Map();

function textWidth(ctx, font, text) {
  const key = font + text;
  if (!widths.has(key)) {
    ctx.font = font;
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}

function haloText(ctx, text, x, y, colour, halo) {
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = halo;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

/** Labels of the nodes given as `{ id, x, y, radius }` in pixels of the screen. */
function drawNodeLabels(ctx, spots, occupied, frame) {
  const { ink, page } = paper();
  for (const { id, x, y, radius } of spots) {
    const { width, height } = KINDS[actors[id].kind];
    occupied.take([x - radius * width, y - radius * height, x + radius * width, y + radius * height], id);
  }
  const rank = ({ id }) => (light.chosen.has(id) || light.hovered === id ? -2 : light.near?.has(id) ? -1 : 0);
  const order = [...spots].sort((a, b) => rank(a) - rank(b) || a.id - b.id);
  ctx.textBaseline = "middle";
  ctx.textAlign = "center";
  for (const { id, x, y, radius } of order) {
    if (x < -80 || y < -40 || x > frame.width + 80 || y > frame.height + 40) continue;
    const actor = actors[id];
    const size = Math.round(Math.min(15, 11.5 + radius * 0.12) * 2) / 2;
    const font = `${actor.kind === "state" ? 650 : 520} ${size}px ${FONT}`;
    const text = plain(data.vis.nodes[id].label);
    const wide = textWidth(ctx, font, text) / 2 + 3;
    const tall = size / 2 + 2;
    const { width, height } = KINDS[actor.kind];
    const below = radius * height + tall + 2;
    const beside = radius * width + wide + 2;
    const places = [[0, below], [0, -below], [beside, 0], [-beside, 0]];
    const box = ([dx, dy]) => [x + dx - wide, y + dy - tall, x + dx + wide, y + dy + tall];
    const must = rank({ id }) === -2;
    const inside = ([left, top, right, bottom]) => left > 2 && top > 2 && right < frame.width - 2 && bottom < frame.height - 2;
    const place = places.find((one) => inside(box(one)) && occupied.free(box(one), id)) ?? (must ? places[0] : null);
    if (!place) continue;
    occupied.take(box(place));
    ctx.font = font;
    ctx.globalAlpha = dimmed(id) ? 0.25 : 1;
    haloText(ctx, text, x + place[0], y + place[1], ink, page);
  }
  ctx.globalAlpha = 1;
}

/** Words along an edge where it is long enough, otherwise a badge if there is something to say. */
function drawEdgeLabels(ctx, edges, occupied, frame) {
  const { page } = paper();
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const { from, to, middle, look } of edges) {
    const [x, y] = middle;
    if (x < 0 || y < 0 || x > frame.width || y > frame.height) continue;
    if (light.near !== null && !look.lit) continue;
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const font = `500 11px ${FONT}`;
    const room = length - 2 * (look.ends + 7);
    const drawn = fitting(ctx, font, look, room).some((lines) => drawAlong(ctx, lines, middle, from, to, room, font, occupied));
    if (drawn) continue;
    const badge = look.disputed ? "≠" : look.negative ? "✕" : look.count > 1 ? String(look.count) : "";
    const quiet = edges.length > 200 && !look.disputed && look.count < 3;
    if (!badge || length < 44 || quiet) continue;
    const box = [x - 8, y - 8, x + 8, y + 8];
    if (!occupied.free(box)) continue;
    occupied.take(box);
    ctx.beginPath();
    ctx.arc(x, y, 7.5, 0, 2 * Math.PI);
    ctx.fillStyle = page;
    ctx.fill();
    ctx.lineWidth = 1.2;
    ctx.strokeStyle = look.colour;
    ctx.stroke();
    ctx.font = `650 ${badge.length > 2 ? 8 : 9.5}px ${FONT}`;
    ctx.fillStyle = paper().ink;
    ctx.fillText(badge, x, y + 0.5);
  }
}

/** The ways to set the words of an edge in the room there is, the best first: as lists of lines. */
function fitting(ctx, font, { words, more }, room) {
  if (room < 20) return [];
  const width = (line) => textWidth(ctx, font, line);
  const inTwo = (text) => [...text.matchAll(/ /g)]
    .map(({ index }) => [text.slice(0, index), text.slice(index + 1)])
    .map((lines) => [Math.max(...lines.map(width)), lines])
    .sort(([a], [b]) => a - b)[0]?.[1] ?? [text];
  const letters = Math.floor((words.length * room) / width(words)) - 1;
  const ways = [[words + more], inTwo(words + more), inTwo(words)];
  if (letters >= 12 && letters < words.length) ways.push([words.slice(0, letters).trimEnd() + "…"]);
  return ways.filter((lines) => lines.every((line) => width(line) <= room));
}

/** Draw in the middle of the edge or, where that is taken, as little beside it as there is room. */
function drawAlong(ctx, lines, middle, from, to, room, font, occupied) {
  let angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  if (angle > Math.PI / 2) angle -= Math.PI;
  if (angle <= -Math.PI / 2) angle += Math.PI;
  const wide = Math.max(...lines.map((line) => textWidth(ctx, font, line)));
  const [right, down] = [Math.cos(angle), Math.sin(angle)];
  const spare = Math.max(0, (room - wide) / 2);
  for (const shift of [0, -0.5 * spare, 0.5 * spare, -spare, spare]) {
    const [x, y] = [middle[0] + shift * right, middle[1] + shift * down];
    const boxes = lines.flatMap((line, place) => {
      const half = textWidth(ctx, font, line) / 2;
      const aside = 13 * (place - (lines.length - 1) / 2);
      const steps = Math.ceil(half / 4) + 1;
      return Array.from({ length: steps }, (_, step) => {
        const along = half * ((2 * step) / (steps - 1) - 1);
        const [cx, cy] = [x + along * right - aside * down, y + along * down + aside * right];
        return [cx - 4.5, cy - 4.5, cx + 4.5, cy + 4.5];
      });
    });
    if (!boxes.every((box) => occupied.free(box))) continue;
    for (const box of boxes) occupied.take(box);
    ctx.save();
    ctx.translate(x, y);
    ctx.rotate(angle);
    ctx.font = font;
    for (const [place, line] of lines.entries()) {
      haloText(ctx, line, 0, 13 * (place - (lines.length - 1) / 2), paper().soft, paper().page);
    }
    ctx.restore();
    return true;
  }
  return false;
}

// --- the ground under communities -----------------------------------------------------------

/** The convex hull of points (Andrew's monotone chain). */
function hull(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list) => {
    const chain = [];
    for (const p of list) {
      while (chain.length > 1) {
        const [a, b] = chain.slice(-2);
        if ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0) break;
        chain.pop();
      }
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half([...sorted].reverse())];
}

/** A soft ground under each community of at least three actors, those far off left out. */
function drawGrounds(ctx, at, grounds) {
  const { ink } = paper();
  const seen = grounds.map((members) => members.filter((id) => at[id])).filter((members) => members.length > 2);
  if (seen.length > 9) return; // they would only cover one another
  for (const members of seen) {
    const places = members.map((id) => [at[id].x, at[id].y]);
    const [cx, cy] = [0, 1].map((axis) => places.reduce((sum, p) => sum + p[axis], 0) / places.length);
    const far = (p) => Math.hypot(p[0] - cx, p[1] - cy);
    const usual = places.reduce((sum, p) => sum + far(p), 0) / places.length;
    const round = places.filter((p) => far(p) <= 1.7 * usual).flatMap(([x, y]) =>
      Array.from({ length: 12 }, (_, k) => [x + 62 * Math.cos((k * Math.PI) / 6), y + 52 * Math.sin((k * Math.PI) / 6)]));
    ctx.beginPath();
    for (const [x, y] of hull(round)) ctx.lineTo(x, y);
    ctx.closePath();
    ctx.fillStyle = faded(ink, light.near ? 0.012 : 0.03);
    ctx.fill();
    ctx.lineWidth = 1 / network.getScale();
    ctx.strokeStyle = faded(ink, light.near ? 0.025 : 0.07);
    ctx.stroke();
  }
}
