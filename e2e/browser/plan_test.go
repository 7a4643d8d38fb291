//go:build browser

package browser_test

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"jiaoheng/plan"
)

// adoptRevision adopts the revision that the demo leaves on the desk.
func adoptRevision(t *testing.T, s site, draft string) {
	t.Helper()
	ctx := context.Background()
	b := open(t, s, desk, "zh")
	b.signIn("leader")
	b.visit(draft + "/adopt")
	b.do("adopt", chromedp.Click(chromedp.CSS("#field-unreviewed")), chromedp.Click(chromedp.CSS("form.form button.button-primary")),
		chromedp.WaitVisible(chromedp.CSS(".stage-tables")), ready)
	if plans, err := s.store.Plans(ctx); err != nil || plans[0].Versions != 2 {
		t.Fatalf("plans %+v, %v", plans, err)
	}
	b.quiet()
}

func TestEveryPlanPageIsSound(t *testing.T) {
	s := newSite(t, true)
	planPage, draftPage := planPages(t, s)
	before := []string{draftPage + "/adopt", draftPage + "/report", draftPage + "/log", draftPage + "/item/t1", draftPage + "/item/t1?do=split", draftPage + "/discard",
		draftPage + "/add?from=0&to=12", draftPage + "?kind=number", draftPage + "?q=none"}
	after := []string{draftPage, planPage + "?view=tasks", planPage + "?view=projects", planPage + "?view=mechanisms", planPage + "?view=facts", planPage + "?view=outline",
		planPage + "/text", planPage + "/node/t1", planPage + "/compare", "/plan/import?plan=" + strings.TrimPrefix(planPage, "/plan/adopted/")}
	look := func(paths []string) {
		for _, screen := range []size{desk, phone} {
			for _, language := range []string{"zh", "en"} {
				b := open(t, s, screen, language)
				b.signIn("leader")
				for _, path := range paths {
					b.visit(path)
					b.audit(screen.name+" "+path, language, "none", "utf", "JSON")
					b.quiet()
				}
			}
		}
	}
	look(before)
	adoptRevision(t, s, draftPage)
	look(after)
}

// sit opens the desk and waits until its script runs.
func (b *tab) sit(path string) {
	b.Helper()
	b.visit(path)
	b.do("wait for the desk", deskReady)
}

var deskReady = chromedp.WaitReady(chromedp.CSS("#desk[data-ready]"))

// saved waits until the desk says that everything is stored.
var saved = chromedp.Poll[chromedp.Void](`/^已保存/.test(document.getElementById("saved").textContent)`)

// press presses a key with the focus on the page itself.
func press(key string) chromedp.Action[chromedp.Void] { return chromedp.KeyEvent(key) }

func TestReviewingAtTheDesk(t *testing.T) {
	s := newSite(t, true)
	_, draftPage := planPages(t, s)
	b := open(t, s, desk, "zh")
	b.signIn("office")
	b.sit(draftPage)
	b.do("words lead to their item", chromedp.Click(chromedp.CSS("#text .mark-target")), chromedp.WaitVisible(chromedp.CSS(".item-now.item-target")))
	if !ask[bool](b, `document.querySelectorAll("#text .mark-now").length > 0`) {
		t.Error("the words of the item are not marked")
	}
	b.do("keys: filter, go on", chromedp.Click(chromedp.CSS("[data-kind-chip=target]")), chromedp.SetValue(chromedp.CSS("[data-filter-form] [name=state]"), "open"),
		chromedp.Evaluate[chromedp.Void](`document.querySelector("[data-filter-form] [name=state]").dispatchEvent(new Event("change", {bubbles: true}))`),
		press("j"), chromedp.WaitVisible(chromedp.CSS(".item-now.item-target.is-open")))
	first := ask[string](b, `document.querySelector(".item-now").dataset.id`)
	b.do("accept", press("a"), chromedp.WaitReady(chromedp.CSS("#item-"+first+".is-accepted")), saved)
	b.do("undo", press("u"), chromedp.WaitReady(chromedp.CSS("#item-"+first+".is-open")), saved)
	b.do("ignore", chromedp.Evaluate[chromedp.Void](`document.querySelector("#item-`+first+` [data-show]").click()`), press("x"), chromedp.WaitReady(chromedp.CSS("#item-"+first+".is-ignored")), saved)
	b.quiet()
	if items := reviewed(t, s, draftPage); items[first].State != plan.Ignored {
		t.Errorf("stored: %+v", items[first])
	}
}

// reviewed reads the items of a draft from the store, as after a restart.
func reviewed(t *testing.T, s site, draftPage string) map[string]plan.Item {
	t.Helper()
	open, err := plan.NewDesks(s.store, func(context.Context, string) string { return "" }).Open(context.Background(), strings.TrimPrefix(draftPage, "/plan/draft/"))
	if err != nil {
		t.Fatal(err)
	}
	items := map[string]plan.Item{}
	for _, item := range open.Desk.Items {
		items[item.ID] = item
	}
	return items
}

// chosen selects what stands in a field of the form at the desk, so that typing replaces it.
func chosen(name string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](`document.querySelector("form[data-editor] [name=` + name + `]").select()`)
}

