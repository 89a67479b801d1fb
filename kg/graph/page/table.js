// The same statements as a table, for those who cannot or will not read the picture.

const ROWS = 200;
const sorting = { column: "evidence", down: true, rows: ROWS };

const COLUMNS = [
  ["subject", "Subject", (claim) => actors[claim.subject].label],
  ["relation", "Relation", (claim) => relations[claim.relation].label],
  ["object", "Object", (claim) => (claim.object === null ? "" : actors[claim.object].label)],
  ["holds", "Holds", (claim) => (claim.polarity === "negative" ? "not so" : MODALITIES[claim.modality][0])],
  ["said", "Who says so", attribution],
  ["when", "When", (claim) => claim.time?.start ?? claim.time?.end ?? ""],
  ["tone", "Tone", (claim) => TONES[claim.quad].name],
  ["evidence", "Evidence", (claim) => claim.evidence.length],
];

function compare(a, b) {
  const read = COLUMNS.find(([key]) => key === sorting.column)[2];
  const [x, y] = [read(a), read(b)];
  const order = typeof x === "number" ? x - y : x.localeCompare(y);
  return (sorting.down ? -order : order) || a.index - b.index;
}

function showTable() {
  const rows = [...current.passed].sort(compare);
  const head = COLUMNS.map(([key, title]) => {
    const sorted = sorting.column === key ? (sorting.down ? "descending" : "ascending") : "none";
    return el("th", { scope: "col", "aria-sort": sorted, class: `c-${key}` }, el("button", {
      type: "button", "data-column": key, onclick: () => {
        Object.assign(sorting, { column: key, down: sorting.column === key ? !sorting.down : key === "evidence" });
        showTable();
        byId("table-view").querySelector(`[data-column="${key}"]`).focus();
      },
    }, title));
  });
  byId("table-view").replaceChildren(
    el("table", {},
      el("caption", {}, `${many(rows.length, "statement")}${narrowed() ? " let through by the filters" : ""}. Choose a relation to read its evidence.`),
      el("thead", {}, el("tr", {}, head)),
      el("tbody", {}, rows.slice(0, sorting.rows).map(row))),
    ...(rows.length > sorting.rows ? [el("button", {
      type: "button", class: "quiet more", onclick: () => { sorting.rows += ROWS; showTable(); },
    }, `Show ${number(Math.min(ROWS, rows.length - sorting.rows))} more of ${number(rows.length - sorting.rows)}`)] : []),
  );
}

function row(claim) {
  const actor = (index) => (index === null ? "" : el("button", {
    type: "button", class: "link", onclick: () => select(`n:${actors[index].id}`),
  }, name(short(actors[index].label, 80))));
  const id = edgeOf(claim);
  const relation = el("span", { class: `verb t-${claim.quad}` }, name(short(relations[claim.relation].label, 80)));
  const cells = {
    subject: actor(claim.subject), object: actor(claim.object),
    relation: id === null ? relation : el("button", { type: "button", class: "link", onclick: () => select(`e:${id}`, false, claim.index) }, relation),
    said: name(short(attribution(claim), 90)), when: when(claim),
    tone: [lineIcon(claim.quad, !claim.firm), el("span", { class: "unseen" }, TONES[claim.quad].name)],
  };
  return el("tr", {}, COLUMNS.map(([key, title, read]) => el("td", { class: `c-${key}`, "data-title": title }, cells[key] ?? String(read(claim)))));
}
