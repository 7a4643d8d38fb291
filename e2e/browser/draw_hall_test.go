//go:build browser

package browser_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/draw"
	"jiaoheng/draw/ceremony"
	"jiaoheng/person"
	drawpages "jiaoheng/web/draw"
)

const hallSchool = "2199000001"

// held is a draw of classes on its way.
type held struct {
	t           *testing.T
	desk        *ceremony.Desk
	clerk, head action.Actor
	d           ceremony.Draw
}

// step checks that a step was done and keeps the draw.
func (h *held) step(d ceremony.Draw, err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	h.d = d
}

// newHeld prepares a draw of 48 pupils and freezes it.
func newHeld(t *testing.T, s site) *held {
	t.Helper()
	ctx := context.Background()
	tree, err := s.store.Tree(ctx)
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string, role access.Role) action.Actor {
		return action.Actor{Post: access.Post{ID: name, Person: name, Role: role, Unit: person.At(tree, hallSchool)}}
	}
	h := &held{t: t, desk: ceremony.New(s.store, rand.Reader, drawpages.Runs()), clerk: at("c", access.SchoolClerk), head: at("h", access.SchoolHead)}
	rows := [][]string{{"学籍号", "姓名", "性别", "户籍", "语文", "双胞胎"}}
	for n := range 48 {
		twin := ""
		if n < 2 {
			twin = "甲"
		}
		rows = append(rows, []string{fmt.Sprint("3301", 2019000+n), longName, []string{"男", "女"}[n%2], []string{"城区", "乡村"}[n*7%5%2], fmt.Sprint(60 + n*13%40), twin})
	}
	tables := []ceremony.Table{{Name: "roster", File: "一年级新生.xlsx", Rows: rows}}
	h.step(h.desk.Prepare(ctx, h.clerk, ceremony.Draft{Kind: ceremony.Classes, Unit: hallSchool, Title: "一年级均衡编班", Place: "学校礼堂",
		Held: time.Now().Add(time.Hour), Sources: []ceremony.Source{{Kind: draw.Witness, Text: "1"}}}))
	h.step(h.desk.HandOver(ctx, h.clerk, h.d.ID, 0, tables))
	secret, err := h.desk.NewSecret()
	if err != nil {
		t.Fatal(err)
	}
	made, err := drawpages.Freeze(ceremony.Classes, tables, url.Values{"classes": {"3"}, "bands": {"4"}}, secret)
	if err != nil {
		t.Fatal(err)
	}
	h.step(h.desk.Freeze(ctx, h.clerk, h.d.ID, 0, made))
	return h
}

// The pages of a draw are sound in every state, on a desk and on a phone; the phone of a witness hashes by itself, sends the hash
// alone and tells the word when words are told.
func TestADrawInTheHallIsSound(t *testing.T) {
	s := newSite(t, true)
	ctx := context.Background()
	h := newHeld(t, s)
	page := "/draw/" + h.d.ID
	sound := func(paths ...string) {
		for _, screen := range []size{desk, phone} {
			for _, language := range []string{"zh", "en"} {
				b := open(t, s, screen, language)
				b.signIn("head")
				for _, path := range paths {
					b.visit(path)
					b.audit(path, language, longName, h.d.Title, "学籍号", "姓名", "性别", "户籍", "语文", "双胞胎", h.d.Code, "xlsx", "QR", "drand", "quicknet", "SHA", "CSV", "csv", "docx")
					b.quiet()
				}
			}
		}
	}
	sound(page, page+"/rules", page+"/edit")
	h.step(h.desk.Fix(ctx, h.clerk, h.d.ID, 0))
	h.step(h.desk.Announce(ctx, h.head, h.d.ID, 0))
	h.step(h.desk.OpenWitness(ctx, h.clerk, h.d.ID, 0))
	witness := witnesses(t, s, h)
	sound(page, page+"/hall", "/w/"+h.d.Code)
	h.step(h.desk.CloseWitness(ctx, h.clerk, h.d.ID, 0))
	witness.do("see that words are told", chromedp.WaitVisible(chromedp.CSS("[data-tell]")), ready)
	witness.do("tell", chromedp.Click(chromedp.CSS("[data-tell] button[type=submit]")), chromedp.WaitNotPresent(chromedp.CSS("[data-tell]")), ready)
	all, err := h.desk.Witnesses(ctx, h.clerk, h.d.ID)
	if err != nil || len(all) != 1 || !strings.HasPrefix(all[0].Word, "青山-") || draw.Commit(all[0].Word) != all[0].Hash || all[0].Plain {
		t.Fatalf("witnesses: %+v %v", all, err)
	}
	sound("/w/" + h.d.Code + "?place=1")
	h.step(h.desk.EndReveal(ctx, h.clerk, h.d.ID, 0))
	h.step(h.desk.EnterValues(ctx, h.clerk, h.d.ID, 0, nil))
	sound(page, page+"/hall")
	h.step(h.desk.Confirm(ctx, h.head, h.d.ID, 0))
	h.step(h.desk.Run(ctx, h.head, h.d.ID))
	sound(page, page+"/hall", page+"/roster")
}

// witnesses commits from a phone and returns it.
func witnesses(t *testing.T, s site, h *held) *tab {
	t.Helper()
	b := open(t, s, phone, "zh")
	b.visit("/w/" + h.d.Code)
	b.do("commit", chromedp.SendKeys(chromedp.CSS("[name=word]"), "青山"), chromedp.WaitVisible(chromedp.CSS("[data-sealed]")))
	shown := ask[string](b, `document.querySelector("[data-shown]").textContent`)
	b.do("send", chromedp.Click(chromedp.CSS("[data-commit] button[type=submit]")), chromedp.WaitVisible(chromedp.CSS(".witness-mine")), ready)
	all, err := h.desk.Witnesses(context.Background(), h.clerk, h.d.ID)
	if err != nil || len(all) != 1 || all[0].Hash != shown || all[0].Word != "" || all[0].Plain {
		t.Fatalf("witnesses: %+v %v, shown %s", all, err, shown)
	}
	return b
}
