package store_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/draw"
	"jiaoheng/draw/ceremony"
	"jiaoheng/draw/class"
	"jiaoheng/fault"
	"jiaoheng/person"
	"jiaoheng/publication"
	"jiaoheng/store"
)

// classes computes the draws of these tests.
func classes(a draw.Announcement, lines []string, seed draw.Seed) ([]string, any, error) {
	result, err := class.Lines(a, lines, seed)
	return result, map[string]int{"lines": len(lines)}, err
}

func drawDesk(s *store.Store) *ceremony.Desk {
	return ceremony.New(s, rand.Reader, map[string]ceremony.Run{ceremony.Classes: classes})
}

func holder(t *testing.T, s *store.Store, person_ string, role access.Role, code string) action.Actor {
	t.Helper()
	tree, err := s.Tree(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return action.Actor{Post: access.Post{ID: "post-" + person_, Person: person_, Role: role, Unit: person.At(tree, code)}}
}

// drawDraft is a class draw of three pupils before witnesses.
func drawDraft(t *testing.T, desk *ceremony.Desk) ceremony.Draft {
	t.Helper()
	secret, err := desk.NewSecret()
	if err != nil {
		t.Fatal(err)
	}
	d := ceremony.Draft{Kind: ceremony.Classes, Unit: "2199000001", Title: "一年级编班", Place: "学校礼堂", Held: start.Add(48 * time.Hour), Secret: secret,
		Rules: []draw.Rule{{Key: "classes", Value: "3"}, {Key: "attributes", Value: "0"}, {Key: "scores", Value: "0"}, {Key: "steps", Value: "0"},
			{Key: "tries", Value: "1"}, {Key: "score_steps", Value: "0"}}, Sources: []ceremony.Source{{Kind: draw.Witness, Text: "2"}},
		Tables: []ceremony.Table{{Name: "roster", File: "名册.xlsx", Rows: [][]string{{"学籍号", "姓名"}, {filledIdentity, filledName}}}}}
	for n, name := range []string{filledName, "甲乙", "丙丁"} {
		id := fmt.Sprint(filledIdentity, n)
		d.Roster = append(d.Roster, ceremony.Person{ID: id, Name: name})
		d.Lines = append(d.Lines, "p;"+secret.Who(id)+";;")
	}
	slices.Sort(d.Lines)
	return d
}

// must runs a step and fails the test when it is refused.
func stepped(t *testing.T, name string) func(ceremony.Draw, error) ceremony.Draw {
	t.Helper()
	return func(d ceremony.Draw, err error) ceremony.Draw {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return d
	}
}

// fillDraw leads a draw to its published result.
func fillDraw(t *testing.T, s *store.Store) ceremony.Draw {
	t.Helper()
	ctx, desk := context.Background(), drawDesk(s)
	clerk, head := holder(t, s, "clerk", access.SchoolClerk, "2199000001"), holder(t, s, "head", access.SchoolHead, "2199000001")
	d := stepped(t, "prepare")(desk.Prepare(ctx, clerk, drawDraft(t, desk)))
	d = stepped(t, "fix")(desk.Fix(ctx, clerk, d.ID, d.Version))
	d = stepped(t, "announce")(desk.Announce(ctx, head, d.ID, d.Version))
	d = stepped(t, "open")(desk.OpenWitness(ctx, clerk, d.ID, 0))
	for _, word := range []string{"春风", "秋月", "冬雪"} {
		if _, err := desk.Commit(ctx, strings.ToLower(d.Code), draw.Commit(word), false); err != nil {
			t.Fatal(err)
		}
	}
	d = stepped(t, "close")(desk.CloseWitness(ctx, clerk, d.ID, 0))
	for _, word := range []string{"秋月", "春风"} {
		if _, err := desk.Tell(ctx, d.Code, word); err != nil {
			t.Fatal(err)
		}
	}
	d = stepped(t, "end")(desk.EndReveal(ctx, clerk, d.ID, 0))
	d = stepped(t, "seed")(desk.EnterValues(ctx, clerk, d.ID, 0, nil))
	d = stepped(t, "confirm")(desk.Confirm(ctx, head, d.ID, 0))
	d = stepped(t, "run")(desk.Run(ctx, head, d.ID))
	d = stepped(t, "propose")(desk.Propose(ctx, clerk, d.ID, 0))
	return stepped(t, "publish")(desk.Publish(ctx, head, d.ID, 0))
}

func TestADrawGoesItsWayAndCanBeVerified(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		if _, err := s.UnitsImport(ctx, action.TheProgram(), county(), false); err != nil {
			t.Fatal(err)
		}
		d, desk := fillDraw(t, s), drawDesk(s)
		office := holder(t, s, "office", access.BureauOffice, "990121")
		if faults, err := desk.Verify(ctx, office, d.ID); err != nil || len(faults) > 0 {
			t.Errorf("verify: %v %v", faults, err)
		}
		seen, err := desk.Public(ctx, d.ID)
		if err != nil || seen.Proof == nil || len(seen.Leaves) != 3 {
			t.Fatalf("public: %+v %v", seen, err)
		}
		if _, _, err := seen.Proof.Check(); err != nil {
			t.Error(err)
		}
		if want := []string{"reveal 1 1 春风", "reveal 1 2 秋月", "silent 1 3"}; strings.Join(d.Seed[3:], "|") != strings.Join(want, "|") {
			t.Errorf("seed: %v", d.Seed)
		}
		notice, err := s.Publication(ctx, d.Notice)
		if err != nil || notice.State != publication.Published || notice.Preparer != "clerk" || notice.Approver != "head" {
			t.Errorf("publication: %+v %v", notice, err)
		}
		if all, err := desk.PublicList(ctx, 10); err != nil || len(all) != 1 {
			t.Errorf("list: %v %v", all, err)
		}
	})
}

