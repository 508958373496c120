/* The ways in which a query can be read: as typed, with synonyms, as pinyin, with slips mended. Each knows its postings. */

import { folded, needle, wordsOf } from "./query.js";
import { common, defined, weight } from "./ranking.js";

const UNKNOWN = 0.3;
const AS_PINYIN = 0.9;
const AS_SLIP = 0.8;
const MOST = 6;
/** In how few pages a word may stand that is still tried as pinyin: a page about search may hold examples. */
const RARE = 2;

/** Looks queries up. A look has words with their weights, slots of postings, needles for texts, and what it stands for. */
export class Looks {
  constructor(terms, guesses, pages) {
    Object.assign(this, { terms, guesses, pages });
  }

  /** Return the looks of a text, that of the text as typed first. */
  async of(text) {
    const typed = await this.look(wordsOf(text), { phrase: folded(text) });
    if (!typed.words.length) return [typed];
    const others = [];
    for (const each of await this.guesses.synonyms(text)) {
      others.push(await this.look(wordsOf(each.text), { phrase: folded(each.instead), instead: each.instead, factor: each.factor }));
    }
    for (const words of await this.spoken(typed.words)) {
      const instead = words.map((word) => word.text).join(" ");
      others.push(await this.look(words, { phrase: instead, instead, factor: AS_PINYIN }));
    }
    return [typed, ...others];
  }

  /** Return the looks of a query whose unknown words are taken for slips. */
  async corrected(typed) {
    let readings = [[]];
    for (const word of typed.words) {
      const guesses = isUnknown(word) ? await this.guesses.spelling(word.bare) : [];
      const forms = guesses.length ? guesses.map(mended) : [word];
      readings = readings.flatMap((before) => forms.map((form) => [...before, form])).slice(0, MOST);
    }
    const changed = readings.filter((words) => words.some((word, at) => word !== typed.words[at]));
    return Promise.all(changed.map((words) => {
      const instead = words.map((word) => word.text).join(" ");
      return this.look(words, { phrase: instead, instead, factor: AS_SLIP });
    }));
  }

  async look(typed, { phrase, instead = null, factor = 1 }) {
    const words = await this.glued(typed);
    const slots = (await Promise.all(words.map((word) => this.slotsOf(word)))).flat();
    const isId = words.length === 1 && words[0].found && (instead === null || words[0].stem);
    const named = isId ? defined(words[0].found) : [];
    return { words, slots, needles: words.map(needle), phrase, instead, factor, pinned: named };
  }

  /* Words typed apart that are one id: `REQ CHK 012`. */
  async glued(words) {
    const found = [];
    for (let at = 0; at < words.length; at++) {
      let taken = null;
      for (let end = Math.min(words.length, at + 5); end > at + 1 && !taken; end--) {
        const run = words.slice(at, end);
        if (run.some((word, index) => word.wide || (index && !word.joined)) || !run.at(-1).digits) continue;
        const bare = run.map((word) => word.bare).join("");
        if (await this.terms.get(bare)) taken = { text: bare, bare, wide: false, digits: true, forms: [[bare]], size: run.length };
      }
      found.push(taken ?? words[at]);
      if (taken) at += taken.size - 1;
    }
    return found;
  }

  /* What the index holds of a word: the first form it knows, else words that begin with it. */
  async slotsOf(word) {
    let slots = [];
    if (word.single) {
      const own = await this.terms.get(word.text);
      slots = [this.slot(word.text, [...(own ? [own] : []), ...(await this.terms.beginning(word.text, { most: Infinity, shards: 24 }))])];
    } else {
      for (const form of word.forms) {
        const postings = await Promise.all(form.map((term) => this.terms.get(term)));
        slots = postings.map((each, index) => this.slot(form[index], each ? [each] : []));
        if (form.length === 1 && postings[0]) word.found = postings[0];
        if (form.length > 1 && !word.wide) slots = [this.slot(word.text, postings.every(Boolean) ? [common(postings)] : [])];
        if (postings.every(Boolean)) break;
      }
      if (word.wide) forgive(slots);
      else if (slots.length === 1 && !slots[0].postings.length && word.text.length > 1) {
        word.begun = await this.terms.beginning(slots[0].term);
        slots = [this.slot(word.text, word.begun)];
      }
    }
    word.known = slots.some((slot) => slot.postings.length);
    word.weight = slots.reduce((sum, slot) => sum + slot.weight, 0);
    return slots;
  }

  slot(term, postings) {
    return { term, postings, weight: weight(postings.reduce((sum, each) => sum + each.count, 0), this.pages) };
  }

  /* The words of a query with those that no page holds read as pinyin: neighbours together, else each by itself. */
  async spoken(words) {
    const unknown = words.map((word) => !word.wide && /^[a-zü]+$/.test(word.text) && (isUnknown(word) || word.begun || word.found?.count <= RARE));
    let readings = [[]];
    let any = false;
    for (let at = 0; at < words.length; at++) {
      if (!unknown[at]) {
        readings = readings.map((before) => [...before, words[at]]);
        continue;
      }
      let end = at + 1;
      while (unknown[end] && words[end].joined) end++;
      let guesses = await this.guesses.pinyin(words.slice(at, end).map((word) => word.bare).join(""));
      if (!guesses.length && end > at + 1) guesses = await this.guesses.pinyin(words[(end = at + 1) - 1].bare);
      any ||= guesses.length > 0;
      const forms = guesses.length ? guesses.map(wordsOf) : [words.slice(at, end)];
      readings = readings.flatMap((before) => forms.map((form) => [...before, ...form])).slice(0, MOST);
      at = end - 1;
    }
    return any ? readings : [];
  }
}

function isUnknown(word) {
  return !word.wide && !word.known;
}

function mended(term) {
  return { text: term, bare: term, wide: false, digits: /\d/.test(term), stem: term, forms: [[term]] };
}

/* A pair that no page holds weighs little in a run of which most are known: a dropped character makes such pairs. */
function forgive(slots) {
  const known = slots.filter((slot) => slot.postings.length);
  if (!known.length) return;
  const mean = known.reduce((sum, slot) => sum + slot.weight, 0) / known.length;
  const part = known.length * 2 >= slots.length ? UNKNOWN : 1;
  for (const slot of slots) if (!slot.postings.length) slot.weight = part * mean;
}
