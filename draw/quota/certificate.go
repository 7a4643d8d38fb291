package quota

import (
	"fmt"
	"strconv"

	"jiaoheng/draw"
	"jiaoheng/message"
	"jiaoheng/optimise/apportion"
)

// Certificate says what the draw reached, in figures and in words. It names schools, never pupils.
type Certificate struct {
	Kind       string            `json:"kind"`
	Commitment string            `json:"commitment"`
	SeedOrigin string            `json:"seed_origin"`
	Method     string            `json:"method"`
	Share      string            `json:"share_percent"`
	Basis      string            `json:"basis"`
	Seniors    []SeniorFigures   `json:"seniors"`
	Juniors    []JuniorFigures   `json:"juniors"`
	Shares     []ShareFigures    `json:"shares"`
	Rural      RuralFigures      `json:"rural"`
	Pupils     PupilFigures      `json:"pupils"`
	Blocking   map[string]int    `json:"blocking_pairs"` // by track, counted by code apart from the method
	Across     int               `json:"blocking_pairs_across_bands"`
	LotTies    int               `json:"shares_decided_by_lot"`
	LotWishes  int               `json:"wishes_decided_by_lot"`
	Sentences  []string          `json:"sentences"`
	Names      map[string]string `json:"-"`
}

// SeniorFigures is one senior school.
type SeniorFigures struct {
	ID           string `json:"id"`
	Name         string `json:"name,omitempty"`
	Places       int    `json:"places"`
	Quota        int    `json:"quota"`
	QuotaPercent string `json:"quota_percent"`
	QuotaUsed    int    `json:"quota_used"`
	PoolUsed     int    `json:"quota_used_by_others"`
	Unified      int    `json:"unified_places"`
	UnifiedUsed  int    `json:"unified_used"`
	Unused       int    `json:"unused"`
	CutOff       string `json:"unified_cut_off"` // score of the last one taken; empty: nobody was
}

// JuniorFigures is one junior school.
type JuniorFigures struct {
	ID        string `json:"id"`
	Name      string `json:"name,omitempty"`
	Graduates int    `json:"graduates"`
	Rural     bool   `json:"rural"`
	Places    int    `json:"quota_places"`
	PerCent   string `json:"places_per_hundred"`
	Used      int    `json:"quota_used"`
}

// ShareFigures is how the places of one senior school for one junior school came about.
type ShareFigures struct {
	Senior   string `json:"senior"`
	Junior   string `json:"junior"`
	Places   int    `json:"places"`
	Claim    string `json:"claim"`         // exact, a fraction
	Decimal  string `json:"claim_decimal"` // cut off after four decimals
	Fixed    string `json:"fixed"`         // free, least or most
	Last     bool   `json:"last_step"`
	Lot      bool   `json:"decided_by_lot"`
	CutOff   string `json:"cut_off"` // score of the last one taken; empty: nobody was
	Sentence string `json:"sentence"`
}

// RuralFigures is what rural schools got.
type RuralFigures struct {
	Schools       int    `json:"schools"`
	Graduates     int    `json:"graduates"`
	GraduateShare string `json:"graduates_percent"`
	Places        int    `json:"quota_places"`
	PlaceShare    string `json:"quota_places_percent"`
}

// PupilFigures counts pupils.
type PupilFigures struct {
	Count     int `json:"count"`
	Quota     int `json:"quota"`
	Pool      int `json:"quota_of_others"`
	Unified   int `json:"unified"`
	None      int `json:"none"`
	Negatives int `json:"wishes_refused"`
	Reasons   int `json:"reasons_given"`
}

// percent is part of whole in per cent with two decimals, cut off.
func percent(part, whole int) string {
	if whole == 0 {
		return ""
	}
	return fixed(part*100, whole, 2)
}

// fixed is number / of with decimals, cut off, by whole numbers alone.
func fixed(number, of, decimals int) string {
	text := strconv.Itoa(number / of)
	if decimals > 0 {
		text += "."
	}
	rest := number % of
	for range decimals {
		rest *= 10
		text += strconv.Itoa(rest / of)
		rest %= of
	}
	return text
}

