package web

import (
	"context"
	"os"
	"strings"
	"testing"

	"jiaoheng"
	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/demo"
	"jiaoheng/letter"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// shippedSet is what the packs of the program declare.
func (s *site) shippedSet() *pack.Set {
	s.Helper()
	set, faults := pack.Load(jiaoheng.Packs, os.DirFS(s.store.DataDir()))
	if len(faults) > 0 {
		s.Fatal(faults.Err())
	}
	return set
}

// issueOf sends a letter about a stored row of a shipped register.
func (s *site) issueOf(set *pack.Set, of *pack.Register, row register.Row, name, heading string) string {
	s.Helper()
	declared := &pack.Letter{Name: name, Title: pack.Text{Chinese: "核实通知书", English: "Notice of a check"}, Register: of.Name, Series: name, Number: "教核〔{{year}}〕{{number}}号",
		Heading: heading, To: "{{unit}}", Signed: "{{bureau}}", Body: []string{"请核实。"}}
	thing := access.Thing{Class: access.Record, Unit: access.Unit{Code: row.Unit}, Subject: of.Subject}
	var id string
	err := action.Do(context.Background(), s.store, action.TheProgram(), action.Write{Name: "round.action.keep", Thing: thing, Do: func(ctx context.Context, tx action.Tx) (err error) {
		id, _, err = letter.NewOffice(set, s.store).Issue(ctx, tx, action.TheProgram(), declared, letter.Of{Register: of, Day: period.Date{Year: 2026, Month: 3, Day: 8}, Thing: thing, Row: row})
		return err
	}})
	if err != nil {
		s.Fatal(err)
	}
	return id
}

// lookedAt counts the entries of the log that say that somebody opened a letter with personal values.
func (s *site) lookedAt() int {
	s.Helper()
	entries, err := s.store.AuditEntries(context.Background(), 0, 50)
	if err != nil {
		s.Fatal(err)
	}
	n := 0
	for _, one := range entries {
		if one.Action == "letter.action.open" && one.Reason != "" && one.Actor.Person != "" {
			n++
		}
	}
	return n
}

// A letter about a row of a register with personal columns is seen at the own school and by the posts that the register names;
// every look at one in which a personal value stands is noted.
func TestALetterAboutPersonsIsSeenByWhoMaySeeTheRow(t *testing.T) {
	s := demoSite(t)
	set := s.shippedSet()
	of, _ := set.Everything().Register("observed_lesson")
	rows, err := s.store.RegisterRows(context.Background(), of, register.Query{Limit: 1})
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	named := s.issueOf(set, of, rows[0], "check_named", "关于{{observer}}听课记录的核实通知")
	plain := s.issueOf(set, of, rows[0], "check_plain", "关于《{{lesson_topic}}》听课记录的核实通知")

	cases := []struct {
		login string
		sees  bool
		list  int // status of the register of letters
	}{
		{"head", true, 200}, {"clerk", true, 200}, {"basic", true, 200}, // the own school; the office that the register names
		{"leader", false, 200}, {"office", false, 200}, {"supervision", false, 200}, {"inspector", false, 200}, {"auditor", false, 200},
		{"town", false, 200}, {"second", false, 200}, {"village", false, 200},
	}
	for _, c := range cases {
		s.enters(c.login)
		before := s.lookedAt()
		list := s.see(c.list, "/letter")
		if got := strings.Contains(list, "听课记录的核实通知"); got != c.sees {
			t.Errorf("%s: the list holds the letters: %v", c.login, got)
		}
		status, looks := 404, 0
		if c.sees {
			status, looks = 200, 1
		}
		page := s.see(status, "/letter/"+named)
		if got := strings.Contains(page, "JZ100"); got != c.sees {
			t.Errorf("%s: the number of the person is shown: %v", c.login, got)
		}
		s.see(status, "/letter/"+plain)
		if got := s.lookedAt() - before; got != looks {
			t.Errorf("%s: %d looks noted, want %d", c.login, got, looks)
		}
		if !c.sees {
			s.see(404, "/letter/"+named+"/file")
			continue
		}
		s.file("/letter/" + named + "/file")
		if got := s.lookedAt() - before; got != 2 {
			t.Errorf("%s: the file was given out without a note: %d", c.login, got)
		}
	}
	s.forget()
	s.post(200, "/signin", "login", "admin", "password", demo.Password)
	s.see(403, "/letter")
	s.see(404, "/letter/"+named)
}
