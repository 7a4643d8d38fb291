package shell

import (
	"slices"
	"strconv"
	"unicode/utf8"
)

// Scatter is a chart of units by two values, with a line of what is expected and, behind them, how many single ones lie in each field.
// It is drawn without scripts and fits a phone.
type Scatter struct {
	ID       string // unique on the page
	Sentence string
	Across   string // title of the level axis with its unit
	Up       string // title of the upright axis
	Points   []ScatterPoint
	From, To [2]float64 // the line of what is expected: across and up
	Line     string     // what the line is
	Fields   []ScatterField
	Behind   string // what the fields are
	Legends  []Legend
	Table    Table
	Source   string
}

// ScatterPoint is one unit.
type ScatterPoint struct {
	Name       string
	Address    string
	Across, Up float64
	Found      Found
	Text       string // both values in words
	Own        bool   // is named beside its mark before others
}

// ScatterField is a field with how many single ones lie in it: Depth 1 to 4.
type ScatterField struct {
	Left, Right, Below, Above float64
	Depth                     int
}

// maxScatter is how many points are drawn, maxNamed how many are named beside their mark.
const (
	maxScatter = 1000
	maxNamed   = 12
)

func (s Scatter) drawn() []ScatterPoint { return s.Points[:min(len(s.Points), maxScatter)] }

func (s Scatter) scales() (across, up scale) {
	points := s.drawn()
	if len(points) == 0 {
		return scaleOf(0, 1, 5), scaleOf(0, 1, 5)
	}
	x, y := [2]float64{points[0].Across, points[0].Across}, [2]float64{points[0].Up, points[0].Up}
	for _, one := range points {
		x[0], x[1], y[0], y[1] = min(x[0], one.Across), max(x[1], one.Across), min(y[0], one.Up), max(y[1], one.Up)
	}
	if s.Line != "" {
		x[0], x[1] = min(x[0], s.From[0], s.To[0]), max(x[1], s.From[0], s.To[0])
		y[0], y[1] = min(y[0], s.From[1], s.To[1]), max(y[1], s.From[1], s.To[1])
	}
	across, up = scaleOf(x[0], x[1], 5), scaleOf(y[0], y[1], 5)
	up.falling = true
	return across, up
}

// inside are the fields that touch what is drawn.
func (s Scatter) inside(across, up scale) []ScatterField {
	var all []ScatterField
	for _, one := range s.Fields {
		if one.Right > across.low && one.Left < across.high && one.Above > up.low && one.Below < up.high {
			one.Left, one.Right, one.Below, one.Above = max(one.Left, across.low), min(one.Right, across.high), max(one.Below, up.low), min(one.Above, up.high)
			all = append(all, one)
		}
	}
	return all
}

// breadth is the length of a stretch as an attribute.
func (s scale) breadth(from, to float64) string {
	return strconv.FormatFloat(100*max(0, s.part(to)-s.part(from)), 'f', 2, 64) + "%"
}

// named says which points are named beside their mark: the own one, then those that stand out, as far as words do not meet.
func (s Scatter) named(across, up scale) []bool {
	out := make([]bool, len(s.drawn()))
	var order []int
	for n, one := range s.drawn() {
		if one.Own || one.Found == FoundAbove || one.Found == FoundBelow {
			order = append(order, n)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch x, y := s.Points[a].Own, s.Points[b].Own; {
		case x && !y:
			return -1
		case y && !x:
			return 1
		}
		return 0
	})
	var taken [][2]float64
	for _, n := range order {
		at := [2]float64{across.part(s.Points[n].Across), up.part(s.Points[n].Up)}
		free := !slices.ContainsFunc(taken, func(t [2]float64) bool { return abs(t[0]-at[0]) < 0.3 && abs(t[1]-at[1]) < 0.06 })
		if free && len(taken) < maxNamed {
			out[n], taken = true, append(taken, at)
		}
	}
	return out
}

func abs(x float64) float64 { return max(x, -x) }

// shortName cuts a name for a place beside a mark; the whole name stands in its title.
func shortName(name string) string {
	if utf8.RuneCountInString(name) <= 10 {
		return name
	}
	return string([]rune(name)[:9]) + "…"
}

// anchor says to which side of its mark a name stands.
func anchor(part float64) (side, shift string) {
	if part > 0.6 {
		return "end", "-9"
	}
	return "start", "9"
}

func depthClass(depth int) string { return "field-" + strconv.Itoa(min(4, max(1, depth))) }
