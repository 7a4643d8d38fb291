package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/attachment"
	"jiaoheng/fault"
	"jiaoheng/letter"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/store"
)

// findingsRegister is a register with a title that may be empty.
func findingsRegister() *pack.Register {
	return &pack.Register{Name: "letters.finding", Columns: []*pack.Column{
		{Name: "title", Title: pack.Text{Chinese: "问题", English: "Finding"}, Type: pack.Line},
		{Name: "found_on", Title: pack.Text{Chinese: "发现日期", English: "Found on"}, Type: pack.Date}}}
}

func noticeLetter() *pack.Letter {
	return &pack.Letter{Name: "notice", Title: pack.Text{Chinese: "整改通知书", English: "Notice"}, Register: "letters.finding", Series: "supervision",
		Number: "教督改〔{{year}}〕{{number}}号", Heading: "关于{{title}}的整改通知", To: "{{unit}}", Signed: "{{bureau}}",
		Body: []string{"{{found_on}}检查发现：{{title}}。"}}
}

// issue sends one letter about a row with the title; extra runs in the same transaction.
func issue(s *store.Store, title string, extra func() error) (id, number string, err error) {
	scope := &pack.Set{}
	office := letter.NewOffice(scope, s)
	row := register.Row{ID: "row-" + title, Unit: "2199000001", Cells: []register.Cell{{Known: title != "", Text: title}, {Known: true, Text: "2026-03-05"}}}
	thing := access.Thing{Class: access.Record, Unit: access.Unit{Code: "2199000001"}}
	err = action.Do(context.Background(), s, action.TheProgram(), action.Write{Name: "round.action.keep", Thing: thing, Do: func(ctx context.Context, tx action.Tx) error {
		var err error
		id, number, err = office.Issue(ctx, tx, action.TheProgram(), noticeLetter(), letter.Of{Register: findingsRegister(), Row: row, Event: "notice",
			Day: period.Date{Year: 2026, Month: 3, Day: 8}, Thing: thing})
		return errors.Join(err, extra())
	}})
	return id, number, err
}

func nothing() error { return nil }

// fillLetters issues one letter with a head and a template of the bureau.
func fillLetters(t *testing.T, s *store.Store) (id string) {
	t.Helper()
	ctx := context.Background()
	if err := letter.ChangeHead(ctx, s, action.TheProgram(), letter.Head{Bureau: "澄江县教育局", Organ: "澄江县教育局文件"}); err != nil {
		t.Fatal(err)
	}
	file := attachment.Prepared{Name: "模板.docx", Kind: attachment.Docx, Data: []byte("PK template")}
	if err := letter.UseTemplate(ctx, s, action.TheProgram(), noticeLetter(), file, []string{"title"}); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		one, _, err := issue(s, "消防通道堵塞", nothing)
		if err != nil {
			t.Fatal(err)
		}
		id = one
	}
	return id
}

func TestALetterStaysAsItWasIssued(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		if _, err := s.UnitsImport(ctx, action.TheProgram(), county(), false); err != nil {
			t.Fatal(err)
		}
		id := fillLetters(t, s)
		if err := letter.DropTemplate(ctx, s, action.TheProgram(), noticeLetter()); err != nil {
			t.Fatal(err)
		}
		if err := letter.ChangeHead(ctx, s, action.TheProgram(), letter.Head{Bureau: "别的局", Organ: "别的局文件"}); err != nil {
			t.Fatal(err)
		}
		got, err := s.Letter(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		c := got.Content
		if c.Number != "教督改〔2026〕4号" || c.Heading != "关于消防通道堵塞的整改通知" || !slices.Equal(c.Body, []string{"2026年3月5日检查发现：消防通道堵塞。"}) ||
			c.Signed != "澄江县教育局" || c.Organ != "澄江县教育局文件" || c.To == "" || got.Hash != c.Hash() || got.Template == "" {
			t.Errorf("%+v", got)
		}
		if data, err := letter.TemplateData(ctx, s, got.Template); err != nil || string(data) != "PK template" {
			t.Errorf("template %q %v", data, err)
		}
		if now, err := s.LetterTemplate(ctx, "notice"); err != nil || now.ID != "" {
			t.Errorf("the template is still in use: %+v %v", now, err)
		}
		if all, err := s.Letters(ctx, letter.Query{Register: "letters.finding", Row: got.Row}); err != nil || len(all) != 4 {
			t.Errorf("%v %v", all, err)
		}
		if _, err := s.Letter(ctx, "none"); !errors.Is(err, letter.ErrNotFound) {
			t.Error(err)
		}
		mustVerify(t, s)
	})
}

func TestALetterThatLacksSomethingTakesNoNumber(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		_, _, err := issue(s, "", nothing)
		faults := fault.Of(err)
		var lacking []string
		for _, one := range faults {
			lacking = append(lacking, one.Code+" "+one.Place.Column)
		}
		if want := "letter.lacks title,letter.lacks unit,letter.lacks bureau"; !sameWords(strings.Join(lacking, ","), want) {
			t.Errorf("got %v, want %s: everything that lacks at once", lacking, want)
		}
		if text := fault.Of(err).Text(message.Chinese); !strings.Contains(text, "《整改通知书》需要“问题”") {
			t.Error(text)
		}
		if all, err := s.Letters(ctx, letter.Query{}); err != nil || len(all) != 0 {
			t.Errorf("%v %v", all, err)
		}
	})
}

func sameWords(a, b string) bool {
	x, y := strings.Split(a, ","), strings.Split(b, ",")
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// Eight people issue letters at once and every third action fails after its letter: no number is lost or given twice.
func TestNumbersHaveNoGapAndNoDouble(t *testing.T) {
	const issuers, each = 8, 12
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		if _, err := s.UnitsImport(ctx, action.TheProgram(), county(), false); err != nil {
			t.Fatal(err)
		}
		fillLetters(t, s)
		var wait sync.WaitGroup
		var failed errorList
		for k := range issuers {
			wait.Go(func() {
				for n := range each {
					given := errors.New("the disk is full")
					extra := func() error { return given }
					if n%3 != 0 {
						extra = nothing
					}
					if _, _, err := issue(s, fmt.Sprintf("%d-%d", k, n), extra); (err != nil) != (n%3 == 0) {
						failed.add(err)
					}
				}
			})
		}
		wait.Wait()
		for _, err := range failed.all {
			t.Error(err)
		}
		all, err := s.Letters(ctx, letter.Query{Year: 2026})
		if err != nil {
			t.Fatal(err)
		}
		want := 4 + issuers*each*2/3
		numbers := make([]int64, len(all))
		for i, one := range all {
			numbers[i] = one.Number
		}
		slices.Sort(numbers)
		for i, number := range numbers {
			if number != int64(i+1) {
				t.Fatalf("numbers %v: number %d stands at place %d", numbers, number, i+1)
			}
		}
		if len(numbers) != want {
			t.Errorf("%d letters, want %d", len(numbers), want)
		}
		mustVerify(t, s)
	})
}

type errorList struct {
	sync.Mutex
	all []error
}

func (l *errorList) add(err error) {
	l.Lock()
	defer l.Unlock()
	l.all = append(l.all, fmt.Errorf("a letter ended otherwise than it should: %w", errors.Join(err)))
}
