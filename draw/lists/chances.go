package lists

import (
	"context"
	"math"
	"math/big"
	"runtime"
	"strconv"
	"sync"

	"jiaoheng/draw"
)

// Simulation: blocks of draws, each with a sequence of numbers of its own, so that they may be computed side by side.
const (
	BlockDraws     = 1_000
	SimulatedDraws = 100_000
	fewerDraws     = 10_000
	fewestDraws    = BlockDraws
	simulated      = "simulation"
	exact          = "exact"
)

// Chance is how likely one object or person is to be drawn.
type Chance struct {
	Who      string  `json:"who"`
	Chance   float64 `json:"chance"`               // of being drawn at least once
	Fraction string  `json:"fraction,omitempty"`   // where it is exact
	Error    float64 `json:"standard_error"`       // of the simulation, 0 where it is exact
	Mean     float64 `json:"mean,omitempty"`       // objects of one person, on average
	MeanErr  float64 `json:"mean_error,omitempty"` // standard error of Mean
}

// Chances are the chances of everybody before the seed is known.
type Chances struct {
	ObjectMethod    string   `json:"object_method"`              // exact or simulation
	InspectorMethod string   `json:"inspector_method,omitempty"` // the same
	Draws           int      `json:"draws,omitempty"`            // of the simulation
	Seed            string   `json:"seed,omitempty"`             // of the simulation: the commitment
	Redrawn         float64  `json:"redrawn"`                    // share of draws of objects that could not be manned and were repeated
	Objects         []Chance `json:"objects"`
	Inspectors      []Chance `json:"inspectors,omitempty"`
}

// ChancesOf finds the chances of a draw by its announcement and lines: exact ones where that is cheap, else from so many draws
// (whole blocks of BlockDraws, 0 for none) with the code that draws. Block b (from 1) takes its numbers from the generator of the label
// "lists simulation b" and the commitment as seed, one draw after the other.
func ChancesOf(ctx context.Context, a draw.Announcement, lines []string, draws int) (Chances, error) {
	r, err := readRoster(lines)
	if err != nil {
		return Chances{}, err
	}
	if c, small := r.enumerate(); small {
		return c, nil
	}
	sure := len(r.inspectors) == 0 || r.guarantee()
	var c Chances
	if draws >= BlockDraws && (len(r.inspectors) > 0 || !sure) {
		sums, err := r.simulate(ctx, a.Commitment(), draws/BlockDraws)
		if err != nil {
			return Chances{}, err
		}
		c = sums.chances(r, a)
	}
	if sure {
		c.ObjectMethod, c.Objects = exact, r.objectChances()
	}
	return c, nil
}

// UsualDraws is how many draws a simulation takes where nobody says: SimulatedDraws, fewer where a draw has thousands of seats.
func UsualDraws(lines []string) (int, error) {
	r, err := readRoster(lines)
	if err != nil {
		return 0, err
	}
	switch size := len(r.objects) + 20*r.mostSeats(); {
	case size <= 5_000:
		return SimulatedDraws, nil
	case size <= 10_000:
		return fewerDraws, nil
	}
	return fewestDraws, nil
}

// objectChances are pick·weight/W of every object.
func (r *roster) objectChances() []Chance {
	all := make([]Chance, len(r.objects))
	for n, o := range r.objects {
		s := r.strata[o.stratum]
		all[n] = exactChance(o.id, big.NewRat(int64(s.pick*o.weight), int64(s.weight)), nil)
	}
	return all
}

func exactChance(who string, chance, mean *big.Rat) Chance {
	c := Chance{Who: who, Fraction: chance.RatString()}
	c.Chance, _ = chance.Float64()
	if mean != nil {
		c.Mean, _ = mean.Float64()
	}
	return c
}

// sums are the counts of a simulation.
type sums struct {
	draws, rounds, failed int
	object                []int
	person                []int // draws in which the person was drawn
	seats, squares        []int // seats of the person, and their squares
}

// simulate draws blocks side by side and adds them up; the sum does not depend on the order.
func (r *roster) simulate(ctx context.Context, commitment draw.Hash, blocks int) (*sums, error) {
	total := newSums(r)
	var lock sync.Mutex
	var group sync.WaitGroup
	next := make(chan int)
	for range min(blocks, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			w, mine := newWork(r), newSums(r)
			for block := range next {
				mine.block(w, draw.NewGenerator("lists simulation "+strconv.Itoa(block), commitment))
			}
			lock.Lock()
			defer lock.Unlock()
			total.add(mine)
		})
	}
	for block := 1; block <= blocks && ctx.Err() == nil; block++ {
		next <- block
	}
	close(next)
	group.Wait()
	return total, ctx.Err()
}

func newSums(r *roster) *sums {
	people := func() []int { return make([]int, len(r.inspectors)) }
	return &sums{object: make([]int, len(r.objects)), person: people(), seats: people(), squares: people()}
}

func (s *sums) block(w *work, g *draw.Generator) {
	for range BlockDraws {
		rounds, _ := w.run(g)
		s.draws++
		s.rounds += min(rounds, MaxRounds)
		if rounds > MaxRounds {
			s.failed++
			continue
		}
		for _, o := range w.picked {
			s.object[o]++
		}
		for person, held := range w.held {
			if n := len(held); n > 0 {
				s.person[person]++
				s.seats[person] += n
				s.squares[person] += n * n
			}
		}
	}
}

func (s *sums) add(other *sums) {
	s.draws, s.rounds, s.failed = s.draws+other.draws, s.rounds+other.rounds, s.failed+other.failed
	for _, pair := range [][2][]int{{s.object, other.object}, {s.person, other.person}, {s.seats, other.seats}, {s.squares, other.squares}} {
		for n, count := range pair[1] {
			pair[0][n] += count
		}
	}
}

func (s *sums) chances(r *roster, a draw.Announcement) Chances {
	commitment := a.Commitment()
	c := Chances{ObjectMethod: simulated, InspectorMethod: simulated, Draws: s.draws, Seed: draw.Hex(commitment), Redrawn: 1 - float64(s.draws-s.failed)/float64(max(s.rounds, 1))}
	n := float64(s.draws)
	share := func(who string, count int) Chance {
		p := float64(count) / n
		return Chance{Who: who, Chance: p, Error: math.Sqrt(p * (1 - p) / n)}
	}
	for o := range r.objects {
		c.Objects = append(c.Objects, share(r.objects[o].id, s.object[o]))
	}
	for i := range r.inspectors {
		one := share(r.inspectors[i].id, s.person[i])
		one.Mean = float64(s.seats[i]) / n
		one.MeanErr = math.Sqrt(max(0, float64(s.squares[i])/n-one.Mean*one.Mean) / n)
		c.Inspectors = append(c.Inspectors, one)
	}
	return c
}
