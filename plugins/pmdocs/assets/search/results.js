/* What is shown of a page: its best section, an excerpt of it, and the other sections that answer. */

import { excerptOf, marksIn, nearness, sectionsOf } from "./passages.js";

const GOOD = 0.8;
const MORE = 8;
const JOINERS = /[^\p{L}\p{N}]/gu;

/** Return a page with its sections ranked and its score told by how close to each other the words stand in them. */
export function closest(found, page, look) {
  const base = { number: found.page, page, look, pinned: 0 };
  if (!page) return { ...base, sections: [], score: found.score };
  const sections = sectionsOf(page, look);
  if (found.pinned !== undefined) {
    const at = sections.findIndex(({ index }) => index === found.pinned);
    const own = at < 0 ? { section: page.sections[found.pinned], coverage: 1, score: 1 } : sections.splice(at, 1)[0];
    sections.unshift(own);
    base.pinned = importance(page, own.section, look);
  }
  const score = found.score * (0.7 + 0.5 * Math.min(1.5, sections[0]?.score ?? 0)) * (1 + nearness(page.title, look.phrase));
  return { ...base, sections, score };
}

/* How much an id that was asked for matters: the id itself before one that ends so, then what more refers to. */
function importance(page, section, look) {
  const asked = bare(look.phrase);
  const names = [page.name, ...section.names].filter(({ id }) => bare(id).endsWith(asked));
  const worth = names.map(({ id, referred }) => (bare(id) === asked ? 1e6 : 1) + referred);
  return Math.max(1, ...worth);
}

function bare(id) {
  return id.toLowerCase().replace(JOINERS, "");
}

/** Return a page as a result: plain values, and texts that are no HTML. */
export function resultOf({ page, look, sections, score }) {
  const top = { section: page.sections[0] ?? { anchor: "", title: page.title, text: "", names: [] }, coverage: 0 };
  const [first, ...others] = sections.length ? sections : [top];
  const more = others.filter((each) => each.coverage >= GOOD * first.coverage).slice(0, MORE);
  return {
    url: page.url,
    title: page.title,
    titleMarks: marksIn(page.title, look),
    ...partOf(page, first.section, look),
    score,
    more: more.map(({ section }) => partOf(page, section, look)),
  };
}

function partOf(page, section, look) {
  const asked = bare(look.phrase);
  const own = section.names.find(({ anchor }) => anchor === section.anchor) ?? { ...page.name, anchor: section.anchor };
  const { anchor, id, kind } = section.names.find((name) => bare(name.id) === asked) ?? own;
  return {
    anchor,
    section: section.title || page.title,
    sectionMarks: marksIn(section.title, look, section.low),
    id,
    kind,
    ...excerptOf(section.text, look, section.lowText),
  };
}
