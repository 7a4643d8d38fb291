package reading_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiaoheng/plan/reading"
)

type entry struct {
	name, text string
	key        key
}

// corpus reads every NAME.txt with its NAME.json in folder.
func corpus(t *testing.T, folder string) []entry {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var all []entry
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(strings.TrimSuffix(file, ".txt") + ".json")
		if err != nil {
			t.Fatal(err)
		}
		e := entry{name: strings.TrimSuffix(filepath.Base(file), ".txt"), text: string(text)}
		if err := json.Unmarshal(data, &e.key); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = append(all, e)
	}
	if len(all) == 0 {
		t.Fatalf("%s holds no documents", folder)
	}
	return all
}

// asDraft is what a reader without any error would return for the key.
func (k key) asDraft() reading.Draft {
	d := reading.Draft{Meta: k.Meta.Meta, Tasks: k.Tasks, Projects: k.Projects, Mechanisms: k.Mechanisms}
	for _, h := range k.Outline {
		d.Outline = append(d.Outline, h.Heading)
	}
	for _, q := range k.Targets {
		d.Targets = append(d.Targets, q.Quantity)
	}
	for _, q := range k.Facts {
		d.Facts = append(d.Facts, q.Quantity)
	}
	return d
}

func TestKeysQuoteTheirText(t *testing.T) {
	for _, e := range corpus(t, "testdata/corpus") {
		quoted := func(id, sentence string) {
			if sentence == "" || !strings.Contains(e.text, sentence) {
				t.Errorf("%s %s: %q does not stand in the text", e.name, id, sentence)
			}
		}
		for _, q := range append(e.key.Targets, e.key.Facts...) {
			quoted(q.ID, q.Sentence)
		}
		for _, x := range e.key.Tasks {
			quoted(x.ID, x.Sentence)
		}
		for _, x := range e.key.Projects {
			quoted(x.ID, x.Sentence)
		}
		for _, x := range e.key.Mechanisms {
			quoted(x.ID, x.Sentence)
		}
		for _, h := range e.key.Outline {
			quoted(h.ID, h.Title)
		}
	}
}

func TestKeyAgainstItselfIsPerfect(t *testing.T) {
	for _, e := range corpus(t, "testdata/corpus") {
		for kind, tally := range compare(e.key, e.key.asDraft()) {
			if tally.missed+tally.extra+tally.confused > 0 || tally.datesOK != tally.dates || tally.basesOK != tally.bases || tally.ownersOK != tally.owners {
				t.Errorf("%s %s: %+v", e.name, kind, *tally)
			}
		}
	}
}

func TestScorerSeesMistakes(t *testing.T) {
	all := newResult()
	facts := 0
	for _, e := range corpus(t, "testdata/corpus") {
		wrong := e.key.asDraft()
		wrong.Targets, wrong.Facts = append(wrong.Targets, wrong.Facts...), nil
		wrong.Tasks, wrong.Outline = nil, nil
		for kind, tally := range compare(e.key, wrong) {
			all[kind].add(*tally)
		}
		for _, f := range e.key.Facts {
			if f.Optional == "" {
				facts++
			}
		}
	}
	if got := all["targets"].confused; float64(got) < 0.9*float64(facts) {
		t.Errorf("%d of %d facts among the targets were seen", got, facts)
	}
	for _, kind := range []string{"facts", "tasks", "outline"} {
		if all[kind].hit != 0 || all[kind].missed == 0 {
			t.Errorf("%s left out: %d hits, %d missed", kind, all[kind].hit, all[kind].missed)
		}
	}
}
