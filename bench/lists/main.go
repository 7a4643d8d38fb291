// Command lists measures draws from lists: 50 of 300 schools in 12 strata by risk, with teams of 2 or 3 out of 120 inspectors who have
// 5 to 18 conflicts each, at most three schools a person and a leader in every team. Run it from the root:
//
//	go run ./bench/lists
//
// It checks 1,000 draws by the check that shares no code with the draw, compares the published chances with 100,000 draws by a second,
// naive program of its own with other random numbers (chi squared over one seat and one school taken at random from each draw, so
// that observations are independent), and ends with 1 when a bar is not met. What it prints goes to bench/lists/last.txt too.
package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"jiaoheng/bench/machine"
	"jiaoheng/draw"
	"jiaoheng/draw/lists"
)

// The bars.
const (
	barDraw   = time.Second
	barP      = 0.01
	checked   = 1_000
	schools   = 300
	people    = 120
	drawnMany = 50
)

func main() {
	out, err := os.Create("bench/lists/last.txt")
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench/lists:", err)
		os.Exit(1)
	}
	defer out.Close()
	met, err := run(io.MultiWriter(os.Stdout, out))
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench/lists:", err)
	}
	if !met || err != nil {
		os.Exit(1)
	}
}

func run(out io.Writer) (bool, error) {
	fmt.Fprintf(out, "%s, %s %s/%s, %d processors, %s of memory, load %s\n", time.Now().UTC().Format(time.DateOnly), runtime.Version(), runtime.GOOS, runtime.GOARCH,
		runtime.NumCPU(), machine.Memory(), machine.Load())
	in := county()
	start := time.Now()
	fixed, err := lists.Frozen(in)
	if err != nil {
		return false, err
	}
	frozen := time.Since(start)
	a, err := draw.Announce(lists.Kind, "bench", fixed.Rules, []draw.Source{{Kind: draw.Given}}, fixed.Lines)
	if err != nil {
		return false, err
	}
	took, violations, seats, err := draws(a, fixed.Lines)
	if err != nil {
		return false, err
	}
	slices.Sort(took)
	worst := took[len(took)-1]
	fmt.Fprintf(out, "%d of %d schools, %d inspectors, %d conflicts (%d pairs in all)\n", drawnMany, schools, people, len(in.Conflicts), fixed.Reasons[lists.Pair])
	fmt.Fprintf(out, "freezing %v; one draw from the lines: median %v, slowest %v (bar %v): met %v\n", frozen.Round(time.Millisecond), took[len(took)/2].Round(10*time.Microsecond),
		worst.Round(10*time.Microsecond), barDraw, frozen+worst <= barDraw)
	fmt.Fprintf(out, "%d draws, %d seats: %d violations (bar 0): met %v; every draw of schools can be manned: %v\n", checked, seats, violations, violations == 0, fixed.Guarantee)
	fine, err := compare(out, a, fixed.Lines)
	return fine && violations == 0 && fixed.Guarantee && frozen+worst <= barDraw, err
}

// county invents the lists.
func county() lists.Input {
	r := rand.New(rand.NewPCG(3, 797))
	in := lists.Input{Strata: []string{"town", "risk"}, Wanted: lists.Wanted{Pick: drawnMany}, Team: 2, Load: 3, Leader: lists.LeaderTag, Avoid: lists.Reasons()}
	for n := range schools {
		in.Objects = append(in.Objects, lists.Object{ID: fmt.Sprintf("S%03d", n), Stratum: []string{fmt.Sprint(n % 4), fmt.Sprint(n % 3)}, Weight: 1 + r.IntN(3), Team: 2 + r.IntN(2)})
	}
	for n := range people {
		i := lists.Inspector{ID: fmt.Sprintf("P%03d", n)}
		if n%3 == 0 {
			i.Tags = []string{lists.LeaderTag}
		}
		in.Inspectors = append(in.Inspectors, i)
		for _, o := range r.Perm(schools)[:5+r.IntN(14)] {
			in.Conflicts = append(in.Conflicts, lists.Conflict{Inspector: i.ID, Other: fmt.Sprintf("S%03d", o)})
		}
	}
	return in
}

// draws times draws and checks them.
func draws(a draw.Announcement, lines []string) (took []time.Duration, violations, seats int, err error) {
	for n := range checked {
		start := time.Now()
		result, err := lists.Draw(a, lines, draw.Seed{byte(n), byte(n >> 8)})
		if err != nil {
			return nil, 0, 0, err
		}
		took = append(took, time.Since(start))
		violations += len(lists.Violations(lines, result.Lines()))
		for _, team := range result.Teams {
			seats += len(team.Inspectors)
		}
	}
	return took, violations, seats, nil
}

