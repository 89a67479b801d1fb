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
  claim.level = relation.level;
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

/** Claims that tell friend from foe: what is said to be so and is no mere office or place. */
const telling = (list) => list.filter((claim) => claim.polarity === "positive" && claim.level !== null && !(claim.event === "lasting" && claim.level === 0));

/**
 * The colour of claims taken together: the side that outweighs the other, in deeds or words,
 * or `mixed` when the weaker side has more than a third of the stronger one's weight.
 */
function tone(list) {
  const told = telling(list);
  const sum = (some) => some.reduce((total, claim) => total + Math.abs(claim.level) * claim.evidence.length, 0);
  const together = sum(told.filter((claim) => claim.level > 0));
  const against = sum(told.filter((claim) => claim.level < 0));
  if (!together && !against) {
    const quads = new Set(told.map((claim) => claim.quad));
    return quads.size === 1 ? [...quads][0] : "none"; // an appeal is a word without weight
  }
  if (Math.min(together, against) > Math.max(together, against) / 3) return "mixed";
  const stronger = told.filter((claim) => (together > against ? claim.level > 0 : claim.level < 0));
  const words = evidenceCount(stronger.filter((claim) => claim.quad.startsWith("V")));
  const deeds = evidenceCount(stronger) - words; // an alliance or a war is more than words
  return (deeds >= words ? "M" : "V") + (together > against ? "COOP" : "CONF");
}

/** From −1 (attacks only) to 1 (unites): the mean intensity by evidence; null without any. */
function score(list) {
  const told = telling(list);
  const pieces = evidenceCount(told);
  if (!pieces) return null;
  return told.reduce((sum, claim) => sum + claim.level * claim.evidence.length, 0) / pieces;
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
