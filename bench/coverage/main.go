// Command coverage measures whether the intervals of value added hold what they promise.
//
// Counties are invented in which the true effect of every school is known: 20 to 300 schools of 10 to 300 pupils each, sizes
// uneven, with slopes that differ, with an effect of the company of other pupils, with errors in the entry score, with long tails,
// with little or nothing between the schools. Each is evaluated as a study does it. Counted are how many of the true effects lie
// in their 95 % interval, how many schools without an effect of their own are called different, and how many are called different
// to the wrong side. Run it from the root:
//
//	go run ./bench/coverage [COUNTIES OF EACH KIND]
//
// It ends with 1 when a bar is not met: 93 to 97 of 100 intervals hold, at most 6 of 100 schools without an effect are flagged.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"time"
)

// usual is how many counties of each kind are tried: some 2,000 schools at least.
const usual = 200

func main() {
	counties := usual
	if len(os.Args) > 1 {
		if n, err := strconv.Atoi(os.Args[1]); err == nil && n > 0 {
			counties = n
		}
	}
	fmt.Printf("%s, %s %s/%s, %d counties of each kind\n\n", time.Now().UTC().Format(time.DateOnly), runtime.Version(), runtime.GOOS, runtime.GOARCH, counties)
	fmt.Printf("%-44s %8s %10s %10s %12s %12s %10s\n", "county", "schools", "intervals", "covered %", "n < 30: %", "no effect,", "wrong")
	fmt.Printf("%-44s %8s %10s %10s %12s %12s %10s\n", "", "", "", "", "", "flagged %", "side %")
	met := true
	for n, c := range tryAll(kinds(), counties) {
		k, note := kinds()[n], ""
		if !c.met(k) {
			note, met = "   bar not met", false
		}
		if c.failed != nil {
			note += " " + c.failed.Error()
		}
		fmt.Printf("%-44s %8d %10d %10.1f %12.1f %12s %10.2f%s\n", k.Name, k.Schools, c.intervals, share(c.covered, c.intervals),
			share(c.smallCovered, c.small), c.flags(), share(c.wrong, c.intervals), note)
	}
	if !met {
		fmt.Fprintln(os.Stderr, "bench/coverage: a bar is not met")
		os.Exit(1)
	}
}

// tryAll tries every kind, as many at once as there are processors. The seed of a kind is its place.
func tryAll(all []kind, counties int) []count {
	results := make([]count, len(all))
	next := make(chan int)
	var wait sync.WaitGroup
	for range runtime.NumCPU() {
		wait.Go(func() {
			for n := range next {
				results[n] = trial(all[n], counties, uint64(n)+1)
			}
		})
	}
	for n := range all {
		next <- n
	}
	close(next)
	wait.Wait()
	return results
}
