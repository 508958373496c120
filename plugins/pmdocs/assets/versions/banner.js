/* Says on a page of an old or unreleased version that it is one, and where the newest is. A built page knows only its past:
   what came later stands in the files above all versions. */
(function () {
  "use strict";

  var WORDS = {
    zh: {
      old: "这里是 {here} 版{day}，最新的是 {newest} 版。", next: "这是正在编写的内容，还没有发布；已发布的最新版本是 {newest}。",
      same: "这份文档后来没有修改。", changed: "这份文档后来有修改。", removed: "从 {version} 起不再有这份文档。", added: "{newest} 版里还没有这份文档。",
      page: "打开 {newest} 版的这一页", home: "打开 {newest} 版", gone: "{id} 不在这个版本里，最后一次出现在 {last} 版。", later: "{id} 不在这个版本里，它在 {last} 版里。",
      open: "打开", day: "（{date}）", label: "版本提示", unreleased: "开发中的版本"
    },
    en: {
      old: "This is version {here}{day}; the newest is {newest}.", next: "This is being written and not released yet; the newest release is {newest}.",
      same: "This document has not changed since.", changed: "This document has changed since.", removed: "This document is gone since {version}.", added: "Version {newest} has no such document yet.",
      page: "Open this page in {newest}", home: "Open {newest}", gone: "{id} is not in this version; {last} was the last to have it.", later: "{id} is not in this version; it is in {last}.",
      open: "Open", day: " ({date})", label: "About this version", unreleased: "the unreleased version"
    }
  };

  function say(name, facts) {
    var words = WORDS[document.documentElement.lang.slice(0, 2) === "zh" ? "zh" : "en"][name];
    return words.replace(/\{(\w+)\}/g, function (whole, key) { return key in facts ? facts[key] : whole; });
  }

  function json(url) {
    return fetch(url).then(function (answer) { return answer.ok ? answer.json() : null; }).catch(function () { return null; });
  }

  function answers(url) {
    return fetch(url, { method: "HEAD" }).then(function (answer) { return answer.ok; }).catch(function () { return false; });
  }

  function name(version) {
    return version.version.split("/").filter(function (part) { return part && part !== ".."; })[0];
  }

  /* The base of this language of this version, the list of versions as Material reads it, and the entry that is shown. */
  function surroundings() {
    var settings = document.getElementById("__config");
    if (!settings) return Promise.resolve(null);
    var base = new URL(JSON.parse(settings.textContent).base.replace(/\/?$/, "/"), location.href);
    return json(new URL("../versions.json", base)).then(function (versions) {
      if (!versions) return null;
      var last = decodeURIComponent(base.pathname.split("/").filter(Boolean).pop() || "");
      var here = versions.find(function (each) { return each.version === last || each.aliases.includes(last); });
      var newest = versions.find(function (each) { return each.aliases.includes("latest"); });
      if (!here || !newest) return null;
      var root = new URL(here.version.indexOf("../") === 0 ? "../../" : "../", base);
      return { base: base, root: root, versions: versions, here: here, newest: newest };
    });
  }

  /* What became of the document of this page, where it shows one. */
  function historyOf(around) {
    var rest = location.pathname.slice(around.base.pathname.length).split("/").filter(Boolean);
    var id = rest.length > 1 ? rest[1].replace(/\.html$/, "") : "";
    if (!around.here.properties || !/^[A-Z][A-Za-z]*-/.test(id)) return Promise.resolve(null);
    return json(new URL("history/" + id + ".json", around.root));
  }

  function standIn(history, version) {
    return history.versions.find(function (each) { return each.version === name(version); });
  }

  /* What became of the document since: said only where its history is known. */
  function since(history, around) {
    var here = standIn(history, around.here), there = standIn(history, around.newest);
    if (!here) return "";
    if (around.here.version.indexOf("next") >= 0) return there ? "" : say("added", { newest: name(around.newest) });
    if (there) return say(here.digest === there.digest ? "same" : "changed", {});
    var removed = history.removed_in === "next" ? say("unreleased", {}) : history.removed_in;
    return history.removed_in ? say("removed", { version: removed }) : "";
  }

  function note(tone, texts, url, words) {
    var article = document.querySelector(".md-content__inner");
    if (!article) return;
    var box = document.createElement("aside"), line = document.createElement("p");
    box.className = "pm-note pm-version-note";
    box.dataset.tone = tone;
    box.setAttribute("aria-label", say("label", {}));
    line.textContent = texts.filter(Boolean).join(document.documentElement.lang.slice(0, 2) === "zh" ? "" : " ") + " ";
    if (url) {
      var link = document.createElement("a");
      link.href = url;
      link.textContent = words;
      line.append(link);
    }
    box.append(line);
    article.prepend(box);
  }

  /* The banner of an old or unreleased version. */
  function banner(around, history) {
    if (around.here === around.newest) return;
    var unreleased = name(around.here) === "next", newest = name(around.newest);
    var home = new URL("../" + around.newest.version + "/", around.base);
    var there = new URL(location.pathname.slice(around.base.pathname.length), home);
    var date = around.here.properties && around.here.properties.date;
    var first = unreleased ? say("next", { newest: newest })
      : say("old", { here: name(around.here), newest: newest, day: date ? say("day", { date: date }) : "" });
    var isKnown = history ? Promise.resolve(Boolean(standIn(history, around.newest))) : answers(there);
    isKnown.then(function (isThere) {
      note(unreleased ? "info" : "warn", [first, history ? since(history, around) : ""], isThere ? there : home, say(isThere ? "page" : "home", { newest: newest }));
    });
  }

  /* An address that names an item which this version does not have. */
  function lost(around, history) {
    var id = decodeURIComponent(location.hash.slice(1));
    if (!history || !id || document.getElementById(id)) return;
    var item = history.items.find(function (each) { return each.anchor === id; });
    if (!item) return;
    var last = item.versions[0];
    var words = { id: id, last: last.version === "next" ? say("unreleased", {}) : last.version };
    note("warn", [say(item.removed_in ? "gone" : "later", words)], new URL(last.url, around.root), say("open", {}));
  }

  function start() {
    document.querySelectorAll(".pm-version-note").forEach(function (each) { each.remove(); });
    surroundings().then(function (around) {
      if (!around) return;
      historyOf(around).then(function (history) {
        banner(around, history);
        lost(around, history);
      });
    });
  }

  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
