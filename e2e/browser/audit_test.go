//go:build browser

package browser_test

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"jiaoheng"
	"jiaoheng/demo"
	"jiaoheng/letter"
	"jiaoheng/pack"
	"jiaoheng/register"
)

// auditScript returns what is wrong with the page as a list of sentences.
const auditScript = `(() => {
  const wrong = [];
  const name = (e) => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + (e.className && e.className.baseVal === undefined ? "." + String(e.className).trim().replace(/\s+/g, ".") : "") + " “" + (e.textContent || "").trim().slice(0, 20) + "”";
  const shown = (e) => { const s = getComputedStyle(e); const r = e.getBoundingClientRect(); return e.checkVisibility() && s.visibility !== "hidden" && r.width > 1 && r.height > 1 && !e.closest(".unseen, .skip"); };
  if (document.documentElement.scrollWidth > innerWidth) {
    const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".table-frame, .tabs"));
    wrong.push("scrolls sideways: " + wide.slice(0, 3).map(name).join(", "));
  }
  if (document.querySelectorAll("h1").length !== 1) wrong.push("h1: " + document.querySelectorAll("h1").length);
  for (const e of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
    if (!e.labels.length && !e.getAttribute("aria-label")) wrong.push("no label: " + name(e));
  for (const e of document.querySelectorAll("a, button, summary"))
    if (!(e.textContent.trim() || e.getAttribute("aria-label"))) wrong.push("no name: " + name(e));
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  for (const id of ids.filter((v, i) => ids.indexOf(v) !== i)) wrong.push("id twice: " + id);
  if (innerWidth < 600)
    for (const e of document.querySelectorAll(".button, .bottom a, summary, select, input:not([type=hidden]):not([type=checkbox]):not([type=radio]), .chip, .tabs a"))
      if (shown(e) && e.getBoundingClientRect().height < 43.5) wrong.push("touch target of " + Math.round(e.getBoundingClientRect().height) + " px: " + name(e));
  const rgb = (text) => { const m = text.match(/[\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const light = (c) => { const f = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; return 0.2126 * f(c[0]) + 0.7152 * f(c[1]) + 0.0722 * f(c[2]); };
  const behind = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] > 0.99) return c; } return [255, 255, 255, 1]; };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || seen.has(e) || !shown(e)) continue;
    seen.add(e);
    const s = getComputedStyle(e), a = light(rgb(s.color)), b = light(behind(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const large = parseFloat(s.fontSize) >= 24;
    if (ratio < (large ? 3 : 4.5)) wrong.push("contrast " + ratio.toFixed(2) + ": " + name(e));
  }
  return wrong;
})()`

// textScript returns the words of the page that the program wrote: what stands in fields and codes is data.
const textScript = `(() => {
  const copy = document.body.cloneNode(true);
  for (const e of copy.querySelectorAll("script, noscript, svg, .code, [lang]:not(html)")) e.remove();
  const labels = [...copy.querySelectorAll("[aria-label], [title], [placeholder]")].flatMap((e) => [e.getAttribute("aria-label"), e.getAttribute("title"), e.getAttribute("placeholder")]).filter(Boolean);
  const words = []; const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) words.push(walker.currentNode.data);
  return [document.title, ...labels, ...words].join("\n");
})()`

var (
	latin = regexp.MustCompile(`[A-Za-z]{2,}`)
	han   = regexp.MustCompile(`\p{Han}+`)
)

// properNames are the words in Latin letters that Chinese pages may hold.
var properNames = map[string]bool{"Word": true, "PDF": true, "SQLite": true, "PostgreSQL": true, "MB": true, "kB": true, "linux": true, "amd": true,
	"arm": true, "jiaoheng": true, "import": true, "units": true, "Excel": true, "xlsx": true, "docx": true, "JSON": true, "GeoJSON": true, "txt": true, "html": true, "jpg": true, "png": true, "webp": true, "pdf": true, "Ctrl": true, "SHA": true, "json": true, "https": true, "WPS": true, "GB": true, "kg": true, "logit": true}

