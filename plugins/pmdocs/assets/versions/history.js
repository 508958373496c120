/* On a page of a document: when it and each of its items came and last changed, with the way to the difference. A built page knows
   only its past, so this is read from what lies above all versions. */
(function () {
  "use strict";

  var WORDS = {
    zh: {
      history: "版本历史", "new": "新增", changed: "有改动", same: "没有改动", first: "最早的版本", next: "开发中", edition: "文档 {edition}", since: "{version} 新增", last: "{version} 改动",
      compare: "看与 {version} 的差异", items: "条目：", and: "、", comma: "，"
    },
    en: {
      history: "History", "new": "new", changed: "changed", same: "unchanged", first: "the earliest version", next: "Unreleased", edition: "document {edition}", since: "new in {version}",
      last: "changed in {version}", compare: "compare with {version}", items: "Items: ", and: ", ", comma: ", "
    }
  };

  function word(name, facts) {
    var words = WORDS[document.documentElement.lang.slice(0, 2) === "zh" ? "zh" : "en"][name];
    return words.replace(/\{(\w+)\}/g, function (whole, key) { return facts && key in facts ? facts[key] : whole; });
  }

  function named(version) { return version === "next" ? word("next") : version; }

  function make(name, attributes) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    Array.prototype.slice.call(arguments, 2).forEach(function (child) { element.append(child); });
    return element;
  }

  /* Versions up to the one that is read: a page tells its past. */
  function past(history, current) {
    var place = history.versions.findIndex(function (each) { return each.version === current; });
    return place < 0 ? [] : history.versions.slice(place);
  }

  function difference(here, prefix, from, to, anchor) {
    return new URL(prefix + "compare/?from=" + encodeURIComponent(from) + "&to=" + encodeURIComponent(to) + "#" + encodeURIComponent(anchor), here).href;
  }

  function entry(version, before, history, way) {
    var what = word(version.change || (before ? "same" : "first"));
    var line = make("li", {}, make("strong", {}, named(version.version)), " ", what);
    if (version.edition) line.append(word("comma"), word("edition", { edition: version.edition }));
    if (version.change === "changed" && before) {
      line.append(" ", make("a", { href: way(before.version, version.version, history.id) }, word("compare", { version: named(before.version) })));
      var items = history.items.filter(function (item) {
        return item.versions.some(function (each) { return each.version === version.version && each.change; }) && item.id.indexOf(".") < 0;
      });
      if (items.length) {
        var list = make("small", {}, word("items"));
        items.forEach(function (item, place) {
          list.append(place ? word("and") : "", make("a", { href: way(before.version, version.version, item.id) }, item.id));
        });
        line.append(make("br"), list);
      }
    }
    return line;
  }

  function tellItems(history, current, way) {
    history.items.forEach(function (item) {
      var rows = past(item, current), anchor = item.anchor;
      if (rows.length < 2 && !(rows[0] && rows[0].change)) return;
      var place = rows.findIndex(function (each) { return each.change; }), row = rows[place];
      if (!row || row.version === current) return;
      var before = history.versions[history.versions.findIndex(function (each) { return each.version === row.version; }) + 1];
      var label = word(row.change === "new" ? "since" : "last", { version: named(row.version) });
      document.querySelectorAll(".md-content a.pm-id[href='#" + CSS.escape(anchor) + "']").forEach(function (id) {
        var mark = before ? make("a", { "class": "pm-since", href: way(before.version, row.version, item.id) }, label) : make("span", { "class": "pm-since" }, label);
        var whole = make("span", { "class": "pm-named" });
        id.replaceWith(whole);
        whole.append(id, " ", mark);
      });
    });
  }

  function json(address) {
    return fetch(address).then(function (answer) { return answer.ok ? answer.json() : null; });
  }

  function prepare() {
    var box = document.querySelector("[data-history]");
    if (!box || box.dataset.ready) return;
    box.dataset.ready = "1";
    var here = new URL(box.dataset.top, location.href), prefix = "";
    if (box.dataset.first !== "yes") { prefix = document.documentElement.lang.slice(0, 2) + "/"; here = new URL("../", here); }
    var current = decodeURIComponent(here.pathname.split("/").filter(Boolean).pop() || "");
    json(new URL("../versions.json", here)).then(function (versions) {
      /* Other tools write a list of versions too, but no histories: theirs has no properties. */
      var known = versions && versions.some(function (each) { return each.version === current && each.properties; });
      return known ? json(new URL("../history/" + box.dataset.history + ".json", here)) : null;
    }).then(function (history) {
      var rows = history ? past(history, current) : [];
      if (!rows.length) return;
      function way(from, to, anchor) { return difference(here, prefix, from, to, anchor); }
      var list = make("ul", { "class": "pm-history" });
      rows.forEach(function (version, place) { list.append(entry(version, rows[place + 1], history, way)); });
      box.append(make("details", { "class": "pm-fold pm-about" }, make("summary", {}, word("history")), list));
      box.hidden = false;
      tellItems(history, current, way);
    }).catch(function () { /* No history here: the page says what it knows itself. */ });
  }

  if (window.document$) window.document$.subscribe(prepare);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", prepare);
  else prepare();
})();
