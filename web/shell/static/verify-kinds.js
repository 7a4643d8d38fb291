// Further kinds of draws for verify.js, each from its section of docs/draw-protocol.md: from the announcement, the lines and random
// numbers it computes the lines of the result. random(label) begins the numbers of a label; yield tells how far the work is.
(function () {
  "use strict";
  var drawVerifier = typeof module === "object" ? require("./verify.js") : window.drawVerifier;
  var rowsOf = drawVerifier.rowsOf, ruleOf = drawVerifier.ruleOf, sum = drawVerifier.sum;
  function split(text, by) { return text === "" ? [] : text.split(by); }
  function byKey(p, q) { const n = p.key.findIndex((x, n) => x !== q.key[n]); return n < 0 ? 0 : p.key[n] - q.key[n]; }

  // pair: classes and teams.
  drawVerifier.kinds.pair = function* (a, lines, random) {
    const teams = rowsOf(lines, "t"), order = random("pair").shuffle(teams.map((_, i) => i));
    return rowsOf(lines, "c").map((f, i) => f[1] + ";" + teams[order[i]][1]);
  };

  // lists: objects from strata, then people to their seats, never so that a later seat could not be filled any more.
  drawVerifier.kinds.lists = function* (a, lines, random) {
    const g = random("lists"), strata = rowsOf(lines, "stratum"), seats = [];
    const objects = rowsOf(lines, "object").map((f, n) => ({ no: String(n + 1), id: f[1], stratum: f[3], weight: +f[4],
      seats: split(f[5], ",") }));
    const people = rowsOf(lines, "inspector").map((f, n) => ({ no: String(n + 1), id: f[1], load: +f[3], tags: split(f[4], "+"),
      not: split(f[5], ","), apart: split(f[6], ",") }));
    // fill gives all seats to people: the first to those decided, the others as guess has them where that fits; null: impossible.
    function fill(decided, guess) {
      const at = [], held = new Map(people.map(p => [p, []])), same = (s, k) => seats[s].object === seats[k].object;
      const kin = (p, s) => decided.slice(seats[s].first, s).some(q => q.apart.indexOf(p.no) >= 0);
      const free = (p, s) => held.get(p).length < p.load && !held.get(p).some(k => same(k, s)) && !kin(p, s);
      const give = (p, s) => { at[s] = p; held.get(p).push(s); return true; };
      // place finds somebody for a seat; whoever is not decided moves on to another one, if need be (an augmenting path).
      const place = (s, seen) => seats[s].fit.some(p => {
        if (free(p, s)) return give(p, s);
        const mine = held.get(p), here = mine.filter(k => same(k, s));
        if (kin(p, s) || !here.length && seen.has(p)) return false;
        if (!here.length) seen.add(p);
        return (here.length ? here : mine.slice()).some(k => {
          if (k < decided.length || seen.has(k)) return false;
          seen.add(k);
          return place(k, seen) && mine.splice(mine.indexOf(k), 1) && give(p, s);
        });
      });
      for (let s = 0; s < seats.length; s++) {
        const p = s < decided.length ? decided[s] : guess[s];
        if (p && free(p, s)) give(p, s);
        else if (s < decided.length) return null;
      }
      return seats.every((seat, s) => at[s] || place(s, new Set([s]))) ? at : null;
    }
    for (let round = 0; round < 100; round++) {
      const drawn = [];
      strata.filter(f => +f[3]).forEach(f => {
        const members = g.shuffle(objects.filter(o => o.stratum === f[1])), all = sum(members, o => o.weight);
        for (let i = 0, point = g.below(all), end = 0; i < members.length; i++) {
          if (point < (end += f[3] * members[i].weight)) { drawn.push(members[i]); point += all; }
        }
      });
      seats.length = 0;
      drawn.forEach(o => o.seats.forEach((needs, n) => seats.push({ object: o, first: seats.length - n, fit: people.filter(p => p.load &&
        p.not.indexOf(o.no) < 0 && (needs === "*" || needs.split("+").every(t => p.tags.indexOf(t) >= 0))) })));
      for (let tries = 0, next; tries < 100; tries++) {
        const decided = [];
        let at = fill(decided, []);
        if (!at) break;
        for (; at && decided.length < seats.length; at = next) {
          const left = seats[decided.length].fit.slice();
          yield decided.length / seats.length;
          for (next = null; left.length && !next;) {
            const j = g.below(left.length);
            if ((next = fill(decided.concat(left[j]), at))) decided.push(left[j]);
            left[j] = left[left.length - 1];
            left.pop();
          }
        }
        if (at) return drawn.map(o => o.id + ";" + decided.filter((p, s) => seats[s].object === o).map(p => p.id).join(","));
      }
    }
    throw new Error("100 vain rounds");
  };
  // vacancy: the candidates for one seat in random order.
  drawVerifier.kinds.vacancy = function* (a, lines, random) {
    const candidates = rowsOf(lines, "inspector").filter(f => f[3] === "candidate");
    return random("vacancy").shuffle(candidates).map((f, n) => f[1] + ";" + (n + 1));
  };

  // bandsOf cuts lists of at most so many wishes: [from, to], [from, to] …
  function bandsOf(a, most) {
    const sizes = ruleOf(a, "bands") === "-" ? [most] : ruleOf(a, "bands").split(",").map(Number), bands = [];
    for (let from = 0, n = 0; from < most; n++) bands.push([from, from += sizes[Math.min(n, sizes.length - 1)]]);
    return bands;
  }
  // quota: places of senior schools divided among junior schools, then pupils in their order.
  drawVerifier.kinds.quota = function* (a, lines, random) {
    const seniors = rowsOf(lines, "senior"), juniors = rowsOf(lines, "junior"), pupils = rowsOf(lines, "pupil"), out = [];
    const hamilton = ruleOf(a, "method") === "hamilton", unused = ruleOf(a, "unused"), both = (s, j) => s + ">" + j;
    let room = {}; // places left, by senior school, or by senior and junior school
    function divide(tag, label, senior, places, parties) {
      random(label + " " + senior).shuffle(parties.slice()).forEach((p, n) => { p.tie = n; p.claim = p.weight ? null : [p.least, 1]; });
      for (let open; (open = parties.filter(p => !p.claim)).length;) {
        const P = places - sum(parties, p => p.claim ? p.claim[0] : 0), W = sum(open, p => p.weight);
        const low = p => Math.max(0, p.least * W - P * p.weight), high = p => Math.max(0, P * p.weight - p.most * W);
        const below = sum(open, low), above = sum(open, high);
        open.forEach(p => {
          if (!below && !above) p.claim = [P * p.weight, W];
          else if (below >= above ? low(p) : high(p)) p.claim = [below >= above ? p.least : p.most, 1];
        });
      }
      parties.forEach(p => { p.rest = p.claim[0] % p.claim[1]; p.places = hamilton ? (p.claim[0] - p.rest) / p.claim[1] : p.least; });
      const ahead = (p, q) => (hamilton ? q.rest - p.rest : q.weight * (2 * p.places + 1) - p.weight * (2 * q.places + 1)) || p.tie - q.tie;
      for (let left = places - sum(parties, p => p.places); left > 0; left--) {
        const next = parties.filter(p => hamilton ? p.rest : p.weight && p.places < p.most).reduce((p, q) => ahead(p, q) < 0 ? p : q);
        next.places++;
        if (hamilton) next.rest = 0;
      }
      parties.forEach((p, n) => { room[both(senior, juniors[n][1])] = p.places; });
      parties.forEach((p, n) => out.push([tag, senior, juniors[n][1], p.places].concat(p.claim).join(";")));
    }
    seniors.filter(s => +s[3]).forEach(s => divide("share", "quota", s[1], +s[3], juniors.map(j => ({ weight: +j[2], most: +j[2],
      least: Math.min(j[2], Math.max(ruleOf(a, "least"), j[3] === "1" ? ruleOf(a, "rural_least") : 0)) }))));
    const order = random("quota lottery").shuffle(pupils.map((f, at) => ({ f: f, at: at })));
    order.forEach((p, n) => { p.number = n + 1; p.key = [-p.f[4]].concat(split(p.f[5], ",").map(t => -t), n); });
    order.sort(byKey);
    const floor = n => seniors.reduce((all, s) => { all[s[1]] = +s[n]; return all; }, {}), quotaLine = floor(4), line = floor(5);
    const waiting = () => order.filter(p => !p.school);
    const allowed = p => p.f[3] === "1" ? split(p.f[6], ">").filter(s => p.f[4] >= quotaLine[s]) : [];
    const take = (track, wishes, key) => waiting().forEach(p => {
      p.school = wishes(p).filter(s => room[key(s, p.f[2])] > 0)[0];
      if (p.school) { p.track = track; room[key(p.school, p.f[2])]--; }
    });
    take("quota", allowed, both);
    yield 0.5;
    const left = seniors.map(s => sum(juniors, j => room[both(s[1], j[1])] || 0)), wait = {};
    waiting().forEach(p => allowed(p).forEach(s => { wait[both(s, p.f[2])] = (wait[both(s, p.f[2])] || 0) + 1; }));
    room = {};
    if (unused === "pupils") seniors.forEach((s, n) => { room[s[1]] = left[n]; });
    if (unused === "juniors") seniors.forEach((s, n) => {
      const most = juniors.map(j => +j[2] && wait[both(s[1], j[1])] || 0), places = Math.min(left[n], sum(most, v => v));
      const parties = juniors.map((j, k) => ({ weight: most[k] && +j[2], least: 0, most: most[k] }));
      if (places) divide("again", "quota again", s[1], places, parties);
    });
    if (unused !== "unified") take("pool", allowed, unused === "pupils" ? s => s : both);
    seniors.forEach(s => { room[s[1]] = s[2] - order.filter(p => p.school === s[1]).length; });
    bandsOf(a, 40).forEach(b => take("unified", p => split(p.f[7], ">").slice(b[0], b[1]).filter(s => p.f[4] >= line[s]), s => s));
    order.sort((p, q) => p.at - q.at);
    return out.concat(order.map(p => ["place", p.f[1], p.track || "none", p.school || "-", p.number].join(";")));
  };
  // admit: children and schools by deferred acceptance, band by band.
  drawVerifier.kinds.admit = function* (a, lines, random) {
    const children = rowsOf(lines, "applicant").map((f, n) => ({ n: n, who: f[1], twin: f[2], wish: 0,
      wishes: split(f[3], ">").map(w => w.split(":")) }));
    const numbers = (label, list) => { // twins share the number of the first of them
      const number = new Map(), unit = c => c.twin === "-" ? c : c.twin;
      list = list.filter(c => !number.has(unit(c)) && number.set(unit(c), 0));
      random(label).shuffle(list).forEach((c, place) => number.set(unit(c), place + 1));
      return c => number.get(unit(c));
    };
    const common = numbers("admit lottery", children), schools = {}, bands = bandsOf(a, 20);
    const askers = code => children.filter(c => c.wishes.some(w => w[0] === code));
    const numbersOf = f => f[5] === "own" ? numbers("admit lottery " + f[1], askers(f[1])) : common;
    const all = rowsOf(lines, "school").map(f => schools[f[1]] = { places: +f[2], groups: f[3].split(",").map(g => g.split("+")),
      by: f[4].split(","), number: numbersOf(f), kept: [] });
    for (let b = 0; b < bands.length; b++) {
      let asking = children.filter(c => !c.wish);
      asking.forEach(c => { c.next = bands[b][0]; });
      while (asking.length) {
        yield b / bands.length;
        asking.forEach(c => { // asks the next wish of this band at which the child stands in the order
          for (let group = -1; group < 0 && c.next < Math.min(bands[b][1], c.wishes.length);) {
            const w = c.wishes[c.next++], s = schools[w[0]], key = w.slice(2).map((value, n) => s.by[n] === "distance" ? +value : -value);
            group = s.groups.findIndex(g => g[0] === "*" || g.indexOf(w[1]) >= 0);
            if (group >= 0) s.kept.push({ c: c, wish: c.next, key: [group].concat(key, s.number(c), c.n) });
          }
        });
        asking = [];
        all.forEach(s => { if (s.kept.length > s.places) s.kept.sort(byKey).splice(s.places).forEach(one => asking.push(one.c)); });
      }
      all.forEach(s => { s.places -= s.kept.length; s.kept.splice(0).forEach(one => { one.c.wish = one.wish; }); });
    }
    return children.map(c => ["place", c.who, c.wish ? c.wishes[c.wish - 1][0] : "-", c.wish,
      c.wishes.map(w => schools[w[0]].number(c)).join(",")].join(";"));
  };
})();