// refuses checks that a step was refused for a reason.
func refuses(t *testing.T) func(what string, err error, code string) {
	t.Helper()
	return func(what string, err error, code string) {
		t.Helper()
		if !firstCode(err, code) {
			t.Errorf("%s: got %v, want %s", what, err, code)
		}
	}
}

// Whatever was announced stays: no other draft, not by the same person, no number that was known before.
func TestWhatADrawRefusesBeforeItIsAnnounced(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		if _, err := s.UnitsImport(ctx, action.TheProgram(), county(), false); err != nil {
			t.Fatal(err)
		}
		desk := drawDesk(s)
		clerk, teacher := holder(t, s, "clerk", access.SchoolClerk, "2199000001"), holder(t, s, "teacher", access.Teacher, "2199000001")
		refused := refuses(t)
		draft := drawDraft(t, desk)
		_, err := desk.Prepare(ctx, teacher, draft)
		refused("a teacher prepares", err, "action.refused")
		lists := draft
		lists.Kind = ceremony.Lists
		_, err = desk.Prepare(ctx, clerk, lists)
		refused("a school draws from lists", err, "action.refused")
		bare := draft
		bare.Lines, bare.Sources, bare.Held = nil, nil, start.Add(-time.Hour)
		d := stepped(t, "prepare")(desk.Prepare(ctx, clerk, bare))
		_, err = desk.Fix(ctx, clerk, d.ID, d.Version)
		if got := len(fault.Of(err)); got != 3 {
			t.Errorf("nothing is ready: %d faults, want 3: %v", got, err)
		}
		late := draft
		late.Sources = []ceremony.Source{{Kind: draw.Lottery, Text: "双色球 2026001 期", Known: start}}
		d = stepped(t, "replace")(desk.Replace(ctx, clerk, d.ID, d.Version, late))
		_, err = desk.Fix(ctx, clerk, d.ID, d.Version)
		refused("numbers that are known", err, "draw.event.source_known_already")
		d = stepped(t, "replace")(desk.Replace(ctx, clerk, d.ID, d.Version, draft))
		d = stepped(t, "fix")(desk.Fix(ctx, clerk, d.ID, d.Version))
		_, err = desk.Replace(ctx, clerk, d.ID, d.Version, draft)
		refused("a change after fixing", err, "draw.event.fixed")
		_, err = desk.Announce(ctx, clerk, d.ID, d.Version)
		refused("a clerk approves", err, "action.refused")
		_, err = desk.Announce(ctx, holder(t, s, "clerk", access.SchoolHead, "2199000001"), d.ID, d.Version)
		refused("the same person under another post", err, "draw.event.second_person")
		_, _, err = desk.Present(ctx, d.Code)
		refused("witnesses before the announcement", err, "draw.event.not_found")
	})
}

