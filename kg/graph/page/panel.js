// The panel at the side: an overview, one actor, or all that is said between two.

const FEW = 40; // so many entries are listed before "show more"

function showPanel() {
  const panel = byId("panel");
  panel.scrollTop = 0;
  const what = state.selected?.slice(2);
  if (!state.selected) panel.replaceChildren(...overview());
  else if (state.selected.startsWith("n:")) panel.replaceChildren(...actorView(actorNumber.get(what)));
  else panel.replaceChildren(...edgeView(what));
  document.body.classList.toggle("opened", state.selected !== null);
}

const closeButton = () => el("button", {
  type: "button", class: "close", "aria-label": "Close and go back to the overview", onclick: () => select(null),
}, "×");

const actorButton = (index, extra = null) => el("button", {
  type: "button", class: "actor", onclick: () => select(`n:${actors[index].id}`, true),
}, kindIcon(actors[index].kind), name(short(actors[index].label, 90), { class: "label" }), extra);

/** A list that shows its first entries and the rest on demand. */
function longList(items, make, properties = {}) {
  const list = el("ul", properties);
  const grow = (from) => {
    list.append(...items.slice(from, from + FEW).map((item) => el("li", {}, make(item))));
    const left = items.length - from - FEW;
    if (left <= 0) return;
    const more = el("li", {}, el("button", {
      type: "button", class: "quiet", onclick: () => { more.remove(); grow(from + FEW); },
    }, `Show ${number(Math.min(left, FEW))} more of ${number(left)}`));
    list.append(more);
  };
  grow(0);
  return list;
}

// --- overview -------------------------------------------------------------------------------

function overview() {
  const pieces = evidenceCount(current.claims);
  const busiest = [...current.nodes].sort((a, b) => a - b).slice(0, 6);
  const pairs = [...current.bundles].map(([id, list]) => ({ id, list, score: score(list), pieces: evidenceCount(list) }));
  const weigh = (pair) => Math.abs(pair.score) * Math.log2(1 + pair.pieces);
  const closest = pairs.filter((pair) => pair.score > 0).sort((a, b) => weigh(b) - weigh(a)).slice(0, 5);
  const tensest = pairs.filter((pair) => pair.score < 0).sort((a, b) => weigh(b) - weigh(a)).slice(0, 5);
  const section = (title, list) => (list.length ? [el("h3", {}, title), el("ul", { class: "plain" }, list.map((one) => el("li", {}, one)))] : []);
  return [
    el("div", { class: "panel-head" }, el("h2", {}, "At a glance")),
    el("p", { class: "lead" }, "Who does what to whom, as the articles say it. Choose an actor or a line to read the sentences behind it."),
    el("dl", { class: "figures" },
      figure(current.nodes.size, "actors"), figure(current.bundles.size, "ties"),
      figure(current.claims.length, "statements"), figure(pieces, "evidence")),
    data.left_out.actors ? el("p", { class: "hint" }, `The page holds the ${number(actors.length)} weightiest actors; `
      + `${number(data.left_out.actors)} more and ${many(data.left_out.claims, "statement")} are only in the data beside it.`) : null,
    ...section("In short", headlines().map(claimLine)),
    ...section("Most written about", busiest.map((index) => actorButton(index, el("span", { class: "count" }, number(actors[index].weight))))),
    ...section("Closest cooperation", closest.map(pairButton)),
    ...section("Sharpest conflict", tensest.map(pairButton)),
    el("h3", {}, "How to read it"),
    el("ul", { class: "reading" },
      el("li", {}, lineIcon("MCOOP"), "Blue is cooperation, orange conflict; the stronger colours are deeds, the lighter ones words."),
      el("li", {}, lineIcon("none", true), "Dashed: nobody but a quoted source says so, or it is planned, possible or demanded."),
      el("li", {}, el("span", { class: "badge" }, "3"), "Several statements in one line; ✕ says that it is not so, ≠ that it is disputed."),
      el("li", {}, lineIcon("none"), "The wider a line, the more evidence; the larger a shape, the more is written about it.")),
  ].filter(Boolean);
}

