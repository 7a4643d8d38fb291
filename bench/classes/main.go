// Command classes measures draws of balanced classes and compares them with what schools do by hand. Run it from the root:
//
//	go run ./bench/classes
//
// It draws 1,000 pupils into 20 classes over 8 attributes with 28 levels, beside dealing at random and in serpentine order of scores; 200
// rosters of 90 to 3,000 pupils, 2 to 60 classes of at least 15, 6 to 12 attributes, with locks and twins; and 10,000 seeds of one
// roster of 90 pupils and 4 classes. Every result is counted again from the roster by code of its own. It ends with 1 when a bar is
// not met. What it prints goes to bench/classes/last.txt too.
package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"jiaoheng/bench/machine"
	"jiaoheng/draw"
	"jiaoheng/draw/class"
)

// The bars.
const (
	barOne   = time.Second
	barMany  = 2 * time.Second
	barShare = 0.95
	barWorst = 2
	barP     = 0.01
	rosters  = 200
	seeds    = 10_000
)

func main() {
	out, err := os.Create("bench/classes/last.txt")
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench/classes:", err)
		os.Exit(1)
	}
	defer out.Close()
	w := io.MultiWriter(os.Stdout, out)
	fmt.Fprintf(w, "%s, %s %s/%s, %d processors, %s of memory, load %s\n", time.Now().UTC().Format(time.DateOnly), runtime.Version(), runtime.GOOS, runtime.GOARCH,
		runtime.NumCPU(), machine.Memory(), machine.Load())
	met := one(w)
	met = many(w, "attributes of a school", schoolAttributes, barShare) && met
	many(w, "attributes of 2 to 5 levels without any pattern (no bar)", anyAttributes, 0)
	met = uniform(w) && met
	if !met {
		os.Exit(1)
	}
}

// attribute is the share of each of its levels.
type attribute []float64

// schoolAttributes are what schools balance: sex, bands of three subjects, origin, left behind, special needs, boarding, feeder
// school, quarter of birth, minority, housing.
func schoolAttributes(r *rand.Rand, count int) []attribute {
	quarter := attribute{0.25, 0.25, 0.25, 0.25}
	all := []attribute{{0.52, 0.48}, quarter, {0.6, 0.4}, {0.85, 0.15}, {0.97, 0.03}, {0.7, 0.3}, {0.35, 0.25, 0.2, 0.12, 0.08}, quarter, quarter, {0.92, 0.08},
		{0.55, 0.25, 0.2}, {0.24, 0.26, 0.27, 0.23}}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:count]
}

func anyAttributes(r *rand.Rand, count int) (all []attribute) {
	for range count {
		shares := make(attribute, 2+r.IntN(4))
		total := 0.0
		for i := range shares {
			shares[i] = 0.05 + r.Float64()
			total += shares[i]
		}
		for i := range shares {
			shares[i] /= total
		}
		all = append(all, shares)
	}
	return all
}

func roster(r *rand.Rand, pupils, classes int, attributes []attribute, locks, twins int) *class.Roster {
	x := &class.Roster{Classes: classes, Columns: len(attributes), Special: class.Special{Column: -1}, Codes: make([]int32, pupils*len(attributes)),
		Scores: make([][]int32, 3), Steps: class.DefaultSteps, Tries: class.DefaultTries, ScoreSteps: class.DefaultScoreSteps}
	for i := range pupils {
		x.Who, x.Locked = append(x.Who, fmt.Sprintf("%06d", i)), append(x.Locked, -1)
		for c, shares := range attributes {
			at, level := r.Float64(), 0
			for ; level < len(shares)-1 && at > shares[level]; level++ {
				at -= shares[level]
			}
			x.Codes[i*len(attributes)+c] = int32(level)
		}
		for s := range x.Scores {
			x.Scores[s] = append(x.Scores[s], int32(min(1000, max(0, 700+150*r.NormFloat64()))))
		}
	}
	order := r.Perm(pupils)
	for _, i := range order[:locks] {
		x.Locked[i] = int32(r.IntN(classes))
	}
	for n := range twins {
		x.Together = append(x.Together, []int{order[locks+2*n], order[locks+2*n+1]})
	}
	return x
}

