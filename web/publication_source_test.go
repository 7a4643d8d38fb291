package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/record"
	"jiaoheng/register"
)

// villageSchool is a school of the demo in another town than ownSchool.
const villageSchool = "2199000020"

// keep makes rows of the register of lessons at a unit and moves some of them on.
func (s *site) keep(unitCode string, rows, moved int) {
	s.Helper()
	ctx := context.Background()
	desk, err := openDesk(ctx, s.store)
	if err != nil {
		s.Fatal(err)
	}
	records := Records(desk.Set(), s.store)
	text := func(t string) register.Cell { return register.Cell{Known: true, Text: t} }
	for n := range rows {
		given := map[string]register.Cell{"observer": text("T1"), "heard_on": text(s.store.Today().String()), "lesson_topic": text(fmt.Sprint("第", n+1, "课")),
			"lesson_class": text("三年级1班"), "lesson_subject": text("chinese"), "lessons_heard": {Known: true, Number: 1}, "dropped_in": {Known: true, Number: 1}}
		row, err := records.Create(ctx, action.TheProgram(), record.Draft{Register: "observed_lesson", Unit: unitCode, Cells: given})
		if err == nil && n < moved {
			_, err = records.Move(ctx, action.TheProgram(), record.Move{Register: "observed_lesson", Row: row.ID, Event: "sampled", Day: s.store.Today()})
		}
		if err != nil {
			s.Fatal(err)
		}
	}
}

// teachers stores a list of teachers of a unit, who owe lessons.
func (s *site) teachers(unitCode string, count int) {
	s.Helper()
	ctx := context.Background()
	desk, err := openDesk(ctx, s.store)
	if err != nil {
		s.Fatal(err)
	}
	posts, _ := desk.Scope().Register("teaching_post")
	var rows []register.Row
	for i := range count {
		cells := make([]register.Cell, len(posts.Columns))
		for n, c := range posts.Columns {
			cells[n] = map[string]register.Cell{"staff_no": {Known: true, Text: fmt.Sprintf("%s-%d", unitCode, i)}, "staff_name": {Known: true, Text: "欧阳青山"},
				"post": {Known: true, Text: "teacher"}, "on_post": {Known: true, Number: 1}}[c.Name]
		}
		rows = append(rows, register.Row{Unit: unitCode, Cells: cells, Origin: register.Origin{Kind: "file", File: "posts.csv", Row: i + 2}})
	}
	err = action.Do(ctx, s.store, action.TheProgram(), action.Write{Name: "register.action.import", Thing: access.Thing{Class: access.Fact},
		Do: func(ctx context.Context, _ action.Tx) error {
			_, err := s.store.RegisterUpsert(ctx, posts, register.Batch{Rows: rows})
			return err
		}})
	if err != nil {
		s.Fatal(err)
	}
}

var (
	tableRow  = regexp.MustCompile(`(?s)<tr>(.*?)</tr>`)
	tableCell = regexp.MustCompile(`<t[dh][^>]*>([^<]*)</t[dh]>`)
	offered   = regexp.MustCompile(`href="(/publication/new\?[^"]+)"`)
)

// publicRows returns the rows of the tables of a page of a publication.
func publicRows(page string) (rows []string) {
	if _, public, found := strings.Cut(page, `class="portal-table"`); found {
		page = public
	} else {
		_, page, _ = strings.Cut(page, `class="publication-table"`)
	}
	for _, row := range tableRow.FindAllStringSubmatch(page, -1) {
		var cells []string
		for _, cell := range tableCell.FindAllStringSubmatch(row[1], -1) {
			cells = append(cells, cell[1])
		}
		rows = append(rows, strings.Join(cells, " "))
	}
	return rows
}

