package quota

import (
	"cmp"
	"slices"

	"jiaoheng/draw"
	"jiaoheng/optimise/apportion"
	"jiaoheng/optimise/matching"
)

// Tracks by which a pupil is admitted.
const (
	TrackQuota   = "quota"
	TrackPool    = "pool" // a quota place that stayed empty at first
	TrackUnified = "unified"
	TrackNone    = "none"
)

// Admitted is what became of one pupil.
type Admitted struct {
	Who    string
	Track  string
	Senior int // -1: none
	Number int // of the lottery, from 1
	Rank   int // among all pupils, from 0
}

// Result is the outcome of the draw. Shares and Again are by senior, then by junior school; Pupils stand in the order of the lines.
type Result struct {
	Policy  Policy
	Seniors []Senior
	Juniors []Junior
	Pupils  []Admitted
	Shares  [][]apportion.Share
	Again   [][]apportion.Share // of places that stayed empty, where the rule divides them anew
	Quota   matching.Report     // what the checker found in the quota track
	Pool    matching.Report
	Unified matching.Report // within bands
	Across  matching.Report // in the unified track as a whole: with several bands some wish more and stand before

	table table
	room  [3][]int // places by senior in the quota track (all juniors), of the pool, and of the unified track
}

// Draw divides the places and admits, from the lines alone.
func Draw(a draw.Announcement, lines []string, seed draw.Seed) (Result, error) {
	t, err := read(a.Rules, lines)
	if err != nil {
		return Result{}, err
	}
	r := Result{Policy: t.policy, Seniors: t.seniors, Juniors: t.juniors, table: t}
	if r.Shares, err = t.divide(seed); err != nil {
		return Result{}, err
	}
	order := r.rank(seed)
	if err := r.quotaTrack(order); err != nil {
		return Result{}, err
	}
	if err := r.poolTrack(order, seed); err != nil {
		return Result{}, err
	}
	return r, r.unifiedTrack(order)
}

// Lines is the result as lines, for those who verify.
func Lines(a draw.Announcement, lines []string, seed draw.Seed) ([]string, error) {
	r, err := Draw(a, lines, seed)
	if err != nil {
		return nil, err
	}
	return r.Lines(), nil
}

// Lines are the result lines of the proof: the shares, those of empty places, and what became of every pupil.
func (r Result) Lines() []string {
	var lines []string
	for at, shares := range [][][]apportion.Share{r.Shares, r.Again} {
		for s := range shares {
			for j, share := range shares[s] {
				if share.Of > 0 {
					lines = append(lines, fields([]string{"share", "again"}[at], r.Seniors[s].ID, r.Juniors[j].ID, share.Seats, share.Number, share.Of))
				}
			}
		}
	}
	for _, p := range r.Pupils {
		school := "-"
		if p.Senior >= 0 {
			school = r.Seniors[p.Senior].ID
		}
		lines = append(lines, fields("place", p.Who, p.Track, school, p.Number))
	}
	return lines
}

// rank draws the numbers of the lottery and returns the pupils in their order: score, ties, number.
func (r *Result) rank(seed draw.Seed) (order []int) {
	pupils := r.table.pupils
	r.Pupils = make([]Admitted, len(pupils))
	order = make([]int, len(pupils))
	for i := range order {
		order[i] = i
	}
	draw.Shuffle(draw.NewGenerator("quota lottery", seed), order)
	for place, i := range order {
		r.Pupils[i] = Admitted{Who: pupils[i].who, Track: TrackNone, Senior: -1, Number: place + 1}
	}
	slices.SortStableFunc(order, func(x, y int) int { // stable: of those equal the lower number stands before
		return cmp.Or(cmp.Compare(pupils[y].score, pupils[x].score), slices.Compare(pupils[y].ties, pupils[x].ties))
	})
	for place, i := range order {
		r.Pupils[i].Rank = place
	}
	return order
}

