//go:build browser

package browser_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Words that a person typed, as long as they may be.
const (
	longTitle = "食堂操作间生熟食品混放且消毒记录缺失十二天从业人员健康证过期两人未及时办理整改措施没有落实到人到岗再次发现同类问题"
	longFacts = "现场检查发现：食堂操作间生熟食品未分区存放；九月以来餐具消毒记录缺失。\n从业人员健康证于八月到期，未及时办理。"
	typed     = longTitle + longFacts + "问题〔2026〕号教督改当场指导食品安全每日巡查督导整改工作惯例督导体制机制改革意见"
)

// enter fills in the form of a new finding, without sending it.
func (b *tab) enter(title string) {
	b.Helper()
	b.visit("/record/finding/new")
	b.do("fill in", chromedp.SetValue(chromedp.CSS("#field-of"), "2199000001"), chromedp.SendKeys(chromedp.CSS("#field-c-title"), title),
		chromedp.SetValue(chromedp.CSS("#field-c-source"), "inspection"), chromedp.SetValue(chromedp.CSS("#field-c-category"), "safety"),
		chromedp.SendKeys(chromedp.CSS("#field-c-facts"), longFacts))
}

// TestARowIsSoundFromFormToRules enters a finding on both screens and in both languages, looks at its page with every form
// open, and at the rules.
func TestARowIsSoundFromFormToRules(t *testing.T) {
	s := newSite(t, true)
	for _, screen := range []size{desk, phone} {
		for _, language := range []string{"zh", "en"} {
			t.Run(screen.name+"-"+language, func(t *testing.T) {
				b := open(t, s, screen, language)
				b.signIn("inspector")
				b.enter(longTitle)
				b.audit("form of a new row", language, typed)
				b.do("send", chromedp.Click(chromedp.CSS("main form button.button-primary")), chromedp.WaitVisible(chromedp.CSS(".record-done")), ready)
				b.audit("a row was entered", language, typed)
				if kept := ask[string](b, `document.querySelector("#field-c-title").value`); kept != "" {
					t.Errorf("what was stored stands in the next form: %q", kept)
				}
				path := ask[string](b, `new URL(document.querySelector(".record-done a").href).pathname`)
				for _, login := range []string{"supervision", "head"} {
					b.do("forget", clearCookies(s, language))
					b.signIn(login)
					b.visit(path)
					b.audit("a row, "+login, language, typed)
					ask[int](b, `[...document.querySelectorAll("main details")].map((e) => e.open = true).length`)
					b.audit("a row with its forms open, "+login, language, typed)
					b.shoot("/record/row-" + login)
				}
				b.visit("/record/finding/rules")
				ask[int](b, `[...document.querySelectorAll("main details")].map((e) => e.open = true).length`)
				b.audit("rules", language, typed)
				b.shoot("/record/rules")
				b.quiet()
			})
		}
	}
}

// TestLeavingAFormLosesNothing types, leaves, comes back, and sends: then nothing is kept.
func TestLeavingAFormLosesNothing(t *testing.T) {
	b := open(t, newSite(t, true), phone, "zh")
	b.signIn("inspector")
	b.enter("消防通道堵塞")
	b.do("it says that it is kept", chromedp.Poll[chromedp.Void](`document.querySelector("[data-draft-note]").textContent.includes("已暂存")`))
	b.visit("/")
	b.visit("/record/finding/new")
	if kept := ask[string](b, `document.querySelector("#field-c-title").value + document.querySelector("#field-c-category").value`); kept != "消防通道堵塞safety" {
		t.Errorf("after leaving, the form holds %q", kept)
	}
	if note := ask[string](b, `document.querySelector("[data-draft-note]").textContent`); !strings.Contains(note, "已恢复") {
		t.Errorf("nothing says that it was kept: %q", note)
	}
	b.do("send", chromedp.Click(chromedp.CSS("main form button.button-primary")), chromedp.WaitVisible(chromedp.CSS(".record-done")), ready)
	b.visit("/record/finding/new")
	if kept := ask[string](b, `document.querySelector("#field-c-title").value`); kept != "" {
		t.Errorf("what was stored comes back: %q", kept)
	}
	b.quiet()
}

// TestAnEventIsDoneByKeyboard opens the form of an event, fills it in and sends it without a mouse.
func TestAnEventIsDoneByKeyboard(t *testing.T) {
	s := newSite(t, true)
	b := open(t, s, desk, "zh")
	b.signIn("inspector")
	b.enter("消防通道堵塞")
	b.do("send", chromedp.Click(chromedp.CSS("main form button.button-primary")), chromedp.WaitVisible(chromedp.CSS(".record-done")), ready)
	path := ask[string](b, `new URL(document.querySelector(".record-done a").href).pathname`)
	b.do("forget", clearCookies(s, "zh"))
	b.signIn("supervision")
	b.visit(path)
	b.tabThrough(path)
	b.visit(path)
	b.do("open the form", chromedp.Focus(chromedp.CSS(".record-option-first summary")), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS("#field-advise-c-requirement")))
	b.do("fill it in", chromedp.Focus(chromedp.CSS("#field-advise-c-requirement")), chromedp.KeyEvent("立即清理"), chromedp.Focus(chromedp.CSS(".record-option-first button.button-primary")),
		chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".notice")), ready)
	if words := ask[string](b, `document.querySelector(".record-now").innerText`); !strings.Contains(words, "当场指导") {
		t.Errorf("the row stands in %q", words)
	}
	b.onPaper()
	if hidden := ask[bool](b, `[".record-options", ".record-columns form"].every((s) => [...document.querySelectorAll(s)].every((e) => !e.checkVisibility()))`); !hidden {
		t.Error("forms are printed")
	}
	b.quiet()
}
