"use strict";
// Everything from the graph is text of strangers: it is only ever set as text.

const $ = (id) => document.getElementById(id);
const SHOWN = 1000;
const RESULTS = "application/sparql-results+json";
const START = `SELECT ?from ?what ?to (COUNT(DISTINCT ?statement) AS ?statements)
WHERE {
  ?statement kg:subject/rdfs:label ?from ;
             kg:relation/rdfs:label ?what ;
             kg:object/rdfs:label ?to .
}
GROUP BY ?from ?what ?to
ORDER BY DESC(?statements) ?from ?what ?to
LIMIT 50`;
const PREFIXES = [
  ["kg:", "https://w3id.org/kg/ontology#"], ["st:", "https://w3id.org/kg/id/statement/"],
  ["doc:", "https://w3id.org/kg/id/document/"], ["ev:", "https://w3id.org/kg/id/evidence/"],
  ["actor:", "https://w3id.org/kg/id/actor/"], ["local:", "https://w3id.org/kg/id/local/"],
  ["span:", "https://w3id.org/kg/id/span/"], ["code:", "https://w3id.org/kg/code/"],
  ["wd:", "http://www.wikidata.org/entity/"], ["rdfs:", "http://www.w3.org/2000/01/rdf-schema#"],
  ["rdf:", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"], ["schema:", "https://schema.org/"],
];

let questions = [];
let running = null;

function element(name, text, properties = {}) {
  const made = Object.assign(document.createElement(name), properties);
  if (text !== undefined) made.textContent = text;
  return made;
}

function shortened(iri) {
  for (const [prefix, namespace] of PREFIXES) {
    if (iri.startsWith(namespace)) return prefix + iri.slice(namespace.length);
  }
  return iri;
}

function chosen() {
  return questions.find((question) => question.name === $("question").value);
}

function choose() {
  const question = chosen();
  const form = $("parameters");
  form.replaceChildren();
  form.hidden = !question || question.parameters.length === 0;
  if (!question) return;
  $("query").value = question.text.replace(/^# (kind|param): .*\n/gm, "");
  for (const parameter of question.parameters) {
    const box = element("div");
    const id = `parameter-${parameter.name}`;
    const need = parameter.required ? " (needed)" : "";
    box.append(
      element("label", `${parameter.name}: ${parameter.help}${need}`, { htmlFor: id }),
      element("input", undefined, { id, name: parameter.name, required: parameter.required }),
    );
    form.append(box);
  }
}

// A stock question whose text was not touched is asked by its name, with its parameters.
function request(type) {
  const question = chosen();
  const headers = { Accept: `${type}, text/turtle;q=0.5` };
  if (question && $("query").value === question.text.replace(/^# (kind|param): .*\n/gm, "")) {
    const given = new URLSearchParams();
    for (const input of $("parameters").elements) if (input.value) given.set(input.name, input.value);
    return [`questions/${encodeURIComponent(question.name)}?${given}`, { headers }];
  }
  const body = new URLSearchParams({ query: $("query").value, strict: "1" });
  return ["sparql", { method: "POST", headers, body }];
}

async function ask() {
  stop();
  const control = new AbortController();
  running = control;
  $("stop").hidden = false;
  $("save").hidden = true;
  $("problem").hidden = true;
  $("state").textContent = "asking …";
  const start = performance.now();
  try {
    const [address, options] = request(RESULTS);
    const response = await fetch(address, { ...options, signal: control.signal });
    const text = await response.text();
    if (!response.ok) throw new Error(text.trim() || `status ${response.status}`);
    const seconds = ((performance.now() - start) / 1000).toFixed(2);
    const json = response.headers.get("content-type").includes("json");
    const count = json ? show(JSON.parse(text)) : showText(text);
    $("state").textContent = `${count} in ${seconds} s`;
    $("save").hidden = !json;
  } catch (error) {
    $("state").textContent = "";
    if (error.name !== "AbortError") {
      $("answer").replaceChildren();
      $("problem").textContent = error.message;
      $("problem").hidden = false;
    }
  } finally {
    if (running === control) stop();
  }
}

function stop() {
  if (running) running.abort();
  running = null;
  $("stop").hidden = true;
}

function showText(text) {
  $("answer").replaceChildren(element("pre", text));
  return `${text.split("\n").length - 1} lines`;
}

function show(data) {
  if ("boolean" in data) {
    $("answer").replaceChildren(element("p", data.boolean ? "Yes." : "No."));
    return "an answer";
  }
  const names = data.head.vars;
  const rows = data.results.bindings;
  const table = element("table");
  const top = table.createTHead().insertRow();
  for (const name of names) top.append(element("th", name, { scope: "col" }));
  const body = table.createTBody();
  for (const row of rows.slice(0, SHOWN)) {
    const line = body.insertRow();
    for (const name of names) line.append(cell(row[name]));
  }
  $("answer").replaceChildren(table);
  const more = rows.length > SHOWN ? `, the first ${SHOWN} shown` : "";
  return `${rows.length} ${rows.length === 1 ? "row" : "rows"}${more}`;
}

function cell(value) {
  const made = element("td");
  if (!value) return made;
  if (value.value.length > 40) made.className = "long";
  if (value.type !== "uri") {
    made.textContent = value.value;
    if (/#(integer|decimal|double)$/.test(value.datatype || "")) made.className = "number";
    if (/#date$/.test(value.datatype || "")) made.className = "day";
    return made;
  }
  const short = shortened(value.value);
  const link = element("a", short, { href: "#", title: value.value });
  link.addEventListener("click", (event) => {
    event.preventDefault();
    follow(value.value, short);
  });
  made.append(link);
  return made;
}

// A statement leads to the words behind it, anything else to all that is said of it.
function follow(iri, short) {
  if (short.startsWith("st:") && questions.some((question) => question.name === "evidence")) {
    $("question").value = "evidence";
    choose();
    $("parameter-statement").value = iri;
  } else {
    $("question").value = "";
    choose();
    $("query").value =
      `SELECT ?property ?value WHERE { <${iri}> ?property ?value }\nORDER BY ?property ?value`;
  }
  ask();
}

async function save(type, suffix) {
  const [address, options] = request(type);
  const response = await fetch(address, options);
  if (!response.ok) return;
  const link = element("a", "", {
    href: URL.createObjectURL(await response.blob()),
    download: `answer.${suffix}`,
  });
  link.click();
  URL.revokeObjectURL(link.href);
}

async function start() {
  $("endpoint").textContent = new URL("sparql", location.href).href;
  $("query").value = START;
  $("ask").addEventListener("click", ask);
  $("stop").addEventListener("click", stop);
  $("question").addEventListener("change", choose);
  $("parameters").addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  for (const button of document.querySelectorAll("[data-type]")) {
    button.addEventListener("click", () => save(button.dataset.type, button.dataset.name));
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) ask();
    else if (event.key === "Enter" && event.target.closest("#parameters")) {
      event.preventDefault();
      ask();
    }
  });
  questions = await (await fetch("questions")).json();
  for (const question of questions) {
    $("question").append(element("option", question.title, { value: question.name }));
  }
}

start();
