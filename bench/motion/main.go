// Command motion measures a plan in motion: a city of 15 counties and 900 schools whose plan has 400 targets, each split down
// to every school, some 366,000 cells with a goal of their own.
//
// It invents the city, stores units, facts of six years, plan, splits and bindings as the program stores them in a database in a
// temporary folder, builds the board of lights, and starts the handler of every page on a port of this machine. Then it asks
// for the overview of a leader over ordinary HTTP with compression: 1,000 requests by 8 clients, after some that do not count;
// every answer must name the counts of the lights as a plain loop over what was invented finds them. Then it stores changed
// facts one by one and measures how long it takes until every light above shows it: the school, its county and the city, for
// every target that the fact counts for, again compared with a plain loop that knows nothing of the board. At the end the whole
// board is compared with one that is built anew. Last it composes the yearly report of a county. Run it from the root:
//
//	go run ./dev/postgres go run ./bench/motion
//
// Beside what the clock says stands the processor time, which other work of the machine does not touch.
//
// It writes what it prints to bench/motion/last.txt too, and ends with 1 when a bar is not met. With -targets it takes fewer
// targets; then nothing is written.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/pprof"
	"strings"
	"time"

	"jiaoheng/bench/machine"
	"jiaoheng/store"
)

// The bars: a page of the overview at the 95th percentile, a changed fact, a report, and building the board at the start.
const (
	barPage   = 100 * time.Millisecond
	barChange = time.Second
	barReport = 3 * time.Second
	barBuild  = 10 * time.Second
	requests  = 1000
	clients   = 8
	changes   = 40
	many      = 400
)

var errBar = errors.New("a bar is not met")

func main() {
	targets := flag.Int("targets", many, "targets of the plan")
	profile := flag.String("profile", "", "beginning of the names of files for processor profiles of what is measured")
	flag.Parse()
	if err := run(*targets, *profile); err != nil {
		fmt.Fprintln(os.Stderr, "bench/motion:", err)
		os.Exit(1)
	}
}

func run(targets int, profile string) error {
	out := io.Writer(os.Stdout)
	if targets == many {
		file, err := os.Create("bench/motion/last.txt")
		if err != nil {
			return err
		}
		defer file.Close()
		out = io.MultiWriter(os.Stdout, file)
	}
	fmt.Fprintf(out, "%s, %s %s/%s, %d processors, %s of memory\n", time.Now().UTC().Format(time.DateOnly), runtime.Version(), runtime.GOOS, runtime.GOARCH,
		runtime.NumCPU(), machine.Memory())
	fmt.Fprintf(out, "%d targets split over %d counties and %d schools, %d cells with a goal of their own, facts of %d years in %d indicators\n", targets, counties, schools,
		targets*(counties+schools), years, indicators)
	failed := measured(context.Background(), out, "SQLite", "", targets, profile)
	address := os.Getenv("JIAOHENG_TEST_POSTGRES")
	if address == "" {
		fmt.Fprintln(out, "PostgreSQL: not measured; run it by way of ./dev/postgres")
		return failed
	}
	return errors.Join(failed, measured(context.Background(), out, "PostgreSQL", address, targets, profile))
}

// measured makes the city in one database, builds the board and asks.
func measured(ctx context.Context, out io.Writer, name, address string, targets int, profile string) error {
	dir, err := os.MkdirTemp("", "motion")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := writePack(dir); err != nil {
		return err
	}
	s, err := store.Open(ctx, store.Options{DataDir: dir, DatabaseURL: address, KeyFile: strings.Repeat("5a", 32), Clock: func() time.Time { return now }})
	if err != nil {
		return err
	}
	defer s.Close()
	began := time.Now()
	b, err := open(ctx, s, dir, targets)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: stored in %s", name, time.Since(began).Round(time.Second))
	if profile != "" {
		file, err := os.Create(profile + "." + name)
		if err != nil {
			return err
		}
		defer file.Close()
		if err := pprof.StartCPUProfile(file); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	return errors.Join(b.build(ctx, out), b.pages(ctx, out), b.changes(ctx, out), b.report(ctx, out))
}

// build builds the board and compares every light with those of the plain loop.
func (b *bench) build(ctx context.Context, out io.Writer) error {
	if _, _, err := b.desk.Facts(ctx); err != nil {
		return err
	}
	before, used, began := machine.Held(), machine.Processor(), time.Now()
	view, err := b.board.View(ctx)
	if err != nil {
		return err
	}
	took := time.Since(began)
	used = machine.Processor() - used
	fmt.Fprintf(out, "; the board is built in %s (bar %s), processor time of all threads %s, and takes %d MB beside the facts; load of the machine %s\n",
		took.Round(100*time.Millisecond), barBuild, used.Round(100*time.Millisecond), machine.Held()-before, machine.Load())
	if err := b.compare(view); err != nil {
		return err
	}
	if took > barBuild {
		return errBar
	}
	return nil
}
