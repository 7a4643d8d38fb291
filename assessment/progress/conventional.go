package progress

import (
	"math"

	"jiaoheng/assessment"
)

// vingtiles is by how many bands of entry the expected number at a line is counted: enough that pupils of one band began alike,
// few enough that each has pupils of many schools.
const vingtiles = 20

// countSchools fills the schools of the result: who sat, who is linked, who left and joined, and the conventional figures.
func (r *Result) countSchools(cohorts []cohort, exams map[string]assessment.Sheet) {
	counted := map[string]*School{}
	school := func(unit string) *School {
		if counted[unit] == nil {
			counted[unit] = &School{Unit: unit, Entered: -1, Left: -1, Joined: -1}
		}
		return counted[unit]
	}
	for _, c := range cohorts {
		c.countMoves(school)
	}
	for _, c := range cohorts {
		all := c.linked(r.Study.Population, atEntry, atExit, "")
		line := r.lineOf(c, exams)
		if line.name != "" {
			r.Line = line.name
		}
		c.conventional(all, int(r.Rules.Bands.Value), line, school)
	}
	r.County = School{Entered: -1, Left: -1, Joined: -1}
	for _, unit := range sortedUnits(counted) {
		one := counted[unit]
		one.finish()
		r.County.add(*one)
		r.Schools = append(r.Schools, *one)
	}
	r.County.Conventional.Raw = 0
}

// beginning is the wave that tells who began at a school of the study, and how: the first one that was sat there, or an entrance
// exam that names the school that admitted each pupil. -1 where none does.
func (c cohort) beginning() (place int, of func(m mark) string) {
	admitted := 0
	for _, one := range c.pupils {
		if one.in[atEntry] && one.marks[atEntry].goes != "" {
			admitted++
		}
	}
	if c.elsewhere[atEntry] && admitted > 0 {
		return atEntry, func(m mark) string { return m.goes }
	}
	for _, place := range []int{atEntry, atMiddle} {
		if c.waves[place] != nil && !c.elsewhere[place] {
			return place, func(m mark) string { return m.unit }
		}
	}
	return -1, nil
}

// countMoves counts who sat, entered, left and joined. Where no exam tells who began at the schools of the study, nobody can say.
func (c cohort) countMoves(school func(unit string) *School) {
	begin, of := c.beginning()
	for unit, n := range c.waves[atExit].nameless {
		school(unit).Sat += n
	}
	for _, one := range c.pupils {
		ended := one.marks[atExit].unit
		if one.marks[atExit].known {
			school(ended).Sat++
		}
		if begin < 0 {
			continue
		}
		began := ""
		if one.in[begin] {
			began = of(one.marks[begin])
		}
		if began != "" {
			s := school(began)
			s.Entered, s.Left, s.Joined = max(s.Entered, 0)+1, max(s.Left, 0), max(s.Joined, 0)
			if !one.in[atExit] || ended != began {
				s.Left++
			}
		}
		if one.in[atExit] && began != ended {
			s := school(ended)
			s.Entered, s.Left, s.Joined = max(s.Entered, 0), max(s.Left, 0), max(s.Joined, 0)+1
		}
	}
}

// line is a line of the exit exam: pupils of a track may have one of their own.
type line struct {
	name    string // "" where the exam has none
	byTrack map[string]float64
	least   float64
}

// lineOf is the first line on what the study takes as the exit score.
func (r *Result) lineOf(c cohort, exams map[string]assessment.Sheet) line {
	w, _ := r.Study.Wave(c.name, RoleExit)
	out := line{byTrack: map[string]float64{}}
	for _, cut := range exams[w.Exam].Exam.Cuts {
		if !(cut.Subject == "" && len(w.Subjects) == 0 || len(w.Subjects) == 1 && cut.Subject == w.Subjects[0]) || out.name != "" && cut.Name != out.name {
			continue
		}
		if out.name == "" {
			out.least = cut.Least
		}
		out.name = cut.Name
		out.byTrack[cut.Track] = cut.Least
	}
	return out
}

// reached tells whether a mark is at the line for its track.
func (l line) reached(m mark) bool {
	if l.name == "" {
		return false
	}
	for _, track := range []string{m.track, ""} {
		if least, own := l.byTrack[track]; own {
			return m.score >= least
		}
	}
	return m.score >= l.least
}

