/* Asks one search engine of a built site in Node: `node search_engines.mjs pmdocs|material|pagefind SITE QUERIES`.
   QUERIES is a JSON list of texts. Prints for each what it found, and what it loaded and how long it took, cold and warm. */

import { readFileSync, existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { pathToFileURL } from "node:url";
import vm from "node:vm";

const [engine, site, asked] = process.argv.slice(2);
const queries = JSON.parse(readFileSync(asked, "utf8"));
const FOUND = 10;

const compressed = new Map();

/* What a web server sends of a file: packed data as it is, anything else compressed. */
function sent(path) {
  if (!compressed.has(path)) {
    const data = readFileSync(path);
    compressed.set(path, Math.min(data.length, gzipSync(data).length));
  }
  return compressed.get(path);
}

const engines = {
  async pmdocs() {
    const folder = `${site}/search`;
    const { open } = await import(pathToFileURL(`${folder}/engine.js`));
    const start = async (count) => open(async (path) => (count(`${folder}/${path}`), new Uint8Array(await readFile(`${folder}/${path}`))));
    const ask = async (search, query) => (await search.search(query, { limit: FOUND })).results.map(({ url }) => url);
    return { start, ask };
  },

  /* The shipped worker with the index of the search plugin, in a context that looks like a worker's. */
  async material() {
    const scripts = `${site}/assets/javascripts`;
    const worker = (await import("node:fs")).readdirSync(`${scripts}/workers`).find((name) => name.endsWith(".js"));
    const start = async (count) => {
      const index = `${site}/search/search_index.json`;
      count(index);
      count(`${scripts}/workers/${worker}`);
      let hear;
      let answer;
      const load = (path) => (count(path), vm.runInContext(readFileSync(path, "utf8"), context));
      const global = { console: { ...console, warn() {} }, URL, TextEncoder, setTimeout, clearTimeout, performance, Intl };
      global.self = global;
      global.addEventListener = (name, handler) => (hear = handler);
      global.postMessage = (message) => answer(message);
      global.importScripts = (...urls) => urls.forEach((url) => load(`${scripts}/${url.replace("../", "")}`));
      const context = vm.createContext(global);
      load(`${scripts}/workers/${worker}`);
      const say = (message) => new Promise((done) => ((answer = done), hear({ data: message })));
      const data = JSON.parse(readFileSync(index, "utf8"));
      await say({ type: 0, data: { ...data, options: { suggest: false } } });
      return say;
    };
    const ask = async (say, query) => {
      const { data } = await say({ type: 2, data: query });
      return Array.from(new Set(data.items.map((group) => group[0].location.replace(/#.*/, "")))).slice(0, FOUND);
    };
    return { start, ask };
  },

  async pagefind() {
    const folder = `${site}/pagefind`;
    let count = () => {};
    globalThis.window = globalThis;
    globalThis.document = { querySelector: () => ({ getAttribute: () => "zh-CN" }), documentElement: { lang: "zh-CN" } };
    globalThis.location = new URL("http://localhost/");
    delete globalThis.Worker;
    globalThis.fetch = async (url) => {
      const path = folder + new URL(String(url), "http://localhost/").pathname.replace(/^\/pagefind/, "");
      if (!existsSync(path)) return new Response("", { status: 404 });
      count(path);
      return new Response(readFileSync(path), { headers: { "content-type": path.endsWith(".wasm") ? "application/wasm" : "application/octet-stream" } });
    };
    const start = async (counting) => {
      count = counting;
      counting(`${folder}/pagefind.js`);
      const pagefind = await import(`${pathToFileURL(`${folder}/pagefind.js`)}?${Math.random()}`);
      await pagefind.options({ basePath: "http://localhost/pagefind/", baseUrl: "/" });
      await pagefind.init();
      return pagefind;
    };
    const ask = async (pagefind, query) => {
      const { results } = await pagefind.search(query);
      const pages = await Promise.all(results.slice(0, FOUND).map((result) => result.data()));
      return pages.map(({ url }) => url.replace(/^\//, "").replace(/#.*/, ""));
    };
    return { start, ask };
  },
};

const { start, ask } = await engines[engine]();
const cold = engine === "material" ? [await measured(start, ask, queries[0])] : [];
const shared = await start(() => {});
const answers = [];
for (const query of queries) {
  if (engine !== "material") cold.push(await measured(start, ask, query));
  const found = await ask(shared, query);
  const begin = performance.now();
  await ask(shared, query);
  answers.push({ found, warm: performance.now() - begin, ...(cold[answers.length] ?? cold[0]) });
}
process.stdout.write(JSON.stringify(answers));

/* A query on a first visit: how many bytes are loaded until its results stand, and how long that takes. */
async function measured(begin, question, query) {
  const loaded = new Set();
  const from = performance.now();
  const opened = await begin((path) => loaded.add(path));
  await question(opened, query);
  return { cold: performance.now() - from, bytes: Array.from(loaded).reduce((sum, path) => sum + sent(path), 0) };
}
