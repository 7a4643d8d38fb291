// An independent verifier of draws, written from the text of docs/draw-protocol.md alone. It needs no network, no library and no
// special browser. drawVerifier.verify reads a proof, recomputes every hash and the whole draw, and tells what does not hold;
// drawVerifier.checkSlip does the same for the slip of one family. The draw of classes is here; verify-kinds.js has the others.
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
    padded.set(bytes); padded[size] = 128;
    words.setUint32(padded.length - 8, Math.floor(size / 536870912));
    words.setUint32(padded.length - 4, size << 3);
    var state = startWords.slice(), w = new Int32Array(64);
    for (var block = 0; block < padded.length; block += 64) {
      for (var i = 0; i < 64; i++) {
        var p = w[i - 15], q = w[i - 2];
        w[i] = i < 16 ? words.getInt32(block + 4 * i) :
          w[i - 16] + (turn(p, 7) ^ turn(p, 18) ^ (p >>> 3)) + w[i - 7] + (turn(q, 17) ^ turn(q, 19) ^ (q >>> 10));
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
    for (var hash = leaf(line), used = 0, last = count - 1; last > 0; last = Math.floor(last / 2), index = Math.floor(index / 2)) {
      if (index % 2 === 0 && index === last) continue;
      var beside = bytesOf(path[used++] || "");
      hash = index % 2 ? node(beside, hash) : node(hash, beside);
    }
    return used === path.length ? hexOf(hash) : "";
  }

  // ---- Random numbers: xoshiro128** from a label and the seed.
  function Generator(label, seed) {
    var start = new DataView(H("jiaoheng-draw/1 " + label + "\n", seed).buffer);
    this.s = Int32Array.of(start.getInt32(0), start.getInt32(4), start.getInt32(8), start.getInt32(12));
    if (!(this.s[0] | this.s[1] | this.s[2] | this.s[3])) this.s[0] = 1;
  }
  Generator.prototype.next = function () {
    var s = this.s, x = Math.imul(s[1], 5), answer = Math.imul((x << 7) | (x >>> 25), 9) >>> 0, t = s[1] << 9;
    s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3];
    s[2] ^= t; s[3] = (s[3] << 11) | (s[3] >>> 21); return answer;
  };
  // below draws one of 0 … n−1, each with the same chance (n < 2^20, so that the product is exact).
  Generator.prototype.below = function (n) {
    for (var x = this.next(), low = Math.imul(x, n) >>> 0; low < n && low < 4294967296 % n; low = Math.imul(x, n) >>> 0) x = this.next();
    return Math.floor(x * n / 4294967296);
  };
  Generator.prototype.shuffle = function (list) {
    for (var i = list.length - 1, j, kept; i > 0; i--) { j = this.below(i + 1); kept = list[i]; list[i] = list[j]; list[j] = kept; }
    return list;
  };

  // ---- Reading. Every fault is {field, code, at}: the field of the proof, a word for what is wrong, and the line (from 1).
  var shape = { protocol: "text", announcement: "list", commitment: "hash", lines: "list", seed: "list", result: "list", digest: "hash" };
  var unfit = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|[\ud800-\udbff](?![\udc00-\udfff])|(?:^|[^\ud800-\udbff])[\udc00-\udfff]/;
  function readProof(text, faults) {
    var proof, keys;
    try { proof = JSON.parse(text); } catch (error) { proof = null; }
    if (!proof || typeof proof !== "object" || Array.isArray(proof)) { faults.push({ field: "file", code: "json" }); return; }
    (keys = Object.keys(proof)).forEach(function (key) { if (!shape.hasOwnProperty(key)) faults.push({ field: key, code: "unknown" }); });
    // Without its texts, JSON has one colon for each key: more of them than keys means that one stands twice.
    if (text.replace(/"(?:[^"\\]|\\.)*"/g, "").split(":").length - 1 !== keys.length) faults.push({ field: "file", code: "double" });
    Object.keys(shape).forEach(function (key) {
      var value = proof[key], kind = shape[key];
      if (kind === "hash" ? !/^[0-9a-f]{64}$/.test(value) : kind === "text" ? value !== "jiaoheng-draw/1" : !Array.isArray(value)) {
        faults.push({ field: key, code: keys.indexOf(key) < 0 ? "absent" : kind });
      } else if (kind === "list") value.forEach(function (line, at) {
        if (typeof line !== "string" || unfit.test(line) || line.length > 2000) faults.push({ field: key, code: "line", at: at + 1 });
      });
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
    a.kind = want(/^kind ([a-z]+)$/); a.title = want(/^title (.+)$/);
    while (take(/^rule ([a-z0-9_]+) (.*)$/)) a.rules.push([m[1], m[2]]);
    while (take(/^source (\d+) (given|lottery|drand|witness)(?: (.+))?$/) && m[1] === String(a.sources.length + 1)) {
      a.sources.push({ kind: m[2], text: m[3] || "" });
    }
    a.count = Number(want(/^lines (0|[1-9]\d*)$/)); a.root = want(/^root ([0-9a-f]{64})$/);
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
      } else if (!take("value" + n + (source.kind === "given" ? "((?:[0-9a-f]{2})+)" : "(.+)"))) {
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
  function rowsOf(lines, tag) { return lines.map(l => l.split(";")).filter(f => f[0] === tag); }
  function ruleOf(a, key) { return (a.rules.filter(r => r[0] === key)[0] || [])[1]; }
  function sum(list, of) { return list.reduce((all, one) => all + of(one), 0); }
  function div(x, by) { return (x - (x % by + by) % by) / by; } // rounds down, exactly

  // Classes (section 7): pupils change places in pairs until the classes are alike.
  kinds.classes = function* (a, lines, random) {
    const K = +ruleOf(a, "classes"), A = +ruleOf(a, "attributes"), S = +ruleOf(a, "scores"), pupils = rowsOf(lines, "p"), n = pupils.length;
    if (pupils.some((f, i) => i && pupils[i - 1][1] >= f[1])) throw new Error("7.1: order of pupils");
    const share = (x, k) => div(x, K) + (k < x % K ? 1 : 0), place = new Map(pupils.map((f, i) => [f[1], i]));
    const pupilsOf = f => f[1].split(",").map(who => place.get(who)), codes = pupils.map(f => f[2].split(",").map(Number).slice(0, A));
    // Numbers of the classes, locks, blocks (7.2, 7.5) and seats (7.3).
    const number = random("classes numbers").shuffle(Array.from({ length: K }, (_, k) => k)), lock = pupils.map(() => -1);
    rowsOf(lines, "l").forEach(f => { lock[place.get(f[1])] = number.indexOf(f[2] - 1); });
    const together = rowsOf(lines, "t").map(pupilsOf);
    together.forEach(t => t.filter(i => lock[i] >= 0).slice(0, 1).forEach(i => t.forEach(j => { lock[j] = lock[i]; })));
    const blocks = together.filter(t => lock[t[0]] < 0), free = lock.map(k => k < 0);
    blocks.forEach(t => t.forEach(i => { free[i] = false; }));
    const special = (ruleOf(a, "special") || "").split(" ").map(Number), less = special[3] || 0; // column, code, cap, less
    const z = codes.filter(row => special.length > 1 && row[special[0] - 1] === special[1]).length;
    const size = number.map((_, k) => less ? share(n + z * less, K - 1 - k) - less * share(z, k) : share(n, k));
    // Columns and levels (7.4). level[i * C + c] is that of pupil i in column c.
    let C = A, G = 0;
    rowsOf(lines, "a").map(pupilsOf).forEach(list => {
      let c = A;
      while (c < C && list.some(i => codes[i][c])) c++;
      if (c === C) C = codes.map(row => row.push(0))[0];
      const code = 1 + codes.reduce((most, row) => Math.max(most, row[c]), 0);
      list.forEach(i => { codes[i][c] = code; });
    });
    const level = new Int32Array(n * C), columnOf = [], codeOf = [];
    for (let c = 0; c < C; c++) {
      Array.from(new Set(codes.map(row => row[c]))).sort((x, y) => x - y).forEach(code => {
        codes.forEach((row, i) => { if (row[c] === code) level[i * C + c] = G; });
        columnOf[G] = c; codeOf[G++] = code;
      });
    }
    // Bounds (7.5), by cell: class k with level l is k * G + l.
    const low = new Int32Array(K * G), high = new Int32Array(K * G), weight = new Int32Array(K * G);
    const most = Math.max.apply(0, size), uneven = most - Math.min.apply(0, size) > 1;
    for (let l = 0; l < G; l++) {
      const has = i => level[i * C + columnOf[l]] === l, all = lock.filter((_, i) => has(i)).length, tag = columnOf[l] >= A;
      const least = number.map((_, k) => lock.filter((x, i) => x === k && has(i)).length);
      const room = size.map((s, k) => s - lock.filter((x, i) => x === k && !has(i)).length);
      const set = (k, from, to) => { low[k * G + l] = from; high[k * G + l] = to; };
      const clamp = (x, k) => Math.min(Math.max(x, least[k]), room[k]), holding = x => sum(number, k => clamp(x, k));
      let down = 0, up = 0;
      while (down < most && holding(down + 1) <= all) down++;
      while (up < most && holding(up) < all) up++;
      const isSpecial = special.length > 1 && columnOf[l] === special[0] - 1 && codeOf[l] === special[1];
      const inBlock = blocks.reduce((most, t) => Math.max(most, t.filter(has).length), 0);
      for (let k = 0; k < K; k++) {
        if (uneven) set(k, Math.min(div(all * size[k], n), room[k]), Math.max(div(all * size[k] + n - 1, n), least[k]));
        else set(k, clamp(down, k), clamp(up, k));
        if (tag) set(k, 0, codeOf[l] ? 1 : n);
        if (isSpecial) set(k, share(z, k), Math.max(share(z, k), least[k]));
        if (!tag && !isSpecial) high[k * G + l] = Math.max(high[k * G + l], inBlock);
        weight[k * G + l] = tag || isSpecial ? 16 : 1;
      }
    }
    // Partners (7.6): at8 tells where the x-th partner of pupil i in column c stands.
    const partner = new Int32Array(n * (C + 1) * 8).fill(-1), at8 = (i, c, x) => (i * (C + 1) + c) * 8 + x;
    for (let i = 0; i < n; i++) {
      if (i % 16 === 0) yield i / n * 0.1;
      if (!free[i]) continue;
      const filled = new Int32Array(C + 1), inOrder = Array.from(filled, () => []);
      for (let far = 1; far <= Math.min(n - 1, 3000); far++) {
        const j = (i + far) % n;
        let differ = 0;
        for (let c = 0; c < C; c++) if (level[i * C + c] !== level[j * C + c]) differ++;
        if (free[j]) inOrder[differ].push(j);
      }
      inOrder.forEach(list => list.forEach(j => {
        const unlike = c => c === C || level[i * C + c] !== level[j * C + c];
        for (let c = 0; c <= C; c++) if (filled[c] < 8 && unlike(c)) partner[at8(i, c, filled[c]++)] = j;
      }));
    }
    // The state of a search (7.7): pupils by class, counts by cell, what one more or one fewer would cost, cells outside.
    const classOf = new Int32Array(n), seat = classOf.slice(), held = new Int32Array(K * G), more = held.slice(), fewer = held.slice();
    let members = [], outside = [], spot = held.slice(), best = null, leastCost = Infinity;
    const cost = (cell, h) => { const off = Math.max(low[cell] - h, h - high[cell], 0); return weight[cell] * off * off; };
    function change(cell, by) {
      const h = held[cell] += by, now = cost(cell, h);
      more[cell] = cost(cell, h + 1) - now; fewer[cell] = cost(cell, h - 1) - now;
      if (now && spot[cell] < 0) spot[cell] = outside.push(cell) - 1;
      if (!now && spot[cell] >= 0) {
        const last = outside.pop();
        if (last !== cell) outside[spot[last] = spot[cell]] = last;
        spot[cell] = -1;
      }
    }
    // gains is what exchanging i and j changes in the cost, in the columns from … to − 1.
    function gains(i, j, from, to) {
      const x = classOf[i] * G, y = classOf[j] * G;
      let all = 0;
      for (let c = from, p, q; c < to; c++) {
        p = level[i * C + c]; q = level[j * C + c];
        if (p !== q) all += fewer[x + p] + more[y + p] + more[x + q] + fewer[y + q];
      }
      return all;
    }
    function exchange(i, j) {
      const x = classOf[i], y = classOf[j], at = seat[i];
      for (let c = 0; c < C; c++) {
        const p = level[i * C + c], q = level[j * C + c];
        if (p !== q) { change(x * G + p, -1); change(y * G + p, 1); change(x * G + q, 1); change(y * G + q, -1); }
      }
      classOf[i] = y; classOf[j] = x; seat[i] = seat[j]; seat[j] = at; members[y][seat[i]] = i; members[x][at] = j;
    }
    function enter(i, k) { classOf[i] = k; seat[i] = members[k].push(i) - 1; }
    function count() {
      held.fill(0); spot.fill(-1); outside = [];
      for (let i = 0; i < n; i++) for (let c = 0; c < C; c++) held[classOf[i] * G + level[i * C + c]]++;
      for (let cell = 0; cell < K * G; cell++) change(cell, 0);
    }
    const steps = +ruleOf(a, "steps"), tries = +ruleOf(a, "tries"), scoreSteps = +ruleOf(a, "score_steps");
    for (let m = 1; m <= tries && leastCost; m++) {
      const g = random("classes try " + m), part = div(steps, 64) + 1, dealt = [];
      let once = 3764, open = 0;
      const lot = d => d <= 0 || d <= 2 && g.next() >>> 16 < (d === 1 ? once : once * once >>> 16);
      members = size.map(() => []);
      lock.forEach((k, i) => { if (k >= 0) enter(i, k); else if (free[i]) dealt.push(i); });
      blocks.forEach(t => {
        let k = g.below(K);
        for (let tried = 0; tried < K && size[k] - members[k].length < t.length; tried++) k = (k + 1) % K;
        t.forEach(i => enter(i, k));
      });
      g.shuffle(dealt).forEach(i => { while (members[open].length >= size[open]) open++; enter(i, open); });
      count();
      for (let step = 0; step < steps && outside.length; step++) { // 7.8
        if (step % 16384 === 0) yield 0.1 + 0.4 * (m - 1 + step / steps) / tries;
        if (step && step % part === 0) once -= div(once, 30);
        let w = g.next(), v = w & 255, i, j, c;
        if (blocks.length && (w >>> 16) % 64 === 0) { moveBlock(g, lot); continue; }
        if (v < 51) {
          i = g.below(n); c = g.below(C); j = partner[at8(i, c, g.below(8))];
          if (j < 0 || classOf[i] === classOf[j]) continue;
        } else {
          const cell = outside[g.below(outside.length)], k = cell / G | 0, l = cell % G, over = held[cell] > high[cell];
          c = columnOf[l]; i = members[k][g.below(members[k].length)];
          if (!free[i] || (level[i * C + c] === l) !== over) continue;
          j = v >= 230 ? g.below(n) : partner[at8(i, c, g.below(8))];
          if (j < 0 || !free[j] || classOf[i] === classOf[j] || (level[j * C + c] === l) === over) continue;
        }
        if (gains(i, j, c, c + 1) <= 2 && lot(gains(i, j, 0, C))) exchange(i, j);
      }
      const left = outside.reduce((all, cell) => all + cost(cell, held[cell]), 0);
      if (left < leastCost) { leastCost = left; best = classOf.slice(); }
    }
    function moveBlock(g, lot) {
      const block = blocks[g.below(blocks.length)], k = g.below(K), chosen = [];
      for (let b = 0; b < block.length; b++) {
        const j = classOf[block[0]] === k ? -1 : members[k][g.below(members[k].length)];
        if (!free[j] || chosen.push(j) - 1 !== chosen.indexOf(j)) return;
      }
      let d = 0;
      block.forEach((i, b) => { d += gains(i, chosen[b], 0, C); exchange(i, chosen[b]); });
      if (!lot(d)) block.forEach((i, b) => exchange(i, chosen[b]));
    }
    // Scores (7.9): moments of pupils, and how far the sums of each class are from their due.
    members = size.map(() => []);
    best.forEach((k, i) => enter(i, k)); count();
    const M = 2 * S, moment = new Float64Array(n * M), off = new Float64Array(K * M);
    for (let s = 0; s < S; s++) {
      const score = pupils.map(f => +f[3].split(",")[s]), mean = div(sum(score, x => x), n);
      const spread = Math.max(div(sum(score, x => Math.abs(x - mean)), n), 1);
      score.forEach((x, i) => {
        const far = div(Math.abs(x - mean) * 64, spread);
        moment.set([x < mean ? -far : far, div(far * far, 256)], i * M + 2 * s);
      });
    }
    for (let m = 0, all = 0; m < M; m++, all = 0) {
      for (let i = 0; i < n; i++) { all += moment[i * M + m]; off[classOf[i] * M + m] += moment[i * M + m]; }
      for (let k = 0; k < K; k++) off[k * M + m] -= div(all * size[k], n);
    }
    const g = random("classes scores"), part = div(scoreSteps, 64) + 1;
    function pass(step) {
      const left = 64 - (step / part | 0), i = g.below(n), j = partner[at8(i, g.below(C + 1), g.below(8))];
      if (j < 0 || classOf[i] === classOf[j] || gains(i, j, 0, C) > 0) return;
      const x = classOf[i] * M, y = classOf[j] * M, a = i * M, b = j * M;
      let worse = 0;
      for (let m = 0; m < M; m++) worse += (moment[b + m] - moment[a + m]) * (off[x + m] - off[y + m] + moment[b + m] - moment[a + m]);
      if (worse > 8 * left * left - 8) return;
      for (let m = 0; m < M; m++) { off[x + m] += moment[b + m] - moment[a + m]; off[y + m] -= moment[b + m] - moment[a + m]; }
      exchange(i, j);
    }
    for (let step = 0; S && step < scoreSteps; pass(step++)) if (step % 16384 === 0) yield 0.5 + 0.5 * step / scoreSteps;
    return pupils.map((f, i) => f[1] + ";" + (number[classOf[i]] + 1));
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
    try { result = yield* kinds[a.kind](a, proof.lines, label => new Generator(label, seed)); }
    catch (error) { faults.push({ field: "lines", code: "rule" }); return report; }
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
      for (var step = work.next(), until = Date.now() + 60; !step.done && Date.now() < until;) step = work.next();
      if (!step.done) return setTimeout(slice, 0, progress(step.value));
      step.value.milliseconds = Date.now() - began;
      done(step.value);
    })();
  }
  // checkSlip checks the slip of one family. id, and commitment and digest as they were published, may be empty when not known.
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
  return { verify: verify, check: check, checkSlip: checkSlip, kinds: kinds, H: H, hexOf: hexOf, Generator: Generator,
    rowsOf: rowsOf, ruleOf: ruleOf, sum: sum };
})();
if (typeof module === "object") module.exports = drawVerifier;
