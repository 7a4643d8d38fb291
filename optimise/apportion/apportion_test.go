package apportion_test

import (
	"errors"
	"slices"
	"testing"

	"jiaoheng/optimise/apportion"
)

// parties are parties of these weights without bounds, ties in the order in which they stand.
func parties(weights ...int) []apportion.Party {
	all := make([]apportion.Party, len(weights))
	for i, w := range weights {
		all[i] = apportion.Party{Weight: w, Most: apportion.MaxSeats, Tie: i}
	}
	return all
}

func seats(shares []apportion.Share) []int {
	all := make([]int, len(shares))
	for i, s := range shares {
		all[i] = s.Seats
	}
	return all
}

func TestExamples(t *testing.T) {
	cases := []struct {
		name              string
		places            int
		parties           []apportion.Party
		hamilton, webster []int
	}{
		// The textbook form of the Alabama paradox: the house grows from 10 to 11 and the smallest party loses a place.
		{"Alabama, 10 places", 10, parties(6, 6, 2), []int{4, 4, 2}, []int{5, 4, 1}},
		{"Alabama, 11 places", 11, parties(6, 6, 2), []int{5, 5, 1}, []int{5, 5, 1}},
		// Balinski and Young, Fair Representation, table of five states and 26 seats: the methods differ.
		{"five states", 26, parties(9061, 7179, 5259, 3319, 1182), []int{9, 7, 5, 4, 1}, []int{9, 8, 5, 3, 1}},
		// Votes of the usual example of a hundred thousand votes and ten seats.
		{"ten seats", 10, parties(47000, 16000, 15800, 12000, 6100, 3100), []int{5, 2, 1, 1, 1, 0}, []int{4, 2, 2, 1, 1, 0}},
		{"exact claims", 7, parties(30, 20, 20), []int{3, 2, 2}, []int{3, 2, 2}},
		{"nothing to give", 0, parties(3, 4), []int{0, 0}, []int{0, 0}},
		{"a tie goes to the smaller number", 3, []apportion.Party{{Weight: 5, Most: 9, Tie: 2}, {Weight: 5, Most: 9, Tie: 1}}, []int{1, 2}, []int{1, 2}},
		{"least", 10, []apportion.Party{{Weight: 90, Most: 99}, {Weight: 9, Least: 2, Most: 99, Tie: 1}, {Weight: 1, Least: 1, Most: 99, Tie: 2}},
			[]int{7, 2, 1}, []int{7, 2, 1}},
		{"most", 10, []apportion.Party{{Weight: 90, Most: 4}, {Weight: 6, Most: 99, Tie: 1}, {Weight: 4, Most: 99, Tie: 2}}, []int{4, 4, 2}, []int{4, 4, 2}},
		{"no weight gets the least", 5, []apportion.Party{{Weight: 0, Least: 1, Most: 9}, {Weight: 8, Most: 9, Tie: 1}}, []int{1, 4}, []int{1, 4}},
	}
	for _, c := range cases {
		hamilton, err := apportion.Hamilton(c.places, c.parties)
		if err != nil || !slices.Equal(seats(hamilton), c.hamilton) {
			t.Errorf("%s: Hamilton %v, want %v (%v)", c.name, seats(hamilton), c.hamilton, err)
		}
		webster, err := apportion.Webster(c.places, c.parties)
		if err != nil || !slices.Equal(seats(webster), c.webster) {
			t.Errorf("%s: Webster %v, want %v (%v)", c.name, seats(webster), c.webster, err)
		}
	}
}

func TestTiesAreNamed(t *testing.T) {
	cases := []struct {
		name   string
		places int
		tied   []bool
	}{
		{"one of two", 1, []bool{true, true, false}},
		{"both", 2, []bool{false, false, false}},
		{"none left over", 5, []bool{false, false, false}},
	}
	for _, c := range cases {
		for name, divide := range map[string]func(int, []apportion.Party) ([]apportion.Share, error){"Hamilton": apportion.Hamilton, "Webster": apportion.Webster} {
			shares, err := divide(c.places, parties(2, 2, 1))
			if err != nil {
				t.Fatal(err)
			}
			for i, s := range shares {
				if s.Tied != c.tied[i] {
					t.Errorf("%s, %s: party %d tied %v (%+v)", name, c.name, i, s.Tied, shares)
				}
			}
		}
	}
}

func TestWhatCannotBeDividedIsRefused(t *testing.T) {
	bounded := []apportion.Party{{Weight: 1, Least: 2, Most: 3}, {Weight: 1, Least: 2, Most: 3, Tie: 1}}
	cases := []struct {
		name    string
		places  int
		parties []apportion.Party
		want    error
	}{
		{"below the least", 3, bounded, apportion.ErrLeast},
		{"above the most", 7, bounded, apportion.ErrMost},
		{"nobody", 1, nil, apportion.ErrMost},
		{"no weight", 1, parties(0, 0), apportion.ErrMost},
	}
	for _, c := range cases {
		if _, err := apportion.Hamilton(c.places, c.parties); !errors.Is(err, c.want) {
			t.Errorf("%s: Hamilton: %v", c.name, err)
		}
		if _, err := apportion.Webster(c.places, c.parties); !errors.Is(err, c.want) {
			t.Errorf("%s: Webster: %v", c.name, err)
		}
	}
	for name, wrong := range map[string][]apportion.Party{
		"one tie twice": {{Weight: 1, Most: 1}, {Weight: 1, Most: 1}}, "least above most": {{Weight: 1, Least: 2, Most: 1}},
		"negative weight": {{Weight: -1, Most: 1}}, "too heavy": parties(apportion.MaxWeight, 1)} {
		if _, err := apportion.Resolve(1, wrong); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