/** A few facts between well-known actors, one for each pair: what a newcomer should see first. */
function headlines() {
  const known = (claim) => Math.log2(1 + actors[claim.subject].weight) + Math.log2(1 + actors[claim.object].weight);
  const rank = (claim) => 3 * claim.evidence.length + known(claim) + 2 * Math.abs(claim.level ?? 0);
  const facts = current.claims
    .filter((claim) => claim.firm && claim.polarity === "positive" && claim.object !== null && claim.quad !== "none")
    .sort((a, b) => rank(b) - rank(a) || a.index - b.index);
  const pairs = new Map();
  for (const claim of facts) if (!pairs.has(edgeOf(claim))) pairs.set(edgeOf(claim), claim);
  return [...pairs.values()].slice(0, 6);
}

const figure = (value, label) => el("div", {}, el("dd", {}, number(value)), el("dt", {}, label));

function pairButton({ id, list }) {
  const [a, b] = id.split("-").map(Number);
  return el("button", { type: "button", class: "pair", onclick: () => select(`e:${id}`, true) },
    lineIcon(tone(list), list.every((claim) => !claim.firm)),
    el("span", { class: "label" }, name(short(actors[a].label, 60)), " – ", name(short(actors[b].label, 60))),
    el("span", { class: "count" }, number(evidenceCount(list))));
}

// --- one actor ------------------------------------------------------------------------------

function actorView(index) {
  const actor = actors[index];
  const shown = claimsOf[index].filter((claim) => passes(claim));
  const partners = new Map();
  for (const claim of shown) {
    const other = claim.object === null ? null : claim.subject === index ? claim.object : claim.subject;
    if (!partners.has(other)) partners.set(other, []);
    partners.get(other).push(claim);
  }
  const groups = [...partners].sort(([a, p], [b, q]) => (a === null) - (b === null) || evidenceCount(q) - evidenceCount(p) || a - b);
  const sector = Object.hasOwn(SECTORS, actor.sector) ? SECTORS[actor.sector] : null;
  const facts = [KINDS[actor.kind].one, actor.country, sector].filter(Boolean);
  const hidden = claimsOf[index].length - shown.length;
  return [
    el("div", { class: "panel-head" },
      el("div", { class: "who" }, kindIcon(actor.kind), el("h2", {}, name(short(actor.label, 200)))), closeButton()),
    el("p", { class: "facts" }, facts.join(" · "), wikidata(actor.id)),
    el("dl", { class: "figures" },
      figure(partners.size - (partners.has(null) ? 1 : 0), "partners"),
      figure(shown.length, "statements"), figure(evidenceCount(shown), "evidence")),
    el("div", { class: "actions" },
      toggleButton("Only neighbours", state.near === actor.id, (on) => change({ near: on ? actor.id : null, path: null })),
      pathButton(actor)),
    hidden ? el("p", { class: "hint" }, `${many(hidden, "statement")} hidden by the filters.`) : null,
    el("h3", {}, "Relations"),
    longList(groups, ([other, list]) => partnerView(index, other, list), { class: "partners" }),
  ].filter(Boolean);
}

function wikidata(id) {
  const item = /^wd:(Q\d+)$/.exec(id);
  return item ? [" · ", outLink(`https://www.wikidata.org/wiki/${item[1]}`, `Wikidata ${item[1]}`)] : [];
}

const toggleButton = (label, on, act) => el("button", {
  type: "button", "aria-pressed": String(on), onclick: () => act(!on),
}, label);

function pathButton(actor) {
  if (state.path?.includes(actor.id)) return toggleButton("Paths shown", true, () => change({ path: null }));
  return el("button", {
    type: "button", onclick: () => askSearch(`Paths from ${plain(actor.label, 40)} to …`, (other) => {
      if (other.id !== actor.id) change({ path: [actor.id, other.id], near: null });
    }),
  }, "Paths to …");
}

