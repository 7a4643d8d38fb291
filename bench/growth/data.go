package main

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"strconv"

	"jiaoheng/stats"
)

// truth is what the invented pupils follow.
var truth = struct {
	constant, entry, intake, age, boy, physics float64
	school, pupil                              float64 // standard deviations
}{constant: 500, entry: 0.62, intake: 0.21, age: -3.5, boy: -4.25, physics: 12.5, school: 14, pupil: 38}

// model is what is fitted to them.
const model = "exit ~ entry + intake + age + sex + track + (1 | school)"

// perSchool is how many pupils a school has in the mean.
const perSchool = 150

// invent writes so many pupils, school after school, to a file: school sizes are log-normal, the intake of schools differs, marks
// have one decimal.
func invent(path string, pupils int) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	out := bufio.NewWriterSize(file, 1<<20)
	out.WriteString("school,entry,intake,age,sex,track,exit\n")
	random := stats.NewStream(20261122)
	schools := pupils / perSchool
	var line []byte
	for school, left := 0, pupils; left > 0; school++ {
		size := max(1, int(perSchool*math.Exp(0.5*random.Normal()-0.125)))
		if size > left || school == schools-1 {
			size = left
		}
		left -= size
		intake := math.Round(10*(500+30*random.Normal())) / 10
		effect := truth.school * random.Normal()
		for range size {
			entry := math.Round(10*(intake+60*random.Normal())) / 10
			age := math.Round(100*(15.5+0.4*random.Normal())) / 100
			sex, track := "F", "history"
			exit := truth.constant + truth.entry*(entry-500) + truth.intake*(intake-500) + truth.age*(age-15.5) + effect + truth.pupil*random.Normal()
			if random.Below(2) == 0 {
				sex, exit = "M", exit+truth.boy
			}
			if random.Below(5) < 3 {
				track, exit = "physics", exit+truth.physics
			}
			line = append(line[:0], "S"...)
			line = strconv.AppendInt(line, int64(100000+school), 10)
			line = strconv.AppendFloat(append(line, ','), entry, 'f', 1, 64)
			line = strconv.AppendFloat(append(line, ','), intake, 'f', 1, 64)
			line = strconv.AppendFloat(append(line, ','), age, 'f', 2, 64)
			line = append(append(append(append(line, ','), sex...), ','), track...)
			line = strconv.AppendFloat(append(line, ','), exit, 'f', 1, 64)
			if _, err := out.Write(append(line, '\n')); err != nil {
				return err
			}
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return file.Close()
}

// shuffle writes the rows of a file in random order to another one.
func shuffle(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var starts []int
	for at, c := range data {
		if c == '\n' && at+1 < len(data) {
			starts = append(starts, at+1)
		}
	}
	if len(starts) == 0 {
		return fmt.Errorf("%s has no rows", from)
	}
	random := stats.NewStream(7)
	for i := len(starts) - 1; i > 0; i-- {
		j := random.Below(i + 1)
		starts[i], starts[j] = starts[j], starts[i]
	}
	file, err := os.Create(to)
	if err != nil {
		return err
	}
	defer file.Close()
	out := bufio.NewWriterSize(file, 1<<20)
	head := 0
	for data[head] != '\n' {
		head++
	}
	out.Write(data[:head+1])
	for _, at := range starts {
		end := at
		for end < len(data) && data[end] != '\n' {
			end++
		}
		out.Write(data[at:end])
		out.WriteByte('\n')
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return file.Close()
}