// Certificate says what was reached. names gives the names of schools by their ids; an id without one stands for itself.
func (r Result) Certificate(origin, commitment string, names map[string]string, language message.Language) Certificate {
	c := Certificate{Kind: Kind, Commitment: commitment, SeedOrigin: origin, Method: r.Policy.Method, Share: decimal(r.Policy.Share, 2), Basis: r.Policy.Basis,
		Blocking: map[string]int{TrackQuota: r.Quota.Blocking, TrackPool: r.Pool.Blocking, TrackUnified: r.Unified.Blocking},
		Across:   r.Across.Blocking, Names: names, Sentences: []string{}}
	lasts := r.lasts()
	c.seniors(r, lasts)
	c.juniors(r)
	for s := range r.Seniors {
		for j, share := range r.Shares[s] {
			if share.Of == 0 {
				continue
			}
			one := r.shareFigures(s, j, share, c.name, language)
			if at := lasts[lastKey{TrackQuota, s, j}]; at > 0 {
				one.CutOff = decimal(r.table.pupils[at-1].score, r.Policy.Decimals)
			}
			c.Shares = append(c.Shares, one)
			c.LotTies += bit(share.Tied)
		}
	}
	c.pupils(r)
	c.say(language)
	return c
}

func (c Certificate) name(id string) string {
	if name := c.Names[id]; name != "" {
		return name
	}
	return id
}

func (c *Certificate) seniors(r Result, lasts map[lastKey]int) {
	used := map[string][]int{}
	for _, track := range []string{TrackQuota, TrackPool, TrackUnified} {
		used[track] = make([]int, len(r.Seniors))
	}
	for _, p := range r.Pupils {
		if p.Senior >= 0 {
			used[p.Track][p.Senior]++
		}
	}
	for s, school := range r.Seniors {
		f := SeniorFigures{ID: school.ID, Name: c.Names[school.ID], Places: school.Places, Quota: school.Quota, QuotaPercent: percent(school.Quota, school.Places), Unified: r.room[2][s],
			QuotaUsed: used[TrackQuota][s], PoolUsed: used[TrackPool][s], UnifiedUsed: used[TrackUnified][s]}
		f.Unused = f.Places - f.QuotaUsed - f.PoolUsed - f.UnifiedUsed
		if at := lasts[lastKey{TrackUnified, s, -1}]; at > 0 {
			f.CutOff = decimal(r.table.pupils[at-1].score, r.Policy.Decimals)
		}
		c.Seniors = append(c.Seniors, f)
	}
}

func (c *Certificate) juniors(r Result) {
	graduates, places := 0, 0
	used := make([]int, len(r.Juniors))
	for i, p := range r.Pupils {
		used[r.table.pupils[i].junior] += bit(p.Track == TrackQuota || p.Track == TrackPool)
	}
	for j, school := range r.Juniors {
		f := JuniorFigures{ID: school.ID, Name: c.Names[school.ID], Graduates: school.Graduates, Rural: school.Rural, Used: used[j]}
		for s := range r.Seniors {
			f.Places += r.Shares[s][j].Seats
		}
		f.PerCent = percent(f.Places, f.Graduates)
		graduates += f.Graduates
		places += f.Places
		if school.Rural {
			c.Rural.Schools++
			c.Rural.Graduates += f.Graduates
			c.Rural.Places += f.Places
		}
		c.Juniors = append(c.Juniors, f)
	}
	c.Rural.GraduateShare, c.Rural.PlaceShare = percent(c.Rural.Graduates, graduates), percent(c.Rural.Places, places)
}

func (c *Certificate) pupils(r Result) {
	c.Pupils.Count = len(r.Pupils)
	for i, reasons := range r.Reasons() {
		p := r.Pupils[i]
		c.Pupils.Quota += bit(p.Track == TrackQuota)
		c.Pupils.Pool += bit(p.Track == TrackPool)
		c.Pupils.Unified += bit(p.Track == TrackUnified)
		c.Pupils.None += bit(p.Track == TrackNone)
		c.Pupils.Negatives += r.refused(i)
		for _, reason := range reasons {
			c.Pupils.Reasons += bit(reason.Code != NoWish && reason.Track != TrackPool)
			c.LotWishes += bit(reason.Code == ByNumber)
		}
	}
}

