// Command records measures rows that live: a list, filters and the board of one register with a million rows over HTTP, and
// the clock of ten thousand deadlines.
//
// It invents a county of 1,000 schools whose findings stand in every state, stores them through the write path of every
// import (chain included) in a database in a temporary folder, starts the handler of every page on a port of this machine
// and asks it as somebody who is signed in, over ordinary HTTP with compression, by 8 clients at once: 1,000 requests for
// each sort of page, over other schools, filters and pages each time. The number of rows that each answer names, and the
// first row of lists, are compared with a plain loop over what was invented; a wrong one ends the command. Then the clock runs
// over a register with 10,000 deadlines of which each has one step to raise, and again when nothing is due; what was raised
// is counted in the store. Run it from the root:
//
//	go run ./dev/postgres go run ./bench/records
//
// It writes what it prints to bench/records/last.txt too, and ends with 1 when a bar is not met. With -rows it takes fewer
// rows; then nothing is written.
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

// The bars: the 95th percentile of every sort of page, and one run of the clock.
const (
	barSQLite   = 150 * time.Millisecond
	barPostgres = 100 * time.Millisecond
	barClock    = time.Second
	requests    = 1000
	clients     = 8
)

var errBar = errors.New("a bar is not met")

func main() {
	rows := flag.Int("rows", million, "rows of the register")
	profiled := flag.String("profile", "", "beginning of the names of files for processor profiles of what is measured")
	flag.Parse()
	profile = *profiled
	if err := run(*rows); err != nil {
		fmt.Fprintln(os.Stderr, "bench/records:", err)
		os.Exit(1)
	}
}

func run(rows int) error {
	out := io.Writer(os.Stdout)
	if rows == million {
		file, err := os.Create("bench/records/last.txt")
		if err != nil {
			return err
		}
		defer file.Close()
		out = io.MultiWriter(os.Stdout, file)
	}
	fmt.Fprintf(out, "%s, %s %s/%s, %d processors, %s of memory\n", time.Now().UTC().Format(time.DateOnly), runtime.Version(), runtime.GOOS, runtime.GOARCH,
		runtime.NumCPU(), machine.Memory())
	fmt.Fprintf(out, "%d rows, %d schools; each sort of page: %d requests, %d clients, loopback, warm; every answer is checked\n", rows, schools, requests, clients)
	var failed error
	for _, one := range []struct {
		name, address string
		bar           time.Duration
	}{{"SQLite", "", barSQLite}, {"PostgreSQL", os.Getenv("JIAOHENG_TEST_POSTGRES"), barPostgres}} {
		if one.name == "PostgreSQL" && one.address == "" {
			fmt.Fprintln(out, "PostgreSQL: not measured; run it by way of ./dev/postgres")
			failed = errors.Join(failed, errBar)
			continue
		}
		failed = errors.Join(failed, measure(context.Background(), out, one.name, one.address, one.bar, rows))
	}
	return failed
}

// measure makes the data in one database and asks.
func measure(ctx context.Context, out io.Writer, name, address string, bar time.Duration, rows int) error {
	dir, err := os.MkdirTemp("", "records")
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
	b, err := open(ctx, s, dir, rows)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: stored in %s", name, time.Since(began).Round(time.Second))
	defer profiling(name)()
	before := machine.Held()
	began = time.Now()
	if err := b.desk.Warm(ctx); err != nil {
		return err
	}
	fmt.Fprintf(out, ", read at the start in %s, which takes %d MB; load of the machine %s\n", time.Since(began).Round(100*time.Millisecond), machine.Held()-before, machine.Load())
	return errors.Join(b.pages(ctx, out, bar), b.clock(ctx, out))
}

// profile is the beginning of the name of the files that processor profiles are written to, "" for none.
var profile string

// profiling writes a processor profile of what is measured in one database, until the function that it returns is called.
func profiling(name string) (end func()) {
	if profile == "" {
		return func() {}
	}
	file, err := os.Create(profile + "." + name)
	if err == nil {
		err = pprof.StartCPUProfile(file)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench/records:", err)
		return func() {}
	}
	return func() { pprof.StopCPUProfile(); file.Close() }
}
