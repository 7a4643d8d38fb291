package web

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

var (
	drawings = regexp.MustCompile(`(?s)<svg.*?</svg>`)
	breaks   = regexp.MustCompile(`(<(?:section|div|h1|h2|h3|p|form|nav|table|thead|tbody|tr|ol|ul|li|dl|label|button|details|a class="button)\b)`)
)

// golden compares the main region, without its drawings and one element a line, with testdata/<name>.html.
// go test ./web -run Golden -update writes the files anew.
func (s *site) golden(name, main string) {
	s.Helper()
	main = breaks.ReplaceAllString(drawings.ReplaceAllString(main, ""), "\n$1") + "\n"
	path := filepath.Join("testdata", name+".html")
	if *update {
		if err := os.WriteFile(path, []byte(main), 0o644); err != nil {
			s.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		s.Fatal(err)
	}
	if string(want) != main {
		s.Errorf("%s: the page changed; if it should, run go test ./web -run Golden -update and look at the difference. Now:\n%s", path, main)
	}
}

func TestGoldenPagesOfAnEmptySystem(t *testing.T) {
	s := newSite(t)
	s.golden("signin", s.see(200, "/signin"))
	s.golden("link_dead", s.see(410, "/link/none"))
}

func TestGoldenPagesOfACounty(t *testing.T) {
	s := newSite(t)
	s.county("admin", "office", "teacher")
	s.signIn("office")
	s.golden("home_office", s.see(200, "/"))
	s.signIn("teacher")
	s.golden("home_teacher", s.see(200, "/"))
	s.golden("refused", s.see(403, "/admin/log"))
	s.signIn("admin")
	s.golden("unit_office", s.see(200, "/admin/unit?kind=office"))
	s.golden("unit_none", s.see(200, "/admin/unit?text=none"))
	s.golden("person_new_faults", s.post(422, "/admin/person", "name", "", "phone", "1"))
	s.golden("password", s.see(200, "/password"))
}
