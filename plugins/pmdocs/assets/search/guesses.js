/* What a reader may have meant: synonyms of the glossary, words typed in pinyin, words with a slip of the fingers. */

import { Numbers, columns, json, lastUpTo, sortedWords } from "./files.js";
import { folded } from "./query.js";

const MOST = 6;
const SYLLABLES = 8;
const BEAM = 48;
const SLIPS = 3;

/** Guesses at what was meant, from the side indexes; each is read when it is first needed. */
export class Guesses {
  constructor(files, entry) {
    this.files = files;
    this.entry = entry;
  }

  /** Return what a text may also be called: the text with a word of the glossary in another of its forms. */
  async synonyms(text) {
    const groups = (await this.files.get(this.entry.words, json)) ?? [];
    const low = folded(text);
    const found = [];
    for (const [preferred, avoided] of groups) {
      const forms = [...preferred, ...avoided].map(folded).sort((a, b) => b.length - a.length);
      const form = forms.find((each) => each && holds(low, each));
      if (!form) continue;
      const isAvoided = avoided.map(folded).includes(form) && !preferred.map(folded).includes(form);
      const others = preferred.filter((each) => !form.includes(folded(each))).slice(0, isAvoided ? 1 : 3);
      for (const other of others) found.push({ length: form.length, text: low.replace(form, ` ${other} `), instead: other, factor: isAvoided ? 1 : 0.7 });
    }
    return found.sort((a, b) => b.length - a.length).slice(0, MOST);
  }

  /** Return the Chinese that letters may stand for in pinyin: few long syllables before many short ones, then the most frequent. */
  async pinyin(letters) {
    if (!/^[a-zü]{3,48}$/.test(letters)) return [];
    const map = await this.files.get(this.entry.pinyin, json);
    if (!map) return [];
    const known = new Set(map.syllables);
    const ways = cuts(letters.replaceAll("ü", "v"), known).slice(0, 4);
    const found = new Map();
    for (const syllables of ways) {
      for (const [text, cost] of await this.spoken(syllables, map)) if (!found.has(text)) found.set(text, syllables.length * 1000 + cost);
    }
    return Array.from(found).sort((a, b) => a[1] - b[1]).slice(0, MOST).map(([text]) => text);
  }

  async spoken(syllables, map) {
    const numbered = syllables.map((each) => map.syllables.indexOf(each));
    let beam = null;
    for (let at = 0; at + 1 < syllables.length; at++) {
      const shard = await this.pinyinShard(numbered[at], map);
      const pairs = shard?.get(numbered[at])?.get(numbered[at + 1]) ?? [];
      const next = [];
      pairs.forEach(([first, second], place) => {
        const [one, other] = [this.character(map, numbered[at], first), this.character(map, numbered[at + 1], second)];
        if (!beam) next.push([one + other, place]);
        else for (const [text, cost] of beam) if (text.endsWith(one)) next.push([text + other, cost + place]);
      });
      beam = next.sort((a, b) => a[1] - b[1]).slice(0, BEAM);
    }
    return (beam ?? []).map(([text, cost]) => [text, cost / (syllables.length - 1)]);
  }

  character(map, syllable, place) {
    map.split ??= new Map();
    if (!map.split.has(syllable)) map.split.set(syllable, Array.from(map.characters[syllable]));
    return map.split.get(syllable)[place];
  }

  pinyinShard(syllable, map) {
    const index = lastUpTo(map.first, syllable);
    return index < 0 ? null : this.files.get(`pinyin/${index}.${map.names.slice(index * 8, index * 8 + 8)}.bin`, soundsIn);
  }

  /** Return the words of the index that differ from a word by a slip or, if it is long, by two; the likeliest first. */
  async spelling(word) {
    if (!/^[a-z0-9]{4,24}$/.test(word)) return [];
    const map = await this.files.get(this.entry.spelling, json);
    const most = word.length < 8 || /\d/.test(word) ? 1 : 2;
    const found = [];
    for (const shard of map ? await this.spellings(word, most, map) : []) {
      shard?.words.forEach((other, index) => {
        const slips = distance(word, other, most);
        if (slips > 0 && slips <= most) found.push({ word: other, slips, count: shard.counts[index], first: other[0] === word[0] });
      });
    }
    found.sort((a, b) => a.slips - b.slips || b.first - a.first || b.count - a.count || (a.word < b.word ? -1 : 1));
    return found.slice(0, SLIPS).map((each) => each.word);
  }

  spellings(word, most, map) {
    const wanted = [];
    map.first.forEach((first, index) => {
      if (Math.abs(Number(first.slice(0, 2)) - word.length) > most) return;
      const next = map.first[index + 1];
      const same = map.first.filter((other) => other.startsWith(first.slice(0, 2))).length;
      const begins = first.slice(2) <= `${word.slice(0, 2)}~`;
      const ends = !next || next.slice(0, 2) !== first.slice(0, 2) || next.slice(2) >= word.slice(0, 2);
      if (same <= 2 || (begins && ends)) wanted.push(index);
    });
    return Promise.all(wanted.slice(0, 12).map((index) => this.files.get(`spelling/${index}.${map.names.slice(index * 8, index * 8 + 8)}.bin`, spellingsIn)));
  }
}

async function soundsIn(bytes) {
  const [data] = await columns(bytes, 1);
  const read = new Numbers(data);
  const list = (count, make) => Array.from({ length: count }, make);
  const sounds = new Map();
  while (read.at < data.length) {
    const syllable = read.next();
    sounds.set(syllable, new Map(list(read.next(), () => [read.next(), list(read.next(), () => [read.next(), read.next()])])));
  }
  return sounds;
}

async function spellingsIn(bytes) {
  const [table, counts] = await columns(bytes, 2);
  const head = new Numbers(table);
  return { words: sortedWords(head, head.next()), counts };
}

function holds(text, form) {
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
    if (!/^[a-z0-9]/.test(form) || (!/[a-z0-9]/.test(text[at - 1] ?? "") && !/[a-z0-9]/.test(text[at + form.length] ?? ""))) return true;
  }
  return false;
}

/* The ways to cut letters into known syllables, those with few of them first. */
function cuts(letters, known) {
  const found = [];
  const walk = (at, syllables) => {
    if (found.length >= 24 || syllables.length > SYLLABLES) return;
    if (at === letters.length) {
      if (syllables.length > 1) found.push(syllables);
      return;
    }
    for (let size = Math.min(6, letters.length - at); size > 0; size--) {
      const syllable = letters.slice(at, at + size);
      if (known.has(syllable)) walk(at + size, [...syllables, syllable]);
    }
  };
  walk(0, []);
  return found.sort((a, b) => a.length - b.length);
}

/** Return by how many slips two words differ: a letter too many, too few, another, or two that changed places. */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = null;
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const line = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      line[column] = Math.min(last[column] + 1, line[column - 1] + 1, last[column - 1] + !same);
      if (before && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) line[column] = Math.min(line[column], before[column - 2] + 1);
    }
    if (Math.min(...line) > most) return most + 1;
    [before, last] = [last, line];
  }
  return last[other.length];
}
