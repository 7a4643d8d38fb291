package web

import (
	"context"
	"html"
	"strings"
	"testing"
)

const lessons = "/record/observed_lesson"

// rowLooks counts the entries of the log that say that somebody opened the personal cells of a row, and why.
func (s *site) rowLooks(reason string) int {
	s.Helper()
	entries, err := s.store.AuditEntries(context.Background(), 0, 50)
	if err != nil {
		s.Fatal(err)
	}
	n := 0
	for _, one := range entries {
		if one.Action == "record.action.open" && one.Reason == reason && one.Actor.Person != "" {
			n++
		}
	}
	return n
}

// Above the school a register with personal columns shows how many, never who, in whatever way it is looked at.
func TestARegisterOfPersonsShowsCountsAboveTheSchool(t *testing.T) {
	s := registers(t)
	s.as("head")
	row := drawnRow.FindStringSubmatch(s.see(200, lessons))
	if row == nil {
		t.Fatal("the school sees no rows of its own")
	}
	one := lessons + "/row/" + strings.SplitN(html.UnescapeString(row[1]), "?", 2)[0]
	for _, login := range []string{"office", "leader", "inspector"} {
		s.as(login)
		page := s.see(200, lessons)
		s.has(page, "各单位按状态统计", "本台账含个人信息", "澄阳镇", "合计")
		s.lacks(page, lessons+"/board") // no way to what would be refused
		s.see(403, lessons+"/board")
		for _, way := range []string{lessons, lessons + "?only=all&where=lesson_topic:has:%E6%A1%82%E8%8A%B1%E9%9B%A8", lessons + "/silent", lessons + "?unit=" + ownSchool, "/search?text=%E6%A1%82%E8%8A%B1%E9%9B%A8"} {
			shown := s.see(200, way)
			for _, secret := range []string{"桂花雨</", "JZ100", lessons + "/row/"} {
				if strings.Contains(shown, secret) {
					t.Errorf("%s: %s shows %q", login, way, secret)
				}
			}
		}
		s.has(s.see(403, one), "您的岗位只能查看汇总数")
		s.post(403, one+"/open", "look-reason", "想看一看")
	}
	if looks := s.rowLooks("想看一看"); looks != 0 {
		t.Errorf("%d looks that were refused stand in the log as done", looks)
	}
}

// The office that the register names sees its rows, the persons masked; it opens them with a reason, which stays in the log.
func TestTheNamedPostOpensPersonsWithAReason(t *testing.T) {
	s := registers(t)
	s.as("basic")
	list := s.see(200, lessons)
	s.has(list, "桂花雨")
	s.lacks(list, "JZ1001", "各单位按状态统计")
	row := drawnRow.FindStringSubmatch(list)
	if row == nil {
		t.Fatal("the named post sees no rows")
	}
	one := lessons + "/row/" + strings.SplitN(html.UnescapeString(row[1]), "?", 2)[0]
	s.lacks(s.see(200, one), "JZ100")
	const reason = "核实抽查的听评课记录"
	s.lacks(s.post(422, one+"/open", "look-reason", ""), "JZ100")
	if looks := s.rowLooks(reason); looks != 0 {
		t.Errorf("%d looks before the first one", looks)
	}
	s.has(s.post(200, one+"/open", "look-reason", reason), "JZ100")
	if looks := s.rowLooks(reason); looks != 1 {
		t.Errorf("%d looks stand in the log, want 1", looks)
	}
	s.lacks(s.see(200, one), "JZ100") // masked again
}
