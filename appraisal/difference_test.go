package appraisal_test

import (
	"testing"

	"jiaoheng/access"
	"jiaoheng/appraisal"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
)

func points(number float64) appraisal.Entry { return appraisal.Entry{Points: &number} }

func finds(holds bool) appraisal.Entry { return appraisal.Entry{Holds: &holds} }

// Two items of 20 points, one of which no scorer looks at, and a veto that a person finds.
func sheet() *pack.Sheet {
	return &pack.Sheet{Scorers: 2, Parts: []*pack.SheetPart{{Name: "work", Items: []*pack.SheetItem{
		{Name: "lessons", Title: pack.Text{Chinese: "教学"}, Points: 20, Checked: true}, {Name: "rate", Points: 20, Automatic: &pack.Automatic{}}}}},
		Vetoes: []*pack.SheetVeto{{Name: "accident", Title: pack.Text{Chinese: "重大事故"}}, {Name: "fees", Indicator: "fees.charged"}}}
}

func TestDifferences(t *testing.T) {
	for _, c := range []struct {
		name  string
		marks []map[string]appraisal.Entry
		want  []string
	}{
		{"one mind", []map[string]appraisal.Entry{{"lessons": points(15), "accident": finds(false)}, {"lessons": points(15), "accident": finds(false)}}, nil},
		{"exactly the limit", []map[string]appraisal.Entry{{"lessons": points(14), "accident": finds(false)}, {"lessons": points(18), "accident": finds(false)}}, nil},
		{"over the limit", []map[string]appraisal.Entry{{"lessons": points(13.9), "accident": finds(false)}, {"lessons": points(18), "accident": finds(false)}}, []string{"lessons"}},
		{"the outer two of three", []map[string]appraisal.Entry{{"lessons": points(12)}, {"lessons": points(14)}, {"lessons": points(17)}}, []string{"lessons"}},
		{"one finds a veto", []map[string]appraisal.Entry{{"lessons": points(15), "accident": finds(true)}, {"lessons": points(15), "accident": finds(false)}}, []string{"accident"}},
		{"both find a veto", []map[string]appraisal.Entry{{"lessons": points(15), "accident": finds(true)}, {"lessons": points(15), "accident": finds(true)}}, nil},
		{"one scorer", []map[string]appraisal.Entry{{"lessons": points(3), "accident": finds(true)}}, nil},
		{"what nobody scores is not compared", []map[string]appraisal.Entry{{"lessons": points(15), "rate": points(0)}, {"lessons": points(15), "rate": points(20)}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var marks []appraisal.Mark
			for _, entries := range c.marks {
				marks = append(marks, appraisal.Mark{Kind: appraisal.OfScorer, Entries: entries, Done: true})
			}
			got := appraisal.Differences(sheet(), marks, 20) // percent of 20 points
			if len(got) != len(c.want) {
				t.Fatalf("%+v, want %v", got, c.want)
			}
			for n, name := range c.want {
				if got[n].Name != name || got[n].Title.Chinese == "" || got[n].Veto != (name == "accident") {
					t.Errorf("%+v, want %s", got[n], name)
				}
			}
		})
	}
}

// Who is appraised never scores, and a person of the unit is that, whatever else the post may do.
func TestNobodyScoresTheOwnUnit(t *testing.T) {
	run := appraisal.Run{Scorers: []string{"anna", "bert"}}
	school, head := appraisal.Case{Unit: "2199000001"}, appraisal.Case{Unit: "2199000001", Person: "bert"}
	at := func(person, unit string) access.Post {
		return access.Post{Person: person, Role: access.Inspector, Unit: access.Unit{Code: unit}}
	}
	for _, c := range []struct {
		name        string
		post        access.Post
		one         appraisal.Case
		own, scores bool
	}{
		{"a scorer of the county", at("anna", "990121"), school, false, true},
		{"a scorer at the school itself", at("anna", "2199000001"), school, true, false},
		{"somebody who is no scorer", at("carl", "990121"), school, false, false},
		{"nobody", at("", "990121"), school, false, false},
		{"the head in person", at("bert", "990121"), head, true, false},
		{"a scorer of the head", at("anna", "990121"), head, false, true},
	} {
		if got := appraisal.IsOf(c.post, c.one); got != c.own {
			t.Errorf("%s: own %v", c.name, got)
		}
		if got := appraisal.IsScorer(c.post, run, c.one); got != c.scores {
			t.Errorf("%s: scores %v", c.name, got)
		}
	}
}

// What a case waits for from the second scorer, from one who has handed in, and from the unit.
func TestWaits(t *testing.T) {
	run := appraisal.Run{Scorers: []string{"anna", "bert"}}
	marks := []appraisal.Mark{{Kind: appraisal.OfScorer, Person: "anna", Done: true}, {Kind: appraisal.OfScorer, Person: "bert"}}
	at := func(person, unit string) access.Post {
		return access.Post{Person: person, Role: access.Inspector, Unit: access.Unit{Code: unit}}
	}
	for _, c := range []struct {
		name  string
		post  access.Post
		state appraisal.State
		want  string
	}{
		{"the unit scores itself", at("head", "2199000001"), appraisal.Self, "appraisal.action.self_done"},
		{"a scorer waits for the unit", at("bert", "990121"), appraisal.Self, ""},
		{"one who has handed in", at("anna", "990121"), appraisal.Checking, ""},
		{"one who has not", at("bert", "990121"), appraisal.Checking, "appraisal.action.check_done"},
		{"both talk", at("anna", "990121"), appraisal.Talking, "appraisal.action.talk"},
		{"the unit does not talk", at("head", "2199000001"), appraisal.Talking, ""},
	} {
		if got := appraisal.Waits(c.post, run, appraisal.Case{Unit: "2199000001", State: c.state}, marks, "2026-05-01"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// A score keeps why there is none: a missing fact is neither zero nor what does not concern the unit.
func TestScoresKeepTheirReasons(t *testing.T) {
	for _, value := range []measure.Value{measure.Of(0), measure.Of(17.5), measure.MissingFor("在校生数"), measure.InvalidBecause(measure.DivisionByZero)} {
		score := appraisal.ScoreOf(value)
		if number, known := value.Number(); known != score.Known || score.Points != number {
			t.Errorf("%s: %+v", value.Text(message.Chinese), score)
		}
		if !score.Known && score.Why.Chinese == "" {
			t.Errorf("%s: no reason in words", value.Text(message.Chinese))
		}
		if back := score.Value(); back.Reason().Kind != value.Reason().Kind {
			t.Errorf("%s came back as %s", value.Text(message.Chinese), back.Text(message.Chinese))
		}
	}
}
