package lists_test

import (
	"slices"
	"testing"

	"jiaoheng/draw/lists"
	"jiaoheng/fault"
)

func numbers(picks []lists.Pick3797) []int {
	out := make([]int, len(picks))
	for i, pick := range picks {
		out[i] = pick.Number
	}
	return out
}

// The worked example of section 6 of the RFC: 16 of 25, by a lottery of one number and two of several.
func TestTheExampleOfRFC3797(t *testing.T) {
	key, err := lists.Key3797([]string{"9319", "2 5 12 8 10", "9, 18, 26, 34, 41, 45"})
	if err != nil || key != "9319./2.5.8.10.12./9.18.26.34.41.45./" {
		t.Fatalf("key %q, %v", key, err)
	}
	picks, err := lists.Select3797(key, 25, 16)
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{17, 7, 2, 16, 25, 23, 8, 24, 19, 13, 22, 5, 18, 9, 1, 4}; !slices.Equal(numbers(picks), want) {
		t.Errorf("got %v, want %v", numbers(picks), want)
	}
	if picks[0].MD5 != "990DD0A5692A029A98B5E01AA28F3459" || picks[15].MD5 != "3269E6CE559ABD57E2BA6AAB495EB9BD" || picks[15].Among != 10 {
		t.Errorf("first %v, last %v", picks[0], picks[15])
	}
}

// The positions of the selection that the IETF made in 2022 among 267 volunteers.
func TestASelectionThatWasMade(t *testing.T) {
	key, err := lists.Key3797([]string{"7 8 11 18 28 40 48", "15 16 21 31 36 65", "8 12 13 17 21 26 35 42", "1 5 10 13 14 16 21 25 27"})
	if err != nil {
		t.Fatal(err)
	}
	picks, err := lists.Select3797(key, 267, 10)
	if want := []int{171, 245, 68, 190, 70, 126, 110, 128, 138, 173}; err != nil || !slices.Equal(numbers(picks), want) {
		t.Errorf("got %v, %v, want %v", numbers(picks), err, want)
	}
}

func TestKeysOfRFC3797(t *testing.T) {
	cases := []struct {
		name    string
		sources []string
		want    string
		faults  int
	}{
		{"one number", []string{"9319"}, "9319./", 0},
		{"zeros", []string{"007 0 10"}, "0.7.10./", 0},
		{"fractions", []string{"10.50 9.250 9.3 2.0"}, "2.9.259.310.5/", 0},
		{"order of the sources stays", []string{"9", "1"}, "9./1./", 0},
		{"empty source", []string{"1", ""}, "", 1},
		{"words and signs", []string{"one", "-1", "1e3", "1.", ".5"}, "", 5},
	}
	for _, c := range cases {
		got, err := lists.Key3797(c.sources)
		if len(fault.Of(err)) != c.faults || c.faults == 0 && got != c.want {
			t.Errorf("%s: got %q, %v; want %q and %d faults", c.name, got, err, c.want, c.faults)
		}
	}
}

func TestWhatRFC3797CannotPickIsRefused(t *testing.T) {
	cases := []struct {
		name, key   string
		pool, count int
		faults      int
	}{
		{"all", "1./", 3, 3, 0},
		{"more than there are", "1./", 3, 4, 1},
		{"nothing", "1./", 3, 0, 1},
		{"everything wrong", "", lists.MaxPool3797 + 1, -1, 3},
		{"a line feed in the key", "1./\n", 3, 1, 1},
	}
	for _, c := range cases {
		if _, err := lists.Select3797(c.key, c.pool, c.count); len(fault.Of(err)) != c.faults {
			t.Errorf("%s: %v, want %d faults", c.name, err, c.faults)
		}
	}
}
