/* The texts of pages: from the chunks of an index to sections. */

import { inflate, lastUpTo } from "./files.js";

const ONE_BYTE = 176;

/** Finds the text of pages. */
export class Texts {
  constructor(files, map, alphabet) {
    this.files = files;
    this.first = map.first;
    this.alphabet = alphabet;
    this.paths = map.first.map((_, index) => `texts/${index}.${map.names.slice(index * 8, index * 8 + 8)}.bin`);
  }

  /** Return a page with its sections, null where its file is missing or damaged. */
  async page(number) {
    const chunk = lastUpTo(this.first, number);
    const pages = await this.files.get(this.paths[chunk], async (bytes) => {
      const alphabet = await this.files.get(this.alphabet, unpackedAlphabet);
      return read(await inflate(bytes, alphabet.sample), alphabet.letters).split("\x1d").map(pageOf);
    });
    return pages ? pages[number - this.first[chunk]] : null;
  }
}

async function unpackedAlphabet(bytes) {
  const data = await inflate(bytes);
  const size = new DataView(data.buffer, data.byteOffset).getUint32(0, true);
  const letters = Array.from(new TextDecoder("utf-8", { ignoreBOM: true }).decode(data.subarray(4, 4 + size)));
  return { letters, sample: data.slice(4 + size) };
}

function read(bytes, letters) {
  const parts = [];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte < ONE_BYTE) parts.push(letters[byte]);
    else if (byte < 255) parts.push(letters[ONE_BYTE + (byte - ONE_BYTE) * 256 + bytes[++at]]);
    else parts.push(String.fromCodePoint(bytes[at + 1] + bytes[at + 2] * 256 + bytes[(at += 3)] * 65536));
  }
  return parts.join("");
}

function pageOf(text) {
  const [head, ...sections] = text.split("\x1e");
  const [url, title, own] = head.split("\x1f");
  return { url, title, name: own ? nameOf(own) : { anchor: "", id: "", kind: "", referred: 0 }, sections: sections.map(sectionOf) };
}

function sectionOf(text) {
  const [anchor, title, words, ...names] = text.split("\x1f");
  return { anchor, title, text: words, names: names.map(nameOf) };
}

function nameOf(text) {
  const [anchor, id, kind, referred] = text.split("\x1c");
  return { anchor, id, kind, referred: Number(referred) };
}
