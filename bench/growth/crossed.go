package main

import (
	"bufio"
	"fmt"
	"math"
	"os"

	"jiaoheng/stats"
)

// crossedModel is fitted to ratings of lecturers by students: two long factors that cross, and one of few levels.
const crossedModel = "y ~ service + (1 | s) + (1 | d) + (1 | dept:service)"

// The size of the crossed data is that of a set which peers are often timed on.
const (
	crossedRows     = 73_421
	crossedStudents = 2_972
	crossedTeachers = 1_128
	crossedDepts    = 14
)

// inventCrossed writes ratings from 1 to 5.
func inventCrossed(path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	random := stats.NewStream(1128)
	effects := func(n int, sd float64) []float64 {
		all := make([]float64, n)
		for i := range all {
			all[i] = sd * random.Normal()
		}
		return all
	}
	student, teacher, dept := effects(crossedStudents, 0.33), effects(crossedTeachers, 0.51), effects(2*crossedDepts, 0.1)
	fmt.Fprintln(out, "s,d,dept,service,y")
	for row := range crossedRows {
		s, d := row%crossedStudents, random.Below(crossedTeachers)
		service := random.Below(2)
		y := 3.28 - 0.09*float64(service) + student[s] + teacher[d] + dept[2*(d%crossedDepts)+service] + 1.18*random.Normal()
		fmt.Fprintf(out, "s%d,d%d,k%d,v%d,%d\n", s+1, d+1, d%crossedDepts+1, service, int(min(5, max(1, math.Round(y)))))
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return file.Close()
}