// headings are those of tables that an import asks for, and measures as rules write them: English pages quote them as they are.
var headings = map[string]bool{"日期": true, "名称": true, "放假或上班": true, "分钟": true, "缺考": true, "未作答": true,
	"抽样层": true, "学校代码": true, "层内学校数": true, "层内学生数": true, "应测人数": true}

// dataOf is every text that was entered or handed over: units, people, plans, rows of ledgers. Pages show it as it is in either language.
func dataOf(t *testing.T, s site) string {
	t.Helper()
	ctx := context.Background()
	data := []any{demo.Units(), demo.Members()}
	drafts, err := s.store.PlanDrafts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, draft := range drafts {
		source, err := s.store.PlanSource(ctx, draft.ID)
		if err != nil {
			t.Fatal(err)
		}
		data = append(data, draft, source, source.Clean.Text)
	}
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	for _, one := range set.Everything().Registers() {
		if !one.Living() {
			continue
		}
		for row, err := range s.store.RegisterEach(ctx, one, register.Query{}) {
			if err != nil {
				t.Fatal(err)
			}
			data = append(data, row.Cells)
		}
	}
	letters, err := s.store.Letters(ctx, letter.Query{})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range letters {
		data = append(data, one.Content.Number, one.Content.Heading)
	}
	exams, err := s.store.Exams(ctx)
	if err != nil {
		t.Fatal(err)
	}
	studies, err := s.store.Studies(ctx, 10)
	if err != nil {
		t.Fatal(err)
	}
	frames, err := s.store.SampleFrames(ctx)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(append(data, exams, studies, frames))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// audit fails for everything that no page may have, in the language given.
func (b *tab) audit(path, language string, data ...string) {
	b.Helper()
	for _, wrong := range ask[[]string](b, auditScript) {
		b.Errorf("%s: %s", path, wrong)
	}
	foreign, proper := latin, properNames
	if language == "en" {
		foreign, proper = han, headings
	}
	for _, word := range foreign.FindAllString(ask[string](b, textScript), -1) {
		if !proper[word] && !strings.Contains(b.data, word) && !strings.Contains(strings.Join(data, " "), word) {
			b.Errorf("%s: %q on a page in the other language", path, word)
		}
	}
}

// tabScript marks what the keyboard must reach and counts it.
const tabScript = `(() => {
  const shown = (e) => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0;
  const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")].filter((e) => shown(e) && !e.disabled);
  const radios = new Set();
  return window.toReach = all.filter((e) => e.type !== "radio" || (!radios.has(e.name) && radios.add(e.name))), window.reached = new Set(), window.dim = [], window.toReach.length;
})()`

// reachScript notes the element that has the focus and tells whether it can be seen that it has.
const reachScript = `(() => {
  const e = document.activeElement; if (!e || e === document.body) return false;
  if (window.reached.has(e)) return true;
  window.reached.add(e);
  const s = getComputedStyle(e);
  if (s.outlineStyle === "none" && !e.matches("main, h1, h2")) window.dim.push(e.outerHTML.slice(0, 80));
  return true;
})()`

// tabThrough presses Tab until everything was reached or the keys are used up.
func (b *tab) tabThrough(path string) {
	b.Helper()
	count := ask[int](b, tabScript)
	for range count + 10 {
		b.do("press Tab", chromedp.KeyEvent(kb.Tab))
		ask[bool](b, reachScript)
	}
	for _, lost := range ask[[]string](b, `window.toReach.filter((e) => !window.reached.has(e)).map((e) => e.outerHTML.slice(0, 120))`) {
		b.Errorf("%s: the keyboard does not reach %s", path, lost)
	}
	for _, dim := range ask[[]string](b, `window.dim`) {
		b.Errorf("%s: the focus cannot be seen on %s", path, dim)
	}
}
