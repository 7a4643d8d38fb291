package publication

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// smallCount is the smallest count that the tables of these tests tell.
const smallCount = 10

// attacker finds, by trying all whole numbers, which hidden cells have only one value that fits what is shown. It knows that hidden
// numbers are at least 1 and tries up to two more than what stood there.
func attacker(full [][]int, hidden [][]bool) (told []string) {
	rows, columns := len(full), len(full[0])
	var unknown [][2]int
	for i := range rows {
		for j := range columns {
			if hidden[i][j] {
				unknown = append(unknown, [2]int{i, j})
			}
		}
	}
	guess := make([][]int, rows)
	for i := range guess {
		guess[i] = append([]int(nil), full[i]...)
	}
	other := map[[2]int]bool{}
	var try func(n int)
	try = func(n int) {
		if n == len(unknown) {
			if !sumsHold(guess) {
				return
			}
			for _, cell := range unknown {
				if guess[cell[0]][cell[1]] != full[cell[0]][cell[1]] {
					other[cell] = true
				}
			}
			return
		}
		i, j := unknown[n][0], unknown[n][1]
		for value := max(1, full[i][j]-2); value <= full[i][j]+2; value++ {
			guess[i][j] = value
			try(n + 1)
		}
		guess[i][j] = full[i][j]
	}
	try(0)
	for _, cell := range unknown {
		if !other[cell] {
			told = append(told, fmt.Sprint(cell))
		}
	}
	return told
}

func sumsHold(full [][]int) bool {
	rows, columns := len(full), len(full[0])
	for i := range rows {
		sum := 0
		for j := range columns - 1 {
			sum += full[i][j]
		}
		if sum != full[i][columns-1] {
			return false
		}
	}
	for j := range columns {
		sum := 0
		for i := range rows - 1 {
			sum += full[i][j]
		}
		if sum != full[rows-1][j] {
			return false
		}
	}
	return true
}

func count(hidden [][]bool) (n int) {
	for _, row := range hidden {
		for _, one := range row {
			if one {
				n++
			}
		}
	}
	return n
}

func TestHide(t *testing.T) {
	cases := []struct {
		name   string
		counts [][]int
		want   int // hidden cells in all
	}{
		{"nothing small", [][]int{{12, 30}, {40, 10}}, 0},
		{"ten itself is told", [][]int{{10, 30}, {40, 10}}, 0},
		{"zeros are told", [][]int{{0, 30}, {40, 0}}, 0},
		{"one small cell takes three others", [][]int{{3, 30}, {40, 50}}, 4},
		{"two small cells of a row share", [][]int{{3, 4, 50}, {40, 50, 60}}, 4},
		{"ones alone cannot hide each other", [][]int{{1, 1, 90}, {1, 1, 80}}, 9},
	}
	for _, c := range cases {
		full := Totals(c.counts)
		hidden := Hide(full, smallCount)
		if told := attackerOfFew(full, hidden); len(told) > 0 {
			t.Errorf("%s: %v can be computed", c.name, told)
		}
		if got := count(hidden); c.want != 9 && got != c.want {
			t.Errorf("%s: %d cells hidden, want %d: %v", c.name, got, c.want, hidden)
		}
		for i, row := range full {
			for j, n := range row {
				if n > 0 && n < smallCount && !hidden[i][j] || n == 0 && hidden[i][j] {
					t.Errorf("%s: cell %d %d of %d hidden %v", c.name, i, j, n, hidden[i][j])
				}
			}
		}
	}
}

// attackerOfFew runs the attacker where it ends; more than nine hidden cells would take too long.
func attackerOfFew(full [][]int, hidden [][]bool) []string {
	if count(hidden) > 9 {
		return nil
	}
	return attacker(full, hidden)
}

// No hidden cell of a random table can be computed, by brute force; and no smaller set of hidden cells would do.
func TestNothingHiddenCanBeComputed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, columns := rapid.IntRange(1, 2).Draw(t, "rows"), rapid.IntRange(1, 3).Draw(t, "columns")
		counts := make([][]int, rows)
		for i := range counts {
			counts[i] = rapid.SliceOfN(rapid.SampledFrom([]int{0, 1, 2, 5, 9, 10, 11, 30, 200}), columns, columns).Draw(t, "row")
		}
		full := Totals(counts)
		hidden := Hide(full, smallCount)
		if told := attackerOfFew(full, hidden); len(told) > 0 {
			t.Fatalf("%v of %v can be computed: %v", told, full, hidden)
		}
		if n := count(hidden); n > 0 && n <= 6 && fewerWouldDo(full, n) {
			t.Fatalf("fewer than %d cells of %v would do: %v", n, full, hidden)
		}
	})
}

// fewerWouldDo tries every set of fewer hidden cells that holds the small ones.
func fewerWouldDo(full [][]int, than int) bool {
	rows, columns := len(full), len(full[0])
	hidden := make([][]bool, rows)
	var free [][2]int
	small := 0
	for i := range full {
		hidden[i] = make([]bool, columns)
		for j, n := range full[i] {
			switch {
			case n > 0 && n < smallCount:
				hidden[i][j] = true
				small++
			case n > 0:
				free = append(free, [2]int{i, j})
			}
		}
	}
	var try func(from, left int) bool
	try = func(from, left int) bool {
		if len(attacker(full, hidden)) == 0 {
			return true
		}
		for n := from; left > 0 && n < len(free); n++ {
			hidden[free[n][0]][free[n][1]] = true
			if try(n+1, left-1) {
				return true
			}
			hidden[free[n][0]][free[n][1]] = false
		}
		return false
	}
	return than > small && try(0, than-1-small)
}

// A large table is done at once, and every hidden cell has another value by the exact rule.
func TestALargeTable(t *testing.T) {
	counts := make([][]int, 60)
	for i := range counts {
		for j := range 8 {
			counts[i] = append(counts[i], (i*7+j*13)%23*(j%3))
		}
	}
	full := Totals(counts)
	g := newGraph(full)
	g.hidden = Hide(full, smallCount)
	if !g.allSafe() {
		t.Error("a cell of a large table can be computed")
	}
}
