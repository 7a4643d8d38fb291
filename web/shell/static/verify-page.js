// The pages around the verifier (verify.js): reads files, shows how far the work is and says in words what was found.
// It runs on the public pages of a draw and in the saved file; texts stand in the page as JSON by language.
(function () {
  "use strict";
  var texts = JSON.parse(document.getElementById("draw-texts").textContent);
  var language = document.documentElement.lang.slice(0, 2);

  function text(key, values) {
    var found = texts[language][key];
    if (found === undefined) return key;
    return found.replace(/\{(\w+)\}/g, function (_, name) { return values && values[name] !== undefined ? values[name] : ""; });
  }
  function one(selector) { return document.querySelector(selector); }
  function add(parent, tag, words, className) {
    var element = document.createElement(tag);
    if (words !== undefined) element.textContent = words;
    if (className) element.className = className;
    parent.appendChild(element);
    return element;
  }
  function known(key) { return texts[language][key] !== undefined; }

  // ---- What was found, in words.
  function faultWords(fault) {
    var key = "fault." + fault.field + "." + fault.code;
    if (!known(key)) key = "fault.any." + fault.code;
    if (!known(key)) key = "fault.any.rule";
    var where = known("field." + fault.field) ? text("field." + fault.field) : fault.field;
    return where + (fault.at ? text("at", { line: fault.at }) : "") + text("colon") + text(key);
  }
  function verdict(box, good, sentence) {
    var line = add(box, "p", undefined, good ? "draw-good" : "draw-bad");
    add(line, "strong", (good ? "● " : "▲ ") + text(good ? "valid" : "invalid"));
    add(line, "span", sentence);
  }
  function listFaults(box, faults) {
    var list = add(box, "ul", undefined, "draw-faults");
    faults.slice(0, 20).forEach(function (fault) { add(list, "li", faultWords(fault)); });
    if (faults.length > 20) add(list, "li", text("more", { count: faults.length - 20 }));
  }
  function facts(box, pairs) {
    var list = add(box, "dl", undefined, "draw-facts");
    pairs.forEach(function (pair) {
      add(list, "dt", pair[0]);
      add(list, "dd", pair[1], pair[2] || "");
    });
  }

  function showReport(box, report, promised) {
    var proof = report.proof, a = report.announcement, faults = report.faults.slice();
    if (proof && promised && promised !== proof.commitment) faults.unshift({ field: "commitment", code: "promised" });
    box.textContent = "";
    verdict(box, !faults.length, text(faults.length ? "invalid_proof" : "valid_proof"));
    if (faults.length) listFaults(box, faults);
    if (proof && a && a.kind) {
      facts(box, [
        [text("title"), a.title], [text("kind"), known("kind." + a.kind) ? text("kind." + a.kind) : a.kind],
        [text("count"), String(proof.lines.length)], [text("origin"), text(given(a) ? "unproven" : "announced")],
        [text("commitment"), proof.commitment, "code"], [text("digest"), proof.digest, "code"],
        [text("took"), text("seconds", { seconds: (report.milliseconds / 1000).toFixed(1) })]]);
    }
    box.setAttribute("data-done", faults.length ? "invalid" : "valid");
    box.setAttribute("data-milliseconds", report.milliseconds);
  }
  // given tells whether nothing proves when the seed was chosen.
  function given(a) { return !a.sources.some(function (source) { return source.kind !== "given"; }); }

  function checkText(box, content, after) {
    box.removeAttribute("data-done");
    box.textContent = "";
    var slip = readSlip(content);
    if (slip) return showSlip(box, slip, "");
    var line = add(box, "p", text("working")), bar = add(box, "progress");
    bar.max = 1;
    bar.setAttribute("aria-label", text("working"));
    bar.value = 0;
    line.setAttribute("role", "status");
    var promised = one("#draw-promised");
    drawVerifier.verify(content, function (part) { bar.value = part || 0; }, function (report) {
      showReport(box, report, promised ? promised.value.trim().toLowerCase() : "");
      if (after) after(report);
    });
  }

  // ---- The slip of one family.
  function readSlip(content) {
    try {
      var slip = JSON.parse(content);
      return slip && typeof slip.salt === "string" && typeof slip.result_root === "string" ? slip : null;
    } catch (error) { return null; }
  }
  function showSlip(box, slip, id) {
    var published = one("#draw-slip");
    box.textContent = "";
    var faults;
    try {
      faults = drawVerifier.checkSlip(slip, id, published ? published.getAttribute("data-commitment") : "",
        published ? published.getAttribute("data-digest") : "");
    } catch (error) { faults = [{ field: "file", code: "json" }]; }
    verdict(box, !faults.length, text(faults.length ? "invalid_slip" : id ? "valid_slip_id" : "valid_slip"));
    if (faults.length) listFaults(box, faults);
    if (!published) {
      facts(box, [[text("line"), slip.line, "code"], [text("result"), slip.result, "code"], [text("digest"), slip.digest, "code"]]);
    }
    box.setAttribute("data-done", faults.length ? "invalid" : "valid");
  }

  // ---- The parts of the page.
  function readFile(file, then) {
    if (file.size > 268435456) return then("");
    var reader = new FileReader();
    reader.onload = function () { then(String(reader.result)); };
    reader.readAsText(file, "utf-8");
  }
  function tool() {
    var box = one("#draw-result"), input = one("#draw-file"), zone = one("#draw-zone");
    if (!input) return;
    var latest = null;
    function take(files) {
      if (files && files[0]) readFile(files[0], function (content) { latest = content; checkText(box, content); });
    }
    input.addEventListener("change", function () { take(input.files); });
    one("#draw-promised").addEventListener("change", function () { if (latest !== null) checkText(box, latest); });
    ["dragover", "dragenter"].forEach(function (name) {
      zone.addEventListener(name, function (event) { event.preventDefault(); zone.classList.add("draw-over"); });
    });
    zone.addEventListener("dragleave", function () { zone.classList.remove("draw-over"); });
    zone.addEventListener("drop", function (event) {
      event.preventDefault();
      zone.classList.remove("draw-over");
      take(event.dataTransfer.files);
    });
  }
  function drawPage() {
    var button = one("#draw-verify"), box = one("#draw-result");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      button.disabled = true;
      box.textContent = text("loading");
      var request = new XMLHttpRequest();
      request.open("GET", button.getAttribute("data-proof"));
      request.onload = function () {
        if (request.status !== 200) return request.onerror();
        checkText(box, request.responseText, function () { button.disabled = false; });
      };
      request.onerror = function () { button.disabled = false; box.textContent = text("not_loaded"); };
      request.send();
    });
  }
  function linePage() {
    var block = one("#draw-slip"), box = one("#draw-result"), form = one("#draw-id-form");
    if (!block) return;
    var slip = JSON.parse(block.textContent);
    slip.salt = (/^#([0-9a-f]{32})$/.exec(location.hash) || ["", ""])[1];
    showSlip(box, slip, "");
    if (!slip.salt) return;
    form.hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      showSlip(box, slip, one("#draw-id").value.trim());
    });
  }
  function languageButton() {
    var button = one("#draw-language");
    if (!button) return;
    button.addEventListener("click", function () {
      language = language === "zh" ? "en" : "zh";
      document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
      Array.prototype.forEach.call(document.querySelectorAll("[data-text]"), function (element) {
        element.textContent = text(element.getAttribute("data-text"));
      });
      one("#draw-result").textContent = "";
    });
  }

  tool();
  drawPage();
  linePage();
  languageButton();
})();