function partnerView(index, other, list) {
  if (other === null) return el("div", { class: "partner" }, el("h4", {}, "Nobody else named"), sortedClaims(list).map(claimCard));
  const lines = el("ul", { class: "lines" }, sortedClaims(list).slice(0, 6).map((claim) => el("li", {}, claimLine(claim))),
    list.length > 6 ? el("li", {}, el("button", {
      type: "button", class: "quiet", onclick: () => select(`e:${edgeId(index, other)}`, true),
    }, `and ${many(list.length - 6, "more statement")}`)) : null);
  return el("div", { class: "partner" },
    el("div", { class: "partner-head" }, actorButton(other),
      el("button", {
        type: "button", class: "open", onclick: () => select(`e:${edgeId(index, other)}`, true),
      }, el("span", { class: "unseen" }, `Evidence for ${plain(actors[index].label, 60)} and ${plain(actors[other].label, 60)}: `),
        lineIcon(tone(list), list.every((claim) => !claim.firm)), el("span", { class: "count" }, number(evidenceCount(list))), "›")),
    lines);
}

const sortedClaims = (list) => [...list].sort((a, b) =>
  b.firm - a.firm || (a.quad === "none") - (b.quad === "none") || (b.period?.[1] ?? 0) - (a.period?.[1] ?? 0) || b.evidence.length - a.evidence.length || a.index - b.index);

/** A claim between two in one line; it leads to its evidence. */
const claimLine = (claim) => el("button", {
  type: "button", class: "claim-line", onclick: () => select(`e:${edgeOf(claim)}`, true, claim.index),
}, claimWords(claim), tags(claim));

function claimWords(claim) {
  const relation = relations[claim.relation];
  return el("span", { class: "words" },
    name(short(actors[claim.subject].label, 90), { class: "end" }), " ",
    el("span", { class: `verb t-${claim.polarity === "positive" ? claim.quad : "none"}` },
      claim.polarity === "negative" ? el("b", { class: "not" }, "not: ") : null, name(short(relation.label, 120))), " ",
    claim.object === null ? null : name(short(actors[claim.object].label, 90), { class: "end" }));
}

function tags(claim) {
  const found = [];
  if (when(claim)) found.push(el("span", { class: "tag" }, short(when(claim), 60)));
  if (claim.modality !== "actual") found.push(el("span", { class: "tag warn" }, MODALITIES[claim.modality][0]));
  if (claim.said.length) found.push(el("span", { class: "tag" }, claim.denied ? "denied" : "claimed"));
  return found.length ? el("span", { class: "tags" }, found) : null;
}

// --- two actors -----------------------------------------------------------------------------

function edgeView(id) {
  const [a, b] = id.split("-").map(Number);
  const all = drawnEdges.get(id).claims.map((index) => claims[index]);
  const shown = all.filter(passes);
  const scored = score(shown);
  return [
    el("div", { class: "panel-head" },
      el("h2", { class: "two" }, actorButton(a), actorButton(b)), closeButton()),
    el("p", { class: "facts" }, lineIcon(tone(shown), shown.every((claim) => !claim.firm)),
      ` ${TONES[tone(shown)].name} · ${many(shown.length, "statement")} · ${many(evidenceCount(shown), "piece")} of evidence`),
    scored === null ? null : balance(scored),
    disputed(shown) ? el("p", { class: "hint warn" }, "Disputed: the articles hold both this and its opposite, or somebody denies it.") : null,
    shown.length < all.length ? el("p", { class: "hint" }, `${many(all.length - shown.length, "statement")} hidden by the filters.`) : null,
    longList(sortedClaims(shown), claimCard, { class: "claims" }),
  ].filter(Boolean);
}

/** Where a pair stands between conflict and cooperation. */
function balance(value) {
  const words = value > 0 ? "cooperation" : value < 0 ? "conflict" : "balance";
  return el("div", { class: "balance", role: "img", "aria-label": `Score ${value.toFixed(2)} between −1 (conflict) and 1 (cooperation): ${words}` },
    el("span", {}, "conflict"), el("div", { class: "scale" }, el("i", { style: { left: `${50 + 50 * value}%` } })), el("span", {}, "cooperation"));
}

