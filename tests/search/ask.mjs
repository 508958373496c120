/* Answers lines of JSON on the standard input: {terms: text}, {open: folder, lose, damage} or {query, options}. */
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { terms } = await import(pathToFileURL(process.argv[2] + "/tokens.js"));
let search = null;
let read = [];

async function opened({ open: folder, lose, damage }) {
  const engine = await import(pathToFileURL(folder + "/engine.js"));
  search = await engine.open(async (path) => {
    if (lose && new RegExp(lose).test(path)) throw new Error("lost");
    const bytes = new Uint8Array(await readFile(`${folder}/${path}`));
    read.push(path);
    if (damage && new RegExp(damage).test(path)) bytes[bytes.length >> 1] ^= 255;
    return bytes;
  });
  return { facets: search.facets.map(({ name, label, values }) => ({ name, label, values })) };
}

async function answered({ query, options }) {
  read = [];
  const start = performance.now();
  const answer = await search.search(query, options);
  return { ...answer, read, milliseconds: performance.now() - start };
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  let said;
  try {
    said = "terms" in asked ? terms(asked.terms) : await ("open" in asked ? opened(asked) : answered(asked));
  } catch (error) {
    said = { error: String(error.stack ?? error) };
  }
  process.stdout.write(JSON.stringify(said) + "\n");
}