// match runs one track: wishes of the pupils in their order over places, admits, and returns the checker's report.
// school turns a place of the match into a senior school.
func (r *Result) match(order []int, seats []int, bands []int, wishes func(i int) []int, track string, school func(int) int) (within, across matching.Report, err error) {
	lists, keys := make([][]int, len(order)), make([][]uint64, len(order))
	for place, i := range order {
		if r.Pupils[i].Senior < 0 {
			lists[place] = wishes(i)
			keys[place] = slices.Repeat([]uint64{uint64(place)}, len(lists[place]))
		}
	}
	m, err := matching.New(seats, lists, keys)
	if err != nil {
		return within, across, err
	}
	result := matching.Parallel(m, bands)
	for place, s := range result {
		if s != matching.None {
			r.Pupils[order[place]].Track, r.Pupils[order[place]].Senior = track, school(s)
		}
	}
	return matching.CheckBands(m, bands, result), matching.Check(m, result), nil
}

// quotaTrack admits within each junior school: each senior and junior school together are one place of the match.
func (r *Result) quotaTrack(order []int) (err error) {
	seats := make([]int, len(r.Seniors)*len(r.Juniors))
	r.room[0] = make([]int, len(r.Seniors))
	for s, shares := range r.Shares {
		for j, share := range shares {
			seats[s*len(r.Juniors)+j] = share.Seats
			r.room[0][s] += share.Seats
		}
	}
	r.Quota, _, err = r.match(order, seats, nil, func(i int) (list []int) {
		for _, s := range r.quotaWishes(i) {
			list = append(list, s*len(r.Juniors)+r.table.pupils[i].junior)
		}
		return list
	}, TrackQuota, func(place int) int { return place / len(r.Juniors) })
	return err
}

// quotaWishes are the wishes of a pupil for quota places that the rules allow.
func (r *Result) quotaWishes(i int) (wishes []int) {
	p := r.table.pupils[i]
	for _, s := range p.quota {
		if p.full && p.score >= r.Seniors[s].QuotaFloor {
			wishes = append(wishes, s)
		}
	}
	return wishes
}

// poolTrack gives quota places that stayed empty to other junior schools, where the rule says so.
func (r *Result) poolTrack(order []int, seed draw.Seed) (err error) {
	r.room[1] = make([]int, len(r.Seniors))
	left := slices.Clone(r.room[0])
	for _, p := range r.Pupils {
		if p.Senior >= 0 {
			left[p.Senior]--
		}
	}
	switch r.Policy.Unused {
	case UnusedPupils:
		r.room[1] = left
		r.Pool, _, err = r.match(order, left, nil, r.quotaWishes, TrackPool, func(s int) int { return s })
	case UnusedJuniors:
		r.Again = r.table.divideAgain(seed, left, r.waiting())
		seats := make([]int, len(r.Seniors)*len(r.Juniors))
		for s, shares := range r.Again {
			for j, share := range shares {
				seats[s*len(r.Juniors)+j] = share.Seats
				r.room[1][s] += share.Seats
			}
		}
		r.Pool, _, err = r.match(order, seats, nil, func(i int) (list []int) {
			for _, s := range r.quotaWishes(i) {
				list = append(list, s*len(r.Juniors)+r.table.pupils[i].junior)
			}
			return list
		}, TrackPool, func(place int) int { return place / len(r.Juniors) })
	}
	return err
}

// waiting counts, by senior and junior school, the pupils without a place whose wish for a quota place the rules allow.
func (r *Result) waiting() [][]int {
	count := make([][]int, len(r.Seniors))
	for s := range count {
		count[s] = make([]int, len(r.Juniors))
	}
	for i, p := range r.Pupils {
		if p.Senior >= 0 {
			continue
		}
		for _, s := range r.quotaWishes(i) {
			count[s][r.table.pupils[i].junior]++
		}
	}
	return count
}

// unifiedTrack admits everybody left by bands. A wish below the line keeps its place in its band: it stands for a school
// without places.
func (r *Result) unifiedTrack(order []int) (err error) {
	seats := make([]int, len(r.Seniors)+MaxWishes)
	for s, school := range r.Seniors {
		seats[s] = school.Places
	}
	for _, p := range r.Pupils {
		if p.Senior >= 0 {
			seats[p.Senior]--
		}
	}
	r.room[2] = seats[:len(r.Seniors)]
	r.Unified, r.Across, err = r.match(order, seats, r.Policy.Bands, func(i int) (list []int) {
		for k, s := range r.table.pupils[i].wishes {
			if r.table.pupils[i].score < r.Seniors[s].Floor {
				s = len(r.Seniors) + k
			}
			list = append(list, s)
		}
		return list
	}, TrackUnified, func(s int) int { return s })
	return err
}
