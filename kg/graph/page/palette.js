// Kinds of nodes and tones of edges: their words, shapes and colours in both themes.
// The colours are Okabe and Ito's, which people with any colour vision tell apart.

// Shapes have radius 1; the canvas, the legend and the SVG export draw the same outlines.
const KINDS = {
  state: {
    name: "States", one: "State",
    outline: "M-1.05-.82h2.1a.3.3 0 0 1 .3.3v1.04a.3.3 0 0 1-.3.3h-2.1a.3.3 0 0 1-.3-.3v-1.04a.3.3 0 0 1 .3-.3z",
    width: 1.35, height: 0.82, light: "#2f4057", dark: "#a9bdd6",
  },
  person: {
    name: "People", one: "Person",
    outline: "M-.95 0a.95.95 0 1 1 1.9 0a.95.95 0 1 1-1.9 0z",
    width: 0.95, height: 0.95, light: "#00835f", dark: "#31c09a",
  },
  organisation: {
    name: "Organisations", one: "Organisation",
    outline: "M-.5-.9h1L1.02 0l-.52.9h-1L-1.02 0z",
    width: 1.02, height: 0.9, light: "#6657a8", dark: "#a99be8",
  },
  armed: {
    name: "Armed groups", one: "Armed group",
    outline: "M0-1.08L1.08.8h-2.16z",
    width: 1.08, height: 0.94, light: "#8e2440", dark: "#ec8aa1",
  },
  place: {
    name: "Places", one: "Place",
    outline: "M0-1.05L1.05 0 0 1.05-1.05 0z",
    width: 1.05, height: 1.05, light: "#86700f", dark: "#d8c04f",
  },
  thing: {
    name: "Things", one: "Thing",
    outline: "M-.74-.74h1.48v1.48h-1.48z",
    width: 0.74, height: 0.74, light: "#757b85", dark: "#99a1ad", hollow: true,
  },
};

const TONES = {
  MCOOP: { name: "Cooperation, deeds", light: "#0072b2", dark: "#3d9fe0" },
  VCOOP: { name: "Cooperation, words", light: "#56a8dc", dark: "#8fcdf5" },
  none: { name: "Lasting or neutral", light: "#989ea8", dark: "#7b8492" },
  mixed: { name: "Cooperation and conflict", light: "#b5629a", dark: "#d694c1" },
  VCONF: { name: "Conflict, words", light: "#dd9500", dark: "#f2b63d" },
  MCONF: { name: "Conflict, deeds", light: "#cc4f00", dark: "#ff7a3a" },
};
const QUADS = ["MCOOP", "VCOOP", "none", "VCONF", "MCONF"];

const PAPER = {
  light: { page: "#fbfaf7", ink: "#1d232c", soft: "#5a6472", accent: "#0b5cad", onNode: "#ffffff" },
  dark: { page: "#12161c", ink: "#e9edf2", soft: "#9aa6b5", accent: "#7db9f5", onNode: "#12161c" },
};

const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const theme = () => (printing ? "light" : state.theme || (prefersDark.matches ? "dark" : "light"));
const paper = () => PAPER[theme()];
const kindColour = (kind) => KINDS[kind][theme()];
const toneColour = (tone) => TONES[tone][theme()];

let printing = false;

function faded(hex, alpha) {
  const value = parseInt(hex.slice(1), 16);
  return `rgba(${value >> 16},${(value >> 8) & 255},${value & 255},${alpha})`;
}

/** A small picture of a kind's shape, in the colour of the text class `k-…`. */
function kindIcon(kind) {
  const { outline, hollow } = KINDS[kind];
  const path = svg("path", { d: outline, class: hollow ? "hollow" : "" });
  return svg("svg", { viewBox: "-1.5 -1.3 3 2.6", class: `shape k-${kind}`, "aria-hidden": "true" }, path);
}

/** A small picture of an edge: its tone, dashed when nothing in it is stated as a fact. */
function lineIcon(tone, dashed = false) {
  const line = svg("line", { x1: 1, y1: 6, x2: 27, y2: 6, class: dashed ? "dashed" : "" });
  return svg("svg", { viewBox: "0 0 28 12", class: `line t-${tone}`, "aria-hidden": "true" }, line);
}