// compare simulates by the published way and by the naive one.
func compare(out io.Writer, a draw.Announcement, lines []string) (bool, error) {
	start := time.Now()
	chances, err := lists.ChancesOf(context.Background(), a, lines, lists.SimulatedDraws)
	if err != nil {
		return false, err
	}
	fmt.Fprintf(out, "published chances: schools %s, inspectors %s of %d draws in %v\n", chances.ObjectMethod, chances.InspectorMethod, chances.Draws, time.Since(start).Round(10*time.Millisecond))
	n := readNaive(lines)
	school, person := make([]int, len(n.objects)), make([]int, len(n.people))
	ends := 0
	for done := 0; done < lists.SimulatedDraws; {
		picked, seats, ok := n.draw()
		if !ok {
			ends++
			continue
		}
		done++
		school[picked[n.IntN(len(picked))]]++
		person[seats[n.IntN(len(seats))]]++
	}
	var expectSchool, expectPerson []float64
	total := 0.0
	for _, one := range chances.Inspectors {
		total += one.Mean
	}
	for _, one := range chances.Objects {
		expectSchool = append(expectSchool, one.Chance/drawnMany)
	}
	for _, one := range chances.Inspectors {
		expectPerson = append(expectPerson, one.Mean/total)
	}
	ps, pp := chi(school, expectSchool, 0), chi(person, expectPerson, lists.SimulatedDraws*total)
	fmt.Fprintf(out, "naive program, %d draws, %d dead ends: schools p = %.3f, inspectors p = %.3f (bar %.2f): met %v\n", lists.SimulatedDraws, ends, ps, pp, barP, ps > barP && pp > barP)
	low, high := 1.0, 0.0
	for _, one := range chances.Inspectors {
		low, high = min(low, one.Chance), max(high, one.Chance)
	}
	fmt.Fprintf(out, "chances of inspectors from %.3f to %.3f\n", low, high)
	return ps > barP && pp > barP, nil
}

// chi is the p-value of counts against shares; seats says of how many observations the shares come, 0 where they are exact.
func chi(counts []int, shares []float64, seats float64) float64 {
	n, sum := 0.0, 0.0
	for _, count := range counts {
		n += float64(count)
	}
	for k, count := range counts {
		variance := n * shares[k]
		if seats > 0 {
			variance += n * n * shares[k] / seats
		}
		sum += (float64(count) - n*shares[k]) * (float64(count) - n*shares[k]) / variance
	}
	return distuv.ChiSquared{K: float64(len(counts) - 1)}.Survival(sum)
}

// naive draws by the plainest code that does the same, with floating point and without looking ahead: seats are
// given to anybody who may take them, and a dead end is thrown away.
type naive struct {
	*rand.Rand
	strata  []int // picks
	objects []naiveObject
	people  []naivePerson
}

type naiveObject struct {
	stratum, weight int
	seats           []string
}

type naivePerson struct {
	load      int
	tags      string
	conflicts map[int]bool
}

func readNaive(lines []string) *naive {
	n := &naive{Rand: rand.New(rand.NewPCG(20261122, 1))}
	for _, line := range lines {
		f := strings.Split(line, ";")
		switch f[0] {
		case "stratum":
			n.strata = append(n.strata, whole(f[3]))
		case "object":
			n.objects = append(n.objects, naiveObject{whole(f[3]) - 1, whole(f[4]), strings.Split(f[5], ",")})
		case "inspector":
			p := naivePerson{load: whole(f[3]), tags: f[4], conflicts: map[int]bool{}}
			for _, word := range strings.Split(f[5], ",") {
				p.conflicts[whole(word)-1] = true
			}
			n.people = append(n.people, p)
		}
	}
	return n
}

func whole(text string) (n int) {
	if _, err := fmt.Sscan(text, &n); err != nil {
		panic(err)
	}
	return n
}

func (n *naive) draw() (picked, seats []int, ok bool) {
	order := n.Perm(len(n.objects))
	for stratum, pick := range n.strata {
		weight := 0
		for _, o := range n.objects {
			if o.stratum == stratum {
				weight += o.weight
			}
		}
		// marks at random distance u below 1, then at every whole number
		at, next := 0.0, n.Float64()
		for _, o := range order {
			if n.objects[o].stratum != stratum {
				continue
			}
			if at += float64(pick*n.objects[o].weight) / float64(weight); next < at {
				picked, next = append(picked, o), next+1
			}
		}
	}
	used := make([]int, len(n.people))
	for _, o := range picked {
		var team []int
		for _, needs := range n.objects[o].seats {
			var may []int
			for k, p := range n.people {
				if used[k] < p.load && !p.conflicts[o] && (needs == "*" || needs == p.tags) && !slices.Contains(team, k) {
					may = append(may, k)
				}
			}
			if len(may) == 0 {
				return nil, nil, false
			}
			k := may[n.IntN(len(may))]
			used[k]++
			team = append(team, k)
		}
		seats = append(seats, team...)
	}
	return picked, seats, true
}
