// What is shown in words: kinds, events, ways of saying, dates.

const EVENTS = {
  AGREE: "Agree", CONSULT: "Meet and consult", SUPPORT: "Support in words", COOPERATE: "Cooperate",
  AID: "Give aid", CONCEDE: "Concede", RETREAT: "Retreat", REQUEST: "Request", ACCUSE: "Accuse",
  REJECT: "Reject", THREATEN: "Threaten", PROTEST: "Protest", SANCTION: "Sanction",
  MOBILIZE: "Mobilise", COERCE: "Coerce", ASSAULT: "Attack", lasting: "Lasting ties",
  open: "In the article's own words",
};
const eventName = (event) => (Object.hasOwn(EVENTS, event) ? EVENTS[event] : short(event, 40));

const MODALITIES = {
  actual: ["actual", "told as something that is or was so"],
  intended: ["intended", "planned or promised, not done"],
  possible: ["possible", "may be or become so"],
  conditional: ["conditional", "if something else holds"],
  requested: ["requested", "asked for, not done"],
  obligatory: ["called for", "said to be necessary, not done"],
  counterfactual: ["unreal", "imagined; did not happen"],
};

const SECTORS = {
  GOV: "government", MIL: "military", REB: "rebels", OPP: "opposition", CVL: "civilians",
  BUS: "business", MED: "media", IGO: "intergovernmental", NGO: "non-governmental",
  LEG: "parliament", JUD: "courts", SPY: "intelligence", EDU: "education", CRM: "crime",
  UAF: "unaligned armed forces",
};

/** Factuality, from −3 (certainly not so) over 0 (open) to 3 (certainly so), in words. */
function certainty(value) {
  const [size, way] = [Math.round(Math.abs(value)), value < 0 ? " not so" : " so"];
  return ["open", "possibly", "probably", "certainly"][Math.min(size, 3)] + (size ? way : "");
}

const SAID = {
  says: ["Said by", "as reported by"], denies: ["Denied by", "denied by"],
  confirms: ["Confirmed by", "confirmed by"], doubts: ["Doubted by", "doubted by"],
  asks: ["Asked by", "asked by"],
};

const sourceOf = (link) => link.label ?? link.text ?? `an unnamed source (“${link.cue}”)`;

/** Who says it, innermost first: "Said by Kim Jong Un, as reported by KCNA". */
function attribution(claim) {
  if (!claim.said.length) return "The article itself";
  return [...claim.said].reverse()
    .map((link, place) => `${SAID[link.stance][place ? 1 : 0]} ${sourceOf(link)}`).join(", ");
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

function dayWords(iso) {
  const [year, month, day] = iso.split("-");
  return `${Number(day)} ${MONTHS[month - 1]} ${Number(year)}`;
}

/** An interval as briefly as it can be said: a year, a month, a day, or from – to. */
function interval(start, end) {
  if (!start || !end) return start ? `from ${dayWords(start)}` : `until ${dayWords(end)}`;
  if (start === end) return dayWords(start);
  const [[year, month], [lastYear, lastMonth]] = [start, end].map((day) => day.split("-").map(Number));
  const wholeMonths = start.endsWith("-01") && isoDay(dayNumber(end) + 1).endsWith("-01");
  if (!wholeMonths) return `${dayWords(start)} – ${dayWords(end)}`;
  if (month === 1 && lastMonth === 12) return year === lastYear ? String(year) : `${year} – ${lastYear}`;
  const last = `${MONTHS[lastMonth - 1]} ${lastYear}`;
  if (year !== lastYear) return `${MONTHS[month - 1]} ${year} – ${last}`;
  return month === lastMonth ? last : `${MONTHS[month - 1]} – ${last}`;
}

/** When a claim holds, by its own words; empty where it says nothing. */
function when(claim) {
  if (!claim.time) return "";
  const { text, start, end } = claim.time;
  return start || end ? interval(start, end) : text;
}
