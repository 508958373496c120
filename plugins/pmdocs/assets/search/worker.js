/* The engine in a worker: the last question is answered, those it overtook are not. */

import { open } from "./engine.js";

const folder = new URL("./", import.meta.url);
let engine = null;
let waiting = null;
let busy = false;

async function read(path) {
  const response = await fetch(new URL(path, folder), path.endsWith(".json") ? { cache: "no-cache" } : {});
  if (!response.ok) throw new Error(`${response.status} ${path}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function answer() {
  busy = true;
  while (waiting) {
    const { id, query, options } = waiting;
    waiting = null;
    try {
      engine ??= open(read);
      const search = await engine;
      const labels = search.facets.map(({ name, label, values }) => ({ name, label, values }));
      postMessage({ id, labels, answer: query === null ? null : await search.search(query, options) });
    } catch (error) {
      engine = null;
      postMessage({ id, error: String(error) });
    }
  }
  busy = false;
}

onmessage = (message) => {
  waiting = message.data;
  if (!busy) answer();
};
