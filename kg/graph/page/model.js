// The data as it stands in the page, with the indices that everything else looks up.

const data = JSON.parse(byId("data").textContent);
const { nodes: actors, claims, relations, sentences, documents } = data;

const DAY = 86400000;
const dayNumber = (iso) => (iso ? Math.floor(Date.parse(iso + "T00:00:00Z") / DAY) : null);
const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** First and last day of a claim: as said, otherwise when the documents that say it appeared. */
function period(claim) {
  if (claim.time && (claim.time.start || claim.time.end)) {
    const first = dayNumber(claim.time.start ?? claim.time.end);
    return [first, dayNumber(claim.time.end) ?? first];
  }
  const days = claim.evidence
    .map((piece) => dayNumber(documents[sentences[piece.sentence].document].date))
    .filter((day) => day !== null);
  return days.length ? [Math.min(...days), Math.max(...days)] : null;
}

for (const [index, claim] of claims.entries()) {
  const relation = relations[claim.relation];
  claim.index = index;
  claim.quad = relation.quad ?? "none";
  claim.event = relation.event ?? (relation.id.startsWith("open:") ? "open" : "lasting");
  claim.period = period(claim);
  claim.documents = new Set(claim.evidence.map((piece) => sentences[piece.sentence].document));
  claim.denied = claim.said.some((link) => link.stance === "denies" || link.stance === "doubts");
  claim.firm = claim.said.length === 0 && claim.modality === "actual";
}

/** The claims in which each actor is subject or object. */
const claimsOf = actors.map(() => []);
for (const claim of claims) {
  claimsOf[claim.subject].push(claim);
  if (claim.object !== null && claim.object !== claim.subject) claimsOf[claim.object].push(claim);
}

const edgeId = (a, b) => (a < b ? `${a}-${b}` : `${b}-${a}`);
const edgeOf = (claim) => (claim.object === null ? null : edgeId(claim.subject, claim.object));
const drawnEdges = new Map(data.vis.edges.map((edge) => [edge.id, edge]));

const actorNumber = new Map(actors.map((actor, index) => [actor.id, index]));
const evidenceCount = (list) => list.reduce((sum, claim) => sum + claim.evidence.length, 0);
const count = (list, key) => {
  const counts = new Map();
  for (const item of list) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
};

/**
 * The colour of claims taken together: their mean on the scale from conflict to cooperation,
 * or `mixed` when the weaker side has more than a third of the stronger one's weight.
 */
function tone(list) {
  const sums = {};
  for (const claim of list) {
    const counts = claim.polarity === "positive" ? claim.quad : "none";
    sums[counts] = (sums[counts] ?? 0) + claim.evidence.length;
  }
  const side = (deeds, words) =>
    (sums[deeds] ?? 0) * Math.abs(data.scores[deeds]) + (sums[words] ?? 0) * Math.abs(data.scores[words]);
  const together = side("MCOOP", "VCOOP");
  const against = side("MCONF", "VCONF");
  if (!together && !against) return "none";
  if (Math.min(together, against) > Math.max(together, against) / 3) return "mixed";
  const [deeds, words] = together > against ? ["MCOOP", "VCOOP"] : ["MCONF", "VCONF"];
  return (sums[deeds] ?? 0) >= (sums[words] ?? 0) ? deeds : words;
}

/** From −1 (conflict by deeds only) to 1 (cooperation by deeds only); null without either. */
function score(list) {
  const told = list.filter((claim) => claim.quad !== "none" && claim.polarity === "positive");
  const pieces = evidenceCount(told);
  if (!pieces) return null;
  return told.reduce((sum, c) => sum + data.scores[c.quad] * c.evidence.length, 0) / pieces;
}

/** Whether the same relation is both stated and negated, or somebody denies or doubts it. */
function disputed(list) {
  if (list.some((claim) => claim.denied)) return true;
  const polarities = new Map();
  for (const claim of list) {
    const key = `${claim.relation} ${claim.subject}`;
    if ((polarities.get(key) ?? claim.polarity) !== claim.polarity) return true;
    polarities.set(key, claim.polarity);
  }
  return false;
}