// The ceremony has one order, and its result stays alone.
func TestWhatACeremonyRefuses(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		if _, err := s.UnitsImport(ctx, action.TheProgram(), county(), false); err != nil {
			t.Fatal(err)
		}
		desk, refused := drawDesk(s), refuses(t)
		clerk, head := holder(t, s, "clerk", access.SchoolClerk, "2199000001"), holder(t, s, "head", access.SchoolHead, "2199000001")
		office := holder(t, s, "office", access.BureauOffice, "990121")
		d := stepped(t, "prepare")(desk.Prepare(ctx, clerk, drawDraft(t, desk)))
		d = stepped(t, "fix")(desk.Fix(ctx, clerk, d.ID, d.Version))
		d = stepped(t, "announce")(desk.Announce(ctx, head, d.ID, d.Version))
		_, err := desk.EnterValues(ctx, clerk, d.ID, 0, nil)
		refused("values before witnesses", err, "draw.event.witnesses_first")
		d = stepped(t, "open")(desk.OpenWitness(ctx, clerk, d.ID, 0))
		if _, err = desk.Commit(ctx, d.Code, draw.Commit("一"), false); err != nil {
			t.Fatal(err)
		}
		_, err = desk.Commit(ctx, d.Code, draw.Commit("一"), false)
		refused("a word twice", err, "draw.event.word_taken")
		_, err = desk.CloseWitness(ctx, clerk, d.ID, 0)
		refused("too few witnesses", err, "draw.event.witnesses_few")
		_, err = desk.Tell(ctx, d.Code, "一")
		refused("a word before closing", err, "draw.event.not_now.revealing")
		if _, err = desk.Commit(ctx, d.Code, draw.Commit("二"), false); err != nil {
			t.Fatal(err)
		}
		d = stepped(t, "close")(desk.CloseWitness(ctx, clerk, d.ID, 0))
		_, err = desk.Commit(ctx, d.Code, draw.Commit("三"), false)
		refused("a hash after closing", err, "draw.event.not_now.witnessing")
		_, err = desk.Tell(ctx, d.Code, "三")
		refused("a word without hash", err, "draw.event.word_unknown")
		d = stepped(t, "end")(desk.EndReveal(ctx, clerk, d.ID, 0))
		d = stepped(t, "seed")(desk.EnterValues(ctx, clerk, d.ID, 0, nil))
		_, err = desk.Confirm(ctx, clerk, d.ID, 0)
		refused("own values", err, "draw.event.second_person")
		d = stepped(t, "confirm")(desk.Confirm(ctx, office, d.ID, 0))
		d = stepped(t, "run")(desk.Run(ctx, office, d.ID))
		again := stepped(t, "run again")(desk.Run(ctx, office, d.ID))
		if again.Version != d.Version {
			t.Error("a second run changed the draw")
		}
		err = action.Do(ctx, s, action.TheProgram(), action.Write{Name: "draw.action.run", Do: func(ctx context.Context, _ action.Tx) error {
			return s.DrawResultInsert(ctx, ceremony.Result{Commitment: d.Commitment, Draw: "other", Seed: "s", Digest: "d"})
		}})
		refused("a second result", err, "draw.event.second_result")
		_, err = desk.Roster(ctx, office, d.ID)
		refused("the bureau looks at names of a school", err, "action.refused")
		_, err = desk.Look(ctx, clerk, d.ID, 1, " ")
		refused("a look without a reason", err, "draw.event.reason_wanted")
		if one, err := desk.Look(ctx, clerk, d.ID, 1, "核对姓名"); err != nil || one.Name != filledName {
			t.Errorf("a look: %v %v", one, err)
		}
		_, err = desk.Withdraw(ctx, clerk, d.ID, 0, "有误")
		refused("a clerk withdraws what is public", err, "action.refused")
		d = stepped(t, "withdraw")(desk.Withdraw(ctx, head, d.ID, 0, "名册有误"))
		if notice, err := s.Publication(ctx, d.Notice); err != nil || notice.State != publication.Withdrawn || notice.Reason != "名册有误" {
			t.Errorf("publication: %+v %v", notice, err)
		}
		fresh := stepped(t, "again")(desk.Again(ctx, clerk, d.ID))
		if fresh.Before != d.ID || fresh.State != ceremony.Prepared || fresh.Frozen || fresh.Code == d.Code {
			t.Errorf("again: %+v", fresh)
		}
	})
}

// No file of the data folder holds a name or a number that was handed over for a draw.
func TestNamesOfADrawAreSealed(t *testing.T) {
	folder := t.TempDir()
	s := mustOpen(t, store.Options{DataDir: folder, KeyFile: testKey, Clock: func() time.Time { return start }})
	if _, err := s.UnitsImport(context.Background(), action.TheProgram(), county(), false); err != nil {
		t.Fatal(err)
	}
	fillDraw(t, s)
	s.Close()
	files, err := filepath.Glob(folder + "/*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			continue // a folder
		}
		for _, value := range []string{filledName, filledIdentity} {
			if bytes.Contains(data, []byte(value)) {
				t.Errorf("%s holds %s", filepath.Base(file), value)
			}
		}
	}
}
