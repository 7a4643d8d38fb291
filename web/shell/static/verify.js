// An independent verifier of draws, written from the text of docs/draw-protocol.md alone. It needs no network, no library and no
// special browser. drawVerifier.verify reads a proof, recomputes every hash and the whole draw, and tells what does not hold;
// drawVerifier.checkSlip does the same for the slip of one family. Draws of classes and teams are all here; verify-kinds.js adds
// those from lists, of quotas and of admission.
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
      var n = " " + (number + 1) + " ", hashes = [];
      if (source.kind === "witness") {
        while (take("commit" + n + (hashes.length + 1) + " ([0-9a-f]{64})")) hashes.push(m[1]);
        hashes.forEach(function (hash, i) {
          if (take("silent" + n + (i + 1))) return;
          if (!take("reveal" + n + (i + 1) + " (.+)")) return wrong("form");
          if (hexOf(H("jiaoheng-draw/1 witness\n" + m[1])) !== hash) wrong("reveal");
        });
        if (hashes.length < Number(source.text) || hashes.length > 500) wrong("witnesses");
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
    if (differs && !holds(result) && holds(proof.result)) faults.push({ field: "result", code: "other", at: differs });
    if (differs && !faults.length) faults.push({ field: "seed", code: "changed" });
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
    want(slip.result.replace(/^place;/, "").split(";")[0] === who, "result", "who");
    want(rootFrom(slip.result, slip.result_index, slip.result_count, slip.result_path) === slip.result_root, "result", "path");
    want(hexOf(H(promised, bytesOf(a.root), bytesOf(slip.seed_root), bytesOf(slip.result_root))) === slip.digest, "digest", "differs");
    return faults;
  }
  return { verify: verify, check: check, checkSlip: checkSlip, kinds: kinds, sha256: sha256, hexOf: hexOf, rootOf: rootOf,
    Generator: Generator };
})();
if (typeof module === "object") module.exports = drawVerifier;
