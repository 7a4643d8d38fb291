package main

import (
	"context"
	"fmt"
	"io"
	random "math/rand/v2"
	"slices"
	"time"

	"jiaoheng/bench/machine"
	"jiaoheng/period"
	"jiaoheng/register"
)

// today is the day of the server.
var today = period.DayAt(now)

// changes stores changed facts one by one and measures how long it takes until every light above shows them.
func (b *bench) changes(ctx context.Context, out io.Writer) error {
	chance := random.New(random.NewPCG(20260915, 30))
	var times []time.Duration
	var used time.Duration
	turned := 0
	for range changes {
		one, err := b.change(ctx, chance)
		if err != nil {
			return err
		}
		times, turned, used = append(times, one.took), turned+one.turned, used+one.used
	}
	slices.Sort(times)
	fmt.Fprintf(out, "  a changed fact: %d changes turn %d lights; from the moment it is stored to every light above it: median %s, longest %s (bar %s); processor time of one %s; load of the machine %s\n",
		changes, turned, times[len(times)/2].Round(time.Millisecond), times[len(times)-1].Round(time.Millisecond), barChange, (used / changes).Round(time.Millisecond), machine.Load())
	view, err := b.board.View(ctx)
	if err != nil {
		return err
	}
	if err := b.compare(view); err != nil { // of every target in every unit
		return err
	}
	if turned == 0 {
		return fmt.Errorf("no light turned: the changes do not test the board")
	}
	if times[len(times)-1] > barChange {
		return errBar
	}
	return nil
}

// changed is what one changed fact cost: by the clock, of the processor, and how many lights it turned.
type changed struct {
	took, used time.Duration
	turned     int
}

// change changes one figure of one school so much that lights turn, and returns how long the board takes to show it.
func (b *bench) change(ctx context.Context, chance *random.Rand) (changed, error) {
	school, k, y := chance.IntN(schools), chance.IntN(indicators), years-1-chance.IntN(2)
	places := []int{0, 1 + school/perCounty, 1 + counties + school}
	view, err := b.board.View(ctx)
	if err != nil {
		return changed{}, err
	}
	type cell struct{ t, u int }
	before := map[cell]uint8{}
	for t, one := range b.targets {
		for _, u := range places {
			if one.indicator == k {
				before[cell{t, u}] = uint8(b.light(view.Rules, t, u))
			}
		}
	}
	b.counts[school][y][k] = float64(int(b.pupils[school] * chance.Float64()))
	half := k / (indicators / 2)
	if err := b.put(ctx, half, []register.Row{b.row(half, y, school)}); err != nil {
		return changed{}, err
	}
	used, began := machine.Processor(), time.Now()
	if view, err = b.board.View(ctx); err != nil {
		return changed{}, err
	}
	one := changed{took: time.Since(began), used: machine.Processor() - used}
	p, _ := view.Plan(planID)
	for at, was := range before {
		n, _ := view.Tree.Number(b.code(at.u))
		got, want := p.Light(at.t, n), b.light(view.Rules, at.t, at.u)
		if got != want {
			return changed{}, fmt.Errorf("after a change target %d in %s is %s, the plain loop finds %s", at.t+1, b.code(at.u), got.Key(), want.Key())
		}
		if uint8(want) != was {
			one.turned++
		}
	}
	return one, nil
}
