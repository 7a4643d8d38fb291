// Command balanced measures the whole evaluation of 教督〔2017〕6号 (pack balanced) against its bars.
//
// An invented region reports every item of the census that the pack reads, into a frame; round.Run then computes all
// indicators that its standards ask for, in both stages and for every unit from section to province, and every verdict. Before
// anything is timed, the seven resource values, the verdict of every section and the fourteen difference coefficients of
// every county are compared with a plain computation that shares nothing with the engine. Figures are medians. Run it from
// the root:
//
//	go run ./bench/balanced
//
// It ends with 1 when a bar is not met.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"time"

	"jiaoheng"
	"jiaoheng/bench/machine"
	"jiaoheng/indicator"
	"jiaoheng/pack"
	"jiaoheng/round"
)

// The bars.
const (
	barCounty   = time.Millisecond
	barProvince = 60 * time.Millisecond
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench/balanced:", err)
		os.Exit(1)
	}
}

var errBar = errors.New("a bar is not met")

func run() error {
	fmt.Printf("%s, %s %s/%s, %d processors\n", time.Now().UTC().Format(time.DateOnly), runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		return faults
	}
	met := true
	for _, size := range []struct {
		name     string
		sections int
		counties int
		repeat   int
		bar      time.Duration
	}{{"county of 200 sections", 200, 1, 201, barCounty}, {"province of 20,000 sections", 20_000, 100, 15, barProvince}} {
		good, err := timeRegion(set, size.name, size.sections, size.counties, size.repeat, size.bar)
		if err != nil {
			return err
		}
		met = met && good
	}
	if !met {
		return errBar
	}
	return nil
}

// timeRegion checks and times one region.
func timeRegion(set *pack.Set, name string, sections, counties, repeat int, bar time.Duration) (bool, error) {
	r, err := newRegion(set, sections, counties)
	if err != nil {
		return false, err
	}
	in := round.Input{Set: set, Pack: "balanced", Period: year, Facts: indicator.FactsOf(r.frame.Snapshot())}
	outcome, faults := round.Run(in)
	if faults != nil {
		return false, faults
	}
	checked, err := r.check(outcome)
	if err != nil {
		return false, err
	}
	fmt.Printf("%s: %d units, %d sections, %d counties; %d answers agree with a plain computation\n", name, r.tree.Len(), sections, counties, checked)
	whole := timed(repeat, func(int) { round.Run(in) })
	met := show("  round.Run, everything", whole, bar)
	prepared, _ := round.Prepare(in)
	again := timed(repeat, func(int) { prepared.Run() })
	met = show("  Prepared.Run, the units being numbered", again, bar) && met
	section := r.sections[len(r.sections)/2]
	change := timed(repeat, func(k int) {
		prepared.Run(round.Change{Kind: round.Add, Unit: section.code, Item: "teachers_above", Value: float64(1 + k%5)})
	})
	show("  what-if: teachers added in one section", change, bar)
	merge := timed(repeat, func(int) {
		prepared.Run(round.Change{Kind: round.Merge, Unit: r.sections[0].school, Into: r.sections[len(r.sections)-1].school})
	})
	show("  what-if: one school merged into another", merge, 0)
	lines := timed(max(3, repeat/30), func(int) {
		o, _ := prepared.Run()
		o.Lines()
	})
	show("  with every line for a page", lines, 0)
	return met, nil
}

// took is what one repetition costs by the clock and in processor time.
type took struct{ clock, processor time.Duration }

// timed returns the medians over repetitions after one that warms up.
func timed(repeat int, do func(k int)) took {
	do(0)
	clocks, processors := make([]time.Duration, repeat), make([]time.Duration, repeat)
	for k := range repeat {
		from, used := time.Now(), machine.Processor()
		do(k)
		clocks[k], processors[k] = time.Since(from), machine.Processor()-used
	}
	slices.Sort(clocks)
	slices.Sort(processors)
	return took{clocks[repeat/2], processors[repeat/2]}
}

// show prints a figure and tells whether it meets its bar; 0 is no bar.
func show(what string, t took, bar time.Duration) bool {
	text := fmt.Sprintf("%-45s %9.3f ms, %.3f ms of processor", what, milliseconds(t.clock), milliseconds(t.processor))
	if bar == 0 {
		fmt.Println(text)
		return true
	}
	verdict := "met"
	if t.clock > bar {
		verdict = "NOT MET"
	}
	fmt.Printf("%s (bar %.0f ms: %s)\n", text, milliseconds(bar), verdict)
	return t.clock <= bar
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
