/* The search box: Material's markup and habits, asked by the engine in a worker. Texts of answers are text, never HTML. */
(function () {
  "use strict";

  var WORDS = {
    zh: {
      start: "输入关键词、编号或拼音，例如 type:prd 可以只看一类文档", loading: "正在查找…", none: "没有找到符合的页面",
      near: "没有完全符合的页面，下面是最接近的：", found: "找到 {count} 页", instead: "，也按“{words}”查找", missing: "没有页面含“{words}”", more: "这一页还有 {count} 处",
      next: "再显示 {count} 页", lost: "索引有 {count} 个文件读不到，结果可能不全", failed: "搜索没能启动：读不到索引。请刷新页面再试。",
      file: "这一页是直接从磁盘打开的，浏览器不允许这样的页面读取搜索索引。请用网页服务器打开（例如 make serve），其余功能照常。",
      old: "这个浏览器太旧，不能运行搜索；请换一个新版本。", between: "、"
    },
    en: {
      start: "Type words, an id or pinyin; type:prd narrows to one kind of document", loading: "Searching…", none: "No page matches",
      near: "No page matches all of it; these come closest:", found: "{count} pages found", one: "1 page found", instead: ", also for \"{words}\"", missing: "no page holds \"{words}\"",
      more: "{count} more on this page", next: "Show {count} more pages", lost: "{count} files of the index could not be read; results may be missing",
      failed: "Search could not start: its index cannot be read. Reload the page to try again.",
      file: "This page was opened from a disk, and the browser lets no such page read the search index. Open the site through a web server (such as make serve); everything else works.",
      old: "This browser is too old for the search; a newer one will do.", between: ", "
    }
  };
  var LIMIT = 20, PAUSE = 80, FACET_VALUES = 8;
  var box = document.querySelector("[data-pm-search]"), toggle = document.getElementById("__search");
  if (!box || !toggle) return;

  var form = box.querySelector("form"), input = box.querySelector("input"), meta = box.querySelector(".md-search-result__meta");
  var list = box.querySelector(".md-search-result__list"), facets = box.querySelector(".pm-search-facets"), scroll = box.querySelector(".md-search__scrollwrap");
  var config = JSON.parse(document.getElementById("__config").textContent);
  var base = new URL(config.base.replace(/\/?$/, "/"), location.href), highlights = config.features.indexOf("search.highlight") >= 0;
  var worker = null, asked = 0, shown = 0, limit = LIMIT, chosen = {}, labels = [], composing = false, timer = 0, broken = "", enter = false;

  function say(name, facts) {
    var words = WORDS[document.documentElement.lang.slice(0, 2) === "zh" ? "zh" : "en"];
    return words[facts && facts.count === 1 && words.one && name === "found" ? "one" : name].replace(/\{(\w+)\}/g, function (whole, key) { return facts[key]; });
  }

  function make(name, className, text) {
    var element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  /* ---------- asking ---------- */

  function start() {
    if (worker || broken) return;
    if (location.protocol === "file:") broken = "file";
    else if (!window.Worker || !window.DecompressionStream) broken = "old";
    if (broken) return tell(say(broken));
    try {
      worker = new Worker(new URL("search/worker.js", base), { type: "module" });
    } catch (refused) {
      return fail();
    }
    worker.onmessage = function (message) { receive(message.data); };
    worker.onerror = function (event) { event.preventDefault(); fail(); };
    worker.postMessage({ id: 0, query: null });
  }

  function fail() {
    worker = null;
    enter = false;
    list.replaceChildren();
    facets.hidden = true;
    tell(say("failed"));
  }

  function ask() {
    clearTimeout(timer);
    start();
    if (broken || !worker) return;
    remember();
    if (!input.value.trim() && !Object.keys(chosen).length) return clear();
    asked += 1;
    if (!list.children.length) tell(say("loading"));
    worker.postMessage({ id: asked, query: input.value, options: { limit: limit, filters: chosen } });
  }

  function receive(message) {
    if (message.labels) labels = message.labels;
    if (message.error) return fail();
    if (!message.answer || message.id !== asked) return;
    shown = asked;
    show(message.answer);
    if (enter) go();
  }

  function clear() {
    asked += 1;
    shown = asked;
    enter = false;
    list.replaceChildren();
    facets.hidden = true;
    tell(say("start"));
  }

  function fresh() {
    limit = LIMIT;
    scroll.scrollTop = 0;
    ask();
  }

  /* ---------- showing ---------- */

  function tell(text) {
    if (meta.textContent !== text) meta.textContent = text;
  }

  function show(answer) {
    var near = !answer.total && answer.near.length, parts = [];
    parts.push(answer.total ? say("found", { count: answer.total }) : say(near ? "near" : "none"));
    if (answer.instead.length) parts[0] += say("instead", { words: answer.instead.slice(0, 3).join(say("between")) });
    if (answer.missing.length) parts.push(say("missing", { words: answer.missing.join(say("between")) }));
    if (answer.lost.length) parts.push(say("lost", { count: answer.lost.length }));
    tell(parts.join(" · "));
    showFacets(answer);
    list.replaceChildren.apply(list, (near ? answer.near : answer.results).map(item));
    if (answer.total > answer.results.length) list.append(nextButton(answer.total - answer.results.length));
  }

  function item(result) {
    var entry = make("li", "md-search-result__item");
    entry.append(link(result, result, true));
    if (result.more.length) {
      var more = make("details", "md-search-result__more"), summary = make("summary");
      summary.append(make("div", "", say("more", { count: result.more.length })));
      more.append.apply(more, [summary].concat(result.more.map(function (part) { return link(result, part, false); })));
      entry.append(more);
    }
    return entry;
  }

  function link(page, part, isFirst) {
    var anchor = make("a", "md-search-result__link"), article = make("article", "md-search-result__article md-typeset");
    anchor.href = address(page, part);
    if (isFirst) {
      article.append(make("div", "md-search-result__icon md-icon"));
      article.append(marked("h1", page.title, page.titleMarks));
    }
    if (!isFirst || part.anchor) article.append(marked("h2", part.section || page.title, part.sectionMarks));
    if (/^[A-Z0-9.-]+\d$/.test(part.id)) article.lastChild.append(" ", make("span", "pm-search-id", part.id));
    if (part.excerpt) article.append(marked("p", part.excerpt, part.marks));
    anchor.append(article);
    return anchor;
  }

  function address(page, part) {
    var url = new URL(page.url, base);
    var words = input.value.trim().slice(0, 80);
    if (highlights && words) url.searchParams.set("h", words);
    if (part.anchor) url.hash = part.anchor;
    return url.href;
  }

  function marked(name, text, marks) {
    var element = make(name), at = 0;
    (marks || []).forEach(function (pair) {
      if (pair[0] < at || pair[1] > text.length) return;
      element.append(text.slice(at, pair[0]), make("mark", "", text.slice(pair[0], pair[1])));
      at = pair[1];
    });
    element.append(text.slice(at));
    return element;
  }

  function nextButton(left) {
    var entry = make("li", "md-search-result__item pm-search-next"), button = make("button", "", say("next", { count: Math.min(left, LIMIT) }));
    button.type = "button";
    button.addEventListener("click", function () {
      var before = list.querySelectorAll("li").length - 1;
      limit += LIMIT;
      ask();
      input.focus();
      list.dataset.from = before;
    });
    entry.append(button);
    return entry;
  }

  /* ---------- narrowing ---------- */

  function showFacets(answer) {
    var rows = labels.map(function (facet) { return facetRow(facet, answer); }).filter(Boolean);
    facets.replaceChildren.apply(facets, rows);
    facets.hidden = !rows.length;
  }

  function facetRow(facet, answer) {
    var counts = answer.facets[facet.name] || {}, wanted = answer.filters[facet.name] || [];
    var values = facet.values.filter(function (pair) { return counts[pair[0]] || wanted.indexOf(pair[0]) >= 0; });
    if (values.length < 2 && !wanted.length) return null;
    var row = make("div", "pm-search-facet");
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", facet.label);
    row.append(make("span", "pm-search-label", facet.label));
    values.sort(function (a, b) { return (counts[b[0]] || 0) - (counts[a[0]] || 0); }).slice(0, FACET_VALUES).forEach(function (pair) {
      var button = make("button", "pm-search-value", pair[1]), on = wanted.indexOf(pair[0]) >= 0;
      button.type = "button";
      button.setAttribute("aria-pressed", String(on));
      button.append(" ", make("small", "", String(counts[pair[0]] || 0)));
      button.addEventListener("click", function () { choose(facet.name, pair[0], on); });
      row.append(button);
    });
    return row;
  }

  function choose(name, value, was) {
    var values = (chosen[name] || []).filter(function (each) { return each !== value; });
    if (!was) values.push(value);
    else input.value = input.value.replace(typed(name, value), " ").trim();
    if (values.length) chosen[name] = values;
    else delete chosen[name];
    fresh();
    input.focus();
  }

  /* A filter that was typed: it goes when its button is released. */
  function typed(name, value) {
    var facet = labels.find(function (each) { return each.name === name; });
    var label = (facet.values.find(function (pair) { return pair[0] === value; }) || [])[1];
    var names = [name, facet.label].map(quoted).join("|"), values = [value, label].map(quoted).join("|");
    return new RegExp("(^|\\s)(" + names + ")[:：]\\s*\"?(" + values + ")\"?(?=\\s|$)", "iu");
  }

  function quoted(text) { return String(text).replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); }

  /* ---------- opening, closing, the address ---------- */

  function isOpen() { return toggle.checked; }

  function open(wanted) {
    if (isOpen() !== wanted) toggle.click();
  }

  /* A list that is filtered has the query of an address for itself. */
  function isTaken() { return document.querySelector("form[data-filter] [name=q]") !== null; }

  function remember() {
    if (isTaken()) return;
    var address = new URL(location.href), words = isOpen() ? input.value.trim() : "";
    if (words) address.searchParams.set("q", words);
    else address.searchParams.delete("q");
    if (address.href === location.href) return;
    try { history.replaceState(history.state, "", address.href); } catch (refused) { /* A page opened from a disk may not. */ }
  }

  toggle.addEventListener("change", function () {
    list.hidden = !isOpen();
    if (isOpen()) { start(); if (!list.children.length && !broken) clear(); }
    else {
      clearTimeout(timer);
      enter = false;
      if (box.contains(document.activeElement)) document.activeElement.blur();
      remember();
    }
  });
  document.querySelectorAll('header label[for="__search"]').forEach(function (label) {
    label.addEventListener("click", function (event) {
      event.preventDefault();
      if (isOpen()) open(false);
      else input.focus();
    });
  });
  input.addEventListener("focus", function () { open(true); start(); if (input.value.trim() && shown !== asked) ask(); });
  box.addEventListener("focusout", function (event) {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) open(false);
  });
  list.addEventListener("click", function (event) { if (event.target.closest("a")) open(false); });

  /* ---------- typing ---------- */

  input.addEventListener("compositionstart", function () { composing = true; clearTimeout(timer); });
  input.addEventListener("compositionend", function () { composing = false; later(); });
  input.addEventListener("input", function (event) { if (!composing && !event.isComposing) later(); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { chosen = {}; setTimeout(function () { fresh(); input.focus(); }); });

  function later() {
    open(true);
    enter = false;
    clearTimeout(timer);
    timer = setTimeout(fresh, PAUSE);
  }

  function go() {
    enter = false;
    var first = list.querySelector("a");
    if (first) first.click();
  }

  function move(step) {
    var stops = [input].concat(Array.from(list.querySelectorAll("a, summary, button")).filter(function (each) {
      return each.localName === "summary" || !each.closest("details:not([open])");
    }));
    var at = Math.max(0, stops.indexOf(document.activeElement));
    stops[(at + step + stops.length) % stops.length].focus();
  }

  function isTyping(element) {
    return element instanceof HTMLElement && (element.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName) && !/^(checkbox|radio|button|submit|reset)$/.test(element.type));
  }

  window.addEventListener("keydown", function (event) {
    if (event.isComposing || composing || event.keyCode === 229 || event.metaKey || event.ctrlKey || event.altKey) return;
    if (!isOpen()) {
      if (/^[fs/]$/.test(event.key) && !isTyping(document.activeElement)) {
        event.preventDefault();
        input.focus();
        input.select();
      }
    } else if (event.key === "Escape") {
      open(false);
      event.preventDefault();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      move(event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
    } else if (event.key === "Enter" && document.activeElement === input) {
      event.preventDefault();
      if (!input.value.trim()) return;
      var isLate = list.querySelector("a") && shown === asked && !timer;
      if (isLate) go();
      else { ask(); enter = true; }
    } else if (event.key.length === 1 && document.activeElement !== input && box.contains(document.activeElement) && event.key !== " ") {
      input.focus();
    }
  });

  /* ---------- words found, on the page they were found on ---------- */

  function highlight() {
    var words = new URL(location.href).searchParams.get("h"), content = document.querySelector(".md-content");
    if (!words || !content || content.querySelector("mark[data-md-highlight]")) return;
    var parts = words.normalize("NFKC").split(/[\s,，。、;；:：]+/).filter(Boolean).slice(0, 12).sort(function (a, b) { return b.length - a.length; });
    if (!parts.length) return;
    var pattern = new RegExp(parts.map(quoted).join("|"), "giu"), walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT), nodes = [];
    while (walker.nextNode() && nodes.length < 5000) nodes.push(walker.currentNode);
    nodes.forEach(function (node) {
      if (node.parentElement.closest("script, style, svg, .mermaid, mark")) return;
      pattern.lastIndex = 0;
      if (!pattern.test(node.data)) return;
      var marks = [];
      node.data.replace(pattern, function (found, place) { marks.push([place, place + found.length]); return found; });
      var whole = marked("span", node.data, marks);
      whole.querySelectorAll("mark").forEach(function (mark) { mark.dataset.mdHighlight = ""; });
      node.replaceWith.apply(node, Array.from(whole.childNodes));
    });
  }

  function begin() {
    var words = new URL(location.href).searchParams.get("q");
    if (!words || isTaken()) return;
    input.value = words;
    input.focus();
    open(true);
    ask();
  }

  if (window.document$) window.document$.subscribe(highlight);
  else highlight();
  begin();
})();
