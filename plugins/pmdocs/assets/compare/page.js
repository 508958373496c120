/* The pages of differences: filters on what changed, and on the comparison page any two versions, loaded as their readers choose.
   Addresses hold the choice, so that they can be shared. The comparing itself is in diff.js. */
(function () {
  "use strict";

  var WORDS = {
    zh: {
      added: "新增", removed: "删除", renamed: "改编号", moved: "移动", changed: "改动", addedRow: "新增第 {n} 条", removedRow: "删除原第 {n} 条",
      row: "第 {n} 条", was: "原编号 {id}", from: "从 {id} 移来", to: "移到了 {id}", list: "从“{before}”移到“{after}”", order: "次序有变",
      zh: "中文", en: "英文", yes: "是", no: "否", team: "团队", customer_service: "客服", user: "用户", concerns: "影响：", and: "、", links: "链接",
      itself: "文档本身", minor: "状态、日期和评审等 {n} 处", loading: "正在比较……", same: "这两个版本没有差异。", none: "没有符合条件的改动",
      failed: "没能读取版本 {id} 的数据：{why}。请检查网络后刷新页面；这个版本也可能没有发布可以比较的数据。", counts: ["新增", "改动", "删除", "移动或改编号"],
      chosen: "两边是同一个版本，请选不同的版本。",
      gone: "站点上没有版本 {id}：可能已经撤下，或者地址写错了。请在上面另选版本。", documents: "{n} 份文档有差异", day: "（{date}）"
    },
    en: {
      added: "added", removed: "removed", renamed: "renamed", moved: "moved", changed: "changed", addedRow: "entry {n}, new",
      removedRow: "entry {n}, removed", row: "entry {n}", was: "was {id}", from: "moved here from {id}", to: "moved to {id}",
      list: "moved from “{before}” to “{after}”", order: "moved within its list", zh: "Chinese", en: "English", yes: "yes", no: "no", team: "Team",
      customer_service: "Customer service", user: "Users", concerns: "Concerns: ", and: ", ", links: "Links", itself: "The document itself",
      minor: "States, dates and reviews: {n}", loading: "Comparing…", same: "These two versions do not differ.", none: "No changes match",
      failed: "Could not read the data of version {id}: {why}. Check the network and reload; the version may have published no data to compare.",
      counts: ["Added", "Changed", "Removed", "Moved or renamed"], chosen: "Both sides are the same version. Choose two.",
      gone: "This site has no version {id}: it was taken down, or the address is misspelt. Choose another above.",
      documents: "documents that differ: {n}", day: " ({date})"
    }
  };
  var TONES = { added: "good", removed: "bad", renamed: "info", moved: "info", changed: "new" };
  var AUDIENCES = ["team", "customer_service", "user"], AROUND = 60;

  function language() { return document.documentElement.lang.slice(0, 2) === "zh" ? "zh" : "en"; }
  function word(name, facts) {
    return String(WORDS[language()][name]).replace(/\{(\w+)\}/g, function (whole, key) { return facts && key in facts ? facts[key] : whole; });
  }
  function say(words) { return words ? words[language()] : ""; }

  function make(name, attributes) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { if (attributes[key]) element.setAttribute(key, attributes[key]); });
    Array.prototype.slice.call(arguments, 2).forEach(function (child) { if (child !== null && child !== "") element.append(child); });
    return element;
  }

  /* ---------- filters: on the page that is there already, and on what is loaded ---------- */

  function remember(values) {
    var all = new URLSearchParams(location.search);
    Object.keys(values).forEach(function (key) { if (values[key]) all.set(key, values[key]); else all.delete(key); });
    try {
      history.replaceState(history.state, "", location.pathname + (String(all) ? "?" + all : "") + location.hash);
    } catch (refused) { /* A page opened from a disk may not change its address. */ }
  }

  function narrow(page, wanted) {
    var shown = 0, sections = page.querySelectorAll(".pm-changes > section");
    sections.forEach(function (section) {
      var items = 0;
      section.querySelectorAll(".pm-change").forEach(function (item) {
        item.hidden = Boolean(wanted.audience) && !item.dataset.audience.split(" ").includes(wanted.audience);
        items += !item.hidden;
      });
      var fits = ["product", "kind"].every(function (name) { return !wanted[name] || section.dataset[name] === wanted[name]; });
      section.hidden = !fits || !items;
      shown += !section.hidden;
    });
    var none = page.querySelector("[data-none]"), out = page.querySelector("form output");
    if (none) none.hidden = shown > 0 || !sections.length;
    if (out) out.textContent = word("documents", { n: (shown < sections.length ? shown + " / " : "") + sections.length });
  }

  function chosen(form) {
    var found = {};
    Array.from(form.elements).forEach(function (field) { if (field.name) found[field.name] = field.value; });
    return found;
  }

  function restore(form) {
    var asked = new URLSearchParams(location.search);
    Array.from(form.elements).forEach(function (field) {
      var has = Array.from(field.options || []).some(function (option) { return option.value === asked.get(field.name); });
      if (has) field.value = asked.get(field.name);
    });
  }

  function hideLonely(form) {
    Array.from(form.elements).forEach(function (field) {
      if (field.options && field.options[0].value === "") field.closest("label").hidden = field.options.length < 3;
    });
  }

  function prepareChanges(page) {
    var form = page.querySelector("form[data-changes]");
    if (!form) return;
    hideLonely(form);
    form.hidden = false;
    restore(form);
    narrow(page, chosen(form));
    form.addEventListener("input", function () { narrow(page, chosen(form)); remember(chosen(form)); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
  }

  /* ---------- what differs, as a page ---------- */

  function labelOf(key, shapes, below) {
    var parts = (below ? key.slice(below.length + 1) : key).split("."), path = below || "";
    return parts.map(function (part) {
      path = path ? path + "." + part : part;
      return shapes.has(path) ? say(shapes.get(path).label) : path;
    }).join(" · ");
  }

  function placeOf(line, shapes) {
    return line.steps.map(function (step) {
      if (step.kind === "field") return say(shapes.get(step.name).label);
      if (step.kind === "language") return word(step.name);
      if (step.kind === "key") return step.name;
      return word({ added: "addedRow", removed: "removedRow", changed: "row" }[step.kind], { n: step.name });
    }).join(" ");
  }

  function shown(text, shape) {
    if (shape && shape.choices && shape.choices[text]) return say(shape.choices[text]);
    if (shape && shape.kind === "boolean") return word(text === "true" ? "yes" : "no");
    return text;
  }

  function cut(text, first, last) {
    var letters = Array.from(text);
    if (letters.length <= 2 * AROUND) return text;
    return (first ? "" : letters.slice(0, AROUND).join("")) + "…" + (last ? "" : letters.slice(-AROUND).join(""));
  }

  function marked(segments, shape) {
    return segments.map(function (each, place) {
      if (each.op === "equal") return cut(each.text, place === 0, place === segments.length - 1);
      return make(each.op === "removed" ? "del" : "ins", {}, shown(each.text, shape));
    });
  }

  function rowsOf(item, shapes) {
    var prefix = item.id === item.top.id ? "" : item.local, whole = item.sorts[0] === "added" || item.sorts[0] === "removed";
    var listed = prefix ? labelOf(item.list, shapes, item.top.list) : "", found = [];
    function keyOf(name) { return item.list ? item.list + "." + name : name; }
    function put(label, place, segments, shape, minor, spoken) {
      if (listed) place = (prefix + " " + label + " " + place).trim();
      found.push({ label: listed || label, place: place, segments: segments, shape: shape, minor: minor, lang: spoken && spoken !== language() ? (spoken === "zh" ? "zh-CN" : spoken) : "" });
    }
    var fields = whole ? telling(item, shapes, keyOf) : item.fields;
    fields.forEach(function (field) {
      var shape = shapes.get(keyOf(field.name)), label = labelOf(keyOf(field.name), shapes, item.list);
      field.lines.forEach(function (line) {
        put(label, placeOf(line, shapes), line.segments, shapes.get(line.key), Boolean(shape) && !shape.reviewed_by.length, spokenIn(line));
      });
    });
    if (item.sorts[0] === "removed" || item.moved_to) return found;
    links(item, fields).forEach(function (link) {
      put(labelOf(keyOf(link.field), shapes, item.list) || word("links"), "", link.segments, null, false);
    });
    return found;
  }

  function spokenIn(line) {
    var step = line.steps.find(function (each) { return each.kind === "language"; });
    return step ? step.name : "";
  }

  function telling(item, shapes, keyOf) {
    var titles = [item.title.zh, item.title.en], found = [];
    item.fields.forEach(function (field) {
      var shape = shapes.get(keyOf(field.name)), value = field.before === null ? field.after : field.before;
      var said = value && typeof value === "object" && !Array.isArray(value) ? Object.values(value) : [value];
      if (!shape || !shape.reviewed_by.length || said.every(function (each) { return titles.includes(each); })) return;
      if (item.sorts[0] === "added" && item.parent) found.push(field);
      else if (!found.length && ["text", "markdown"].includes(shape.kind)) found.push(field);
    });
    return found;
  }

  function links(item, fields) {
    var names = Array.from(new Set(item.gained.concat(item.lost).map(function (link) { return link.field; }))).sort();
    return names.filter(function (name) {
      return !fields.some(function (field) { return name.startsWith(field.name + "."); });
    }).map(function (name) {
      var segments = [];
      function put(list, op) {
        list.filter(function (link) { return link.field === name; }).forEach(function (link) {
          if (segments.length) segments.push({ op: "equal", text: " " });
          segments.push({ op: op, text: link.target });
        });
      }
      put(item.lost, "removed");
      put(item.gained, "added");
      return { field: name, segments: segments };
    });
  }

  function notes(item, shapes) {
    var found = [];
    if (item.was !== null) found.push(word("was", { id: item.was }));
    if (item.moved_from) found.push(word("from", { id: item.moved_from }));
    else if (item.moved_to) found.push(word("to", { id: item.moved_to }));
    else if (item.moved_list) found.push(word("list", { before: labelOf(item.moved_list, shapes), after: labelOf(item.list, shapes) }));
    if (item.reordered) found.push(word("order"));
    return found;
  }

  function table(rows) {
    var list = make("dl", { "class": "pm-diff" });
    rows.forEach(function (row) {
      var said = make("dd", { lang: row.lang });
      marked(row.segments, row.shape).forEach(function (each) { said.append(each); });
      list.append(make("div", {}, make("dt", {}, row.label, row.place ? make("small", {}, row.place) : null), said));
    });
    return list;
  }

  function badge(sort) { return make("li", {}, make("span", { "class": "pm-badge", "data-tone": TONES[sort] }, word(sort))); }

  function article(group, entry, shapes) {
    var own = group.find(function (item) { return item.id === item.top.id; }), top = group[0].top, isItself = top.id === entry.id;
    var audiences = AUDIENCES.filter(function (name) { return group.some(function (item) { return item.audiences.includes(name); }); });
    var rows = [], gone = own && (own.sorts[0] === "removed" || own.moved_to);
    group.forEach(function (item) { rows = rows.concat(rowsOf(item, shapes)); });
    var isWhole = entry.sort === "added" || entry.sort === "removed";
    var minor = isWhole ? [] : rows.filter(function (row) { return row.minor; }), major = rows.filter(function (row) { return !row.minor; });
    if (isWhole) major = major.slice(0, 1);
    var badges = make("ul", { "class": "pm-badges" });
    (own ? own.sorts : ["changed"]).forEach(function (sort) { badges.append(badge(sort)); });
    if (audiences.length) {
      badges.append(make("li", {}, make("span", { "class": "pm-badge", "data-kind": "line" }, word("concerns") + audiences.map(function (name) { return word(name); }).join(word("and")))));
    }
    var name = isItself ? word("itself") : say(top.title), anchor = top.id.startsWith(entry.id + ".") ? top.id.slice(entry.id.length + 1) : top.id;
    var id = isItself ? null : gone || !entry.href ? make("span", { "class": "pm-id" }, top.local) : make("a", { "class": "pm-id", href: entry.href + "#" + anchor }, top.local);
    var found = make("article", { "class": "pm-item pm-change", "data-audience": audiences.join(" ") || "team" },
      make("header", {}, id, badges, make("h3", { id: isItself || (own && own.moved_to) ? "" : top.id }, own && own.sorts[0] === "removed" && !isItself ? make("del", {}, name) : name)));
    var said = own ? notes(own, shapes) : [];
    if (isWhole) said = [counted(entry, shapes)];
    said.forEach(function (note) { if (note) found.append(make("p", { "class": "pm-change-note" }, note)); });
    if (major.length) found.append(table(major));
    if (minor.length) found.append(make("details", { "class": "pm-fold" }, make("summary", {}, word("minor", { n: minor.length })), table(minor)));
    return found;
  }

  function counted(entry, shapes) {
    var kinds = new Map();
    entry.items.forEach(function (item) {
      if (item.parent === entry.id && !item.moved_from && !item.moved_to) kinds.set(item.list, (kinds.get(item.list) || 0) + 1);
    });
    return Array.from(kinds).map(function (each) { return labelOf(each[0], shapes) + " " + each[1]; }).join(word("and"));
  }

  function groupsOf(entry) {
    var groups = new Map();
    entry.items.forEach(function (item) {
      if ((entry.sort === "added" || entry.sort === "removed") && item.top.id !== entry.id) return;
      if (!groups.has(item.top.id)) groups.set(item.top.id, []);
      groups.get(item.top.id).push(item);
    });
    return Array.from(groups.values());
  }

  function section(entry, shapes, kind, product) {
    var title = say(entry.title), id = make("span", { "class": "pm-id pm-muted" }, entry.id);
    var mark = entry.sort === "changed" ? null : make("span", { "class": "pm-badge", "data-tone": TONES[entry.sort] }, word(entry.sort));
    var found = make("section", { "data-kind": kind, "data-product": product, "aria-labelledby": entry.id },
      make("h2", { id: entry.id }, entry.href ? make("a", { href: entry.href }, title) : title, " ", id, mark ? " " : "", mark));
    groupsOf(entry).forEach(function (group) { found.append(article(group, entry, shapes)); });
    return found;
  }

  function tiles(told) {
    var counts = [new Map(), new Map(), new Map(), new Map()];
    told.forEach(function (each) {
      var groups = groupsOf(each.entry);
      groups.forEach(function (group) {
        var own = group.find(function (item) { return item.id === item.top.id; }), sort = own ? own.sorts[0] : "changed";
        var isItself = group[0].top.id === each.entry.id;
        if (isItself && sort === "changed" && groups.length > 1) return;
        var kinds = counts[{ added: 0, changed: 1, removed: 2, moved: 3, renamed: 3 }[sort]];
        var kind = isItself ? each.kind : labelOf(group[0].top.list, each.shapes);
        kinds.set(kind, (kinds.get(kind) || 0) + 1);
      });
    });
    var list = make("ul", { "class": "pm-tiles pm-figures" });
    counts.forEach(function (kinds, place) {
      var sum = Array.from(kinds.values()).reduce(function (one, other) { return one + other; }, 0);
      if (place === 3 && !sum) return;
      var named = Array.from(kinds).map(function (each) { return each[0] + " " + each[1]; }).join(word("and"));
      list.append(make("li", {}, make("p", {}, WORDS[language()].counts[place]), make("strong", {}, String(sum)), make("p", {}, named)));
    });
    return list;
  }

  /* ---------- two versions, loaded ---------- */

  var loaded = new Map();

  function load(address) {
    if (!loaded.has(address)) {
      loaded.set(address, fetch(address).then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      }));
      loaded.get(address).catch(function () { loaded.delete(address); });
    }
    return loaded.get(address);
  }

  function versionOf(root, name) {
    var base = new URL(encodeURIComponent(name) + "/", root);
    return load(new URL("items.json", base).href).then(function (manifest) {
      return load(new URL(manifest.words, base).href).then(function (words) { return { base: base, manifest: manifest, words: words }; });
    }).catch(function (error) { throw new Error(word("failed", { id: name, why: error.message })); });
  }

  /* The documents of one version that the other has not, or not the same: only these are loaded. */
  function documentsOf(version, other) {
    var known = new Map(other.manifest.documents.map(function (row) { return [row.id, row.digest]; }));
    var rows = version.manifest.documents.filter(function (row) { return known.get(row.id) !== row.digest; });
    return Promise.all(rows.map(function (row) { return load(new URL(row.file, version.base).href); })).then(function (files) {
      return new Map(files.map(function (file) { return [file.id, window.pmdocsDiff.readDocument(file, version.words)]; }));
    });
  }

  function compareVersions(root, from, to) {
    return Promise.all([versionOf(root, from), versionOf(root, to)]).then(function (both) {
      return Promise.all([documentsOf(both[0], both[1]), documentsOf(both[1], both[0])]).then(function (sides) {
        return { old: both[0], now: both[1], difference: window.pmdocsDiff.difference(sides[0], sides[1]) };
      });
    });
  }

  function show(page, result) {
    var target = page.querySelector("[data-result]"), prefix = page.dataset.first === "yes" ? "" : document.documentElement.lang.slice(0, 2) + "/";
    var list = make("div", { "class": "pm-changes" }), kinds = new Set(), products = new Set(), audiences = new Set(), told = [];
    result.difference.documents.forEach(function (entry) {
      var side = entry.sort === "removed" ? result.old : result.now;
      var row = side.manifest.documents.find(function (each) { return each.id === entry.id; });
      var kind = say(side.words.kinds[entry.kind]) || entry.kind, product = say(side.words.products[entry.product]) || entry.product;
      kinds.add(kind);
      products.add(product);
      entry.audiences.forEach(function (name) { audiences.add(name); });
      entry.href = new URL(prefix + row.url, side.base).href;
      var shapes = window.pmdocsDiff.shapesOf(side.words, entry.kind);
      told.push({ entry: entry, kind: kind, shapes: shapes });
      list.append(section(entry, shapes, kind, product));
    });
    target.replaceChildren(tiles(told), list, make("p", { "class": "pm-empty", "data-none": "yes", hidden: "hidden" }, word("none")));
    return { kind: kinds, product: products, audience: audiences };
  }

  function fillFilters(form, values) {
    Object.keys(values).forEach(function (name) {
      var field = form.elements[name], kept = field.value;
      while (field.options.length > 1) field.remove(1);
      (name === "audience" ? AUDIENCES.filter(function (each) { return values.audience.has(each); }) : Array.from(values[name]).sort()).forEach(function (value) {
        field.add(new Option(name === "audience" ? word(value) : value, value));
      });
      field.value = kept;
      if (field.selectedIndex < 0) field.value = "";
    });
    hideLonely(form);
  }

  function called(version) {
    var more = version.properties || {};
    if (version.version === "next") return more.name ? more.name[language()] : version.title;
    return version.version + (more.date ? word("day", { date: more.date }) : "");
  }

  function prepareComparison(page) {
    var form = page.querySelector("form[data-versions]"), said = page.querySelector("[data-said]");
    var settings = document.getElementById("__config"), config = settings ? JSON.parse(settings.textContent) : {};
    if (!config.version) return;
    var here = new URL(page.dataset.compare, location.href);
    if (page.dataset.first !== "yes") here = new URL("../", here);
    var root = new URL("../", here), current = decodeURIComponent(here.pathname.split("/").filter(Boolean).pop() || "");

    function say(text) { said.textContent = text; said.hidden = !text; }

    function run() {
      var wanted = chosen(form), target = page.querySelector("[data-result]");
      remember({ from: wanted.from, to: wanted.to });
      if (wanted.from === wanted.to) { target.replaceChildren(); say(word("chosen")); return; }
      say(word("loading"));
      compareVersions(root, wanted.from, wanted.to).then(function (result) {
        if (chosen(form).from !== wanted.from || chosen(form).to !== wanted.to) return;
        if (!result.difference.documents.length) { target.replaceChildren(); say(word("same")); return; }
        fillFilters(form, show(page, result));
        restore(form);
        say("");
        narrow(page, chosen(form));
        if (location.hash) { var there = document.getElementById(decodeURIComponent(location.hash.slice(1))); if (there) there.scrollIntoView(); }
      }).catch(function (error) { target.replaceChildren(); say(error.message); });
    }

    load(new URL("versions.json", root).href).then(function (versions) {
      var names = versions.filter(function (each) { return !(each.properties && each.properties.hidden); });
      if (names.length < 2) return;
      ["from", "to"].forEach(function (side) {
        names.forEach(function (each) { form.elements[side].add(new Option(called(each), each.version)); });
      });
      var place = Math.max(0, names.findIndex(function (each) { return each.version === current; }));
      var before = Math.min(place + 1, names.length - 1);
      form.elements.to.value = names[before === place ? before - 1 : place].version;
      form.elements.from.value = names[before].version;
      restore(form);
      var asked = new URLSearchParams(location.search), gone = ["from", "to"].map(function (side) { return asked.get(side); })
        .filter(function (name, at, all) { return name && all.indexOf(name) === at && !names.some(function (each) { return each.version === name; }); });
      form.hidden = false;
      form.addEventListener("input", function (event) {
        if (event.target.name === "from" || event.target.name === "to") run();
        else { narrow(page, chosen(form)); remember(chosen(form)); }
      });
      form.addEventListener("submit", function (event) { event.preventDefault(); });
      if (gone.length) say(word("gone", { id: gone.join(word("and")) })); else run();
    }).catch(function () { /* One version alone: what the page says already holds. */ });
  }

  function prepare() {
    document.querySelectorAll("[data-compare]").forEach(function (page) {
      if (page.dataset.ready) return;
      page.dataset.ready = "1";
      if (page.querySelector("form[data-versions]")) prepareComparison(page);
      else prepareChanges(page);
    });
  }

  if (window.document$) window.document$.subscribe(prepare);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", prepare);
  else prepare();
})();
