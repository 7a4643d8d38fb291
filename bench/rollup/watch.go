package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// took is what one piece of work took: on the clock, and of all processors together. The second hardly depends on what
// else runs on the machine.
type took struct{ clock, processor time.Duration }

// String returns both.
func (t took) String() string { return show(t.clock) + " (processor time " + show(t.processor) + ")" }

// repeat runs work several times and returns the medians. processor returns the processor time spent so far.
func repeat(runs int, processor func() (time.Duration, error), work func() error) (took, error) {
	clocks, processors := make([]time.Duration, runs), make([]time.Duration, runs)
	for i := range runs {
		before, err := processor()
		if err != nil {
			return took{}, err
		}
		start := time.Now()
		if err := work(); err != nil {
			return took{}, err
		}
		clocks[i] = time.Since(start)
		after, err := processor()
		if err != nil {
			return took{}, err
		}
		processors[i] = after - before
	}
	return took{median(clocks), median(processors)}, nil
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

// ownProcessor is the processor time of this process.
func ownProcessor() (time.Duration, error) {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0, err
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()), nil
}

// tick is the unit of processor time in /proc/…/stat.
const tick = 10 * time.Millisecond

// serverProcessor is the processor time of every process of the server on this machine to which process backend belongs,
// those that have ended included.
func serverProcessor(backend int) (time.Duration, error) {
	fields, err := stat(strconv.Itoa(backend))
	if err != nil {
		return 0, fmt.Errorf("the server does not run on this machine: %w", err)
	}
	server := fields[1]
	ticks := 0
	names, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		fields, err := stat(filepath.Base(name))
		if err != nil {
			continue // a process that has ended meanwhile
		}
		add := func(from, to int) {
			for _, field := range fields[from:to] {
				n, _ := strconv.Atoi(field)
				ticks += n
			}
		}
		if filepath.Base(name) == server {
			add(13-2, 17-2) // its own and those of ended children
		} else if fields[1] == server {
			add(13-2, 15-2)
		}
	}
	return time.Duration(ticks) * tick, nil
}

// stat returns the fields of /proc/…/stat from the state on; the process above is the second.
func stat(process string) ([]string, error) {
	data, err := os.ReadFile(filepath.Join("/proc", process, "stat"))
	if err != nil {
		return nil, err
	}
	text := string(data)
	return strings.Fields(text[strings.LastIndexByte(text, ')')+1:]), nil
}
