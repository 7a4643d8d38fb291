package store_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/person"
	"jiaoheng/secret"
	"jiaoheng/store"
)

// fill writes at least one row into every table, through the same actions as the program.
func fill(t *testing.T, s *store.Store) {
	t.Helper()
	ctx := context.Background()
	for range 2 {
		do(t, s, func(ctx context.Context, tx action.Tx) error {
			_, err := tx.Next(ctx, "letter.2026")
			return err
		})
	}
	for i := range 3 {
		if err := s.Sessions().CommitCtx(ctx, fmt.Sprint("token", i), []byte("data"), start.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.UnitsImport(ctx, action.TheProgram(), county(), false); err != nil {
		t.Fatal(err)
	}
	fillRegisters(t, s)
	fillExams(t, s)
	fillRecords(t, s)
	fillUnitEvent(t, s)
	fillBoundaries(t, s)
	fillHolidays(t, s)
	fillQuotaDraws(t, s)
	fillWhatIf(t, s)
	fillRound(t, s)
	fillLetters(t, s)
	fillPublication(t, s)
	fillAppraisal(t, s)
	fillStudy(t, s)
	fillSample(t, s)
	fillDraw(t, s)
	report := fillReport(t, s)
	for range 2 { // no two series stand at the same number
		do(t, s, func(ctx context.Context, tx action.Tx) error {
			_, err := tx.Next(ctx, fmt.Sprintf("report.monthly.%s.%d", report.Report.Unit, start.Year()))
			return err
		})
	}
	fillPlan(t, s)
	fillSplit(t, s)
	fillBindings(t, s)
	fillDuties(t, s)
	fillAmendment(t, s)
	fillLook(t, s)
	p, _ := fillPersons(t, s)
	fillNotices(t, s, p.ID)
	ask(t, s, "good")
	addAttachment(t, s, []byte("会议记录"), true)
	master, err := secret.ParseMaster(strings.Repeat("ab", 32))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ChangeMaster(ctx, action.TheProgram(), master); err != nil {
		t.Fatal(err)
	}
}

func do(t *testing.T, s *store.Store, write func(ctx context.Context, tx action.Tx) error) {
	t.Helper()
	err := action.Do(context.Background(), s, action.TheProgram(), action.Write{Name: "store.action.start", Thing: access.Thing{Class: access.System}, Do: write})
	if err != nil {
		t.Fatal(err)
	}
}

// The personal values that fill stores; no file of the data folder may hold one of them.
const (
	filledName     = "欧阳测试甲"
	filledPhone    = "13900012345"
	filledIdentity = "11010519491231002X"
	filledLogin    = "ouyang.jia"
)

// hasher is cheap: the cost of the official one is not what these tests are about.
func hasher(t *testing.T) *person.Hasher {
	t.Helper()
	h, err := person.NewHasher(person.Cost{Memory: 64, Passes: 1, Threads: 1}, 2, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

const goodPassword = "Zhong-Guo-77"

// fillPersons makes a person with post, account, links, and one wrong password.
func fillPersons(t *testing.T, s *store.Store) (person.Person, person.Account) {
	t.Helper()
	ctx, h, actor := context.Background(), hasher(t), action.TheProgram()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := person.MakeFirstLink(ctx, s, rand.Reader); err != nil {
		t.Fatal(err)
	}
	where := access.Unit{Code: "110000"}
	p, err := person.Create(ctx, s, actor, where, person.Person{Name: filledName, Phone: filledPhone, Identity: filledIdentity})
	must(err)
	_, err = person.CreatePost(ctx, s, actor, where, person.Post{Person: p.ID, Role: access.SchoolClerk, From: "2026-09-01"})
	must(err)
	account, err := person.CreateAccountWithPassword(ctx, s, h, actor, where, p.ID, filledLogin, goodPassword)
	must(err)
	_, err = person.MakeResetLink(ctx, s, actor, where, account.ID, rand.Reader)
	must(err)
	if _, err := person.SignIn(ctx, s, h, start, filledLogin, "wrong", "10.0.0.1"); err == nil {
		t.Fatal("signed in with a wrong password")
	}
	p, err = s.Person(ctx, p.ID)
	must(err)
	return p, account
}