// spreads counts from the roster: the worst spread of a level, the sum of what spreads exceed those of numbers without rules (0
// where the classes divide the level, else 1), and the largest difference of means of a score, in points.
func spreads(x *class.Roster, of []int32) (worst, beyond int, means float64) {
	for c := range x.Columns {
		counts := map[int32][]int{}
		for i, k := range of {
			code := x.Codes[i*x.Columns+c]
			if counts[code] == nil {
				counts[code] = make([]int, x.Classes)
			}
			counts[code][k]++
		}
		for _, count := range counts {
			total := 0
			for _, n := range count {
				total += n
			}
			spread := slices.Max(count) - slices.Min(count)
			worst = max(worst, spread)
			beyond += spread - min(total%x.Classes, 1)
		}
	}
	for _, scores := range x.Scores {
		sum, size := make([]float64, x.Classes), make([]float64, x.Classes)
		for i, k := range of {
			sum[k] += float64(scores[i]) / 10
			size[k]++
		}
		for k := range sum {
			sum[k] /= size[k]
		}
		means = max(means, slices.Max(sum)-slices.Min(sum))
	}
	return worst, beyond, means
}

func one(w io.Writer) bool {
	r := rand.New(rand.NewPCG(28, 8))
	shares := func(n int) attribute {
		a := make(attribute, n)
		for i := range a {
			a[i] = 1 / float64(n)
		}
		return a
	}
	x := roster(r, 1000, 20, []attribute{shares(2), shares(4), {0.6, 0.4}, {0.8, 0.2}, {0.3, 0.2, 0.2, 0.1, 0.1, 0.1}, shares(4), {0.5, 0.25, 0.15, 0.1}, {0.4, 0.3, 0.2, 0.1}}, 0, 0)
	start := time.Now()
	result := class.Draw(x, draw.Seed{1})
	took := time.Since(start)
	dealt, snake := make([]int32, 1000), make([]int32, 1000)
	for at, i := range r.Perm(1000) {
		dealt[i] = int32(at % 20)
	}
	order := make([]int, 1000)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return int(x.Scores[0][b] + x.Scores[1][b] + x.Scores[2][b] - x.Scores[0][a] - x.Scores[1][a] - x.Scores[2][a])
	})
	for at, i := range order {
		snake[i] = int32(at % 20)
		if at/20%2 == 1 {
			snake[i] = int32(19 - at%20)
		}
	}
	fmt.Fprintf(w, "1,000 pupils, 20 classes, 8 attributes, %d levels\n", len(result.Levels))
	for _, method := range []struct {
		name string
		of   []int32
	}{{"at random", dealt}, {"serpentine by total", snake}, {"this draw", result.Class}} {
		worst, beyond, means := spreads(x, method.of)
		fmt.Fprintf(w, "  %-20s worst spread %d, avoidable in all %d, means differ by %.2f points\n", method.name, worst, beyond, means)
	}
	_, beyond, _ := spreads(x, result.Class)
	met := beyond == 0 && took <= barOne
	fmt.Fprintf(w, "  %s (bar %s, avoidable 0): met %v\n", took.Round(time.Millisecond), barOne, met)
	return met
}

