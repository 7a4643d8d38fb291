//go:build browser

package browser_test

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// roundPages are the pages of evaluations, each with the account that sees it.
var roundPages = []struct{ login, path string }{
	{"office", "/round"}, {"office", "/round?period=2024-2025&open=resource.school%40primary"}, {"office", "/round?switch=larger_schools"}, {"office", "/round?pack=rates"},
	{"office", "/round?period=1999-2000"}, {"office", "/round/schools?stage=primary"}, {"office", "/round/schools?pack=preschool"}, {"office", "/round/coefficient?code=CV5&stage=junior"},
	{"office", "/round/shortfall"}, {"office", "/round/line?name=area.sports_per_pupil&stage=junior"}, {"office", "/round/line?name=resource.school&stage=primary"},
	{"office", "/round/compare"}, {"office", "/round/keep"}, {"office", "/round/kept"}, {"head", "/round"}, {"head", "/round/shortfall"},
}

func TestEvaluationsAreSound(t *testing.T) {
	s := newSite(t, true)
	for _, language := range []string{"zh", "en"} {
		for _, screen := range []size{desk, phone} {
			t.Run(screen.name+"-"+language, func(t *testing.T) {
				b, login := open(t, s, screen, language), ""
				for _, one := range roundPages {
					if one.login != login {
						login = one.login
						b.do("forget", clearCookies(s, language))
						b.signIn(login)
					}
					b.visit(one.path)
					b.audit(one.path, language)
					b.quiet()
				}
			})
		}
	}
}

func TestAnyFigureOpensTheSidePanel(t *testing.T) {
	s := newSite(t, true)
	b := open(t, s, desk, "zh")
	b.signIn("office")
	b.visit("/round/schools?stage=junior")
	b.do("open", chromedp.Click(chromedp.CSS(".round-heat tbody td.figures a")), chromedp.WaitVisible(chromedp.CSS("#panel .round-explain")))
	b.quiet()
}
