// Command rollup measures the frame against its bars and against two databases.
//
// An invented province of 20,000 units reports 100 items in 10 periods; the totals of every item and period are computed
// and the numbers of schools behind them for every unit with units below it: by the frame from its cells, by SQLite and by PostgreSQL with one statement each.
// Every answer is first compared with a sum by brute force, and a wrong one ends the command. The databases hold the facts
// in two forms, one row for each fact and one wide row for each school and period, with an index in the order of the
// grouping, ANALYZE and warm caches, and add up level by level; the narrow form answers with one row made of every total, so that the way of
// the totals through a driver is not counted. Figures are medians. Run it from the root:
//
//	go run ./dev/postgres go run ./bench/rollup
//
// Without dev/postgres it leaves out PostgreSQL and says so. It ends with 1 when a bar that was measured is not met.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"
)

// The sizes and the bars that speak of them.
const (
	items, periods  = 100, 10
	memoryItems     = 300
	barRollup       = 25 * time.Millisecond
	barChange       = time.Millisecond
	barMegabytes    = 700
	barSQLite       = 200
	barPostgres     = 100
	postgresAddress = "JIAOHENG_TEST_POSTGRES"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench/rollup:", err)
		os.Exit(1)
	}
}

var errBar = errors.New("a bar is not met")

func run() error {
	fmt.Printf("%s, %s %s/%s, %d processors\n", time.Now().UTC().Format(time.DateOnly), runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	ours, err := newOurs()
	if err != nil {
		return err
	}
	if err := ours.check(); err != nil {
		return err
	}
	fmt.Printf("%d units, %d of them with units below; %d items, %d periods; every total agrees with brute force\n",
		units, ours.rollup.Inner(), items, periods)
	met := bar("memory of 20,000 × 300 × 10", fmt.Sprintf("%d MB, %d MB at the peak of the process", ours.megabytes, ours.peak),
		ours.peak <= barMegabytes, fmt.Sprintf("%d MB", barMegabytes))
	rollup, err := repeat(101, ownProcessor, ours.roll)
	if err != nil {
		return err
	}
	alone := rollup.processor / time.Duration(runtime.GOMAXPROCS(0))
	met = bar("roll-up to every ancestor", fmt.Sprintf("%v, so %s on processors of its own", rollup, show(alone)),
		min(rollup.clock, alone) <= barRollup, show(barRollup)) && met
	changes, err := ours.changes()
	if err != nil {
		return err
	}
	met = changes && met
	databases, err := compare(ours, rollup)
	if err != nil {
		return err
	}
	if !met || !databases {
		return errBar
	}
	return nil
}

// compare runs the same roll-up in the databases and tells whether the bars were met.
func compare(ours *ours, rollup took) (bool, error) {
	lite, err := measureSQLite(ours)
	if err != nil {
		return false, fmt.Errorf("SQLite: %w", err)
	}
	met := ratio("SQLite", lite, rollup, barSQLite)
	address := os.Getenv(postgresAddress)
	if address == "" {
		fmt.Println("PostgreSQL: not measured; go run ./dev/postgres go run ./bench/rollup measures it")
		return met, nil
	}
	server, err := measurePostgres(address, ours)
	if err != nil {
		return false, fmt.Errorf("PostgreSQL: %w", err)
	}
	return ratio("PostgreSQL", server, rollup, barPostgres) && met, nil
}

// ratio prints both forms, by processor time, since the clock of a busy machine says little. The bar speaks of the
// narrow form, which like the frame takes any item and period without a change of its schema; the wide one has no bar.
func ratio(name string, theirs figures, ours took, least float64) bool {
	times := func(t took) float64 { return float64(t.processor) / float64(ours.processor) }
	fmt.Printf("the same in %s, one wide row for each school and period: %v, %.0f times the processor time (no bar)\n", name, theirs.wide, times(theirs.wide))
	return bar("the same in "+name+", one row for each fact", fmt.Sprintf("%v, %.0f times the processor time", theirs.narrow, times(theirs.narrow)),
		times(theirs.narrow) >= least, fmt.Sprintf("at least %.0f times", least))
}

func bar(name, figure string, met bool, limit string) bool {
	verdict := "met"
	if !met {
		verdict = "NOT MET"
	}
	fmt.Printf("%s: %s (bar %s: %s)\n", name, figure, limit, verdict)
	return met
}

func show(d time.Duration) string {
	if d < time.Millisecond {
		return fmt.Sprintf("%.1f µs", float64(d)/float64(time.Microsecond))
	}
	return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
}
