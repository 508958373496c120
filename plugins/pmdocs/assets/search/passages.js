/* Inside the text of a page: which section answers best, and what of it to show. */

import { lower } from "./tokens.js";

const BEFORE = 40;
const EXCERPT = 150;

/** Return the sections of a page that hold words of a query, the best first: each with its score and its coverage. */
export function sectionsOf(page, looked) {
  const { words, needles, phrase } = looked;
  const whole = words.reduce((sum, word) => sum + word.weight, 0) || 1;
  const found = page.sections.map((section, index) => {
    const title = (section.low ??= fold(section.title));
    const text = (section.lowText ??= fold(section.text));
    let both = 0;
    let headed = 0;
    words.forEach((word, at) => {
      const inTitle = share(title.low, word, needles[at]);
      both += word.weight * Math.max(inTitle, share(text.low, word, needles[at]));
      headed += word.weight * inTitle;
    });
    const phrased = phrase && phrase.length > 1 ? (title.low.includes(phrase) ? 0.5 : 0) + (text.low.includes(phrase) ? 0.35 : 0) : 0;
    const coverage = both / whole;
    return { index, section, coverage, score: coverage ** 2 + 0.6 * (headed / whole) ** 2 + phrased };
  });
  return found.filter((each) => each.coverage > 0).sort((a, b) => b.score - a.score || a.index - b.index);
}

/* How much of a word stands in a text: a run of Chinese counts by its pairs. */
function share(text, word, needle) {
  needle.lastIndex = 0;
  if (needle.test(text)) return 1;
  if (!word.wide || word.single) return 0;
  const pairs = word.forms[0];
  return (0.9 * pairs.filter((pair) => text.includes(pair)).length) / pairs.length;
}

/** Return how close a title is to what was typed: 1 where it is the same. */
export function nearness(title, phrase) {
  const low = fold(title).low.replace(/\s+/g, "");
  const bare = phrase.replace(/\s+/g, "");
  if (!bare || !low.includes(bare)) return 0;
  return low.startsWith(bare) ? 0.5 + bare.length / low.length / 2 : bare.length / low.length / 1.2;
}

/** Return a text in lower case and normalized, with the place of each of its units in the text where they differ. */
export function fold(text) {
  const low = lower(text.normalize("NFKC"));
  if (low.length === text.length) return { low, places: null };
  const places = [];
  let whole = "";
  let at = 0;
  for (const character of text) {
    const part = lower(character.normalize("NFKC"));
    for (let index = 0; index < part.length; index++) places.push(at);
    whole += part;
    at += character.length;
  }
  places.push(at);
  return { low: whole, places };
}

/** Return where the words of a query stand in a text: sorted pairs of begin and end that do not overlap. */
export function marksIn(text, looked, folded = fold(text)) {
  const found = [];
  looked.needles.forEach((needle, at) => {
    const word = looked.words[at];
    const before = found.length;
    for (const match of folded.low.matchAll(needle)) found.push([match.index, match.index + match[0].length]);
    if (found.length > before || !word.wide || word.single) return;
    for (const pair of word.forms[0]) {
      for (let place = folded.low.indexOf(pair); place >= 0; place = folded.low.indexOf(pair, place + 1)) found.push([place, place + pair.length]);
    }
  });
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const merged = [];
  for (const [start, end] of found) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  const { places } = folded;
  return places ? merged.map(([start, end]) => [places[start], places[end]]) : merged;
}

/** Return the part of a text that shows most of what was looked for, and the marks within it. */
export function excerptOf(text, looked, folded) {
  const marks = marksIn(text, looked, folded);
  let start = 0;
  if (text.length > EXCERPT && marks.length) start = cutBefore(text, Math.max(0, densest(marks, text) - BEFORE));
  let end = Math.min(text.length, start + EXCERPT);
  if (isLow(text, end)) end++;
  const lead = start > 0 ? "…" : "";
  const shift = lead.length - start;
  return {
    excerpt: lead + text.slice(start, end) + (end < text.length ? "…" : ""),
    marks: marks.filter(([from, to]) => from >= start && to <= end).map(([from, to]) => [from + shift, to + shift]),
  };
}

/* The first mark of the stretch in which most different words stand. */
function densest(marks, text) {
  let best = marks[0][0];
  let most = -1;
  marks.forEach(([from], index) => {
    const seen = new Set();
    let long = 0;
    for (let next = index; next < marks.length && marks[next][1] <= from + EXCERPT - BEFORE; next++) {
      const word = text.slice(...marks[next]).toLowerCase();
      long += seen.has(word) ? 0.1 : word.length;
      seen.add(word);
    }
    if (long > most) [best, most] = [from, long];
  });
  return best;
}

/* Begin at a sentence or a word where one is near. */
function cutBefore(text, start) {
  if (!start) return 0;
  const near = text.slice(start, start + 24).search(/[。！？；，、\s]/);
  const cut = near >= 0 ? start + near + 1 : start;
  return isLow(text, cut) ? cut + 1 : cut;
}

function isLow(text, at) {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
