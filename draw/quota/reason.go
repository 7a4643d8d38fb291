package quota

import (
	"slices"

	"jiaoheng/message"
)

// Reason says why a wish that was better than the result was not met. Code names what decided; Args are its figures.
type Reason struct {
	Track  string // TrackQuota, TrackPool or TrackUnified
	Senior int    // the school of the wish; -1: there was no wish
	Wish   int    // which wish of the track, from 1
	Code   string
	Args   message.Args
}

// What decided.
const (
	NoRecord   = "no_record"   // no full study record: no right to quota places
	BelowFloor = "below_floor" // the score is below the line
	NoPlaces   = "no_places"   // the school had no places (for this junior school)
	ByScore    = "by_score"    // the last one taken had a higher score
	ByTie      = "by_tie"      // equal score; a stated subject decided
	ByNumber   = "by_number"   // all equal; the lottery decided
	ByBand     = "by_band"     // full with wishes of earlier bands before this wish counted
	NoWish     = "no_wish"     // nothing was wished
)

// Text is the reason as a sentence to the family.
func (r Reason) Text(language message.Language) string {
	return message.Text(language, "draw.quota.reason."+r.Code, r.Args)
}

type lastKey struct {
	track          string
	senior, junior int
}

// lasts finds the last admitted of every track, senior and junior school, and of all junior schools together.
func (r Result) lasts() map[lastKey]int {
	last := map[lastKey]int{}
	for i, p := range r.Pupils {
		if p.Senior < 0 {
			continue
		}
		for _, junior := range []int{-1, r.table.pupils[i].junior} {
			key := lastKey{p.Track, p.Senior, junior}
			if at := last[key]; at == 0 || r.Pupils[at-1].Rank < p.Rank {
				last[key] = i + 1
			}
		}
	}
	return last
}

// Reasons returns, for every pupil, the reason of every wish that was better than the result. A pupil without any place and
// without any wish gets NoWish.
func (r Result) Reasons() [][]Reason {
	e := explainer{r, r.lasts()}
	all := make([][]Reason, len(r.Pupils))
	for i := range r.Pupils {
		all[i] = e.of(i)
	}
	return all
}

type explainer struct {
	Result
	last map[lastKey]int
}

func (e explainer) of(i int) (reasons []Reason) {
	p, mine := e.table.pupils[i], e.Pupils[i]
	for k, s := range p.quota {
		if mine.Track == TrackQuota && mine.Senior == s {
			return reasons
		}
		reasons = append(reasons, e.quota(i, k, s))
	}
	if e.Policy.Unused != UnusedUnified && p.full {
		for k, s := range p.quota {
			if mine.Track == TrackPool && mine.Senior == s {
				return reasons
			}
			if reason, asked := e.pool(i, k, s); asked {
				reasons = append(reasons, reason)
			}
		}
	}
	for k, s := range p.wishes {
		if mine.Track == TrackUnified && mine.Senior == s {
			return reasons
		}
		reasons = append(reasons, e.unified(i, k, s))
	}
	if len(p.quota)+len(p.wishes) == 0 {
		reasons = append(reasons, Reason{Track: TrackUnified, Senior: -1, Code: NoWish})
	}
	return reasons
}

func (e explainer) quota(i, k, s int) Reason {
	p := e.table.pupils[i]
	reason := Reason{Track: TrackQuota, Senior: s, Wish: k + 1}
	switch {
	case !p.full:
		reason.Code = NoRecord
	case p.score < e.Seniors[s].QuotaFloor:
		return e.belowFloor(reason, i, e.Seniors[s].QuotaFloor)
	case e.Shares[s][p.junior].Seats == 0:
		reason.Code = NoPlaces
	default:
		return e.behind(reason, i, e.last[lastKey{TrackQuota, s, p.junior}]-1, e.Shares[s][p.junior].Seats)
	}
	return reason
}

// pool tells why an unused quota place of s was not given; asked is false when there was none to give to this pupil.
func (e explainer) pool(i, k, s int) (reason Reason, asked bool) {
	junior, places := -1, e.room[1][s]
	if e.Policy.Unused == UnusedJuniors {
		junior = e.table.pupils[i].junior
		places = e.Again[s][junior].Seats
	}
	at := e.last[lastKey{TrackPool, s, junior}] - 1
	if e.table.pupils[i].score < e.Seniors[s].QuotaFloor || at < 0 {
		return Reason{}, false
	}
	return e.behind(Reason{Track: TrackPool, Senior: s, Wish: k + 1}, i, at, places), true
}

func (e explainer) unified(i, k, s int) Reason {
	reason := Reason{Track: TrackUnified, Senior: s, Wish: k + 1}
	at := e.last[lastKey{TrackUnified, s, -1}] - 1
	switch {
	case e.table.pupils[i].score < e.Seniors[s].Floor:
		return e.belowFloor(reason, i, e.Seniors[s].Floor)
	case e.room[2][s] == 0:
		reason.Code = NoPlaces
	case e.Pupils[at].Rank > e.Pupils[i].Rank:
		reason.Code = ByBand
		reason.Args = message.Args{"wish": k + 1, "places": e.room[2][s]}
	default:
		return e.behind(reason, i, at, e.room[2][s])
	}
	return reason
}

func (e explainer) belowFloor(reason Reason, i, floor int) Reason {
	reason.Code = BelowFloor
	reason.Args = message.Args{"floor": e.score(floor), "score": e.score(e.table.pupils[i].score)}
	return reason
}

func (e explainer) score(n int) string { return decimal(n, e.Policy.Decimals) }

// behind compares a pupil with the last one taken for places.
func (e explainer) behind(reason Reason, i, at, places int) Reason {
	mine, last := e.table.pupils[i], e.table.pupils[at]
	reason.Args = message.Args{"places": places, "last": e.score(last.score), "score": e.score(mine.score)}
	if mine.score != last.score {
		reason.Code = ByScore
		return reason
	}
	for n := range mine.ties {
		if mine.ties[n] != last.ties[n] {
			reason.Code = ByTie
			reason.Args["subject"], reason.Args["last_tie"], reason.Args["tie"] = e.Policy.Ties[n], e.score(last.ties[n]), e.score(mine.ties[n])
			return reason
		}
	}
	reason.Code = ByNumber
	reason.Args["last_number"], reason.Args["number"] = e.Pupils[at].Number, e.Pupils[i].Number
	return reason
}

// Index returns the place of a pupil in Pupils and Reasons by how the pupil stands in the lines, or -1.
func (r Result) Index(who string) int {
	return slices.IndexFunc(r.Pupils, func(p Admitted) bool { return p.Who == who })
}
