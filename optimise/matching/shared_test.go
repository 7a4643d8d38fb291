//go:build shared

package matching_test

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jiaoheng/optimise/matching"
)

const shared = "../../../shared/optim/matching/"

func TestSharedExampleOfSchoolChoice(t *testing.T) {
	data, err := os.ReadFile(shared + "school_choice_as2003.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Students, Priority map[string][]string
		DA, TTC, Boston    map[string]string
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	number := func(name string) int {
		n, err := strconv.Atoi(name[1:])
		if err != nil {
			t.Fatal(err)
		}
		return n - 1
	}
	numbers := func(lists map[string][]string) [][]int {
		out := make([][]int, len(lists))
		for name, list := range lists {
			for _, other := range list {
				out[number(name)] = append(out[number(name)], number(other))
			}
		}
		return out
	}
	order := numbers(file.Priority)
	m := ranked(t, slices.Repeat([]int{1}, len(order)), numbers(file.Students), order)
	cycles, err := matching.TopTradingCycles(m, order)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		got  []int
		want map[string]string
	}{{"DA", matching.DeferredAcceptance(m), file.DA}, {"TTC", cycles, file.TTC}, {"Boston", matching.Boston(m), file.Boston}} {
		if len(c.want) != len(c.got) {
			t.Errorf("%s: %d of %d applicants expected", c.name, len(c.want), len(c.got))
		}
		for name, school := range c.want {
			if c.got[number(name)] != number(school) {
				t.Errorf("%s: %s got %d, want %s", c.name, name, c.got[number(name)]+1, school)
			}
		}
	}
}

func TestSharedResidentsAndHospitals(t *testing.T) {
	seats, wishes, order := readHospitals(t)
	m := ranked(t, seats, wishes, order)
	result := matching.DeferredAcceptance(m)
	report := matching.Check(m, result)
	if report.Blocking+report.Overfull+report.Unwished != 0 {
		t.Errorf("%+v", report)
	}
	if report.Placed == 0 || report.Placed > 759 {
		t.Errorf("%d placed; at most 759 can be", report.Placed)
	}
	t.Logf("%d of %d residents placed at %d hospitals", report.Placed, len(wishes), len(seats))
}

// readHospitals reads: a line of no use, the counts, a line a resident (number, wishes), a line a hospital (number, places, order).
// Hospitals are indifferent within brackets; as the lottery would, the order within them is made strict: as they stand.
func readHospitals(t *testing.T) (seats []int, wishes, order [][]int) {
	file, err := os.Open(shared + "hrt.instance")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var rows [][]int
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row []int
		for _, field := range strings.Fields(strings.NewReplacer("(", " ", ")", " ").Replace(lines.Text())) {
			n, err := strconv.Atoi(field)
			if err != nil {
				t.Fatal(err)
			}
			row = append(row, n)
		}
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	residents, hospitals := rows[1][0], rows[2][0]
	for _, row := range rows[3 : 3+residents] {
		wishes = append(wishes, less(row[1:]))
	}
	for _, row := range rows[3+residents : 3+residents+hospitals] {
		seats, order = append(seats, row[1]), append(order, less(row[2:]))
	}
	return seats, wishes, order
}

// less counts from 0 what is counted from 1.
func less(row []int) []int {
	out := make([]int, len(row))
	for i, n := range row {
		out[i] = n - 1
	}
	return out
}
