//go:build browser

package browser_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// whatIf has changes of every kind, over a school year that is complete.
const whatIf = "/whatif?period=2024-2025&c=threshold~teacher.above_per_100~primary&v=4.2&c=merge~2199000008~2199000007&v=&c=add~2199000001-primary~teachers_music&v=-3" +
	"&c=switch~existing_rooms&v=1&c=open~2199000001~junior&v="

func TestWhatIfPagesAreSound(t *testing.T) {
	s := newSite(t, true)
	for _, screen := range []size{desk, phone} {
		for _, language := range []string{"zh", "en"} {
			t.Run(screen.name+"-"+language, func(t *testing.T) {
				b := open(t, s, screen, language)
				b.signIn("office")
				for _, path := range []string{"/whatif", whatIf, "/whatif?add=merge", "/whatif?add=teacher", "/whatif?add=threshold", "/whatif?add=switch", "/whatif?add=open",
					"/whatif?add=set&do=set", "/whatif/saved"} {
					b.visit(path)
					b.audit(path, language)
					b.quiet("422")
				}
			})
		}
	}
}

// A number is typed and the verdict of the requirement moves without a button; undo and redo lead back and forth.
func TestWhatIfMovesWhileSomebodyTypes(t *testing.T) {
	s := newSite(t, true)
	b := open(t, s, desk, "zh")
	b.signIn("office")
	b.visit(whatIf)
	met := `document.querySelector("#whatif-result").innerText.includes("不再达标")`
	if ask[bool](b, met) {
		t.Fatal("the requirement is not met before anything is typed")
	}
	b.do("type a threshold", chromedp.Focus(chromedp.CSS("#field-change-1")), chromedp.Poll[chromedp.Void](`document.querySelector("#field-change-1").select() === undefined`),
		chromedp.SendKeys(chromedp.CSS("#field-change-1"), "6"), chromedp.Poll[chromedp.Void](met))
	b.shoot("whatif-typed")
	if kept := ask[string](b, `new URLSearchParams(location.search).getAll("v")[0]`); kept != "6" {
		t.Errorf("the address holds %s", kept)
	}
	b.do("one more teacher", chromedp.Click(chromedp.CSS("button[name=more][value='3']")), chromedp.Poll[chromedp.Void](`new URLSearchParams(location.search).getAll("v")[2] === "-2"`))
	b.do("undo twice", chromedp.Click(chromedp.CSS("#whatif-undo")), chromedp.WaitReady(chromedp.CSS("#field-change-3[value='-3']")), ready,
		chromedp.Click(chromedp.CSS("#whatif-undo")), chromedp.WaitReady(chromedp.CSS("#field-change-1[value='4.2']")), ready)
	b.do("redo", chromedp.Click(chromedp.CSS("#whatif-redo")), chromedp.WaitReady(chromedp.CSS("#field-change-1[value='6']")), ready)
	b.do("what cannot be read is told", chromedp.Focus(chromedp.CSS("#field-change-1")), chromedp.SendKeys(chromedp.CSS("#field-change-1"), "x"),
		chromedp.Poll[chromedp.Void](`document.querySelector("#whatif-fault-1").innerText.includes("无法识别")`))
	b.do("enter does not press one less", chromedp.SendKeys(chromedp.CSS("#field-change-3"), kb.Enter), chromedp.WaitReady(chromedp.CSS("#field-change-1[value*='x']")), chromedp.WaitVisible(chromedp.CSS("#whatif-result .faults")), ready)
	b.quiet("422")
}
