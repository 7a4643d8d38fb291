package item_test

import (
	"testing"

	"jiaoheng/stats/item"
)

// A table that can be done by hand: two totals, one item of two, both groups at each total.
func TestOddsByHand(t *testing.T) {
	// at total 1: first group 3 right 1 wrong, second group 1 right 3 wrong
	d := item.Data{Groups: []string{"f", "m"}, Group: []uint8{0, 0, 0, 0, 1, 1, 1, 1, 0, 1, item.NoGroup}}
	columns := [][]float64{{1, 1, 1, 0, 1, 0, 0, 0, 0, 1, 1}, {0, 0, 0, 1, 0, 1, 1, 1, 0, 1, 0}}
	got := analyse(t, d, columns, item.Options{Classes: item.Classes{Small: 1, Large: 1.5, Level: 0.05}}).Functioning
	first := got.Items[0]
	if first.Strata != 1 || got.Counts[0] != 5 || got.Counts[1] != 5 {
		t.Fatalf("%+v", got)
	}
	near(t, "odds", *first.Alpha, 1.0/9) // wrong first × right second / (right first × wrong second) = 1·1/(3·3)
	// expected wrong in the first group 4·4/8 = 2, variance 4·4·4·4/(64·7)
	near(t, "χ²", *first.Chi, 1/(256.0/448))
	near(t, "χ² corrected", *first.Corrected, 0.25/(256.0/448))
	if first.Class != "A" { // large but far from significant
		t.Errorf("class %s", first.Class)
	}
}

// An item that favours one group is found, whichever group it is, and what it does to the total no longer flags others
// once the matching leaves it out.
func TestAnItemThatFavours(t *testing.T) {
	columns := invented(4000, []int{1, 1, 1, 1, 1, 1, 1, 1}, 5)
	d := item.Data{Groups: []string{"f", "m"}}
	for p := range columns[0] {
		d.Group = append(d.Group, uint8(p%2))
		if p%2 == 1 && p%5 < 3 {
			columns[2][p] = 1
		}
	}
	o := item.Options{Classes: item.Classes{Small: 1, Large: 1.5, Level: 0.05}, Purify: true}
	got := analyse(t, d, columns, o).Functioning
	if third := got.Items[2]; third.Class != "C" || third.Favours != "m" || *third.Delta > -1.5 {
		t.Errorf("%+v", third)
	}
	if len(got.Purified) != 1 || got.Passes < 2 {
		t.Errorf("purified %v after %d passes", got.Purified, got.Passes)
	}
	for i, other := range got.Items {
		if i != 2 && other.Class != "A" {
			t.Errorf("item %d: class %s, Δ %v", i, other.Class, *other.Delta)
		}
	}
}

// On an item of two scores Mantel's χ² is the uncorrected χ² of Mantel and Haenszel.
func TestOrderedAgreesWithDichotomous(t *testing.T) {
	columns := invented(600, []int{1, 1, 2, 1, 3}, 8)
	d := item.Data{Groups: []string{"f", "m"}}
	for p := range columns[0] {
		d.Group = append(d.Group, uint8(p%3%2))
	}
	got := analyse(t, d, columns, item.Options{}).Functioning
	if !got.Items[2].Ordered || got.Items[2].P == nil || got.Items[2].Difference == nil || got.Items[0].Ordered {
		t.Fatalf("%+v", got.Items)
	}
	// a score that nobody else has makes the first item formally ordered; strata of both groups stay as they are
	columns[0] = append(columns[0], 0.5)
	for i := 1; i < len(columns); i++ {
		columns[i] = append(columns[i], 0)
	}
	d.Group = append(d.Group, item.NoGroup)
	again := analyse(t, d, columns, item.Options{}).Functioning
	if !again.Items[0].Ordered {
		t.Fatal("the first item has three scores")
	}
	near(t, "χ²", *again.Items[0].Chi, *got.Items[0].Chi)
}

func TestGroupsAtFault(t *testing.T) {
	for name, d := range map[string]item.Data{
		"three groups": {Groups: []string{"a", "b", "c"}, Group: []uint8{0, 1, 2}},
		"one is empty": {Groups: []string{"a", "b"}, Group: []uint8{0, 0, 0}},
	} {
		d.Names, d.Scale, d.Scores = names(2), 1, [][]int16{{1, 0, 1}, {1, 1, 0}}
		if _, faults := item.Analyse(d, item.Options{}); len(faults) != 1 {
			t.Errorf("%s: %v", name, faults)
		}
	}
}

func TestMarkersAgree(t *testing.T) {
	got, f := item.Agree([]float64{8, 7, 9, 5}, []float64{8, 6, 9, 7}, 1)
	if f != nil {
		t.Fatal(f)
	}
	near(t, "exact", got.Exact, 0.5)
	near(t, "within", got.Within, 0.75)
	near(t, "mean", got.Mean, -0.25)
	near(t, "largest", got.Most, 2)
	near(t, "kappa", *got.Kappa, 1-5/(8.75+5+4*0.0625))
	same, _ := item.Agree([]float64{1, 2, 3}, []float64{1, 2, 3}, 0)
	near(t, "icc of equal marks", *same.ICC, 1)
	near(t, "error of equal marks", *same.ErrorOfOne, 0)
	if _, f := item.Agree([]float64{1}, []float64{1}, 0); f == nil {
		t.Error("one script is enough")
	}
}
