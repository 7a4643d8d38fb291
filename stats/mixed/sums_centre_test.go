package mixed

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// TestShardsAboutTheirOwnMeansMakeTheWhole merges three shards, each summed about its own means, in two orders.
func TestShardsAboutTheirOwnMeansMakeTheWhole(t *testing.T) {
	rows := pupils(9_000, 5)
	formula := "y ~ x + sex + (1 | county/school)"
	whole := scanText(t, pupilTitles+strings.Join(rows, "\n"), formula, ScanOptions{})
	var shards []*Sums
	for k := range 3 {
		shards = append(shards, scanText(t, pupilTitles+strings.Join(rows[3000*k:3000*k+3000], "\n"), formula, ScanOptions{}))
	}
	merged, err := MergeAll(shards)
	if err != nil {
		t.Fatal(err)
	}
	other, err := MergeAll([]*Sums{shards[2], shards[0], shards[1]})
	if err != nil {
		t.Fatal(err)
	}
	one, err := json.Marshal(merged)
	if err != nil {
		t.Fatal(err)
	}
	if two, err := json.Marshal(other); err != nil || string(one) != string(two) {
		t.Errorf("another order of the shards gives other digits (%v)", err)
	}
	if merged.Rows() != whole.Rows() || merged.Missing != whole.Missing || merged.Cells() != whole.Cells() {
		t.Fatalf("%d rows, %d missing, %d cells; want %d, %d, %d", merged.Rows(), merged.Missing, merged.Cells(), whole.Rows(), whole.Missing, whole.Cells())
	}
	for i, centre := range whole.Centre {
		if math.Abs(merged.Centre[i]-centre) > 1e-10*math.Abs(centre) {
			t.Errorf("centre %d is %v, want %v", i, merged.Centre[i], centre)
		}
	}
	for _, method := range []Method{REML, ML} {
		a, err := Fit(whole, Options{Method: method})
		if err != nil {
			t.Fatal(err)
		}
		b, err := Fit(merged, Options{Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(a.LogLik-b.LogLik) > 1e-10*math.Abs(a.LogLik) {
			t.Errorf("%s: log-likelihood %.12f, want %.12f", method, b.LogLik, a.LogLik)
		}
		for i := range a.Coefficient {
			if math.Abs(a.Coefficient[i].Value-b.Coefficient[i].Value) > 1e-7*a.Coefficient[i].SE {
				t.Errorf("%s: %s is %v, want %v", method, a.Coefficient[i].Name, b.Coefficient[i].Value, a.Coefficient[i].Value)
			}
		}
	}
}

// TestMergeAllRefusesOtherColumns has shards whose factor has other levels.
func TestMergeAllRefusesOtherColumns(t *testing.T) {
	one := scanText(t, "y,s,g\n1,a,u\n2,b,u\n3,b,v\n", "y ~ s + (1 | g)", ScanOptions{})
	two := scanText(t, "y,s,g\n1,a,u\n2,c,u\n3,c,v\n", "y ~ s + (1 | g)", ScanOptions{})
	if _, err := MergeAll([]*Sums{one, two}); err == nil || !strings.Contains(err.Error(), "--levels") {
		t.Errorf("got %v", err)
	}
}
