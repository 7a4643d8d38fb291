package packtest_test

import (
	"path"
	"strings"
	"testing"

	"jiaoheng"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/packtest"
	"jiaoheng/period"
)

// judged says what the tests of a pack show of one standard.
type judged struct {
	verdicts map[string]bool
	periods  map[period.Period]bool
}

// Every standard with a threshold is shown to pass, to fail and to be undecidable in the tests beside its pack, and is
// judged in two periods at least: before the rule and after it.
func TestEveryThresholdIsShownToPassToFailAndToBeUnknown(t *testing.T) {
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	for _, p := range set.Packs {
		shown := judgements(t, p)
		for _, s := range p.Standards {
			if s.Comparator == "" {
				continue
			}
			found := shown[s.Name]
			for _, verdict := range []string{packtest.Pass, packtest.Fail, packtest.Unknown} {
				if !found.verdicts[verdict] {
					t.Errorf("%s: no test shows %s with the verdict %s", p.Name, s.Name, verdict)
				}
			}
			if len(found.periods) < 2 {
				t.Errorf("%s: %s is judged in %d periods, want the old date and the new one", p.Name, s.Name, len(found.periods))
			}
		}
	}
}

// judgements gathers what the tests of a pack expect of each standard.
func judgements(t *testing.T, p *pack.Pack) map[string]judged {
	t.Helper()
	all := map[string]judged{}
	for _, f := range p.Files {
		if path.Ext(f.Name) != ".itest" {
			continue
		}
		file, faults := packtest.Read(strings.Join([]string{p.Name, f.Name}, "/"), f.Bytes)
		if faults != nil {
			t.Fatal(faults.Text(message.English))
		}
		for _, c := range file.Cases {
			for _, e := range c.Expected {
				if e.What == packtest.Judge {
					note(all, e)
				}
			}
		}
	}
	return all
}

func note(all map[string]judged, e *packtest.Expected) {
	found, known := all[e.Name]
	if !known {
		found = judged{map[string]bool{}, map[period.Period]bool{}}
		all[e.Name] = found
	}
	found.periods[e.Period] = true
	for _, line := range e.Lines {
		found.verdicts[line.Wants[0].Text] = true
	}
}