func TestTypingIsNeverLost(t *testing.T) {
	s := newSite(t, true)
	_, draftPage := planPages(t, s)
	b := open(t, s, desk, "zh")
	b.signIn("office")
	b.sit(draftPage + "?item=t2")
	unit := chromedp.CSS("form[data-editor] [name=unit]")
	b.do("a field is stored when it is left", press("e"), chromedp.WaitVisible(unit), chosen("unit"), chromedp.SendKeys(unit, "万人"+kb.Tab), saved)
	if got := reviewed(t, s, draftPage)["t2"].Fields["unit"]; got != "万人" {
		t.Errorf("stored %q", got)
	}
	value := chromedp.CSS("form[data-editor] [name=value]")
	b.do("what is wrong stays in the field and is explained", chosen("value"), chromedp.SendKeys(value, "过半"+kb.Tab), chromedp.WaitVisible(chromedp.CSS(".editor-faults")))
	b.quiet("422")
	b.do("a reload brings back what was typed", chromedp.Reload(), ready, deskReady, chromedp.WaitVisible(value))
	if kept := ask[string](b, `document.querySelector("form[data-editor] [name=value]").value`); kept != "过半" {
		t.Errorf("after the reload the field holds %q", kept)
	}
	b.do("put right", chosen("value"), chromedp.SendKeys(value, "１２"+kb.Tab), saved, chromedp.WaitNotPresent(chromedp.CSS(".editor-faults")))
	if got := reviewed(t, s, draftPage)["t2"].Fields["value"]; got != "12" {
		t.Errorf("stored %q", got)
	}
	b.quiet()
}

func TestAddingFromSelectedWords(t *testing.T) {
	s := newSite(t, true)
	_, draftPage := planPages(t, s)
	b := open(t, s, desk, "zh")
	b.signIn("office")
	b.sit(draftPage)
	words := ask[string](b, `(() => {
  const part = [...document.querySelectorAll("#text span[data-at]")].find((one) => one.textContent.includes("教育数字化应用水平不高"));
  const at = part.firstChild.data.indexOf("教育数字化应用水平不高"), range = document.createRange();
  range.setStart(part.firstChild, at); range.setEnd(part.firstChild, at + 11);
  getSelection().removeAllRanges(); getSelection().addRange(range);
  part.scrollIntoView({block: "center"});
  return getSelection().toString();
})()`)
	name := chromedp.CSS("#editor [name=name]")
	b.do("make a task of the words", chromedp.Click(chromedp.CSS("[data-add]")), chromedp.WaitVisible(name),
		chromedp.Click(chromedp.CSS("#editor [name=kind][value=task]")), chromedp.WaitVisible(chromedp.CSS("#editor [name=responsible]")),
		chromedp.Click(chromedp.CSS("#editor button[value=add]")), chromedp.WaitNotPresent(chromedp.CSS("#editor form")), saved,
		chromedp.WaitVisible(chromedp.CSS(".item-now.item-task")))
	id := ask[string](b, `document.querySelector(".item-now").dataset.id`)
	if made := reviewed(t, s, draftPage)[id]; made.Kind != plan.Task || made.Fields["name"] != words || !strings.Contains(made.Sentence, words) {
		t.Errorf("stored %+v, selected %q", made, words)
	}
	b.do("its words are marked", chromedp.WaitVisible(chromedp.CSS("#text .mark-task.mark-now")))
	b.quiet()
}

// Two people at one draft: each sees what the other does, and at the same item the second is told and loses nothing.
func TestTwoPeopleAtOneDraft(t *testing.T) {
	s := newSite(t, true)
	_, draftPage := planPages(t, s)
	anna, bert := open(t, s, desk, "zh"), open(t, s, desk, "zh")
	anna.signIn("office")
	bert.signIn("leader")
	anna.sit(draftPage + "?item=t3")
	bert.sit(draftPage + "?item=t3")
	anna.do("the first ignores it", press("x"), saved)
	bert.do("the second learns of it at the act", chromedp.Evaluate[chromedp.Void](`document.querySelector("#item-t3 [data-ignore]").click()`),
		chromedp.Poll[chromedp.Void](`document.getElementById("saved").classList.contains("saved-wrong")`), chromedp.WaitReady(chromedp.CSS("#item-t3.is-ignored")))
	if told := ask[string](bert, `document.getElementById("saved").textContent`); !strings.Contains(told, "陆以宁") {
		t.Errorf("the second is told %q", told)
	}
	bert.quiet("422")
	anna.do("the first sees the next act of the second by itself", chromedp.Poll[chromedp.Void](`document.readyState === "complete"`))
	bert.do("the second ignores another", chromedp.Evaluate[chromedp.Void](`document.querySelector("#item-t4 [data-show]").click()`), press("x"), saved)
	anna.do("wait for it", chromedp.WaitReady(chromedp.CSS("#item-t4.is-ignored")))
	anna.quiet()
}

func TestTheDeskIsReadWithoutScripts(t *testing.T) {
	s := newSite(t, true)
	_, draftPage := planPages(t, s)
	b := open(t, s, phone, "zh")
	b.signIn("office")
	b.withoutScripts()
	b.do("tabs change the pane", chromedp.Navigate(s.url+draftPage), chromedp.WaitVisible(chromedp.CSS("#items .item")),
		chromedp.Click(chromedp.CSS("label[for=show-text]")), chromedp.WaitVisible(chromedp.CSS("#text .line")), chromedp.WaitNotVisible(chromedp.CSS("#items")))
	b.do("an act is a form", chromedp.Click(chromedp.CSS("label[for=show-items]")), chromedp.Focus(chromedp.CSS("#item-t5 [data-ignore]")), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS("#item-t5.is-ignored")))
	b.quiet()
}
