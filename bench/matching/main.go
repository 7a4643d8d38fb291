// Command matching measures deferred acceptance on markets of a city: applicants with a zone and eight wishes that lean to the same
// good schools and to those near by, schools that rank by zone, sibling and lottery. Every result is checked by matching.Check,
// which shares no code with the method, and the command ends with 1 when a bar is not met.
//
//	go run ./bench/matching
package main

import (
	"cmp"
	"fmt"
	"os"
	"runtime"
	"slices"
	"time"

	"jiaoheng/bench/machine"
	"jiaoheng/draw"
	"jiaoheng/optimise/matching"
)

// wishes is how many schools each applicant names.
const wishes = 8

// runs is how often each size is run; the median counts.
const runs = 5

// bar is one size with what it may take.
type bar struct {
	applicants, schools int
	seconds             float64
}

var bars = []bar{{12_000, 60, 0}, {60_000, 300, 0.5}, {200_000, 300, 2}, {200_000, 1_000, 2}}

func main() {
	fmt.Printf("deferred acceptance, %d wishes, places for 96 %%; %s, %s, %d processors, %s, load %s\n",
		wishes, time.Now().Format("2006-01-02"), runtime.Version(), runtime.NumCPU(), machine.Memory(), machine.Load())
	met := true
	for _, b := range bars {
		met = b.run() && met
	}
	if !met {
		os.Exit(1)
	}
}

// run generates, matches, checks and prints one size. The clock includes the making of the market from lists.
func (b bar) run() bool {
	seats, lists, keys := b.generate()
	var build, match []float64
	var m *matching.Market
	var result []int
	for range runs {
		began := time.Now()
		var err error
		if m, err = matching.New(seats, lists, keys); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		built := time.Now()
		result = matching.DeferredAcceptance(m)
		build, match = append(build, built.Sub(began).Seconds()), append(match, time.Since(built).Seconds())
	}
	slices.Sort(build)
	slices.Sort(match)
	report := matching.Check(m, result)
	boston := matching.Check(m, matching.Boston(m))
	total := build[runs/2] + match[runs/2]
	met := report.Blocking+report.Overfull+report.Unwished == 0 && boston.Blocking > 0 && (b.seconds == 0 || total <= b.seconds)
	limit := "no bar"
	if b.seconds > 0 {
		limit = fmt.Sprintf("bar %g s", b.seconds)
	}
	fmt.Printf("%7d applicants × %4d schools: market %.3f s + matching %.3f s = %.3f s (%s), slowest matching %.3f s; placed %d, blocking pairs %d (Boston: %d); met: %t\n",
		b.applicants, b.schools, build[runs/2], match[runs/2], total, limit, match[runs-1], report.Placed, report.Blocking, boston.Blocking, met)
	return met
}

// generate makes a market: schools of one row lie side by side, good ones are wished from everywhere.
func (b bar) generate() (seats []int, lists [][]int, keys [][]uint64) {
	random := draw.NewGenerator("bench matching", draw.Seed{1})
	below := func(n int) int { return int(random.Below(uint32(n))) }
	seats = make([]int, b.schools)
	fame := make([]int, b.schools)
	for s := range seats {
		seats[s], fame[s] = b.applicants*96/100/b.schools, below(1000)
	}
	numbers := make([]int, b.applicants)
	for a := range numbers {
		numbers[a] = a
	}
	draw.Shuffle(random, numbers)
	for a := range b.applicants {
		zone := below(b.schools)
		list := near(zone, b.schools, below)
		liking := make(map[int]int, len(list))
		for _, s := range list {
			liking[s] = fame[s] + below(400)
		}
		slices.SortFunc(list, func(x, y int) int { return cmp.Or(cmp.Compare(liking[y], liking[x]), cmp.Compare(x, y)) })
		list = list[:wishes]
		key := make([]uint64, wishes)
		for k, s := range list {
			class := uint32(2)
			if s == zone {
				class = 0
			} else if below(20) == 0 {
				class = 1 // an elder sister or brother is there
			}
			key[k] = matching.Key(class, uint32(numbers[a]))
		}
		lists, keys = append(lists, list), append(keys, key)
	}
	return seats, lists, keys
}

// near is the school of the zone with those around it and some from anywhere.
func near(zone, schools int, below func(int) int) []int {
	list := []int{zone}
	for d := 1; d <= 5; d++ {
		list = append(list, (zone+d)%schools, (zone+schools-d)%schools)
	}
	for len(list) < 16 {
		if s := below(schools); !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}
