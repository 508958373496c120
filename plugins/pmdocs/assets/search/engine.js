/* The engine of search: `open(read)` → `search(query, {limit, filters})`. It knows neither a page nor a worker. */

import { Files, json } from "./files.js";
import { Guesses } from "./guesses.js";
import { Looks } from "./looks.js";
import { filtersIn, folded } from "./query.js";
import { ranked } from "./ranking.js";
import { closest, resultOf } from "./results.js";
import { Terms } from "./terms.js";
import { Texts } from "./texts.js";

const FORMAT = 1;
const READ = 12;
const LEAST = 0.5;
const NEAR_BEST = 0.6;
const NEARLY = 0.2;
const MOST_NEAR = 5;

/** Open an index: `read(path)` gives the bytes of a file in its folder. */
export async function open(read) {
  const entry = JSON.parse(new TextDecoder().decode(await read("index.json")));
  if (entry.format !== FORMAT) throw new Error(`format ${entry.format}`);
  const files = new Files(read);
  const map = await files.get(entry.map, json);
  if (!map) throw new Error(entry.map);
  return new Search(files, entry, map);
}

class Search {
  constructor(files, entry, map) {
    this.files = files;
    this.pages = entry.pages;
    this.looks = new Looks(new Terms(files, map.terms), new Guesses(files, entry), entry.pages);
    this.texts = new Texts(files, map.texts, entry.alphabet);
    this.facets = map.facets.map((facet) => ({ ...facet, names: [folded(facet.name), folded(facet.label)] }));
    const sizes = map.lengths.map((each) => 2 ** (each / 4));
    const average = sizes.reduce((sum, each) => sum + each, 0) / (sizes.length || 1);
    this.lengths = Float32Array.from(sizes, (each) => each / average);
  }

  /**
   * Return the pages that answer a query: how many, how many for each value of a facet, and the best, each with its best section.
   * `near` are pages that nearly answer where none does, `instead` what was looked for beside what was typed, `missing` the
   * words that no page holds, `lost` the files that could not be read: the rest has answered.
   */
  async search(query, { limit = Infinity, filters = {} } = {}) {
    const typed = filtersIn(String(query ?? ""), this.facets);
    const chosen = merged(typed.filters, filters);
    const looks = await this.looks.of(typed.rest);
    let found = looks[0].words.length || !Object.keys(chosen).length ? this.matching(looks, LEAST) : this.everything();
    if (!found.length && looks[0].words.length) {
      looks.push(...(await this.looks.corrected(looks[0])));
      found = this.matching(looks, LEAST);
    }
    const { facets, kept } = this.narrowed(found, chosen);
    const near = found.length ? [] : this.narrowed(this.matching(looks, NEARLY), chosen).kept.slice(0, MOST_NEAR);
    const results = await this.shown(kept, looks, limit);
    return {
      total: kept.length,
      facets,
      results,
      near: await this.shown(near, looks, limit),
      missing: missingFrom(looks, kept),
      instead: Array.from(new Set(kept.slice(0, MOST_NEAR).map(({ look }) => looks[look]?.instead).filter(Boolean))),
      filters: chosen,
      lost: Array.from(this.files.lost),
    };
  }

  everything() {
    return Array.from({ length: this.pages }, (_, page) => ({ page, score: 0, coverage: 1, look: 0 }));
  }

  /* The pages that hold enough of a query in one of the ways it can be read, the best first. */
  matching(looks, least) {
    const each = looks.map((look) => ranked(look.slots, this.pages, this.lengths));
    let best = 0;
    for (const pages of each) for (const { coverage } of pages) best = Math.max(best, coverage);
    const enough = Math.max(least, NEAR_BEST * best) - 1e-6;
    const found = new Map();
    each.forEach((pages, look) => {
      for (const { page, score, coverage } of pages) {
        const worth = score * looks[look].factor;
        if (coverage >= enough && worth > (found.get(page)?.score ?? -1)) found.set(page, { page, score: worth, coverage, look });
      }
    });
    looks.forEach((look, index) => {
      for (const { page, section } of look.pinned) if (found.has(page) && found.get(page).pinned === undefined) Object.assign(found.get(page), { pinned: section, look: index });
    });
    const first = (one) => (one.pinned === undefined ? 0 : 1);
    return Array.from(found.values()).sort((a, b) => first(b) - first(a) || b.score - a.score || a.page - b.page);
  }

  /* The pages that pass the filters, and for each facet how many would pass with each of its values. */
  narrowed(found, chosen) {
    const passes = this.facets.map((facet) => {
      const wanted = chosen[facet.name]?.map((value) => facet.values.findIndex(([key]) => key === value) + 1);
      return wanted ? (page) => [facet.of[page]].flat().some((each) => each && wanted.includes(each)) : () => true;
    });
    const facets = {};
    this.facets.forEach((facet, own) => {
      const counts = new Map();
      for (const { page } of found) {
        if (!passes.every((pass, index) => index === own || pass(page))) continue;
        for (const each of [facet.of[page]].flat()) if (each) counts.set(each, (counts.get(each) ?? 0) + 1);
      }
      const told = facet.values.map(([key], index) => [key, counts.get(index + 1)]).filter(([, count]) => count);
      facets[facet.name] = Object.fromEntries(told);
    });
    return { facets, kept: found.filter(({ page }) => passes.every((pass) => pass(page))) };
  }

  async shown(kept, looks, limit) {
    const read = kept.slice(0, Math.max(READ, limit));
    const pages = await Promise.all(read.map(({ page }) => this.texts.page(page)));
    const closer = read.map((each, index) => closest(each, pages[index], looks[each.look])).filter((each) => each.page);
    closer.sort((a, b) => b.pinned - a.pinned || b.score - a.score || a.number - b.number);
    return closer.slice(0, limit).map(resultOf);
  }
}

/* The words that nothing shown stands for: no page holds them, and no other reading of the query led to a page. */
function missingFrom(looks, kept) {
  const isTyped = kept.length > 0 && kept.slice(0, MOST_NEAR).every(({ look }) => looks[look].instead === null);
  return isTyped ? looks[0].words.filter((word) => !word.known).map((word) => word.text) : [];
}

function merged(typed, given) {
  const both = { ...typed };
  for (const [name, values] of Object.entries(given ?? {})) {
    const list = [values].flat().filter((value) => value !== "" && value != null).map(String);
    if (list.length) both[name] = [...(both[name] ?? []), ...list];
  }
  return both;
}