// conventional adds the figures of one cohort to its schools, as sums over pupils; finish divides them.
func (c cohort) conventional(all []pupil, bands int, line line, school func(unit string) *School) {
	n := float64(len(all))
	before, after := scoresOf(all, atEntry), scoresOf(all, atExit)
	up, down := midRanks(before), midRanks(after)
	meanB, sdB := meanDeviation(before)
	meanA, sdA := meanDeviation(after)
	rate := expectedRates(all, up, line)
	for i, one := range all {
		s := school(one.marks[atExit].unit)
		s.Linked++
		if one.marks[atEntry].loose || one.marks[atExit].loose {
			s.Loose++
		}
		s.EntryMean += before[i]
		s.ExitMean += after[i]
		s.EntryRank += n + 1 - up[i]
		s.ExitRank += n + 1 - down[i]
		from, to := bandOf(up[i], n, bands), bandOf(down[i], n, bands)
		switch {
		case to > from:
			s.BandUp++
		case to < from:
			s.BandDown++
		}
		if sdB > 0 && sdA > 0 {
			s.Gain += (after[i]-meanA)/sdA - (before[i]-meanB)/sdB
		}
		s.Raw += 100 * (after[i]/one.marks[atExit].full - before[i]/one.marks[atEntry].full)
		if line.name != "" {
			s.Reached += int(is(line.reached(one.marks[atExit])))
			s.Expected += rate[bandOf(up[i], n, vingtiles)]
		}
	}
}

// bandOf is the band, from 0, of a place among n when every band holds as many.
func bandOf(rank, n float64, bands int) int {
	return min(bands-1, int(math.Floor((rank-0.5)/n*float64(bands))))
}

// expectedRates is the share of pupils of each band of entry that reach the line in the whole county.
func expectedRates(all []pupil, ranks []float64, line line) [vingtiles]float64 {
	var reached, count, rate [vingtiles]float64
	for i, one := range all {
		band := bandOf(ranks[i], float64(len(all)), vingtiles)
		count[band]++
		if line.reached(one.marks[atExit]) {
			reached[band]++
		}
	}
	for band := range rate {
		rate[band] = reached[band] / max(1, count[band])
	}
	return rate
}

// finish turns sums over pupils into means and shares.
func (s *School) finish() {
	n := float64(max(1, s.Linked))
	s.EntryMean, s.ExitMean, s.EntryRank, s.ExitRank = s.EntryMean/n, s.ExitMean/n, s.EntryRank/n, s.ExitRank/n
	s.RankMove = s.EntryRank - s.ExitRank
	s.BandUp, s.BandDown, s.Gain, s.Raw = 100*s.BandUp/n, 100*s.BandDown/n, s.Gain/n, s.Raw/n
}

// add counts a school into all.
func (s *School) add(one School) {
	n, more := float64(s.Linked), float64(one.Linked)
	if n+more > 0 {
		s.EntryMean = (s.EntryMean*n + one.EntryMean*more) / (n + more)
		s.ExitMean = (s.ExitMean*n + one.ExitMean*more) / (n + more)
	}
	s.Sat, s.Linked, s.Reached, s.Expected = s.Sat+one.Sat, s.Linked+one.Linked, s.Reached+one.Reached, s.Expected+one.Expected
	s.Loose += one.Loose
	if one.Entered >= 0 {
		s.Entered, s.Left, s.Joined = max(s.Entered, 0)+one.Entered, max(s.Left, 0)+one.Left, max(s.Joined, 0)+one.Joined
	}
}

// ties fills how the conventional figures go with the effect and with the intake, over the schools with enough pupils.
func (r *Result) ties() {
	if len(r.Parts) == 0 {
		return
	}
	figures := []struct {
		name string
		of   func(s School) float64
	}{{"rank_move", func(s School) float64 { return s.RankMove }}, {"band", func(s School) float64 { return s.BandUp - s.BandDown }},
		{"gain", func(s School) float64 { return s.Gain }}, {"line", func(s School) float64 { return float64(s.Reached) - s.Expected }}}
	for _, f := range figures {
		if f.name == "line" && r.Line == "" {
			continue
		}
		var value, effect, intake []float64
		for _, s := range r.Schools {
			one, known := r.Parts[0].Main.Effect(s.Unit)
			if !known || one.Standing == Small {
				continue
			}
			figure := f.of(s)
			if f.name == "line" {
				figure /= float64(max(1, s.Linked))
			}
			value, effect, intake = append(value, figure), append(effect, one.Effect), append(intake, s.EntryMean)
		}
		if len(value) >= MinSchools {
			r.Ties = append(r.Ties, Tie{f.name, correlation(midRanks(value), midRanks(effect)), correlation(midRanks(value), midRanks(intake))})
		}
	}
}

// correlation is Pearson's; 0 where one side does not vary.
func correlation(x, y []float64) float64 {
	mx, sx := meanDeviation(x)
	my, sy := meanDeviation(y)
	if sx == 0 || sy == 0 {
		return 0
	}
	sum := 0.0
	for i := range x {
		sum += (x[i] - mx) * (y[i] - my)
	}
	return sum / (sx * sy * float64(len(x)-1))
}
