/* Where a page is that is not here: in another version, in none any more, or under another address. */
(function () {
  "use strict";
  var me = document.currentScript, base = me.dataset.base, newest = me.dataset.default;
  var languages = me.dataset.languages.split(" "), chinese = languages[0] === "zh";
  var both = languages.length > 1;
  var path = decodeURIComponent(location.pathname);
  var parts = path.indexOf(base) === 0 ? path.slice(base.length).split("/").filter(Boolean) : [];
  var place = document.getElementById("found");

  function say(zh, en) { return chinese ? zh : en; }

  function make(tag, text, style) {
    var element = document.createElement(tag);
    if (style) element.className = style;
    if (text) element.textContent = text;
    return element;
  }

  function told(zh, en) {
    var note = make("p", say(zh, en), "note");
    if (both) {
      var also = make("span", chinese ? en : zh, "also");
      also.lang = chinese ? "en" : "zh-CN";
      note.append(" ", also);
    }
    return note;
  }

  function load(address) {
    return fetch(base + address).then(function (answer) { return answer.ok ? answer : Promise.reject(new Error(address)); });
  }

  function json(address) { return load(address).then(function (answer) { return answer.json(); }); }

  function shown(name) { return name === "next" ? say("开发中", "Unreleased") : name; }

  function link(url, text) {
    var line = make("li"), to = make("a", text);
    to.href = base + url;
    line.append(to);
    return line;
  }

  /* The name of the version that is asked for, the language, and the rest of the address. */
  function asked(versions) {
    var names = versions.map(function (each) { return each.version; }), rest = parts.slice(), version = null;
    if (rest[0] === "latest") { version = newest; rest.shift(); }
    else if (names.indexOf(rest[0]) >= 0 || /^v?\d+(\.\d+)*$/.test(rest[0] || "")) version = rest.shift();
    var language = languages.indexOf(rest[0]) > 0 ? rest.shift() : "";
    return { version: version, known: names.indexOf(version) >= 0, language: language, rest: rest };
  }

  function inLanguage(url, version, language) {
    return language ? url.replace(version + "/", version + "/" + language + "/") : url;
  }

  function show(history, anchor, wanted) {
    var item = anchor && history.items.find(function (each) { return each.id === anchor || each.anchor === anchor; });
    var found = item || history, last = found.versions[0].version;
    var name = found.id + " " + (chinese ? found.title.zh : found.title.en);
    if (found.removed_in && (!wanted.version || !found.versions.some(function (each) { return each.version === wanted.version; })))
      place.append(told("“" + found.id + "”从 " + (found.removed_in === "next" ? "开发中的版本" : found.removed_in) + " 起没有了；最后一次出现在 " + last + "。",
        found.id + " is gone since " + (found.removed_in === "next" ? "the unreleased version" : found.removed_in) + "; " + last + " was the last to have it."));
    else if (wanted.version && !wanted.known)
      place.append(told("站点上没有版本 " + wanted.version + "；“" + found.id + "”在下面这些版本里。",
        "There is no version " + wanted.version + " here; " + found.id + " is in these versions."));
    else
      place.append(told("“" + found.id + "”不在" + (wanted.version ? "版本 " + shown(wanted.version) + " 里，在下面这些版本里。" : "这个地址，在下面这些地方。"),
        found.id + (wanted.version ? " is not in version " + wanted.version + " but in these." : " is not here but in these places.")));
    var list = make("ul", "", "links");
    found.versions.forEach(function (each) {
      list.append(link(inLanguage(each.url, each.version, wanted.language), shown(each.version) + " · " + name));
    });
    list.append(link("id/" + history.id + "/" + (item ? "#" + item.anchor : ""), say("它的永久地址", "Its permanent address")));
    place.append(list);
    document.title = found.id + " - " + document.title;
  }

  function historyOf(id) {
    return json("history/" + encodeURIComponent(id) + ".json").catch(function () {
      return id === id.toUpperCase() ? Promise.reject(new Error(id)) : json("history/" + encodeURIComponent(id.toUpperCase()) + ".json");
    });
  }

  /* The place of an item on the page of its document, for an item that is named with its document: SPEC-TST-001.BR-2. */
  function local(history, name) {
    var item = history.items.find(function (each) { return each.id.toUpperCase() === name.toUpperCase(); });
    return item ? "#" + item.anchor : location.hash;
  }

  /* An id's own address: a document's page is there already, an item's is on the page of its document. */
  function byId(id) {
    return json("id/items.json").then(function (items) {
      var name = items[id] ? id : id.toUpperCase(), whole = name.split(".")[0], owner = items[name] || items[whole];
      if (owner) location.replace(base + "id/" + owner + "/#" + name);
      else return historyOf(id.split(".")[0]).then(function (history) { location.replace(base + "id/" + history.id + "/" + local(history, name)); });
    });
  }

  /* A page that is no document's: each version's list of pages knows whether it has it. */
  function byAddress(versions, wanted) {
    var address = (wanted.language ? wanted.language + "/" : "") + wanted.rest.join("/") + (/\.html$/.test(path) ? "" : "/");
    return Promise.all(versions.map(function (version) {
      return load(version.version + "/" + (wanted.language ? wanted.language + "/" : "") + "sitemap.xml").then(function (answer) { return answer.text(); })
        .then(function (text) {
          return new DOMParser().parseFromString(text, "text/xml").getElementsByTagName("loc");
        }).then(function (found) {
          var end = "/" + version.version + "/" + address;
          return Array.from(found).some(function (each) { return decodeURIComponent(each.textContent).endsWith(end); }) ? version : null;
        }).catch(function () { return null; });
    })).then(function (found) {
      found = found.filter(Boolean);
      if (!found.length) return;
      if (!wanted.version && found.some(function (each) { return each.version === newest; })) {
        location.replace(base + newest + "/" + address + location.search + location.hash);
        return;
      }
      place.append(told("这一页在下面这些版本里。", "This page is in these versions."));
      var list = make("ul", "", "links");
      found.forEach(function (each) { list.append(link(each.version + "/" + address, shown(each.version))); });
      place.append(list);
    });
  }

  json("versions.json").then(function (versions) {
    if (parts[0] === "id" && parts[1]) return byId(parts[1]).catch(function () {});
    var wanted = asked(versions), id = wanted.rest.length > 1 ? wanted.rest[1].replace(/\.html$/, "") : "";
    return (/^[A-Za-z]+-./.test(id) ? historyOf(id) : Promise.reject(new Error("no id"))).then(function (history) {
      var here = history.versions.find(function (each) { return each.version === newest; });
      if (!wanted.version && here) location.replace(base + inLanguage(here.url, newest, wanted.language) + location.hash);
      else show(history, decodeURIComponent(location.hash.slice(1)), wanted);
    }).catch(function () { return byAddress(versions, wanted); });
  }).catch(function () { /* What the page says already holds. */ });
})();
