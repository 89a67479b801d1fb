// Finding actors by any part of their names, with the keyboard or the pointer.

const searching = { found: [], marked: -1, take: null };

function startSearch() {
  const input = byId("search");
  input.addEventListener("input", suggest);
  input.addEventListener("focus", suggest);
  input.addEventListener("blur", () => setTimeout(closeSearch, 150));
  input.addEventListener("keydown", (event) => {
    const last = searching.found.length - 1;
    if (event.key === "ArrowDown") mark(Math.min(last, searching.marked + 1));
    else if (event.key === "ArrowUp") mark(Math.max(0, searching.marked - 1));
    else if (event.key === "Enter") take(searching.found[Math.max(0, searching.marked)]);
    else if (event.key === "Escape") { input.value = ""; closeSearch(); input.blur(); } else return;
    event.preventDefault();
  });
}

/** Ask for an actor by way of the search, for something else than opening it. */
function askSearch(question, then) {
  const input = byId("search");
  searching.take = then;
  input.placeholder = question;
  input.value = "";
  input.focus();
}

function suggest() {
  const words = fold(byId("search").value).split(/\s+/).filter(Boolean);
  const ranked = [];
  for (const [index, actor] of actors.entries()) {
    const label = fold(actor.label);
    if (!words.every((word) => label.includes(word) || actor.country?.toLowerCase() === word)) continue;
    ranked.push([words.length && label.startsWith(words[0]) ? 0 : 1, index]);
    if (!words.length && ranked.length >= 8) break;
  }
  ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const missed = !ranked.length;
  if (missed) ranked.push(...alike(words.join(" ")));
  searching.found = ranked.slice(0, 10).map(([, index]) => index);
  const list = byId("suggestions");
  list.replaceChildren(...searching.found.map((index, place) => el("li", {
    role: "option", id: `suggestion-${place}`, "aria-selected": "false",
    onpointerdown: (event) => { event.preventDefault(); take(index); },
  }, kindIcon(actors[index].kind), name(short(actors[index].label, 80), { class: "label" }),
  el("span", { class: "count" }, actors[index].country ?? KINDS[actors[index].kind].one))));
  if (missed) list.prepend(el("li", { class: "none" }, searching.found.length ? "No actor of that name. Did you mean" : "No actor of that name"));
  list.hidden = false;
  byId("search").setAttribute("aria-expanded", "true");
  mark(words.length ? 0 : -1);
}

/** Actors whose name, or a word of it, is written almost like that: `[distance, number]`. */
function alike(text) {
  const most = Math.min(3, Math.floor(text.length / 3));
  if (!most) return [];
  const near = [];
  for (const [index, actor] of actors.entries()) {
    const label = fold(short(actor.label, 80));
    const least = Math.min(...[label, ...label.split(/\s+/)].map((name) => distance(text, name, most)));
    if (least <= most) near.push([least, index]);
  }
  return near.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, 5);
}

/** How many letters must be added, left out, changed or swapped; more than `most` is not counted. */
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2] + 1 : Infinity;
      row.push(Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1), swap));
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}

function mark(place) {
  searching.marked = place;
  const options = [...byId("suggestions").querySelectorAll('[role="option"]')];
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
  const input = byId("search");
  if (options[place]) {
    input.setAttribute("aria-activedescendant", options[place].id);
    options[place].scrollIntoView({ block: "nearest" });
  } else input.removeAttribute("aria-activedescendant");
}

function take(index) {
  if (index === undefined) return;
  const then = searching.take;
  closeSearch();
  byId("search").value = "";
  byId("search").blur();
  if (then) then(actors[index]);
  else select(`n:${actors[index].id}`, true);
}

function closeSearch() {
  byId("suggestions").hidden = true;
  const input = byId("search");
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
  if (document.activeElement === input) return;
  searching.take = null;
  input.placeholder = "Find an actor …";
}