func many(w io.Writer, name string, attributes func(*rand.Rand, int) []attribute, bar float64) bool {
	r := rand.New(rand.NewPCG(200, 95))
	zero, worst := 0, 0
	var times []time.Duration
	means := 0.0
	for n := range rosters {
		pupils, classes := 90+r.IntN(2911), 2+r.IntN(59)
		classes = max(2, min(classes, pupils/15))
		x := roster(r, pupils, classes, attributes(r, 6+r.IntN(7)), pupils/50, pupils/100)
		start := time.Now()
		result := class.Draw(x, draw.Seed{byte(n), 7})
		times = append(times, time.Since(start))
		check(x, result)
		if result.Avoidable() == 0 {
			zero++
		} else if bar > 0 {
			fmt.Fprintf(w, "  %d pupils, %d classes, %d attributes, %d levels: avoidable %d after %d steps\n", pupils, classes, x.Columns, len(result.Levels), result.Avoidable(), result.Steps)
		}
		worst = max(worst, result.Avoidable())
		_, _, m := spreads(x, result.Class)
		means += m / rosters
	}
	slices.Sort(times)
	met := float64(zero) >= bar*rosters && (bar == 0 || worst <= barWorst && times[len(times)-1] <= barMany)
	fmt.Fprintf(w, "%d rosters, %s: avoidable spread 0 on %d, at most %d; median %s, slowest %s; means differ by %.2f points on average", rosters, name, zero, worst,
		times[len(times)/2].Round(time.Millisecond), times[len(times)-1].Round(time.Millisecond), means)
	if bar > 0 {
		fmt.Fprintf(w, " (bars %.0f %%, %d, %s): met %v", bar*100, barWorst, barMany, met)
	}
	fmt.Fprintln(w)
	return met
}

// check counts locks, twins and sizes from the result.
func check(x *class.Roster, result *class.Result) {
	size := make([]int, x.Classes)
	for i, k := range result.Class {
		size[k]++
		if x.Locked[i] >= 0 && x.Locked[i] != k {
			panic("a lock does not hold")
		}
	}
	if slices.Max(size)-slices.Min(size) > 1 {
		panic("sizes differ")
	}
	for _, pair := range x.Together {
		if result.Class[pair[0]] != result.Class[pair[1]] {
			panic("twins are apart")
		}
	}
}

// uniform counts pupils by class and pairs of pupils in one class over many seeds. Pairs can only be alike where pupils are: half the
// pupils are doubles of the others in every attribute and score, so that by symmetry a pupil meets both of a pair equally often.
func uniform(w io.Writer) bool {
	r := rand.New(rand.NewPCG(90, 4))
	x := roster(r, 90, 4, schoolAttributes(r, 6), 0, 0)
	for i := range 45 { // pupil 45+i is the double of pupil i
		copy(x.Codes[(45+i)*x.Columns:(46+i)*x.Columns], x.Codes[i*x.Columns:(i+1)*x.Columns])
		for _, scores := range x.Scores {
			scores[45+i] = scores[i]
		}
	}
	x.ScoreSteps = 100_000
	var in [90][4]float64
	var first, second [45]float64 // seeds in which a pupil meets the first of a pair of doubles and not the second, and the other way round
	for n := range seeds {
		result := class.Draw(x, sha256.Sum256([]byte(strconv.Itoa(n))))
		for i, k := range result.Class {
			in[i][k]++
		}
		for b := range 45 {
			k := result.Class[(b+7)%45]
			switch with, other := result.Class[b] == k, result.Class[b+45] == k; {
			case with && !other:
				first[b]++
			case other && !with:
				second[b]++
			}
		}
	}
	chi := 0.0
	for _, counts := range in {
		for _, count := range counts {
			chi += (count - seeds/4) * (count - seeds/4) / (seeds / 4)
		}
	}
	p1 := distuv.ChiSquared{K: 90 * 3}.Survival(chi)
	chi = 0
	for b := range first { // McNemar: of the seeds that tell the doubles apart, half go each way
		chi += (first[b] - second[b]) * (first[b] - second[b]) / (first[b] + second[b])
	}
	p2 := distuv.ChiSquared{K: float64(len(first))}.Survival(chi)
	ok := p1 > barP && p2 > barP && !math.IsNaN(p2)
	fmt.Fprintf(w, "%d seeds, 90 pupils, 4 classes: pupil × class p = %.3f, pairs meeting p = %.3f (bar %.2f): met %v\n", seeds, p1, p2, barP, ok)
	return ok
}
