// Elements are made here and nowhere else: text goes in as text nodes, never as markup.

const byId = (id) => document.getElementById(id);

/** An element with properties (`on…` are listeners, `class`, `aria-…`, `data-…` attributes). */
function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "style") Object.assign(element.style, value);
    else if (value === true) element.setAttribute(key, "");
    else element.setAttribute(key, String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

// Names may be written from right to left, or hold marks that would turn the text around them.
const TURNING = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g;

/** A name set apart from the direction of the text around it. */
const name = (text, properties = {}) => el("bdi", properties, text);

/** At most `most` characters of a text, for places where more would break the layout. */
function short(text, most = 160) {
  const letters = [...text.slice(0, most * 2 + 2)];
  return letters.length > most ? letters.slice(0, most - 1).join("") + "…" : text;
}

/** One line without marks that turn its direction, for the canvas and for aria-labels. */
const plain = (text, most) => short(text.replace(TURNING, "").replace(/\s+/g, " "), most);

const number = (count) => count.toLocaleString("en");
const many = (count, one, more = one + "s") => `${number(count)} ${count === 1 ? one : more}`;
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Says something to those who listen to the page. */
const announce = (text) => { byId("live").textContent = text; };
