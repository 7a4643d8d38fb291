package web

import (
	"regexp"
	"strings"
	"testing"
)

// A file of living rows holds names of persons and numbers of rows where the store keeps ids.
func TestAnExportNamesPersonsAndRows(t *testing.T) {
	s := demoSite(t)
	s.enters("supervision")
	id := regexp.MustCompile(`[0-9a-z]{26}`)
	for _, c := range []struct{ register, want string }{{"finding", "晏同尘"}, {"finding_item", "问题整改台账 问题〔"}} {
		body, _ := s.fetch(200, "/record/"+c.register+"/export?format=csv&columns=all&only=all")
		if !strings.Contains(body, c.want) || id.MatchString(body) {
			t.Errorf("%s: %q is not in the file, or an id is (%q):\n%.800s", c.register, c.want, id.FindString(body), body)
		}
	}
}
