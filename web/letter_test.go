package web

import (
	"context"
	"io"
	"strings"
	"testing"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/demo"
	"jiaoheng/letter"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// letterDeclared is a kind of letter of a register that no pack holds: its pages must work all the same.
func letterDeclared() (*pack.Letter, *pack.Register) {
	title := &pack.Column{Name: "title", Title: pack.Text{Chinese: "问题", English: "Finding"}, Type: pack.Line}
	return &pack.Letter{Name: "old_notice", Title: pack.Text{Chinese: "旧式通知书", English: "Old notice"}, Series: "old", Number: "教旧〔{{year}}〕{{number}}号",
		Heading: "关于{{title}}的通知", To: "{{unit}}", Signed: "{{bureau}}", Body: []string{"请处理：{{title}}。"}}, &pack.Register{Name: "old.finding", Columns: []*pack.Column{title}}
}

// issueLetter sends a letter about a row of a unit.
func (s *site) issueLetter(title, unitCode string) string {
	s.Helper()
	declared, of := letterDeclared()
	office := letter.NewOffice(&pack.Set{}, s.store)
	thing := access.Thing{Class: access.Record, Unit: access.Unit{Code: unitCode}}
	var id string
	err := action.Do(context.Background(), s.store, action.TheProgram(), action.Write{Name: "round.action.keep", Thing: thing, Do: func(ctx context.Context, tx action.Tx) (err error) {
		id, _, err = office.Issue(ctx, tx, action.TheProgram(), declared, letter.Of{Register: of, Day: period.Date{Year: 2026, Month: 3, Day: 8}, Thing: thing,
			Row: register.Row{ID: "r1", Unit: unitCode, Cells: []register.Cell{{Known: true, Text: title}}}})
		return err
	}})
	if err != nil {
		s.Fatal(err)
	}
	return id
}

func TestLettersAreListedShownAndDownloadedByWhoSeesTheRow(t *testing.T) {
	s := demoSite(t)
	head, err := s.store.AccountByLogin(context.Background(), "head")
	if err != nil {
		t.Fatal(err)
	}
	posts, err := s.store.PostsOf(context.Background(), head.Person)
	if err != nil {
		t.Fatal(err)
	}
	own := s.issueLetter("围墙开裂", posts[0].Unit)
	other := s.issueLetter("门窗破损", demo.BureauCode)

	s.forget()
	s.post(200, "/signin", "login", "office", "password", demo.Password)
	list := s.see(200, "/letter?words=教旧")
	s.has(list, "教旧〔2026〕1号", "关于围墙开裂的通知", "教旧〔2026〕2号", "共 2 份", "旧式通知书")
	if found := s.see(200, "/letter?words=门窗"); strings.Contains(found, "围墙开裂") || !strings.Contains(found, "共 1 份") {
		t.Error("the list is not narrowed by words")
	}
	s.has(s.see(200, "/letter?words=没有这份"), "没有符合条件的公文")
	s.has(s.see(200, "/letter/"+own), "澄源县教育局文件", "请处理：围墙开裂。", "2026年3月8日", "/record/old.finding/row/r1", "SHA-256")
	for _, address := range []string{"/letter/" + own + "/file", "/letter/export?year=2026"} {
		if file := s.file(address); !strings.HasPrefix(file, "PK") {
			t.Errorf("%s is no document", address)
		}
	}

	s.forget()
	s.post(200, "/signin", "login", "head", "password", demo.Password)
	if list := s.see(200, "/letter"); !strings.Contains(list, "围墙开裂") || strings.Contains(list, "门窗破损") {
		t.Error("a school head sees other letters than those of the school")
	}
	s.see(404, "/letter/"+other)
	s.see(404, "/letter/"+other+"/file")
	s.see(403, "/admin/letter")
}

// file asks for a file.
func (s *site) file(path string) string {
	s.Helper()
	answer, err := s.client.Get(s.server.URL + path)
	if err != nil {
		s.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != 200 {
		s.Fatalf("%s: status %d, %v", path, answer.StatusCode, err)
	}
	return string(data)
}
