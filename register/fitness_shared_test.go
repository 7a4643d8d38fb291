//go:build shared

package register

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"jiaoheng/measure"
)

// events maps the files of the published tables to a column of results and one of points, with the smallest step of a
// reading and whether less is better.
var events = []struct {
	file, value, points string
	step                float64
	falling             bool
}{
	{"run_50m_s", "run_50m", "run_50m_points", 0.1, true},
	{"vital_capacity_ml", "vital_capacity", "vital_capacity_points", 1, false},
	{"sit_and_reach_cm", "sit_and_reach", "reach_points", 0.1, false},
	{"rope_skip_1min", "rope_skip", "rope_points", 1, false},
	{"sit_up_1min", "sit_up", "sit_up_points", 1, false},
	{"shuttle_50x8_s", "shuttle_run", "shuttle_points", 1, true},
	{"standing_long_jump_cm", "long_jump", "long_jump_points", 1, false},
	{"pull_up", "pull_up", "pull_up_points", 1, false},
	{"run_1000m_s", "run_1000m", "run_1000m_points", 1, true},
	{"run_800m_s", "run_800m", "run_800m_points", 1, true},
}

// published reads one of the tables as maps from the heading to the cell.
func published(t *testing.T, name string) []map[string]string {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "shared", "standards", "fitness", name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range line {
			row[lines[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

func toNumber(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// ladders gathers the cells of a table by sex and grade, from the most points to the fewest.
func ladders(t *testing.T, rows []map[string]string) map[string][][2]float64 {
	t.Helper()
	all := map[string][][2]float64{}
	for _, row := range rows {
		group := row["sex"] + " g" + row["grade"]
		all[group] = append(all[group], [2]float64{toNumber(t, row["score"]), toNumber(t, row["threshold"])})
	}
	return all
}

// TestEveryPublishedCell looks up every cell of the published tables at the threshold, just better and just worse.
func TestEveryPublishedCell(t *testing.T) {
	cells := 0
	for _, event := range events {
		for group, rungs := range ladders(t, published(t, event.file)) {
			cells += len(rungs)
			better := event.step
			if event.falling {
				better = -event.step
			}
			for i, rung := range rungs {
				above, below := rung[0], 0.0
				for _, other := range rungs { // a step may reach several rows further
					if reaches(rung[1]+better, other[1], event.falling) {
						above = max(above, other[0])
					}
					if reaches(rung[1]-better, other[1], event.falling) {
						below = max(below, other[0])
					}
				}
				if i > 0 && rungs[i-1][0] <= rung[0] {
					t.Fatalf("%s %s: points do not fall", event.file, group)
				}
				expect(t, event.value, event.points, group, rung[1], rung[0])
				expect(t, event.value, event.points, group, rung[1]+better, above)
				expect(t, event.value, event.points, group, rung[1]-better, below)
			}
		}
	}
	if cells != 2607 {
		t.Errorf("%d cells, want 2607", cells)
	}
}

// reaches compares as on paper: a hair of binary arithmetic does not count.
func reaches(value, threshold float64, falling bool) bool {
	if falling {
		return value <= threshold+1e-6
	}
	return value >= threshold-1e-6
}

func expect(t *testing.T, value, points, group string, reading, want float64) {
	t.Helper()
	sex, grade, _ := strings.Cut(group, " ")
	p := pupil{sex: sex, grade: grade, results: map[string]float64{value: reading}}
	if got := fitnessOf(t).compute(p).Value(0, points); !got.Equal(measure.Of(want)) {
		t.Errorf("%s of %s at %v: %s, want %v", points, group, reading, got.Text("zh"), want)
	}
}

func TestEveryPublishedBonus(t *testing.T) {
	top := map[string]float64{}
	for _, event := range events {
		for group, rungs := range ladders(t, published(t, event.file)) {
			top[event.file+" "+group] = rungs[0][1]
		}
	}
	columns := map[string][2]string{"rope_skip_1min": {"rope_skip", "rope_bonus"}, "pull_up": {"pull_up", "pull_up_bonus_points"},
		"sit_up_1min": {"sit_up", "sit_up_bonus_points"}, "run_1000m_s": {"run_1000m", "run_1000m_bonus_points"}, "run_800m_s": {"run_800m", "run_800m_bonus_points"}}
	rows := published(t, "bonus")
	for _, row := range rows {
		group, margin, points := row["sex"]+" g"+row["grade"], toNumber(t, row["threshold"]), toNumber(t, row["score"])
		column := columns[row["item"]]
		worse := 1.0
		if margin > 0 {
			worse = -1
		}
		at := top[row["item"]+" "+group] + margin
		expect(t, column[0], column[1], group, at, points)
		expect(t, column[0], column[1], group, at+worse, points-1)
	}
	if len(rows) != 480 {
		t.Errorf("%d cells, want 480", len(rows))
	}
}

func TestEveryPublishedBodyMassIndex(t *testing.T) {
	for _, row := range published(t, "bmi") {
		group, points := row["sex"]+" g"+row["grade"], toNumber(t, row["score"])
		ends := strings.Split(strings.Trim(row["threshold"], "<>="), "..")
		for _, end := range ends {
			// on one metre the weight in kg is the index
			sex, grade, _ := strings.Cut(group, " ")
			p := pupil{sex: sex, grade: grade, results: map[string]float64{"height": 100, "body_weight": toNumber(t, end)}}
			if got := fitnessOf(t).compute(p).Value(0, "bmi_points"); !got.Equal(measure.Of(points)) {
				t.Errorf("BMI %s of %s: %s, want %v", end, group, got.Text("zh"), points)
			}
		}
	}
}

// TestEveryPublishedWeight gives a pupil nothing but one event: what the standard points gain is its weight.
func TestEveryPublishedWeight(t *testing.T) {
	points := map[string]string{"bmi": "body_weight"}
	for _, event := range events {
		points[event.file] = event.value
	}
	rows := published(t, "weights")
	for _, row := range rows {
		sexes := []string{row["sex"]}
		if row["sex"] == "both" {
			sexes = []string{"male", "female"}
		}
		for _, sex := range sexes {
			best := perfect(sex, "g"+row["grade"])
			full, _ := fitnessOf(t).compute(best).Value(0, "standard_points").Number()
			worst := perfect(sex, "g"+row["grade"])
			worst.results[points[row["item"]]] = worstOf(points[row["item"]])
			less, known := fitnessOf(t).compute(worst).Value(0, "standard_points").Number()
			lost := full - less
			if row["item"] == "bmi" {
				lost /= 0.4 // 肥胖 still has 60 points
			}
			if want := toNumber(t, row["weight_percent"]); !known || measure.Compare(lost, want) != 0 || measure.Compare(full, 100) != 0 {
				t.Errorf("%s of %s g%s: weight %v, want %v; all events %v", row["item"], sex, row["grade"], lost, want, full)
			}
		}
	}
}
