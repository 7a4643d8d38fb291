// An independent verifier of draws, written from the text of docs/draw-protocol.md alone. It needs nothing but this file: no
// network, no library, no special browser. drawVerifier.verify reads a proof, recomputes every hash and the whole draw, and
// tells what does not hold; drawVerifier.checkSlip does the same for the slip of one family.
var drawVerifier = (function () {
  "use strict";

  // ---- SHA-256 (FIPS 180-4). Its constants are fractions of the square and cube roots of the first primes.
  var roundWords = new Int32Array(64), startWords = new Int32Array(8), utf8 = new TextEncoder();
  for (var prime = 2, found = 0; found < 64; prime++) {
    for (var divisor = 2; prime % divisor;) divisor++;
    if (divisor < prime) continue;
    if (found < 8) startWords[found] = (Math.sqrt(prime) % 1) * 4294967296;
    roundWords[found++] = (Math.pow(prime, 1 / 3) % 1) * 4294967296;
  }
  function turn(x, by) { return (x >>> by) | (x << (32 - by)); }
  function sha256(bytes) {
    var size = bytes.length, padded = new Uint8Array(((size + 72) >> 6) << 6), words = new DataView(padded.buffer);
    padded.set(bytes);
    padded[size] = 128;
    words.setUint32(padded.length - 8, Math.floor(size / 536870912));
    words.setUint32(padded.length - 4, size << 3);
    var state = startWords.slice(), w = new Int32Array(64);
    for (var block = 0; block < padded.length; block += 64) {
      for (var i = 0; i < 64; i++) {
        if (i < 16) { w[i] = words.getInt32(block + 4 * i); continue; }
        var p = w[i - 15], q = w[i - 2];
        w[i] = w[i - 16] + (turn(p, 7) ^ turn(p, 18) ^ (p >>> 3)) + w[i - 7] + (turn(q, 17) ^ turn(q, 19) ^ (q >>> 10));
      }
      var a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
      for (i = 0; i < 64; i++) {
        var t = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + roundWords[i] + w[i]) | 0;
        var u = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g; g = f; f = e; e = (d + t) | 0; d = c; c = b; b = a; a = (t + u) | 0;
      }
      [a, b, c, d, e, f, g, h].forEach(function (word, at) { state[at] += word; });
    }
    for (i = 0, words = new DataView(new ArrayBuffer(32)); i < 8; i++) words.setInt32(4 * i, state[i]);
    return new Uint8Array(words.buffer);
  }
  // H is SHA-256 over its arguments, one after the other: bytes, or texts in UTF-8.
  function H() {
    var parts = Array.from(arguments, function (part) { return typeof part === "string" ? utf8.encode(part) : part; }), at = 0;
    var all = new Uint8Array(parts.reduce(function (sum, part) { return sum + part.length; }, 0));
    parts.forEach(function (part) { all.set(part, at); at += part.length; });
    return sha256(all);
  }
  function hexOf(bytes) { return Array.from(bytes, function (b) { return (b + 256).toString(16).slice(1); }).join(""); }
  function bytesOf(hex) { return Uint8Array.from(hex.match(/../g) || [], function (pair) { return parseInt(pair, 16); }); }

  // ---- The hash tree (RFC 6962). A node without a neighbour moves up as it is.
  function leaf(line) { return H([0], line); }
  function node(left, right) { return H([1], left, right); }
  function rootOf(lines) {
    var level = lines.length ? lines.map(leaf) : [H()];
    while (level.length > 1) {
      for (var above = [], i = 0; i < level.length; i += 2) above.push(i + 1 < level.length ? node(level[i], level[i + 1]) : level[i]);
      level = above;
    }
    return level[0];
  }
  function rootFrom(line, index, count, path) {
    var hash = leaf(line), used = 0;
    for (var last = count - 1; last > 0; last = Math.floor(last / 2), index = Math.floor(index / 2)) {
      if (index % 2 === 0 && index === last) continue;
      var beside = bytesOf(path[used++] || "");
      hash = index % 2 ? node(beside, hash) : node(hash, beside);
    }
    return used === path.length ? hexOf(hash) : "";
  }

  // ---- Random numbers: xoshiro128** from a label and the seed.
  function Generator(label, seed) {
    var start = new DataView(H("jiaoheng-draw/1 " + label + "\n", seed).buffer);
    this.a = start.getInt32(0); this.b = start.getInt32(4); this.c = start.getInt32(8); this.d = start.getInt32(12);
  }
  Generator.prototype.next = function () {
    var x = Math.imul(this.b, 5), answer = Math.imul((x << 7) | (x >>> 25), 9) >>> 0, t = this.b << 9;
    this.c ^= this.a; this.d ^= this.b; this.b ^= this.c; this.a ^= this.d;
    this.c ^= t; this.d = (this.d << 11) | (this.d >>> 21);
    return answer;
  };
  // below draws one of 0 … n−1, each with the same chance (n < 2^20, so that the product is exact).
  Generator.prototype.below = function (n) {
    var x = this.next(), least = 4294967296 % n;
    while ((Math.imul(x, n) >>> 0) < least) x = this.next();
    return Math.floor(x * n / 4294967296);
  };
  Generator.prototype.shuffle = function (list) {
    for (var i = list.length - 1; i > 0; i--) {
      var j = this.below(i + 1), kept = list[i];
      list[i] = list[j]; list[j] = kept;
    }
    return list;
  };

  // ---- Reading. Every fault is {field, code, at}: the field of the proof, a word for what is wrong, and the line (from 1).
  var shape = { protocol: "text", announcement: "list", commitment: "hash", lines: "list", seed: "list", result: "list", digest: "hash" };
  var unfit = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|[\ud800-\udbff](?![\udc00-\udfff])|(?:^|[^\ud800-\udbff])[\udc00-\udfff]/;
  function readProof(text, faults) {
    var proof, keys;
    try { proof = JSON.parse(text); } catch (error) { proof = null; }
    if (!proof || typeof proof !== "object" || Array.isArray(proof)) { faults.push({ field: "file", code: "json" }); return; }
    keys = Object.keys(proof);
    keys.forEach(function (key) { if (!shape.hasOwnProperty(key)) faults.push({ field: key, code: "unknown" }); });
    // Without its texts, JSON has one colon for each key: more of them than keys means that one stands twice.
    if (text.replace(/"(?:[^"\\]|\\.)*"/g, "").split(":").length - 1 !== keys.length) faults.push({ field: "file", code: "double" });
    Object.keys(shape).forEach(function (key) {
      var value = proof[key], kind = shape[key];
      if (kind === "hash" ? !/^[0-9a-f]{64}$/.test(value) : kind === "text" ? value !== "jiaoheng-draw/1" : !Array.isArray(value)) {
        faults.push({ field: key, code: keys.indexOf(key) < 0 ? "absent" : kind });
      } else if (kind === "list") {
        value.forEach(function (line, at) {
          if (typeof line !== "string" || unfit.test(line)) faults.push({ field: key, code: "line", at: at + 1 });
        });
      }
    });
    return proof;
  }
  // readAnnouncement takes the lines in their fixed order; rules are pairs of key and value.
  function readAnnouncement(lines, faults) {
    var a = { rules: [], sources: [] }, at = 0, m;
    function take(pattern) { return at < lines.length && (m = lines[at].match(pattern)) ? (at++, m) : null; }
    function want(pattern) {
      if (take(pattern)) return m[1];
      if (!faults.length) faults.push({ field: "announcement", code: "order", at: at + 1 });
    }
    want(/^protocol jiaoheng-draw\/1$/);
    a.kind = want(/^kind ([a-z]+)$/);
    a.title = want(/^title (.+)$/);
    while (take(/^rule (\S+) (.*)$/)) a.rules.push([m[1], m[2]]);
    while (take(/^source (\d+) (given|lottery|drand|witness)(?: (.+))?$/) && m[1] === String(a.sources.length + 1)) {
      a.sources.push({ kind: m[2], text: m[3] || "" });
    }
    a.count = Number(want(/^lines (0|[1-9]\d*)$/));
    a.root = want(/^root ([0-9a-f]{64})$/);
    if (at < lines.length) want(/^$/);
    return a;
  }
  // readSeed checks that the seed lines answer the sources one after the other, each in its form.
  function readSeed(sources, lines, faults) {
    var at = 0, m;
    function take(form) { return (m = (lines[at] || "").match(new RegExp("^" + form + "$"))) ? (at++, m) : null; }
    function wrong(code) { faults.push({ field: "seed", code: code, at: Math.min(at + (code === "form"), lines.length) }); }
    sources.forEach(function (source, number) {
      var n = " " + (number + 1) + " ", hashes = [], told = 0;
      if (source.kind === "witness") {
        while (take("commit" + n + (hashes.length + 1) + " ([0-9a-f]{64})")) hashes.push(m[1]);
        hashes.forEach(function (hash, i) {
          if (take("silent" + n + (i + 1))) return;
          if (!take("reveal" + n + (i + 1) + " (.+)")) return wrong("form");
          if (hexOf(H("jiaoheng-draw/1 witness\n" + m[1])) !== hash) wrong("reveal");
          told++;
        });
        if (told < Number(source.text)) wrong("witnesses");
      } else if (!take("value" + n + "(.+)")) {
        wrong("form");
      } else if (source.kind === "drand") {
        m = m[1].match(/^([0-9a-f]{64}) ((?:[0-9a-f]{2})+)$/);
        if (!m || hexOf(H(bytesOf(m[2]))) !== m[1]) wrong("beacon");
      }
    });
    if (at < lines.length && !faults.length) faults.push({ field: "seed", code: "extra", at: at + 1 });
  }

  // ---- The kinds of draws. Each computes the lines of the result from the announcement, the lines and random numbers.
  var kinds = {};
  function split(text, by) { return text === "" ? [] : text.split(by); }
  function rowsOf(lines, tag) { return lines.map(l => l.split(";")).filter(f => f[0] === tag); }
  function ruleOf(a, key) { return a.rules.filter(r => r[0] === key)[0][1]; }
  function sum(list, of) { return list.reduce((all, one) => all + of(one), 0); }
  function byKey(p, q) { const n = p.key.findIndex((x, n) => x !== q.key[n]); return n < 0 ? 0 : p.key[n] - q.key[n]; }
  // bandsOf cuts lists of at most so many wishes: [from, to], [from, to] …
  function bandsOf(a, most) {
    const sizes = ruleOf(a, "bands") === "-" ? [most] : ruleOf(a, "bands").split(",").map(Number), bands = [];
    for (let from = 0; from < most; from = bands[bands.length - 1][1]) bands.push([from, from + sizes[Math.min(bands.length, sizes.length - 1)]]);
    return bands;
  }

  // lists: objects from strata, then people to their seats so that no later seat is left without anybody.
  kinds.lists = function* (a, lines, random) {
    const g = random("lists"), strata = rowsOf(lines, "stratum"), seats = [];
    const objects = rowsOf(lines, "object").map((f, n) => ({ no: String(n + 1), id: f[1], stratum: f[3], weight: Number(f[4]), seats: split(f[5], ",") }));
    const people = rowsOf(lines, "inspector").map((f, n) => ({ no: String(n + 1), id: f[1], load: Number(f[3]), tags: split(f[4], "+"),
      not: split(f[5], ","), apart: split(f[6], ",") }));
    let at, held, fixed; // at: who has each seat; held: the seats of each person; the first fixed seats are decided
    const give = (s, p) => { if (at[s]) held.get(at[s]).delete(s); at[s] = p; if (p) held.get(p).add(s); };
    const team = s => at.filter((p, k) => k < fixed && seats[k].object === seats[s].object);
    const kin = (p, s) => team(s).some(q => q.apart.indexOf(p.no) >= 0);
    // place finds somebody for a seat and moves others who are not decided, if need be (an augmenting path).
    function place(s, seen) {
      return seats[s].fit.some(p => {
        if (fixed && seats[s].object === seats[fixed - 1].object && kin(p, s)) return false;
        const mine = Array.from(held.get(p)), here = mine.filter(k => seats[k].object === seats[s].object);
        if (!here.length && mine.length < p.load) { give(s, p); return true; }
        if (!here.length && seen.has(p)) return false;
        if (!here.length) seen.add(p);
        return (here.length ? here : mine).some(k => {
          if (k < fixed || seen.has(k)) return false;
          seen.add(k);
          if (!place(k, seen)) return false;
          give(s, p);
          return true;
        });
      });
    }
    // decide gives the next seat to p if all later seats can still be filled.
    function decide(p) {
      const s = fixed, before = at.slice(), done = Array.from(held.get(p)).filter(k => k < s);
      if (done.length >= p.load || team(s).indexOf(p) >= 0 || kin(p, s)) return false;
      const loose = Array.from(held.get(p)).filter(k => k > s && seats[k].object === seats[s].object);
      if (!loose.length && at[s] !== p && held.get(p).size >= p.load) loose.push(Array.from(held.get(p)).filter(k => k > s)[0]);
      give(s, p);
      fixed++;
      seats.forEach((seat, k) => { if (k > s && seat.object === seats[s].object && at[k] && p.apart.indexOf(at[k].no) >= 0) loose.push(k); });
      loose.forEach(k => give(k, null));
      if (loose.every(k => at[k] || place(k, new Set([k])))) return true;
      fixed--;
      before.forEach((q, k) => { if (at[k] !== q) give(k, q); });
      return false;
    }
    for (let round = 0; round < 100; round++) {
      const drawn = [];
      strata.forEach(f => {
        const pick = Number(f[3]), members = objects.filter(o => o.stratum === f[1]), all = members.reduce((sum, o) => sum + o.weight, 0);
        if (!pick) return;
        g.shuffle(members);
        for (let i = 0, point = g.below(all), end = 0; i < members.length; i++) {
          if (point < (end += pick * members[i].weight)) { drawn.push(members[i]); point += all; }
        }
      });
      seats.length = 0;
      drawn.forEach(o => o.seats.forEach(needs => seats.push({ object: o, fit: people.filter(p => p.load > 0 && p.not.indexOf(o.no) < 0 &&
        (needs === "*" || needs.split("+").every(t => p.tags.indexOf(t) >= 0))) })));
      for (let tries = 0; tries < 100; tries++) {
        at = seats.map(() => null); held = new Map(people.map(p => [p, new Set()])); fixed = 0;
        if (!seats.every((seat, s) => place(s, new Set([s])))) break;
        for (let left; fixed < seats.length;) {
          yield fixed / seats.length;
          for (left = seats[fixed].fit.slice(); left.length;) {
            const j = g.below(left.length);
            if (decide(left[j])) break;
            left[j] = left[left.length - 1];
            left.pop();
          }
          if (!left.length) break;
        }
        if (fixed === seats.length) return drawn.map(o => o.id + ";" + at.filter((p, s) => seats[s].object === o).map(p => p.id).join(","));
      }
    }
    throw new Error("100 vain rounds");
  };
  // vacancy: the candidates for one seat in random order.
  kinds.vacancy = function* (a, lines, random) {
    const candidates = rowsOf(lines, "inspector").filter(f => f[3] === "candidate");
    return random("vacancy").shuffle(candidates).map((f, n) => f[1] + ";" + (n + 1));
  };
  // quota: places of senior schools divided among junior schools, then pupils in their order.
  kinds.quota = function* (a, lines, random) {
    const seniors = rowsOf(lines, "senior"), juniors = rowsOf(lines, "junior"), pupils = rowsOf(lines, "pupil"), out = [];
    const hamilton = ruleOf(a, "method") === "hamilton", unused = ruleOf(a, "unused"), both = (s, j) => s + ">" + j;
    let room = {}; // places left, by senior school, or by senior and junior school
    function divide(tag, label, senior, places, parties) {
      random(label + " " + senior).shuffle(parties.slice()).forEach((p, n) => { p.tie = n; if (!p.weight) p.claim = [p.least, 1]; });
      for (let open; (open = parties.filter(p => !p.claim)).length;) {
        const P = places - sum(parties, p => p.claim ? p.claim[0] : 0), W = sum(open, p => p.weight);
        const low = p => p.least * W - P * p.weight, high = p => P * p.weight - p.most * W;
        const below = sum(open, p => Math.max(0, low(p))), above = sum(open, p => Math.max(0, high(p)));
        open.forEach(p => {
          if (!below && !above) p.claim = [P * p.weight, W];
          else if (below >= above && low(p) > 0) p.claim = [p.least, 1];
          else if (below < above && high(p) > 0) p.claim = [p.most, 1];
        });
      }
      parties.forEach(p => { p.rest = p.claim[0] % p.claim[1]; p.places = hamilton ? (p.claim[0] - p.rest) / p.claim[1] : p.least; });
      const ahead = (p, q) => (hamilton ? q.rest - p.rest : q.weight * (2 * p.places + 1) - p.weight * (2 * q.places + 1)) || p.tie - q.tie;
      for (let left = places - sum(parties, p => p.places); left > 0; left--) {
        const next = parties.filter(p => hamilton ? p.rest : p.weight && p.places < p.most).reduce((p, q) => ahead(p, q) < 0 ? p : q);
        next.places++;
        if (hamilton) next.rest = 0;
      }
      parties.forEach((p, n) => {
        room[both(senior, juniors[n][1])] = p.places;
        out.push([tag, senior, juniors[n][1], p.places].concat(p.claim).join(";"));
      });
    }
    seniors.filter(s => s[3] > 0).forEach(s => divide("share", "quota", s[1], Number(s[3]), juniors.map(j => ({ weight: Number(j[2]), most: Number(j[2]),
      least: Math.min(j[2], Math.max(ruleOf(a, "least"), j[3] === "1" ? ruleOf(a, "rural_least") : 0)) }))));
    const order = random("quota lottery").shuffle(pupils.map((f, at) => ({ f: f, at: at })));
    order.forEach((p, n) => { p.number = n + 1; p.key = [-p.f[4]].concat(split(p.f[5], ",").map(t => -t), n); });
    order.sort(byKey);
    const line = n => seniors.reduce((lines, s) => { lines[s[1]] = Number(s[n]); return lines; }, {}), quotaLine = line(4), unifiedLine = line(5);
    const allowed = p => p.f[3] === "1" ? split(p.f[6], ">").filter(s => p.f[4] >= quotaLine[s]) : [], waiting = () => order.filter(p => !p.school);
    const take = (track, wishes, key) => waiting().forEach(p => {
      const s = wishes(p).filter(s => room[key(s, p.f[2])] > 0)[0];
      if (s) { p.school = s; p.track = track; room[key(s, p.f[2])]--; }
    });
    take("quota", allowed, both);
    const left = seniors.map(s => sum(juniors, j => room[both(s[1], j[1])] || 0)), wait = {};
    waiting().forEach(p => allowed(p).forEach(s => { wait[both(s, p.f[2])] = (wait[both(s, p.f[2])] || 0) + 1; }));
    room = {};
    if (unused === "pupils") seniors.forEach((s, n) => { room[s[1]] = left[n]; });
    if (unused === "juniors") seniors.forEach((s, n) => {
      const most = juniors.map(j => j[2] > 0 && wait[both(s[1], j[1])] || 0), places = Math.min(left[n], sum(most, v => v));
      if (places) divide("again", "quota again", s[1], places, juniors.map((j, k) => ({ weight: most[k] && Number(j[2]), least: 0, most: most[k] })));
    });
    if (unused !== "unified") take("pool", allowed, unused === "pupils" ? s => s : both);
    seniors.forEach(s => { room[s[1]] = s[2] - order.filter(p => p.school === s[1]).length; });
    bandsOf(a, 40).forEach(band => take("unified", p => split(p.f[7], ">").slice(band[0], band[1]).filter(s => p.f[4] >= unifiedLine[s]), s => s));
    order.sort((p, q) => p.at - q.at);
    return out.concat(order.map(p => ["place", p.f[1], p.track || "none", p.school || "-", p.number].join(";")));
  };
  // admit: children and schools by deferred acceptance, band by band.
  kinds.admit = function* (a, lines, random) {
    const schools = {}, children = rowsOf(lines, "applicant").map((f, n) => ({ n: n, who: f[1], twin: f[2], wishes: split(f[3], ">").map(w => w.split(":")) }));
    const numbers = (label, list) => { // twins share the number of the first of them
      const number = new Map(), unit = c => c.twin === "-" ? c : c.twin;
      list = list.filter(c => number.has(unit(c)) ? false : number.set(unit(c), 0));
      random(label).shuffle(list).forEach((c, place) => number.set(unit(c), place + 1));
      return c => number.get(unit(c));
    };
    const common = numbers("admit lottery", children);
    rowsOf(lines, "school").forEach(f => {
      schools[f[1]] = { places: Number(f[2]), groups: f[3].split(",").map(g => g.split("+")), by: f[4] === "-" ? [] : f[4].split(","), kept: [],
        number: f[5] === "own" ? numbers("admit lottery " + f[1], children.filter(c => c.wishes.some(w => w[0] === f[1]))) : common };
    });
    const bands = bandsOf(a, 20), all = Object.keys(schools).map(code => schools[code]);
    for (let b = 0; b < bands.length; b++) {
      let asking = children.filter(c => !c.wish);
      asking.forEach(c => { c.next = bands[b][0]; });
      while (asking.length) {
        yield b / bands.length;
        asking.forEach(c => { // asks the next wish of this band at which the child stands in the order
          for (let asked = false; !asked && c.next < Math.min(bands[b][1], c.wishes.length); c.next++) {
            const w = c.wishes[c.next], s = schools[w[0]], group = s.groups.findIndex(g => g[0] === "*" || g.indexOf(w[1]) >= 0);
            asked = group >= 0;
            if (asked) s.kept.push({ c: c, wish: c.next + 1, key: [group].concat(s.by.map((by, n) => by === "distance" ? Number(w[n + 2]) : -w[n + 2]), s.number(c), c.n) });
          }
        });
        asking = [];
        all.forEach(s => { if (s.kept.length > s.places) s.kept.sort(byKey).splice(s.places).forEach(one => asking.push(one.c)); });
      }
      all.forEach(s => { s.places -= s.kept.length; s.kept.splice(0).forEach(one => { one.c.wish = one.wish; }); });
    }
    return children.map(c => ["place", c.who, c.wish ? c.wishes[c.wish - 1][0] : "-", c.wish || 0, c.wishes.map(w => schools[w[0]].number(c)).join(",")].join(";"));
  };

  // ---- Checking. The work goes in small steps: each yield tells how far it is (0 to 1), so that a page can stay alive.
  function* check(text) {
    var faults = [], report = { faults: faults }, proof = report.proof = readProof(text, faults), result;
    if (faults.length) return report;
    var a = report.announcement = readAnnouncement(proof.announcement, faults);
    if (faults.length) return report;
    var commitment = H(proof.announcement.join("\n") + "\n"), root = rootOf(proof.lines);
    if (hexOf(commitment) !== proof.commitment) faults.push({ field: "commitment", code: "differs" });
    if (proof.lines.length !== a.count) faults.push({ field: "lines", code: "count" });
    if (hexOf(root) !== a.root) faults.push({ field: "lines", code: "root" });
    readSeed(a.sources, proof.seed, faults);
    if (!kinds.hasOwnProperty(a.kind)) faults.push({ field: "announcement", code: "kind" });
    if (faults.length) return report;
    var seed = H("jiaoheng-draw/1 seed\n" + [proof.commitment].concat(proof.seed).join("\n") + "\n");
    try {
      result = yield* kinds[a.kind](a, proof.lines, function (label) { return new Generator(label, seed); });
    } catch (error) {
      faults.push({ field: "lines", code: "rule", at: error.at });
      return report;
    }
    // Where the result differs, what the digest still binds tells which field was changed.
    var differs = 0, holds = function (lines) { return hexOf(H(commitment, root, rootOf(proof.seed), rootOf(lines))) === proof.digest; };
    for (var i = Math.max(result.length, proof.result.length); i > 0; i--) if (result[i - 1] !== proof.result[i - 1]) differs = i;
    if (!differs && !holds(result)) faults.push({ field: "digest", code: "differs" });
    if (differs && holds(result)) faults.push({ field: "result", code: "changed", at: differs });
    if (differs && !holds(result)) faults.push(holds(proof.result) ? { field: "result", code: "other", at: differs } : { field: "seed", code: "changed" });
    return report;
  }
  // verify checks the text of a proof.json without freezing the page; progress gets 0 to 1, done the report.
  function verify(text, progress, done) {
    var work = check(text), began = Date.now();
    (function slice() {
      for (var step, until = Date.now() + 60; Date.now() < until;) {
        step = work.next();
        if (step.done) { step.value.milliseconds = Date.now() - began; return done(step.value); }
      }
      progress(step.value);
      setTimeout(slice, 0);
    })();
  }
  // checkSlip checks that the line of a family is in the announced list and its result in the result of this draw. id may be
  // empty; commitment and digest are those that were published, empty when they are not known.
  function checkSlip(slip, id, commitment, digest) {
    var faults = [], a = readAnnouncement(slip.announcement, faults);
    if (slip.protocol !== "jiaoheng-draw/1" || faults.length) return [{ field: "announcement", code: "order" }];
    var promised = H(slip.announcement.join("\n") + "\n"), who = slip.line.split(";")[1];
    function want(holds, field, code) { if (!holds) faults.push({ field: field, code: code }); }
    want(!commitment || hexOf(promised) === commitment, "announcement", "differs");
    want(!digest || slip.digest === digest, "digest", "published");
    want(!id || hexOf(H(bytesOf(slip.salt), id)).slice(0, 32) === who, "line", "who");
    want(rootFrom(slip.line, slip.index, a.count, slip.path) === a.root, "line", "path");
    want(slip.result.split(";")[0] === who, "result", "who");
    want(rootFrom(slip.result, slip.result_index, slip.result_count, slip.result_path) === slip.result_root, "result", "path");
    want(hexOf(H(promised, bytesOf(a.root), bytesOf(slip.seed_root), bytesOf(slip.result_root))) === slip.digest, "digest", "differs");
    return faults;
  }
  return { verify: verify, check: check, checkSlip: checkSlip, kinds: kinds, sha256: sha256, hexOf: hexOf, rootOf: rootOf, Generator: Generator };
})();
if (typeof module === "object") module.exports = drawVerifier;
