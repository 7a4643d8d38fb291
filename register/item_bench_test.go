package register

import (
	"fmt"
	"testing"

	"jiaoheng/period"
)

// BenchmarkItemsOfTraining measures all items over 200,000 dated rows of 20,000 teachers in 200 schools.
func BenchmarkItemsOfTraining(b *testing.B) {
	rules, faults := RulesOf(training(), trainingNames())
	if faults != nil {
		b.Fatal(faults)
	}
	rows := make([]Row, 200_000)
	for i := range rows {
		unit, teacher := i/1000, i/10
		day := period.Date{Year: 2018 + i%7, Month: 1 + i%12, Day: 1 + i%28}
		rows[i] = lesson(fmt.Sprint("S", unit), fmt.Sprint("T", teacher), day.String(), known(float64(i%30)), "it")
	}
	g := trainingGiven("2024", 5)
	for b.Loop() {
		if items := rules.Compute(rows, g).Items(); len(items) != 200*6 {
			b.Fatal(len(items))
		}
	}
}