function claimCard(claim) {
  const relation = relations[claim.relation];
  const [modality, meaning] = MODALITIES[claim.modality];
  const plainly = claim.polarity === "positive" && claim.modality === "actual";
  const rows = [
    ["When", when(claim) ? [when(claim), claim.time?.text ? el("span", { class: "soft" }, " “", name(short(claim.time.text, 80)), "”") : null] : null],
    ["Where", claim.place ? name(short(claim.place.label, 90)) : null],
    ["Holds", plainly ? null : [el("b", {}, claim.polarity === "negative" ? "not so" : modality), el("span", { class: "soft" },
      claim.polarity === "negative" ? ` — said not to be so${claim.modality === "actual" ? "" : ` (${modality})`}` : ` — ${meaning}`)]],
    ["Condition", claim.condition ? name(short(claim.condition, 300)) : null],
    ["Who says so", [saidBy(claim), plainly ? el("span", { class: "soft" }, ", as actual") : null]],
    ["How sure", howSure(claim)],
    ["Event", [eventName(claim.event), relation.cameo ? el("span", { class: "soft" }, ` CAMEO ${relation.cameo}`) : null]],
  ];
  return el("article", { class: "claim", "data-claim": claim.index, tabindex: "-1" },
    el("h3", {}, claimWords(claim)),
    el("dl", { class: "rows" }, rows.filter(([, value]) => value).map(([key, value]) => [el("dt", {}, key), el("dd", {}, value)])),
    el("div", { class: "quotes" }, claim.evidence.slice(0, 12).map(quote),
      claim.evidence.length > 12 ? el("p", { class: "hint" }, `and ${number(claim.evidence.length - 12)} more in the data`) : null));
}

/** How certain it is to the article and to each of its sources, where that was weighed. */
function howSure(claim) {
  const weighed = claim.evidence.find((piece) => piece.sure)?.sure;
  if (!weighed) return null;
  const [author, ...sources] = weighed;
  const whose = [[author, "the article"], ...sources.map((value, place) => [value, sourceOf(claim.said[place])])].filter(([value]) => value !== null);
  if (!claim.said.length && claim.firm && author >= 2.5) return null; // plainly told
  return whose.flatMap(([value, who], place) => [place ? "; " : null, `${certainty(value)} to `, name(short(who, 60))]);
}

function saidBy(claim) {
  if (!claim.said.length) return attribution(claim);
  return [...claim.said].reverse().flatMap((link, place) => [
    place ? ", " : null, SAID[link.stance][place ? 1 : 0] + " ",
    link.node === null ? name(short(sourceOf(link), 90))
      : el("button", { type: "button", class: "link", onclick: () => select(`n:${actors[link.node].id}`, true) }, name(short(sourceOf(link), 90))),
  ]);
}

/** A sentence with the words that stand for the two actors and the relation marked. */
function quote(piece) {
  const { text, document: index } = sentences[piece.sentence];
  const parts = [];
  let reached = 0;
  for (const [start, end, role] of piece.marks) {
    parts.push(text.slice(reached, start), el("mark", { class: role }, text.slice(start, end)));
    reached = end;
  }
  parts.push(text.slice(reached));
  const source = documents[index];
  const about = [source.source, source.date ? dayWords(source.date) : null].filter(Boolean).join(", ");
  return el("figure", { class: "quote" },
    el("blockquote", { dir: "auto" }, parts),
    el("figcaption", {},
      source.url ? outLink(source.url, short(source.title, 140)) : el("cite", {}, name(short(source.title, 140))),
      el("span", { class: "soft" }, about),
      el("span", { class: "sure", title: `read by the rule ${piece.rule}` }, `confidence ${Math.round(piece.confidence * 100)} %`)));
}

/** A link out; only to web pages, and without telling them where it comes from. */
function outLink(address, text) {
  try {
    if (!["http:", "https:"].includes(new URL(address).protocol)) return name(text);
  } catch {
    return name(text);
  }
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, name(text), el("span", { "aria-hidden": "true" }, " ↗"));
}
