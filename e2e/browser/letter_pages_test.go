//go:build browser

package browser_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"jiaoheng/letter"
)

// letterPages are the pages of letters and of publications.
var letterPages = []struct{ login, path string }{
	{"office", "/letter"}, {"office", "/letter?words=none"}, {"office", "LETTER"}, {"head", "/letter"}, {"office", "/admin/letter"}, {"office", "/admin/letter/rectification_notice"},
	{"office", "/publication"}, {"office", "/publication/new"}, {"office", "/publication/new?register=finding"}, {"office", "/publication/new?quota=lesson_observation"},
	{"office", "PUBLICATION"}, {"leader", "PUBLICATION"}, {"leader", "/publication"},
}

var prepared = regexp.MustCompile(`/publication/[0-9a-z]{26}`)

func TestPagesOfLettersAndPublicationsAreSound(t *testing.T) {
	s := newSite(t, true)
	all, err := s.store.Letters(context.Background(), letter.Query{})
	if err != nil || len(all) == 0 {
		t.Fatal(all, err)
	}
	data := []string{"none", "docx", "SHA-256", "问题整改台账各状态数量"} // letters and publications are Chinese on every page
	for _, one := range all {
		data = append(data, one.Content.Heading, one.Content.Number)
	}
	for _, c := range []struct {
		name     string
		screen   size
		language string
	}{{"desk-zh", desk, "zh"}, {"phone-zh", phone, "zh"}, {"desk-en", desk, "en"}, {"phone-en", phone, "en"}} {
		t.Run(c.name, func(t *testing.T) {
			b := open(t, s, c.screen, c.language)
			login, publication := "", ""
			for _, one := range letterPages {
				if one.login != login {
					login = one.login
					b.do("forget", clearCookies(s, c.language))
					b.signIn(login)
				}
				if publication == "" && one.path == "PUBLICATION" {
					b.visit("/publication/new?register=finding")
					b.do("prepare", chromedp.SendKeys(chromedp.CSS("#field-title"), " "), chromedp.Click(chromedp.CSS("main form button[type=submit]")), chromedp.WaitVisible(chromedp.CSS(".publication-content")))
					publication = prepared.FindString(ask[string](b, "location.pathname"))
				}
				path := strings.NewReplacer("LETTER", "/letter/"+all[0].ID, "PUBLICATION", publication).Replace(one.path)
				b.visit(path)
				b.audit(path, c.language, data...)
				b.quiet("404", "403")
			}
		})
	}
}
