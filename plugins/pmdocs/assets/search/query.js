/* What a reader typed, taken apart: filters, and the words that are looked for. */

import { lower, pairs, plainTerms, runs, stem } from "./tokens.js";

const LONGEST = 300;
const MOST_WORDS = 24;
const JOINERS = /[-_./:+#\s]+/gu;
const FILTER = /(?:^|\s)([\p{L}]+)[:：]\s*("[^"]*"|[^\s:：]+)/gu;

/** Return a text as it is compared: normalized, in lower case, in one line; of a very long one the beginning. */
export function folded(text) {
  return lower(Array.from(String(text)).slice(0, LONGEST).join("").normalize("NFKC")).split(/\s+/).join(" ").trim();
}

/** Return the filters in a text (`type:prd`, `状态:草稿`), by the name of the facet, and the text without them. */
export function filtersIn(text, facets) {
  const filters = {};
  const rest = text.replace(FILTER, (whole, name, value) => {
    const facet = facets.find((each) => each.names.includes(folded(name)));
    const wanted = folded(value.replaceAll('"', ""));
    const found = facet?.values.filter(([key, label]) => folded(key) === wanted || folded(label) === wanted) ?? [];
    if (!found.length) return whole;
    (filters[facet.name] ??= []).push(...found.map(([key]) => key));
    return " ";
  });
  return { filters, rest };
}

/** Return the words of a text: each with what it must hold, best form first. */
export function wordsOf(text) {
  const normal = Array.from(text).slice(0, LONGEST).join("").normalize("NFKC");
  const found = [];
  let end = -1;
  for (const run of runs(normal)) {
    const between = end < 0 ? "" : normal.slice(end, run.start);
    found.push({ ...(run.wide ? wide(run.text) : plain(run.text)), joined: end >= 0 && /^ ?$/.test(between) });
    end = run.start + run.text.length;
  }
  return found.slice(0, MOST_WORDS);
}

function wide(text) {
  const characters = Array.from(text);
  const forms = characters.length > 1 ? [pairs(text).slice(0, -1)] : [[text]];
  return { text: lower(text), wide: true, single: characters.length === 1, forms };
}

function plain(text) {
  const whole = lower(text);
  const bare = whole.replace(JOINERS, "");
  const parts = Array.from(new Set(lastParts(text)));
  const several = text.split(JOINERS).filter(Boolean).length > 1;
  const forms = bare === whole ? [...(parts.length > 1 ? [[bare]] : []), parts] : several ? [[bare], [whole], parts] : [[whole], [bare]];
  return { text: whole, wide: false, bare, digits: /\p{Nd}/u.test(text), forms: forms.filter((form) => form.length && form[0]) };
}

/* The parts of a plain run, without its whole and glued forms; a single word is its own part. */
function lastParts(text) {
  return text.split(JOINERS).filter(Boolean).flatMap((part) => {
    const terms = plainTerms(part);
    return terms.length > 1 ? terms.slice(1) : terms;
  });
}

/** Return an expression that finds a word in folded text. */
export function needle(word) {
  if (word.wide) return new RegExp(escaped(word.text), "gu");
  const characters = Array.from(word.bare).map(escaped);
  if (word.digits && word.bare.length > 3) return new RegExp(`(?<![\\p{L}\\p{N}])${characters.join("[-_./:+#]?")}`, "gu");
  return new RegExp(`(?<![a-z0-9])${escaped(word.stem ?? stem(word.text))}`, "gu");
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
