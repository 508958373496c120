/* Which pages answer best: fields, coverage, and in the text of the best ones how close the words stand. */

import { HEADING, NAME, TITLE } from "./terms.js";

const OFTEN = [0, 1, 2, 3.5, 6, 12, 24, 40];
const SATURATION = 1.2;
const LENGTH = 0.6;
const IN_TITLE = 3.5;
const IN_HEADING = 2.2;
const SECTION_BITS = 4096;

/** Return, for the slots of a query, which pages hold how much of it and how well. A slot is a list of postings of equal worth. */
export function ranked(slots, pages, lengths) {
  const body = new Float32Array(pages);
  const title = new Float32Array(pages);
  const held = new Float32Array(pages);
  const count = new Uint16Array(pages);
  const headings = new Map();
  let whole = 0;
  for (const slot of slots) {
    whole += slot.weight;
    const seen = slot.postings.length > 1 ? new Set() : null;
    for (const { shard, start, end } of slot.postings) {
      for (let at = start; at < end; at++) {
        const page = shard.pages[at];
        if (seen && (seen.has(page) || !seen.add(page))) continue;
        const code = shard.codes[at];
        const often = OFTEN[code & 7];
        const size = 1 - LENGTH + LENGTH * lengths[page];
        body[page] += (slot.weight * often * (SATURATION + 1)) / (often + SATURATION * size);
        held[page] += slot.weight;
        count[page]++;
        if (code & TITLE) title[page] += slot.weight;
        if (code & HEADING) {
          for (const section of shard.sections.get(at)) {
            const key = page * SECTION_BITS + Math.min(section, SECTION_BITS - 1);
            headings.set(key, (headings.get(key) ?? 0) + slot.weight);
          }
        }
      }
    }
  }
  return scored({ body, title, held, count, headings, whole: whole || 1, slots: slots.length || 1 });
}

function scored({ body, title, held, count, headings, whole, slots }) {
  const best = new Map();
  for (const [key, weight] of headings) {
    const page = Math.floor(key / SECTION_BITS);
    if (weight > (best.get(page) ?? 0)) best.set(page, weight);
  }
  const found = [];
  for (let page = 0; page < held.length; page++) {
    if (!held[page]) continue;
    const coverage = held[page] / whole;
    const fields = (IN_TITLE * title[page] ** 2 + IN_HEADING * (best.get(page) ?? 0) ** 2) / whole;
    const score = (body[page] * coverage ** 2 + fields) / whole;
    found.push({ page, score, coverage: Math.max(coverage, count[page] / slots) });
  }
  return found;
}

/** Return the pages on which an id is defined, each with the section it leads to. */
export function defined(postings) {
  const found = [];
  for (let at = postings.start; at < postings.end; at++) {
    if (postings.shard.codes[at] & NAME) found.push({ page: postings.shard.pages[at], section: postings.shard.names.get(at) });
  }
  return found;
}

/** Return the pages that hold all of several terms, as postings of their own. */
export function common(several) {
  const [rarest, ...others] = [...several].sort((a, b) => a.count - b.count);
  const held = others.map(({ shard, start, end }) => new Set(shard.pages.subarray(start, end)));
  const shard = { pages: [], codes: [], sections: new Map(), names: new Map() };
  for (let at = rarest.start; at < rarest.end; at++) {
    const page = rarest.shard.pages[at];
    if (held.every((pages) => pages.has(page))) shard.codes.push(rarest.shard.codes[at] & (TITLE | 7)) && shard.pages.push(page);
  }
  return { term: "", shard, start: 0, end: shard.pages.length, count: shard.pages.length };
}

/** Return how much a term tells, from how many of all pages hold it. */
export function weight(count, pages) {
  return Math.log(1 + (pages - Math.min(count, pages) + 0.5) / (Math.min(count, pages) + 0.5));
}
