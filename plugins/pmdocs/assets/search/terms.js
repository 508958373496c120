/* The shards of terms: which pages hold a term, how often, in which headings, and as the id of what. */

import { Numbers, columns, lastUpTo, sortedWords } from "./files.js";

export const TITLE = 8;
export const HEADING = 16;
export const NAME = 32;
const EXPANDED = 24;
const SHARDS_OF_A_PREFIX = 8;

/** Finds the postings of terms. */
export class Terms {
  constructor(files, map) {
    this.files = files;
    this.first = map.first;
    this.paths = map.first.map((_, index) => `terms/${index}.${map.names.slice(index * 8, index * 8 + 8)}.bin`);
  }

  shard(index) {
    return this.files.get(this.paths[index], unpacked);
  }

  /** Return the postings of a term, null where no page holds it. */
  async get(term) {
    const index = lastUpTo(this.first, term);
    const shard = index < 0 ? null : await this.shard(index);
    const place = shard ? lastUpTo(shard.words, term) : -1;
    return place >= 0 && shard.words[place] === term ? shard.postings(place) : null;
  }

  /** Return the postings of the terms that begin with a prefix, the most frequent first, the prefix itself left out. */
  async beginning(prefix, { most = EXPANDED, shards = SHARDS_OF_A_PREFIX } = {}) {
    const found = [];
    const from = Math.max(0, lastUpTo(this.first, prefix));
    for (let index = from; index < this.first.length && index < from + shards; index++) {
      if (index > from && !this.first[index].startsWith(prefix)) break;
      const shard = await this.shard(index);
      if (!shard) continue;
      for (let place = Math.max(0, lastUpTo(shard.words, prefix)); place < shard.words.length; place++) {
        const word = shard.words[place];
        if (word.startsWith(prefix) && word !== prefix) found.push({ shard, place });
        else if (word > prefix && word !== prefix) break;
      }
    }
    found.sort((a, b) => b.shard.counts[b.place] - a.shard.counts[a.place]);
    return found.slice(0, most).map(({ shard, place }) => shard.postings(place));
  }
}

async function unpacked(bytes) {
  const [table, steps, codes, places] = await columns(bytes, 4);
  const head = new Numbers(table);
  const count = head.next();
  const counts = Array.from({ length: count }, () => head.next());
  return new Shard(sortedWords(head, count), counts, steps, codes, places);
}

class Shard {
  constructor(words, counts, steps, codes, places) {
    Object.assign(this, { words, counts, codes, places, starts: [0] });
    for (const each of counts) this.starts.push(this.starts.at(-1) + each);
    this.pages = new Uint32Array(this.starts.at(-1));
    this.sections = new Map();
    this.names = new Map();
    const step = new Numbers(steps);
    const place = new Numbers(places);
    for (let term = 0; term < counts.length; term++) {
      let page = 0;
      for (let at = this.starts[term]; at < this.starts[term + 1]; at++) {
        this.pages[at] = page += step.next();
        if (codes[at] & HEADING) this.sections.set(at, Array.from({ length: place.next() }, () => place.next()));
        if (codes[at] & NAME) this.names.set(at, place.next());
      }
    }
  }

  postings(term) {
    return { term: this.words[term], shard: this, start: this.starts[term], end: this.starts[term + 1], count: this.counts[term] };
  }
}
