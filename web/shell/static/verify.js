// An independent verifier of draws, written from docs/draw-protocol.md alone ("§" points there). It needs nothing but this
// file: no network, no library, no special browser. drawVerifier.verify reads a proof, recomputes every hash and the whole
// draw, and returns what does not hold; drawVerifier.checkSlip does the same for the slip of one family.
var drawVerifier = (function () {
  "use strict";

  // ---- Bytes and SHA-256 (FIPS 180-4). Constants: fractions of square and cube roots of the first primes.
  var utf8 = new TextEncoder();
  var roundWords = new Int32Array(64), startWords = new Int32Array(8);
  for (var prime = 2, found = 0; found < 64; prime++) {
    var divisor = 2;
    while (prime % divisor) divisor++;
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
    var out = new Uint8Array(32), view = new DataView(out.buffer);
    for (i = 0; i < 8; i++) view.setInt32(4 * i, state[i]);
    return out;
  }

  function bytesOf(text) { return utf8.encode(text); }
  function hexOf(bytes) { return Array.from(bytes, function (b) { return (b + 256).toString(16).slice(1); }).join(""); }
  function unhex(text) { return Uint8Array.from(text.match(/../g) || [], function (pair) { return parseInt(pair, 16); }); }
  function isHex(text, digits) { return typeof text === "string" && text.length === digits && /^[0-9a-f]*$/.test(text); }
  function join() {
    var parts = Array.from(arguments), size = 0, out, at = 0;
    parts.forEach(function (part) { size += part.length; });
    out = new Uint8Array(size);
    parts.forEach(function (part) { out.set(part, at); at += part.length; });
    return out;
  }

  // ---- Hash tree (RFC 6962): leaf = H(0 line), node = H(1 left right).
  function leaf(line) { return sha256(join([0], bytesOf(line))); }
  function node(left, right) { return sha256(join([1], left, right)); }
  function rootOf(lines) {
    if (!lines.length) return sha256(new Uint8Array(0));
    var level = lines.map(leaf);
    while (level.length > 1) {
      var above = [];
      for (var i = 0; i < level.length; i += 2) above.push(i + 1 < level.length ? node(level[i], level[i + 1]) : level[i]);
      level = above;
    }
    return level[0];
  }
  // rootFrom climbs from a line to the root. A node without a neighbour moves up as it is.
  function rootFrom(line, index, count, path) {
    var hash = leaf(line), used = 0;
    for (var last = count - 1; last > 0; last = Math.floor(last / 2), index = Math.floor(index / 2)) {
      if (index % 2 === 0 && index === last) continue;
      if (used === path.length) return null;
      var beside = unhex(path[used++]);
      hash = index % 2 ? node(beside, hash) : node(hash, beside);
    }
    return used === path.length ? hexOf(hash) : null;
  }

  // ---- Random numbers: xoshiro128** from the seed and a label.
  function Generator(label, seed) {
    var start = new DataView(sha256(join(bytesOf("jiaoheng-draw/1 " + label + "\n"), seed)).buffer);
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

  // ---- Reading a proof: seven keys, nothing doubled, every text on one line.
  var shape = { protocol: "text", announcement: "list", commitment: "hash", lines: "list", seed: "list", result: "list", digest: "hash" };
  var unfit = /[\u0000-\u001f\u007f-\u009f]|[\ud800-\udbff](?![\udc00-\udfff])|(?:^|[^\ud800-\udbff])[\udc00-\udfff]/;

  // Every fault is {field, code, at}: the field of the proof, a word for what is wrong with it, and the line (from 1), if one.
  function readProof(text, faults) {
    var proof, keys;
    try { proof = JSON.parse(text); } catch (error) { proof = null; }
    if (!proof || typeof proof !== "object" || Array.isArray(proof)) { faults.push({ field: "file", code: "json" }); return null; }
    keys = Object.keys(proof);
    keys.forEach(function (key) { if (!shape.hasOwnProperty(key)) faults.push({ field: key, code: "unknown" }); });
    if (text.replace(/"(?:[^"\\]|\\.)*"/g, "").split(":").length - 1 !== keys.length) faults.push({ field: "file", code: "double" });
    Object.keys(shape).forEach(function (key) {
      var value = proof[key], kind = shape[key];
      if (kind === "hash" ? !isHex(value, 64) : kind === "text" ? value !== "jiaoheng-draw/1" : !Array.isArray(value)) {
        faults.push({ field: key, code: keys.indexOf(key) < 0 ? "absent" : kind });
      } else if (kind === "list") {
        value.forEach(function (line, at) {
          if (typeof line !== "string" || unfit.test(line)) faults.push({ field: key, code: "line", at: at + 1 });
        });
      }
    });
    return faults.length ? null : proof;
  }

  // readAnnouncement takes the lines in their fixed order; rules are the kind's own.
  function readAnnouncement(lines, faults) {
    var a = { rules: [], sources: [] }, at = 0;
    function take(pattern) {
      var match = at < lines.length && lines[at].match(pattern);
      if (match) at++;
      return match;
    }
    function want(pattern) {
      var match = take(pattern);
      if (!match && !faults.length) faults.push({ field: "announcement", code: "order", at: at + 1 });
      return match || [];
    }
    want(/^protocol jiaoheng-draw\/1$/);
    a.kind = want(/^kind ([a-z]+)$/)[1];
    a.title = want(/^title (.+)$/)[1];
    for (var m; (m = take(/^rule (\S+) (.*)$/));) a.rules.push([m[1], m[2]]);
    while ((m = take(/^source (\d+) (given|lottery|drand|witness)(?: (.+))?$/))) {
      a.sources.push({ kind: m[2], text: m[3] || "" });
      if (m[1] !== String(a.sources.length)) faults.push({ field: "announcement", code: "order", at: at });
    }
    a.count = Number(want(/^lines (0|[1-9]\d*)$/)[1]);
    a.root = want(/^root ([0-9a-f]{64})$/)[1];
    if (at < lines.length && !faults.length) faults.push({ field: "announcement", code: "order", at: at + 1 });
    return a;
  }
  // readSeed checks that the seed lines answer the sources one after the other, each in its form.
  function readSeed(sources, lines, faults) {
    var at = 0;
    function take(pattern) { return at < lines.length ? lines[at].match(pattern) : null; }
    sources.forEach(function (source, number) {
      var n = number + 1, first = at, m;
      function wrong(code) { faults.push({ field: "seed", code: code, at: Math.min(at, lines.length) + 1, source: n }); }
      if (source.kind === "witness") {
        var hashes = [], opened = 0;
        while ((m = take(new RegExp("^commit " + n + " " + (at - first + 1) + " ([0-9a-f]{64})$")))) { hashes.push(m[1]); at++; }
        for (var i = 1; i <= hashes.length; i++, at++) {
          if (take(new RegExp("^silent " + n + " " + i + "$"))) continue;
          m = take(new RegExp("^reveal " + n + " " + i + " (.+)$"));
          if (!m) return wrong("form");
          if (hexOf(sha256(bytesOf("jiaoheng-draw/1 witness\n" + m[1]))) !== hashes[i - 1]) wrong("reveal");
          opened++;
        }
        if (opened < Number(source.text)) wrong("witnesses");
        return;
      }
      m = take(new RegExp("^value " + n + " (.+)$"));
      if (!m) return wrong("form");
      if (source.kind === "drand") {
        var words = m[1].split(" ");
        if (words.length !== 2 || hexOf(sha256(unhex(words[1]))) !== words[0]) wrong("beacon");
      }
      at++;
    });
    if (at < lines.length && !faults.length) faults.push({ field: "seed", code: "extra", at: at + 1 });
  }

  // ---- The kinds of draws. Each computes the lines of the result from the announcement, the lines and random numbers.
  var kinds = {};

  // check does the whole work in small steps: each yield tells how far it is (0 to 1), so that a page can stay alive.
  function* check(text) {
    var faults = [], report = { faults: faults }, proof = readProof(text, faults);
    if (!proof) return report;
    var a = readAnnouncement(proof.announcement, faults);
    report.announcement = a;
    report.proof = proof;
    if (faults.length) return report;
    var commitment = sha256(bytesOf(proof.announcement.join("\n") + "\n")), root = rootOf(proof.lines);
    function digestOf(result) {
      return hexOf(sha256(join(commitment, root, rootOf(proof.seed), rootOf(result))));
    }
    if (hexOf(commitment) !== proof.commitment) faults.push({ field: "commitment", code: "differs" });
    if (proof.lines.length !== a.count) faults.push({ field: "lines", code: "count" });
    if (hexOf(root) !== a.root) faults.push({ field: "lines", code: "root" });
    readSeed(a.sources, proof.seed, faults);
    if (!kinds.hasOwnProperty(a.kind)) faults.push({ field: "announcement", code: "kind" });
    if (faults.length) return report;
    var seed = sha256(bytesOf("jiaoheng-draw/1 seed\n" + proof.commitment + "\n" + proof.seed.map(function (l) { return l + "\n"; }).join("")));
    var result;
    try {
      result = yield* kinds[a.kind](a, proof.lines, function (label) { return new Generator(label, seed); });
    } catch (error) {
      faults.push({ field: error.field || "lines", code: error.code || "rule", at: error.at });
      return report;
    }
    // What the digest still binds tells which field was changed.
    if (digestOf(proof.result) === proof.digest) {
      if (differs(result, proof.result)) faults.push({ field: "result", code: "other", at: differs(result, proof.result) });
    } else if (!differs(result, proof.result)) {
      faults.push({ field: "digest", code: "differs" });
    } else if (digestOf(result) === proof.digest) {
      faults.push({ field: "result", code: "changed", at: differs(result, proof.result) });
    } else {
      faults.push({ field: "seed", code: "changed" });
    }
    return report;
  }

  // differs returns the first line (from 1) in which two lists differ, 0 when they are the same.
  function differs(a, b) {
    for (var i = 0; i < Math.max(a.length, b.length); i++) if (a[i] !== b[i]) return i + 1;
    return 0;
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

  // checkSlip checks the slip of one family: its line is in the announced list, its result in the result of this draw.
  // id may be empty; commitment and digest are those that were published, empty when not known. Faults as above.
  function checkSlip(slip, id, commitment, digest) {
    var faults = [], bad = [], a;
    function wrong(field, code) { faults.push({ field: field, code: code }); }
    a = readAnnouncement(slip.announcement, faults);
    if (faults.length) return faults;
    var promised = hexOf(sha256(bytesOf(slip.announcement.join("\n") + "\n"))), who = slip.line.split(";")[1];
    if (commitment && promised !== commitment) wrong("announcement", "differs");
    if (digest && slip.digest !== digest) wrong("digest", "published");
    if (id && hexOf(sha256(join(unhex(slip.salt), bytesOf(id)))).slice(0, 32) !== who) wrong("line", "who");
    if (rootFrom(slip.line, slip.index, a.count, slip.path) !== a.root) wrong("line", "path");
    if (slip.result.split(";").indexOf(who) < 0) wrong("result", "who");
    if (rootFrom(slip.result, slip.result_index, slip.result_count, slip.result_path) !== slip.result_root) wrong("result", "path");
    if (hexOf(sha256(join(unhex(promised), unhex(a.root), unhex(slip.seed_root), unhex(slip.result_root)))) !== slip.digest) wrong("digest", "differs");
    return faults;
  }

  return { verify: verify, check: check, checkSlip: checkSlip, kinds: kinds, sha256: sha256, hexOf: hexOf, bytesOf: bytesOf,
    rootOf: rootOf, rootFrom: rootFrom, Generator: Generator };
})();
if (typeof module === "object") module.exports = drawVerifier;
