/* What changed between two versions, worked out from the files they publish. The same result, to the letter, as that of pmdocs/diff:
   the tests compare the two. No dependencies, nothing of a page: it runs in browsers and in Node. */
(function (root) {
  "use strict";

  /* ---------- texts: pmdocs/diff/prose.py ---------- */

  var HAN = "\\u2e80-\\u2fdf\\u3005\\u3007\\u3021-\\u3029\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  var LETTER = "0-9A-Za-z\\u00c0-\\u024f\\u0370-\\u03ff\\u0400-\\u04ff";
  var TOKEN = new RegExp("[" + LETTER + "]+(?:[.,:'\\u2019_/\\-][" + LETTER + "]+)*|\\n+|[ \\t\\u00a0\\u3000]+|[^]", "gu");
  var SENTENCE = /[^]+?(?:[。！？；\n]+|[.!?]+(?=[ \t\n\u00a0\u3000])|$)/gu;
  var WORD = new RegExp("^[" + LETTER + HAN + "]", "u");
  var LATIN = new RegExp("^[" + LETTER + "]", "u");
  var BLANK = /^[ \t\n\u00a0\u3000]+$/;

  function tokens(text) { return text.match(TOKEN) || []; }
  function sentences(text) { return text.match(SENTENCE) || []; }
  function isWord(token) { return WORD.test(token); }
  function length(text) { return Array.from(text).length; }

  /* ---------- sequences: pmdocs/diff/sequence.py ---------- */

  var LARGEST = 250000, ALIKE = 500;

  function common(old, now) {
    var start = 0, shorter = Math.min(old.length, now.length);
    while (start < shorter && old[start] === now[start]) start += 1;
    var end = 0;
    while (end < shorter - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
    var found = [], place;
    for (place = 0; place < start; place += 1) found.push([place, place]);
    longest(old.slice(start, old.length - end), now.slice(start, now.length - end)).forEach(function (pair) {
      found.push([pair[0] + start, pair[1] + start]);
    });
    for (place = 0; place < end; place += 1) found.push([old.length - end + place, now.length - end + place]);
    return found;
  }

  function table(rows, columns) {
    return Array.from({ length: rows + 1 }, function () { return new Array(columns + 1).fill(0); });
  }

  function longest(old, now) {
    var rows = old.length, columns = now.length, found = [], i, j;
    if (!rows || !columns || rows * columns > LARGEST) return found;
    var size = table(rows, columns);
    for (i = rows - 1; i >= 0; i -= 1) {
      for (j = columns - 1; j >= 0; j -= 1) {
        size[i][j] = old[i] === now[j] ? size[i + 1][j + 1] + 1 : Math.max(size[i + 1][j], size[i][j + 1]);
      }
    }
    i = j = 0;
    while (i < rows && j < columns) {
      if (old[i] === now[j]) { found.push([i, j]); i += 1; j += 1; }
      else if (size[i + 1][j] >= size[i][j + 1]) i += 1;
      else j += 1;
    }
    return found;
  }

  function canonical(value) {
    if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
    if (value && typeof value === "object") {
      return "{" + Object.keys(value).sort().map(function (key) { return JSON.stringify(key) + ":" + canonical(value[key]); }).join(",") + "}";
    }
    return JSON.stringify(value === undefined ? null : value);
  }

  function aligned(old, now) {
    var found = [], i = 0, j = 0, pairs = common(old.map(canonical), now.map(canonical));
    pairs.concat([[old.length, now.length]]).forEach(function (pair) {
      found = found.concat(paired(old, now, [i, pair[0]], [j, pair[1]]));
      if (pair[0] < old.length) found.push(pair);
      i = pair[0] + 1;
      j = pair[1] + 1;
    });
    return found;
  }

  function paired(old, now, left, right) {
    var rows = left[1] - left[0], columns = right[1] - right[0], i, j;
    if (rows <= 0) rows = 0;
    if (columns <= 0) columns = 0;
    var best = table(rows, columns), scored = rows * columns > 0 && rows * columns <= LARGEST / 100, score = [];
    var bags = [old.slice(left[0], left[0] + rows).map(bag), now.slice(right[0], right[0] + columns).map(bag)];
    if (scored) score = bags[0].map(function (one) { return bags[1].map(function (other) { return likeness(one, other); }); });
    for (i = rows - 1; i >= 0; i -= 1) {
      for (j = columns - 1; j >= 0; j -= 1) {
        var skip = Math.max(best[i + 1][j], best[i][j + 1]);
        best[i][j] = scored && score[i][j] >= ALIKE ? Math.max(skip, best[i + 1][j + 1] + score[i][j]) : skip;
      }
    }
    var found = [];
    i = j = 0;
    while (i < rows || j < columns) {
      var alike = scored && i < rows && j < columns ? score[i][j] : 0;
      if (alike >= ALIKE && best[i][j] === best[i + 1][j + 1] + alike) {
        found.push([left[0] + i, right[0] + j]);
        i += 1;
        j += 1;
      } else if (i < rows && (j >= columns || best[i + 1][j] >= best[i][j + 1])) {
        found.push([left[0] + i, null]);
        i += 1;
      } else {
        found.push([null, right[0] + j]);
        j += 1;
      }
    }
    return found;
  }

  function bag(value) {
    var found = new Map();
    eachText(value, function (text) {
      tokens(text).forEach(function (token) { if (isWord(token)) found.set(token, (found.get(token) || 0) + 1); });
    });
    return found;
  }

  function eachText(value, use) {
    if (Array.isArray(value)) value.forEach(function (part) { eachText(part, use); });
    else if (value && typeof value === "object") Object.keys(value).forEach(function (key) { eachText(value[key], use); });
    else if (typeof value !== "boolean") use(String(value));
  }

  function total(words) {
    var sum = 0;
    words.forEach(function (count) { sum += count; });
    return sum;
  }

  function likeness(one, other) {
    var all = total(one) + total(other), shared = 0;
    one.forEach(function (count, word) { shared += Math.min(count, other.get(word) || 0); });
    return all ? Math.floor(2000 * shared / all) : 0;
  }

  /* ---------- words: pmdocs/diff/words.py ---------- */

  var SENTENCE_END = "。！？.!?\n", CLAUSE_END = "，、；：,;:", BRACKETS = "“”‘’「」『』（）()《》〈〉【】[]\"'";

  function gapOf(removed, added) { return { removed: removed || [], added: added || [] }; }
  function oneSided(gap) { return (gap.removed.length > 0) !== (gap.added.length > 0); }
  function merged(one, other) { return gapOf(one.removed.concat(other.removed), one.added.concat(other.added)); }

  function size(stretch) {
    return stretch.reduce(function (sum, token) { return sum + (isWord(token) ? length(token) : 0); }, 0);
  }
  function gapSize(gap) { return Math.max(size(gap.removed), size(gap.added)); }

  function wordDifference(before, after) {
    var old = sentences(before), now = sentences(after), gaps = [gapOf()], equals = [], i = 0, j = 0;
    common(old, now).concat([[old.length, now.length]]).forEach(function (pair) {
      var inner = compared(old.slice(i, pair[0]).join(""), now.slice(j, pair[1]).join(""));
      append(gaps, equals, inner[0], inner[1]);
      if (pair[0] < old.length) append(gaps, equals, [gapOf(), gapOf()], [tokens(old[pair[0]])]);
      i = pair[0] + 1;
      j = pair[1] + 1;
    });
    slide(gaps, equals);
    dropCrumbs(gaps, equals);
    return segments(gaps, equals);
  }

  function append(gaps, equals, more, stretches) {
    gaps[gaps.length - 1] = merged(gaps[gaps.length - 1], more[0]);
    more.slice(1).forEach(function (gap) { gaps.push(gap); });
    stretches.forEach(function (stretch) { equals.push(stretch); });
    join(gaps, equals);
  }

  function join(gaps, equals) {
    var place = 1;
    while (place < gaps.length) {
      if (!equals[place - 1].length) {
        gaps[place - 1] = merged(gaps[place - 1], gaps[place]);
        gaps.splice(place, 1);
        equals.splice(place - 1, 1);
      } else if (place < gaps.length - 1 && !gaps[place].removed.length && !gaps[place].added.length) {
        equals[place - 1] = equals[place - 1].concat(equals[place]);
        gaps.splice(place, 1);
        equals.splice(place, 1);
      } else place += 1;
    }
  }

  function compared(before, after) {
    var old = tokens(before), now = tokens(after), gaps = [gapOf()], equals = [], i = 0, j = 0;
    common(old, now).forEach(function (pair) {
      if (pair[0] > i || pair[1] > j || !equals.length) {
        gaps[gaps.length - 1] = gapOf(old.slice(i, pair[0]), now.slice(j, pair[1]));
        gaps.push(gapOf());
        equals.push([]);
      }
      equals[equals.length - 1].push(old[pair[0]]);
      i = pair[0] + 1;
      j = pair[1] + 1;
    });
    gaps[gaps.length - 1] = gapOf(old.slice(i), now.slice(j));
    return [gaps, equals];
  }

  function slide(gaps, equals) {
    gaps.forEach(function (gap, place) {
      if (!oneSided(gap)) return;
      var isRemoved = gap.removed.length > 0, hasLeft = place > 0, hasRight = place < equals.length;
      var best = bestPlace(hasLeft ? equals[place - 1] : [], isRemoved ? gap.removed : gap.added, hasRight ? equals[place] : [], hasLeft, hasRight);
      gaps[place] = isRemoved ? gapOf(best[1], []) : gapOf([], best[1]);
      if (hasLeft) equals[place - 1] = best[0];
      if (hasRight) equals[place] = best[2];
    });
    join(gaps, equals);
  }

  function last(list) { return list[list.length - 1]; }

  function bestPlace(left, edit, right, hasLeft, hasRight) {
    while (left.length && last(edit) === last(left)) {
      right = [last(edit)].concat(right);
      edit = [last(left)].concat(edit.slice(0, -1));
      left = left.slice(0, -1);
    }
    var best = [left, edit, right], top = fit(left, edit, right, hasLeft, hasRight), value;
    while (right.length && edit[0] === right[0]) {
      left = left.concat([edit[0]]);
      edit = edit.slice(1).concat([right[0]]);
      right = right.slice(1);
      value = fit(left, edit, right, hasLeft, hasRight);
      if (value >= top) { best = [left, edit, right]; top = value; }
    }
    return best;
  }

  function fit(left, edit, right, hasLeft, hasRight) {
    var before = hasLeft && !left.length ? 10 : border(left.length ? last(left) : null, edit[0]);
    var after = hasRight && !right.length ? 10 : border(last(edit), right.length ? right[0] : null);
    return before + after;
  }

  function border(left, right) {
    if (left === null || right === null || SENTENCE_END.includes(last(Array.from(left)))) return 6;
    if (CLAUSE_END.includes(left)) return 4;
    if (BLANK.test(left) || BLANK.test(right)) return 2;
    if (BRACKETS.includes(left) || !isWord(right)) return 3;
    if (!isWord(left)) return 2;
    return LATIN.test(left) !== LATIN.test(right) ? 1 : 0;
  }

  function dropCrumbs(gaps, equals) {
    var place = 0;
    while (place < equals.length) {
      var before = gaps[place], stretch = equals[place], after = gaps[place + 1], held = size(stretch);
      var one = gapSize(before), other = gapSize(after);
      var isBoth = !(oneSided(before) && oneSided(after) && (before.added.length > 0) === (after.added.length > 0));
      var isCrumb = (held <= 1 && isBoth) || (2 * held <= one && 2 * held <= other);
      if (one && other && isCrumb && !stretch.some(function (token) { return token.includes("\n"); })) {
        gaps[place] = gapOf(before.removed.concat(stretch, after.removed), before.added.concat(stretch, after.added));
        gaps.splice(place + 1, 1);
        equals.splice(place, 1);
        place = Math.max(0, place - 1);
      } else place += 1;
    }
  }

  function segments(gaps, equals) {
    var found = [];
    function put(op, stretch) { if (stretch && stretch.length) found.push({ op: op, text: stretch.join("") }); }
    gaps.forEach(function (gap, place) {
      put("removed", gap.removed);
      put("added", gap.added);
      put("equal", equals[place]);
    });
    return found;
  }

  /* ---------- lines: pmdocs/diff/lines.py ---------- */

  var LANGUAGES = ["zh", "en"], SHORT = 20, PROSE = ["text", "markdown", "list", "map"];

  function isMap(value) { return value !== null && typeof value === "object" && !Array.isArray(value); }
  function orNull(value) { return value === undefined ? null : value; }

  function linesOf(field, key, shapes) {
    var found = [];
    compareValues(orNull(field.before), orNull(field.after), [], key, shapes, found);
    return found;
  }

  function compareValues(before, after, steps, key, shapes, found) {
    if (canonical(before) === canonical(after)) return;
    var spoken = bySpeech(before, after);
    before = spoken[0];
    after = spoken[1];
    var missing = before === null || after === null, first = before === null ? after : before;
    if (isMap(first) && (missing || (isMap(before) && isMap(after)))) compareMaps(before || {}, after || {}, steps, key, shapes, found);
    else if (Array.isArray(first) && (missing || (Array.isArray(before) && Array.isArray(after)))) {
      compareLists(before || [], after || [], steps, key, shapes, found);
    } else if (typeof before === "object" && before !== null || typeof after === "object" && after !== null) {
      compareValues(before, null, steps, key, shapes, found);
      compareValues(null, after, steps, key, shapes, found);
    } else found.push({ steps: steps, key: key, segments: scalars(before, after, shapes.get(key)) });
  }

  function isBilingual(value) {
    return isMap(value) && Object.keys(value).length > 0 && Object.keys(value).every(function (key) { return LANGUAGES.includes(key); });
  }

  function bySpeech(before, after) {
    var map = {};
    function language(text, other) {
      return LANGUAGES.find(function (name) { return other[name] === text; }) || LANGUAGES.find(function (name) { return name in other; });
    }
    if (typeof before === "string" && isBilingual(after)) { map[language(before, after)] = before; return [map, after]; }
    if (typeof after === "string" && isBilingual(before)) { map[language(after, before)] = after; return [before, map]; }
    return [before, after];
  }

  function compareMaps(before, after, steps, key, shapes, found) {
    var order = new Map();
    shapes.forEach(function (shape, name) {
      var dot = name.lastIndexOf(".");
      if (name.slice(0, Math.max(dot, 0)) === key) order.set(name.slice(dot + 1), order.size);
    });
    var names = Array.from(new Set(Object.keys(before).concat(Object.keys(after)))).sort(function (one, other) {
      var ranks = [one, other].map(function (name) { return order.has(name) ? order.get(name) : order.size; });
      if (ranks[0] !== ranks[1]) return ranks[0] - ranks[1];
      if ((one === LANGUAGES[0]) !== (other === LANGUAGES[0])) return one === LANGUAGES[0] ? -1 : 1;
      return one < other ? -1 : one > other ? 1 : 0;
    });
    names.forEach(function (name) {
      var isField = order.has(name), inner = isField ? key + "." + name : key;
      var step = isField ? { kind: "field", name: inner } : { kind: LANGUAGES.includes(name) ? "language" : "key", name: name };
      compareValues(orNull(before[name]), orNull(after[name]), steps.concat([step]), inner, shapes, found);
    });
  }

  function compareLists(before, after, steps, key, shapes, found) {
    var pairs = aligned(before, after), isEdited = pairs.some(function (pair) {
      return pair[0] !== null && pair[1] !== null && canonical(before[pair[0]]) !== canonical(after[pair[1]]);
    });
    if (before.concat(after).every(isShort) && !(isProse(shapes.get(key)) && isEdited)) {
      var entries = shortEntries(before, after);
      if (entries.length) found.push({ steps: steps, key: key, segments: entries });
      return;
    }
    pairs.forEach(function (pair) {
      var old = pair[0] === null ? null : before[pair[0]], now = pair[1] === null ? null : after[pair[1]];
      var kind = pair[0] === null ? "added" : pair[1] === null ? "removed" : "changed";
      var step = { kind: kind, name: String((pair[1] === null ? pair[0] : pair[1]) + 1) };
      compareValues(old, now, steps.concat([step]), key, shapes, found);
    });
  }

  function isShort(value) { return (value === null || typeof value !== "object") && length(String(value)) <= SHORT; }

  function shortEntries(before, after) {
    var pairs = common(before.map(canonical), after.map(canonical)), found = [];
    function rest(values, side, op) {
      var kept = new Set(pairs.map(function (pair) { return pair[side]; }));
      values.forEach(function (value, place) {
        if (kept.has(place)) return;
        if (found.length) found.push({ op: "equal", text: " " });
        found.push({ op: op, text: String(value) });
      });
    }
    rest(before, 0, "removed");
    rest(after, 1, "added");
    return found;
  }

  function scalars(before, after, shape) {
    if (isProse(shape) && typeof before === "string" && typeof after === "string") return wordDifference(before, after);
    var found = [];
    if (before !== null) found.push({ op: "removed", text: String(before) });
    if (after !== null) found.push({ op: "added", text: String(after) });
    return found;
  }

  function isProse(shape) { return !shape || (PROSE.includes(shape.kind) && !hasKeys(shape.choices)); }
  function hasKeys(value) { return !!value && Object.keys(value).length > 0; }

  /* ---------- which was which: pmdocs/diff/match.py ---------- */

  var SAME = 800, ENOUGH = 8, MOST_DOCUMENTS = 10000, MOST_PARTS = 250000, SAID_BY_NOBODY = ["choice", "ref", "refs", "date", "boolean"];

  function keyOf(record, id) { return record + "\n" + id; }
  function labelKey(part, name) { return part.list ? part.list + "." + name : name; }
  function wide(record, part) { return [part.kind, part.id, part.scope === "product" ? record.product : ""].join("\n"); }
  function isWide(part) { return part.parent && part.scope !== "parent"; }

  function wordsOf(record, parts) {
    var found = new Map();
    parts.forEach(function (part) {
      Object.keys(part.fields).forEach(function (name) {
        var shape = record.shapes.get(labelKey(part, name));
        if (!shape || !shape.reviewed_by.length || SAID_BY_NOBODY.includes(shape.kind)) return;
        bag(part.fields[name]).forEach(function (count, word) { found.set(word, (found.get(word) || 0) + count); });
      });
    });
    return found;
  }

  function thing(name, group, words) { return { name: name, group: group, words: words, size: total(words) }; }

  function alikePairs(gone, come, most) {
    var groups = new Map(), found = [], pairs = [];
    [gone, come].forEach(function (things, side) {
      things.forEach(function (each) {
        if (each.size < ENOUGH) return;
        if (!groups.has(each.group)) groups.set(each.group, [[], []]);
        groups.get(each.group)[side].push(each);
      });
    });
    groups.forEach(function (sides) {
      var equal = equalPairs(sides[0], sides[1]), was = new Set(), now = new Set();
      equal.forEach(function (pair) { pairs.push(pair); now.add(pair[0]); was.add(pair[1]); });
      var left = sides[0].filter(function (each) { return !was.has(each.name); });
      var right = sides[1].filter(function (each) { return !now.has(each.name); });
      if (left.length * right.length > most) return;
      right.forEach(function (after) {
        left.forEach(function (before) {
          var score = same(before, after);
          if (score) found.push([score, before.name, after.name]);
        });
      });
    });
    return pairs.concat(bestPairs(found).map(function (each) { return [each[2], each[1]]; }));
  }

  function byName(one, other) { return one.name < other.name ? -1 : one.name > other.name ? 1 : 0; }

  function equalPairs(gone, come) {
    var known = new Map(), pairs = [];
    function key(each) { return JSON.stringify(Array.from(each.words).sort()); }
    gone.slice().sort(byName).forEach(function (each) {
      if (!known.has(key(each))) known.set(key(each), []);
      known.get(key(each)).push(each.name);
    });
    come.slice().sort(byName).forEach(function (each) {
      var names = known.get(key(each));
      if (names && names.length) pairs.push([each.name, names.shift()]);
    });
    return pairs;
  }

  function same(before, after) {
    var small = Math.min(before.size, after.size), large = Math.max(before.size, after.size);
    if (2000 * small < SAME * (small + large)) return 0;
    var score = likeness(before.words, after.words);
    return score >= SAME ? score : 0;
  }

  function bestPairs(alike) {
    var gone = new Set(), come = new Set();
    function order(one, other) { return one < other ? -1 : one > other ? 1 : 0; }
    alike.sort(function (one, other) { return other[0] - one[0] || order(one[1], other[1]) || order(one[2], other[2]); });
    return alike.filter(function (each) {
      if (gone.has(each[1]) || come.has(each[2])) return false;
      gone.add(each[1]);
      come.add(each[2]);
      return true;
    });
  }

  function pairDocuments(old, now) {
    var pairs = new Map();
    now.forEach(function (record, id) { if (old.has(id) && old.get(id).kind === record.kind) pairs.set(id, id); });
    if (pairs.size === old.size || pairs.size === now.size) return pairs;
    function unpaired(side) {
      return Array.from(side.values()).filter(function (record) { return !pairs.has(record.id); }).map(function (record) {
        return thing(record.id, record.kind, wordsOf(record, record.items));
      });
    }
    alikePairs(unpaired(old), unpaired(now), MOST_DOCUMENTS).forEach(function (pair) { pairs.set(pair[0], pair[1]); });
    return pairs;
  }

  function partsOf(snapshot) {
    var found = new Map();
    snapshot.forEach(function (record) {
      record.items.forEach(function (part) { found.set(keyOf(record.id, part.id), { record: record, part: part }); });
    });
    return found;
  }

  function pairParts(old, now, documents) {
    var pairs = new Map(), before = partsOf(old), after = partsOf(now), taken = new Set(), byId = new Map(), below = new Map();
    documents.forEach(function (was, id) { pairs.set(keyOf(id, id), keyOf(was, was)); });
    before.forEach(function (each, key) {
      if (isWide(each.part)) { if (!byId.has(wide(each.record, each.part))) byId.set(wide(each.record, each.part), key); }
      else below.set([keyOf(each.record.id, each.part.parent), each.part.list, each.part.kind, each.part.local].join("\n"), key);
    });
    function sameId(each) {
      if (isWide(each.part)) return byId.get(wide(each.record, each.part));
      var parent = each.part.parent ? pairs.get(keyOf(each.record.id, each.part.parent)) : null;
      return parent ? below.get([parent, each.part.list, each.part.kind, each.part.local].join("\n")) : null;
    }
    while (true) {
      after.forEach(function (each, key) {
        var was = pairs.get(key) || sameId(each);
        if (was && !taken.has(was)) pairs.set(key, was);
        if (pairs.has(key)) taken.add(pairs.get(key));
      });
      var renamed = renamedParts(before, after, pairs);
      if (!renamed.length) return pairs;
      renamed.forEach(function (pair) { pairs.set(pair[0], pair[1]); });
    }
  }

  function renamedParts(before, after, pairs) {
    var taken = new Set(pairs.values()), gone = [], come = [];
    if (taken.size === before.size || taken.size === after.size) return [];
    function group(parent, part) { return part.kind + "\n" + (part.scope !== "parent" ? "" : parent + "\n" + part.list); }
    before.forEach(function (each, key) {
      if (taken.has(key) || !each.part.parent) return;
      gone.push(thing(key, group(keyOf(each.record.id, each.part.parent), each.part), wordsOf(each.record, [each.part])));
    });
    after.forEach(function (each, key) {
      if (pairs.has(key) || !each.part.parent) return;
      var parent = pairs.get(keyOf(each.record.id, each.part.parent));
      if (parent || each.part.scope !== "parent") come.push(thing(key, group(parent, each.part), wordsOf(each.record, [each.part])));
    });
    return alikePairs(gone, come, MOST_PARTS);
  }

  /* ---------- changes: pmdocs/diff/changes.py and data.py ---------- */

  function meaning(record) {
    return canonical([record.id, record.kind, record.title, record.product, record.confidentiality, record.items.map(function (part) {
      return [part.id, part.local, part.kind, part.parent, part.list, part.scope, part.title, part.fields, part.links];
    })]);
  }

  /* Takes documents as their files hold them, by id, with `shapes` (see shapesOf); returns what `pmdocs diff --format json` prints. */
  function difference(oldOnes, newOnes) {
    var old = new Map(), now = new Map();
    newOnes.forEach(function (record, id) {
      if (!oldOnes.has(id) || meaning(oldOnes.get(id)) !== meaning(record)) now.set(id, record);
    });
    oldOnes.forEach(function (record, id) { if (!newOnes.has(id) || now.has(id)) old.set(id, record); });
    var documents = pairDocuments(old, now), came = pairParts(old, now, documents), went = new Map(), known = new Set(documents.values());
    came.forEach(function (was, key) { went.set(was, key); });
    var ways = { before: partsOf(old), after: partsOf(now), came: came, went: went };
    var names = new Set(now.keys()), found = [];
    old.forEach(function (record, id) { if (!known.has(id)) names.add(id); });
    Array.from(names).sort().forEach(function (id) {
      if (old.has(id) && !known.has(id)) found.push(documentData(old.get(id), null, goneParts(old.get(id), null, ways)));
      if (!now.has(id)) return;
      var after = now.get(id), before = documents.has(id) ? old.get(documents.get(id)) : null;
      if (before && meaning(before) === meaning(after)) return;
      found.push(documentData(before, after, keptParts(before, after, ways).concat(before ? goneParts(before, after, ways) : [])));
    });
    return { documents: found };
  }

  function documentData(before, after, items) {
    var record = after || before, sort = "changed";
    if (!before) sort = "added";
    else if (!after) sort = "removed";
    else if (before.id !== after.id) sort = "renamed";
    return {
      id: record.id, was: before && before.id !== record.id ? before.id : null, kind: record.kind, title: record.title,
      product: record.product, sort: sort,
      audiences: AUDIENCES.filter(function (name) { return items.some(function (item) { return item.audiences.includes(name); }); }),
      items: items
    };
  }

  var AUDIENCES = ["team", "customer_service", "user"];

  function keptParts(before, after, ways) {
    var moved = before ? reordered(before, after, ways.came) : new Set(), found = [];
    after.items.forEach(function (part) {
      var was = ways.came.get(keyOf(after.id, part.id)), origin = was ? ways.before.get(was) : null;
      var change = partChange(origin ? origin.part : null, part, after);
      if (origin && part.parent && ways.came.get(keyOf(after.id, part.parent)) !== keyOf(origin.record.id, origin.part.parent)) {
        change.moved_from = origin.part.parent;
      }
      change.reordered = moved.has(part.id);
      if (finish(change, origin ? origin.part : null, part, after)) found.push(change);
    });
    return found;
  }

  function goneParts(before, after, ways) {
    var away = new Set(), found = [];
    before.items.forEach(function (part) {
      var now = ways.went.get(keyOf(before.id, part.id)), there = now ? ways.after.get(now) : null, change;
      if (!there) {
        change = partChange(part, null, before);
        finish(change, part, null, before);
        found.push(change);
      } else if (!after || there.record.id !== after.id) {
        if (!away.has(part.parent)) {
          change = partChange(part, part, before);
          change.moved_to = there.record.id;
          finish(change, part, null, before);
          found.push(change);
        }
        away.add(part.id);
      }
    });
    return found;
  }

  function partChange(before, after, record) {
    var part = after || before, old = before ? before.fields : {}, now = after ? after.fields : {}, order = new Map();
    record.shapes.forEach(function (shape, key) { order.set(key, order.size); });
    var names = Array.from(new Set(Object.keys(now).concat(Object.keys(old)))).sort(function (one, other) {
      var ranks = [one, other].map(function (name) { var key = labelKey(part, name); return order.has(key) ? order.get(key) : order.size; });
      return ranks[0] - ranks[1] || (one < other ? -1 : 1);
    });
    var fields = names.map(function (name) { return { name: name, before: orNull(old[name]), after: orNull(now[name]) }; });
    return {
      id: part.id, local: part.local, was: null, kind: part.kind, title: part.title, parent: part.parent, list: part.list,
      top: null, sorts: [],
      moved_from: null, moved_to: null, moved_list: null, reordered: false, audiences: [],
      fields: fields.filter(function (each) { return canonical(each.before) !== canonical(each.after); }),
      gained: without(after, before), lost: without(before, after)
    };
  }

  function without(one, other) {
    var known = new Set((other ? other.links : []).map(canonical));
    return (one ? one.links : []).filter(function (link) { return !known.has(canonical(link)); });
  }

  function finish(change, before, after, record) {
    if (!before) change.sorts = ["added"];
    else if (!after) change.sorts = [change.moved_to ? "moved" : "removed"];
    else {
      if (before.local !== after.local) { change.was = before.local; change.sorts.push("renamed"); }
      if (before.list !== after.list) change.moved_list = before.list;
      if (change.moved_from !== null || change.moved_list !== null || change.reordered) change.sorts.push("moved");
      if (change.fields.length || change.gained.length || change.lost.length) change.sorts.push("changed");
    }
    var part = after || before, links = change.gained.concat(change.lost), top = part;
    var known = new Map(record.items.map(function (each) { return [each.id, each]; }));
    while (top.parent && known.has(top.parent) && known.get(top.parent).parent) top = known.get(top.parent);
    change.top = { id: top.id, local: top.local, title: top.title, list: top.list };
    change.audiences = audiencesOf(change, part, links, record);
    change.fields.forEach(function (field) { field.lines = linesOf(field, labelKey(part, field.name), record.shapes); });
    return change.sorts.length > 0;
  }

  function audiencesOf(change, part, links, record) {
    function fieldOf(link) { return link.field; }
    var names = change.fields.map(function (field) { return field.name; }).concat(links.map(fieldOf)), roles = new Set();
    if (!names.length) names = Object.keys(part.fields).concat(part.links.map(fieldOf));
    names.forEach(function (name) {
      var shape = record.shapes.get(labelKey(part, name));
      (shape ? shape.reviewed_by : []).forEach(function (role) { roles.add(role); });
    });
    var serves = roles.has("customer_service");
    return AUDIENCES.filter(function (name) {
      if (name === "customer_service") return serves;
      if (name === "user") return roles.size > 0 && record.confidentiality === "public";
      return roles.size > (serves ? 1 : 0) || !roles.size;
    });
  }

  function reordered(before, after, came) {
    var lists = new Map(), places = new Map(), stands = new Map(), found = new Set();
    after.items.slice(1).forEach(function (part) {
      var name = JSON.stringify([part.parent, part.list]);
      if (!lists.has(name)) lists.set(name, []);
      lists.get(name).push(part);
    });
    before.items.forEach(function (part, place) {
      places.set(keyOf(before.id, part.id), place);
      stands.set(keyOf(before.id, part.id), keyOf(before.id, part.parent) + "\n" + part.list);
    });
    lists.forEach(function (parts) {
      var was = came.get(keyOf(after.id, parts[0].parent)), home = was ? was + "\n" + parts[0].list : null;
      var stayed = parts.filter(function (part) { return home && stands.get(came.get(keyOf(after.id, part.id))) === home; });
      var now = stayed.map(function (part) { return came.get(keyOf(after.id, part.id)); });
      var then = now.slice().sort(function (one, other) { return places.get(one) - places.get(other); });
      var kept = new Set(common(then, now).map(function (pair) { return pair[1]; }));
      stayed.forEach(function (part, place) { if (!kept.has(place)) found.add(part.id); });
    });
    return found;
  }

  /* Returns a document's file as it is compared: bare values, and the shapes of its type from the words of its version. */
  function readDocument(file, words) {
    var record = Object.assign({}, file, { shapes: shapesOf(words, file.kind) });
    record.items = file.items.map(function (part) {
      var fields = {};
      Object.keys(part.fields).forEach(function (name) { fields[name] = part.fields[name].value; });
      return Object.assign({}, part, { fields: fields });
    });
    return record;
  }

  function shapesOf(words, kind) {
    var found = new Map();
    (words.fields[kind] || []).forEach(function (shape) { found.set(shape.key, shape); });
    return found;
  }

  root.pmdocsDiff = { difference: difference, readDocument: readDocument, shapesOf: shapesOf, wordDifference: wordDifference };
})(typeof window === "undefined" ? globalThis : window);
