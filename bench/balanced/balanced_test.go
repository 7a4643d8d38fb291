package main

import (
	"testing"

	"jiaoheng"
	"jiaoheng/indicator"
	"jiaoheng/pack"
	"jiaoheng/round"
)

// The benchmarks measure what the command measures, with allocations and profiles:
//
//	go test -run '^$' -bench . -benchmem ./bench/balanced

func BenchmarkCounty(b *testing.B)   { benchmarkRegion(b, 200, 1) }
func BenchmarkProvince(b *testing.B) { benchmarkRegion(b, 20_000, 100) }

func benchmarkRegion(b *testing.B, sections, counties int) {
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		b.Fatal(faults)
	}
	r, err := newRegion(set, sections, counties)
	if err != nil {
		b.Fatal(err)
	}
	in := round.Input{Set: set, Pack: "balanced", Period: year, Facts: indicator.FactsOf(r.frame.Snapshot())}
	prepared, faults := round.Prepare(in)
	if faults != nil {
		b.Fatal(faults)
	}
	outcome, _ := prepared.Run()
	if _, err := r.check(outcome); err != nil {
		b.Fatal(err)
	}
	of := func(name string, do func(k int)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for k := 0; b.Loop(); k++ {
				do(k)
			}
		})
	}
	of("Everything", func(int) { round.Run(in) })
	of("Prepared", func(int) { prepared.Run() })
	section := r.sections[len(r.sections)/2]
	of("Add", func(k int) {
		prepared.Run(round.Change{Kind: round.Add, Unit: section.code, Item: "teachers_above", Value: float64(1 + k%5)})
	})
	of("Merge", func(int) {
		prepared.Run(round.Change{Kind: round.Merge, Unit: r.sections[0].school, Into: r.sections[len(r.sections)-1].school})
	})
	of("Lines", func(int) {
		o, _ := prepared.Run()
		o.Lines()
	})
}
