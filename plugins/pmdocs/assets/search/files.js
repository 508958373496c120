/* The files of an index: read, checked, unpacked, and kept while there is room. */

const KEPT = 600;

/** A file that could not be read or is not what it was. */
export class Damaged extends Error {}

/** Return what reads the files of an index through `read`; whatever fails is told in `lost`. */
export class Files {
  constructor(read) {
    this.read = read;
    this.kept = new Map();
    this.lost = new Set();
  }

  /** Return a file made into something by `make(bytes)`, once; null where it is missing or damaged. */
  get(path, make) {
    let found = this.kept.get(path);
    this.kept.delete(path);
    if (!found) {
      found = this.load(path).then(make).then(
        (made) => (this.lost.delete(path), made),
        () => (this.kept.delete(path), this.lost.add(path), null),
      );
    }
    this.kept.set(path, found);
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value);
    return found;
  }

  async load(path) {
    const bytes = new Uint8Array(await this.read(path));
    const data = bytes.subarray(4);
    if (bytes.length < 4 || crc32(data) !== new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)) throw new Damaged(path);
    return data;
  }
}

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes) {
  let value = 0xffffffff;
  for (let index = 0; index < bytes.length; index++) value = TABLE[(value ^ bytes[index]) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** Return raw deflate data unpacked, `before` being what it may look back into. */
export async function inflate(bytes, before = new Uint8Array()) {
  const stream = new DecompressionStream("deflate-raw");
  const writer = stream.writable.getWriter();
  const written = before.length ? [stored(before), bytes] : [bytes];
  const sent = Promise.all([...written.map((part) => writer.write(part)), writer.close()]);
  const parts = [];
  let length = 0;
  const reader = stream.readable.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    length += next.value.length;
  }
  await sent;
  return joined(parts, length).subarray(before.length);
}

function joined(parts, length) {
  if (parts.length === 1) return parts[0];
  const whole = new Uint8Array(length);
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}

/* A deflate block that is not packed: what stands in it can be looked back into. */
function stored(bytes) {
  const block = new Uint8Array(bytes.length + 5);
  block.set([0, bytes.length & 255, bytes.length >> 8, ~bytes.length & 255, (~bytes.length >> 8) & 255]);
  block.set(bytes, 5);
  return block;
}

/** Reads numbers as packing.numbers writes them. */
export class Numbers {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  next() {
    const first = this.bytes[this.at++];
    if (first < 254) return first;
    const size = first === 254 ? 2 : 4;
    let value = 0;
    for (let index = size - 1; index >= 0; index--) value = value * 256 + this.bytes[this.at + index];
    this.at += size;
    return value;
  }
}

/** Return the columns of a file, unpacked. */
export async function columns(bytes, count) {
  const lengths = new Numbers(bytes);
  const sizes = Array.from({ length: count }, () => lengths.next());
  let position = lengths.at;
  return Promise.all(sizes.map((size) => inflate(bytes.subarray(position, (position += size)))));
}

/** Return the sorted words that stand in `numbers` from where it is. */
export function sortedWords(numbers, count) {
  const decoder = new TextDecoder();
  const words = [];
  let before = "";
  for (let index = 0; index < count; index++) {
    const shared = numbers.next();
    const size = numbers.next();
    const rest = decoder.decode(numbers.bytes.subarray(numbers.at, numbers.at + size));
    numbers.at += size;
    const kept = /[\ud800-\udfff]/.test(before) ? Array.from(before).slice(0, shared).join("") : before.slice(0, shared);
    words.push((before = kept + rest));
  }
  return words;
}

/** Return the number of the last entry of a sorted list that is not after `value`; -1 where all are. */
export function lastUpTo(list, value) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Return a file's JSON. */
export async function json(bytes) {
  return JSON.parse(new TextDecoder().decode(await inflate(bytes)));
}