// publish prepares a publication as office from where a page offers it, approves it as leader and returns its id.
func (s *site) publish(page, title string, want []string) (id string) {
	s.Helper()
	s.signIn("office")
	link := offered.FindStringSubmatch(s.see(200, page))
	if link == nil {
		s.Fatalf("%s offers no publication", page)
	}
	address := strings.ReplaceAll(link[1], "&amp;", "&")
	if got := publicRows(s.see(200, address)); strings.Join(got, "\n") != strings.Join(want, "\n") {
		s.Errorf("%s: the form shows\n%s\nwant\n%s", address, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	_, query, _ := strings.Cut(address, "?")
	s.post(200, "/publication?"+query, "title", title, "kind", "figures", "day", "2026-03-15", "text", "")
	id = regexp.MustCompile(`/publication/([0-9a-z]{26})"[^>]*>` + title).FindStringSubmatch(s.see(200, "/publication"))[1]
	if got := publicRows(s.see(200, "/publication/"+id)); strings.Join(got, "\n") != strings.Join(want, "\n") {
		s.Errorf("%s: the desk shows\n%s", address, strings.Join(got, "\n"))
	}
	s.post(403, "/publication/"+id+"/approve", "version", "1")
	s.signIn("leader")
	s.post(200, "/publication/"+id+"/approve", "version", "1")
	status, public, _ := s.open("/public/" + id)
	if got := publicRows(public); status != 200 || strings.Join(got, "\n") != strings.Join(want, "\n") {
		s.Errorf("%s: the public sees %d\n%s", address, status, strings.Join(got, "\n"))
	}
	_, content, _ := s.open("/public/" + id + "/content")
	_, document, _ := s.open("/public/" + id + "/json")
	var read struct{ SHA256 string }
	if err := json.Unmarshal([]byte(document), &read); err != nil {
		s.Fatal(err)
	}
	if sum := sha256.Sum256([]byte(content)); hex.EncodeToString(sum[:]) != read.SHA256 {
		s.Errorf("the hash %s is not that of %s", read.SHA256, content)
	}
	if strings.Contains(content, "欧阳") || strings.Contains(content, ownSchool+"-") {
		s.Errorf("a person is named: %s", content)
	}
	return id
}

// 27 rows at one school, 15 of them moved on, and 23 at another, 20 moved on: the three that were not are hidden, and with them
// as much as is needed so that the sums do not tell them.
func TestCountsOfARegisterAndOfAQuotaAreMadePublic(t *testing.T) {
	s := newSite(t)
	s.county("office", "leader", "basic", "head", "inspector")
	s.keep(ownSchool, 27, 15)
	s.keep(villageSchool, 23, 20)
	id := s.publish("/record/observed_lesson", "听评课登记情况", []string{
		"单位 已登记 抽查待核实 核实属实 核实不属实 合计",
		"澄阳镇 * * 0 0 27",
		"青崖乡 * * 0 0 23",
		"合计 15 35 0 0 50"})
	s.has(s.post(200, "/publication/"+id+"/withdraw", "version", "2", "reason", "数据重新核对"), "已撤回")
	if _, page, _ := s.open("/public/" + id); !strings.Contains(page, "数据重新核对") || strings.Contains(page, "publication-table") {
		t.Error("what was withdrawn is still shown")
	}

	// Nobody noted lessons under the numbers of these teachers, so all of them lack theirs.
	s.teachers(ownSchool, 12)
	s.teachers(villageSchool, 3)
	s.publish("/quota/lesson_observation", "听评课节数完成情况", []string{
		"学校 已完成 未完成 无法判定 应完成人数",
		"澄源县实验小学 0 * 0 *",
		"青崖乡滴水岩小学 0 * 0 *",
		"合计 0 15 0 15"})

	s.signIn("head")
	for _, page := range []string{"/record/observed_lesson", "/quota/lesson_observation"} {
		if offered.MatchString(s.see(200, page)) {
			t.Errorf("%s: a school is offered to make it public", page)
		}
	}
	s.see(403, "/publication/new?register=observed_lesson")
	s.signIn("office")
	s.see(404, "/publication/new?register=nothing")
	s.see(404, "/publication/new?quota=nothing")
	s.see(404, "/publication/new?register=teaching_post")
	s.has(s.see(200, "/publication/new?quota=lesson_observation"), "小于10", "数据公开工作惯例", "没有“学校岗位名册”，未列入")
}
