/* Text → the terms that search compares, as TOKENS.md says; the builder's half is search/tokens.py. */

const WIDE = "\\u3005-\\u3007\\u3041-\\u3096\\u30a1-\\u30fa\\u30fc\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uac00-\\ud7af\\u{20000}-\\u{323af}";
const WORD = `(?:(?![${WIDE}])[\\p{L}\\p{N}])+`;
const RUN = new RegExp(`([${WIDE}]+)|(${WORD}(?:[-_./:+#]{1,3}${WORD})*[+#]{0,2})`, "gu");
const CAMEL = /(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/;
const LETTER = /\p{L}/u;
const ENGLISH = /^[a-z]{4,}$/;
const LONGEST = 40;

/** Return the terms of a text in order, with repetitions. */
export function terms(text) {
  const found = [];
  for (const run of runs(text)) found.push(...(run.wide ? pairs(run.text) : plainTerms(run.text)));
  return found;
}

/** Return the runs of a text, normalized: whether each is wide, its text, and where it begins in the normalized text. */
export function runs(text) {
  return Array.from(text.normalize("NFKC").matchAll(RUN), (match) => ({
    wide: match[1] !== undefined,
    text: match[0],
    start: match.index,
  }));
}

/** Return the terms of a wide run: its overlapping pairs, then its last character. */
export function pairs(run) {
  const characters = Array.from(run);
  return characters.map((each, index) => each + (characters[index + 1] ?? ""));
}

/** Return the terms of a plain run as it stands in a normalized text. */
export function plainTerms(run) {
  const pieces = run.split(/[/:]+/).filter(Boolean);
  const whole = pieces.length > 1 ? short(lower(run)) : [];
  return [...whole, ...pieces.flatMap(pieceTerms)];
}

function pieceTerms(piece) {
  const parts = piece.split(/[-_.+#]+/).filter(Boolean);
  const found = [];
  if (parts.length !== 1 || parts[0] !== piece) found.push(...short(lower(piece)));
  if (parts.length > 1 && LETTER.test(piece)) {
    found.push(...short(parts.map(lower).join("")));
    for (let start = 1; start < parts.length - 1; start++) found.push(...short(parts.slice(start).map(lower).join("")));
  }
  for (const part of parts) {
    const words = part.split(CAMEL).filter(Boolean);
    if (words.length > 1) found.push(cut(lower(part)));
    found.push(...words.map((word) => cut(stem(lower(word)))));
  }
  return found;
}

function short(form) {
  return Array.from(form).length <= LONGEST ? [form] : [];
}

function cut(word) {
  return word.length <= LONGEST ? word : Array.from(word).slice(0, LONGEST).join("");
}

/** Return a text in lower case, with one form of sigma. */
export function lower(text) {
  return text.toLowerCase().replaceAll("ς", "σ");
}

/** Return the stem of an English word, any other word as it is. */
export function stem(word) {
  if (!ENGLISH.test(word)) return word;
  let found = singular(word);
  for (const ending of ["ing", "ed"]) {
    const bare = found.endsWith(ending) ? found.slice(0, -ending.length) : "";
    if (bare.length >= 3 && /[aeiouy]/.test(bare)) {
      const doubled = bare.at(-1) === bare.at(-2) && !"lsz".includes(bare.at(-1)) && bare.length > 3;
      found = doubled ? bare.slice(0, -1) : bare;
      break;
    }
  }
  return found.endsWith("e") && found.length > 3 ? found.slice(0, -1) : found;
}

function singular(word) {
  if (word.endsWith("sses") && word.length > 4) return word.slice(0, -2);
  if (word.endsWith("ies")) return word.length > 4 ? word.slice(0, -3) + "y" : word.slice(0, -1);
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (/(?:ses|xes|zes|ches|shes)$/.test(word) && word.length > 4) return word.slice(0, -2);
  return word.endsWith("s") ? word.slice(0, -1) : word;
}