// refused counts the wishes of a pupil that were better than the result, without looking at the reasons.
func (r Result) refused(i int) int {
	p, mine := r.table.pupils[i], r.Pupils[i]
	n := 0
	for at, wishes := range [][]int{p.quota, p.wishes} {
		track := []string{TrackQuota, TrackUnified}[at]
		for _, s := range wishes {
			if mine.Track == track && mine.Senior == s {
				return n
			}
			n++
		}
		if at == 0 && mine.Track == TrackPool {
			return n
		}
	}
	return n
}

// shareFigures tells the division of one senior school's places for one junior school.
func (r Result) shareFigures(s, j int, share apportion.Share, name func(string) string, language message.Language) ShareFigures {
	total := 0
	for _, school := range r.Juniors {
		total += school.Graduates
	}
	f := ShareFigures{Senior: r.Seniors[s].ID, Junior: r.Juniors[j].ID, Places: share.Seats, Claim: fmt.Sprintf("%d/%d", share.Number, share.Of),
		Decimal: fixed(share.Number, share.Of, 4), Fixed: share.Fixed, Last: share.Last, Lot: share.Tied}
	args := message.Args{"senior": name(f.Senior), "junior": name(f.Junior), "graduates": r.Juniors[j].Graduates, "all": total, "quota": r.Seniors[s].Quota,
		"claim": f.Decimal, "whole": share.Whole(), "places": share.Seats}
	code := "whole"
	switch {
	case r.Juniors[j].Graduates == 0:
		code = "nobody"
	case share.Fixed == apportion.Least && share.Seats == share.Number:
		code = "least"
		if r.Juniors[j].Rural && r.Policy.RuralLeast > r.Policy.Least {
			code = "rural"
		}
	case share.Fixed == apportion.Most && share.Seats == share.Number:
		code = "most"
	case r.Policy.Method == Webster && share.Tied:
		code = "webster_lot"
	case r.Policy.Method == Webster:
		code = "webster"
	case share.Tied && share.Last:
		code = "lot_won"
	case share.Tied:
		code = "lot_lost"
	case share.Last:
		code = "up"
	case share.Rest() > 0:
		code = "down"
	}
	f.Sentence = message.Text(language, "draw.quota.share."+code, args)
	return f
}

// say puts what matters into words.
func (c *Certificate) say(language message.Language) {
	say := func(key string, args message.Args) {
		c.Sentences = append(c.Sentences, message.Text(language, key, args))
	}
	say("draw.quota.says.share", message.Args{"share": c.Share, "method": message.Word("draw.quota.word." + c.Method)})
	if c.Rural.Schools > 0 {
		say("draw.quota.says.rural", message.Args{"schools": c.Rural.Schools, "graduates": c.Rural.GraduateShare, "places": c.Rural.PlaceShare, "count": c.Rural.Places})
	}
	if c.LotTies > 0 {
		say("draw.quota.says.lot", message.Args{"count": c.LotTies})
	}
	if c.Pupils.Count > 0 {
		say("draw.quota.says.pupils", message.Args{"count": c.Pupils.Count, "quota": c.Pupils.Quota, "pool": c.Pupils.Pool, "unified": c.Pupils.Unified, "none": c.Pupils.None})
		say("draw.quota.says.reasons", message.Args{"count": c.Pupils.Negatives, "reasons": c.Pupils.Reasons})
		say("draw.quota.says.blocking", message.Args{"quota": c.Blocking[TrackQuota], "pool": c.Blocking[TrackPool], "unified": c.Blocking[TrackUnified]})
		if c.Across > 0 {
			say("draw.quota.says.across", message.Args{"count": c.Across})
		}
	}
	switch {
	case c.LotTies+c.LotWishes == 0:
		say("draw.quota.says.no_lot", nil)
	case c.SeedOrigin != draw.Announced:
		say("draw.quota.says.unproven", nil)
	}
}
