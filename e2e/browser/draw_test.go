//go:build browser

package browser_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/draw"
	"jiaoheng/draw/ceremony"
	"jiaoheng/draw/class"
	"jiaoheng/person"
)

// heldDraw is a published draw of a school of the demo county.
type heldDraw struct {
	ceremony.Draw
	secret draw.Secret
	pupils []ceremony.Person
}

// holdDraw leads a draw of classes through all its steps.
func holdDraw(t *testing.T, s site) heldDraw {
	t.Helper()
	ctx := context.Background()
	tree, err := s.store.Tree(ctx)
	if err != nil {
		t.Fatal(err)
	}
	actor := func(name string, role access.Role) action.Actor {
		return action.Actor{Post: access.Post{ID: "post-" + name, Person: name, Role: role, Unit: person.At(tree, "2199000001")}}
	}
	clerk, head := actor("drawing-clerk", access.SchoolClerk), actor("drawing-head", access.SchoolHead)
	run := func(a draw.Announcement, lines []string, seed draw.Seed) ([]string, any, error) {
		result, err := class.Lines(a, lines, seed)
		return result, map[string][]string{"sentences": {"各班每一项都达到可以证明的最小差。"}}, err
	}
	desk := ceremony.New(s.store, rand.Reader, map[string]ceremony.Run{ceremony.Classes: run})
	secret, err := desk.NewSecret()
	if err != nil {
		t.Fatal(err)
	}
	in := roster(40, 3, 2, 1)
	in.Secret = secret
	fixed, err := class.Frozen(in)
	if err != nil {
		t.Fatal(err)
	}
	one := heldDraw{secret: secret}
	draft := ceremony.Draft{Kind: ceremony.Classes, Unit: "2199000001", Title: "2026 年秋季一年级均衡编班", Place: "礼堂", Held: s.store.Now().Add(48 * time.Hour),
		Secret: secret, Rules: fixed.Rules, Lines: fixed.Lines, Sources: []ceremony.Source{{Kind: draw.Witness, Text: "1"}}}
	for n := range 40 {
		one.pupils = append(one.pupils, ceremony.Person{ID: in.Rows[n+1][0], Name: "欧阳小" + string([]rune("一二三四五六七八九十")[n%10])})
	}
	draft.Roster = one.pupils
	did := func(after ceremony.Draw, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		one.Draw = after
	}
	did(desk.Prepare(ctx, clerk, draft))
	did(desk.Fix(ctx, clerk, one.ID, 0))
	did(desk.Announce(ctx, head, one.ID, 0))
	did(desk.OpenWitness(ctx, clerk, one.ID, 0))
	if _, err := desk.Commit(ctx, one.Code, draw.Commit("春风"), false); err != nil {
		t.Fatal(err)
	}
	did(desk.CloseWitness(ctx, clerk, one.ID, 0))
	if _, err := desk.Tell(ctx, one.Code, "春风"); err != nil {
		t.Fatal(err)
	}
	did(desk.EndReveal(ctx, clerk, one.ID, 0))
	did(desk.EnterValues(ctx, clerk, one.ID, 0, nil))
	did(desk.Confirm(ctx, head, one.ID, 0))
	did(desk.Run(ctx, head, one.ID))
	did(desk.Propose(ctx, clerk, one.ID, 0))
	did(desk.Publish(ctx, head, one.ID, 0))
	return one
}

// verdict waits until the verifier is done and returns what it found: valid or invalid, and its words.
func (b *tab) verdict() (found, words string) {
	b.Helper()
	b.do("wait for the verifier", chromedp.WaitReady(chromedp.CSS("#draw-result[data-done]")))
	return ask[string](b, `document.querySelector("#draw-result").getAttribute("data-done")`), ask[string](b, `document.querySelector("#draw-result").innerText`)
}

func TestPublicPagesOfADrawAreSound(t *testing.T) {
	s := newSite(t, true)
	one := holdDraw(t, s)
	pupil := one.pupils[5]
	salt := one.secret.Salt(pupil.ID)
	line := "/public/draw/" + one.ID + "/line/" + one.secret.Who(pupil.ID) + "#" + hex.EncodeToString(salt[:])
	for _, screen := range []size{desk, phone} {
		for _, language := range []string{"zh", "en"} {
			t.Run(screen.name+"-"+language, func(t *testing.T) {
				b := open(t, s, screen, language)
				for _, path := range []string{"/public/draw", "/public/draw/check", "/public/draw/" + one.ID, line} {
					b.visit(path)
					b.audit(path, language, one.Title, "announcement", "proof", "verify", "slip", "json", "html", "lines", "commitment", "digest", "seed", "result")
					b.quiet()
				}
				found, words := b.verdict()
				if found != "valid" {
					t.Errorf("line: %s", words)
				}
				b.do("type the number", chromedp.SendKeys(chromedp.CSS("#draw-id"), pupil.ID+"\r"), chromedp.WaitReady(chromedp.CSS("#draw-result[data-done=valid]")))
				b.do("type another number", chromedp.SendKeys(chromedp.CSS("#draw-id"), "9\r"), chromedp.WaitReady(chromedp.CSS("#draw-result[data-done=invalid]")))
				b.shoot("line-wrong")
				b.quiet()
			})
		}
	}
}

func TestSlipsAreSound(t *testing.T) {
	s := newSite(t, true)
	one := holdDraw(t, s)
	b := open(t, s, desk, "zh")
	b.signIn("head")
	b.visit("/draw/" + one.ID + "/slip")
	b.audit("slip", "zh", "http", "https", one.Title)
	b.do("print", chromedp.SendKeys(chromedp.CSS("#field-reason"), "告知家长"), chromedp.Click(chromedp.CSS("button[value=sheets]")), chromedp.WaitVisible(chromedp.CSS(".slips")))
	b.shoot("slips")
	b.onPaper()
	b.shoot("slips-paper")
	paper, err := chromedp.Call(b.ctx, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69})
	if err != nil {
		t.Fatal(err)
	}
	if folder := os.Getenv("JIAOHENG_SHOTS"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, "slips.pdf"), paper.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if sheets := bytes.Count(paper.Data, []byte("/Type /Page\n")); sheets < 5 || sheets > 6 {
		t.Errorf("40 slips take %d sheets", sheets)
	}
	if n := ask[int](b, `document.querySelectorAll(".slip-code path").length`); n != len(one.pupils) {
		t.Errorf("%d codes", n)
	}
	b.quiet()
}
