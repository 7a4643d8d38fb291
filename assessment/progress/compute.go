package progress

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"maps"
	"math"
	"slices"

	"jiaoheng/assessment"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Sums are the moments of every part by cohort: all that is needed to evaluate again, to leave a school out or to add a cohort.
type Sums struct {
	Parts [][]Moments `json:"parts"`
}

// Compute evaluates a study over its exams. It returns the result with the sums behind it.
//
// Errors: faults where nobody is linked or the schools are too few to be told apart; parts beside the whole way (a track, a subject)
// that cannot be estimated say so in Untold instead.
func Compute(study Study, rules Rules, packs []string, exams map[string]assessment.Sheet) (Result, Sums, error) {
	r := Result{Study: study, Engine: Engine, Rules: rules, Packs: packs}
	if err := r.read(exams); err != nil {
		return r, Sums{}, err
	}
	var cohorts []cohort
	for _, name := range study.Cohorts() {
		c := cohortOf(study, name, func(exam string) assessment.Sheet { return exams[exam] })
		for _, w := range c.waves {
			if w != nil {
				r.Twice += w.twice
			}
		}
		cohorts = append(cohorts, c)
	}
	r.countSchools(cohorts, exams)
	if r.County.Linked == 0 {
		return r, Sums{}, fault.New("progress.nobody_linked", nil)
	}
	sums, err := r.evaluateParts(cohorts, exams)
	r.ties()
	return r, sums, err
}

// read notes the exams and draws the seed of the simulation from what they hold.
func (r *Result) read(exams map[string]assessment.Sheet) error {
	var faults fault.List
	all := sha256.New()
	for _, id := range r.Study.Exams() {
		sheet, known := exams[id]
		if !known {
			faults.Add(fault.New("progress.exam_unknown", message.Args{"exam": id}))
			continue
		}
		digest := digestOf(sheet)
		all.Write([]byte(digest))
		r.Inputs = append(r.Inputs, Input{Exam: id, Name: sheet.Exam.Name, Held: sheet.Exam.Held.String(), Pupils: len(sheet.Pupils), Digest: digest})
		if held := sheet.Exam.Held.String(); held > r.Day {
			r.Day = held
		}
	}
	r.Seed = binary.BigEndian.Uint64(all.Sum(nil))
	return faults.Err()
}

// digestOf is the SHA-256 of what a sheet says of pupils, independent of the order of its rows.
func digestOf(sheet assessment.Sheet) string {
	order := make([]int, len(sheet.Pupils))
	for n := range order {
		order[n] = n
	}
	line := func(h hash.Hash, p int) {
		one := sheet.Pupils[p]
		fmt.Fprintf(h, "%s|%s|%s|%s|%s|", one.Key, one.Unit, one.Class, one.Track, one.Group)
		for s := range sheet.Exam.Subjects {
			fmt.Fprintf(h, "%s:%d:%x|", sheet.Exam.Subjects[s].Code, sheet.Status[s][p], math.Float64bits(sheet.Marks[s][p]))
		}
	}
	lines := make([]string, len(sheet.Pupils))
	for p := range lines {
		h := sha256.New()
		line(h, p)
		lines[p] = string(h.Sum(nil))
	}
	slices.Sort(lines)
	h := sha256.New()
	for _, s := range sheet.Exam.Subjects {
		fmt.Fprintf(h, "%s|%x|%t|", s.Code, math.Float64bits(s.Full), s.Total)
	}
	for _, one := range lines {
		h.Write([]byte(one))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// planned is one part to be made, before it is estimated.
type planned struct {
	part    Part
	cohorts []cohort
}

// evaluateParts estimates the whole way, the phases, the tracks and the subjects.
func (r *Result) evaluateParts(cohorts []cohort, exams map[string]assessment.Sheet) (Sums, error) {
	var sums Sums
	for n, p := range r.planParts(cohorts, exams) {
		var moments []Moments
		for _, c := range p.cohorts {
			if one, some := r.momentsOf(&p.part, c); some {
				moments = append(moments, one)
			}
		}
		if err := r.tell(&p.part, moments, n > 0); err != nil {
			return sums, err
		}
		r.Parts, sums.Parts = append(r.Parts, p.part), append(sums.Parts, moments)
	}
	return sums, nil
}

// planParts lists the parts that the study asks for.
func (r *Result) planParts(cohorts []cohort, exams map[string]assessment.Sheet) []planned {
	all := []planned{{Part{Phase: Whole}, cohorts}}
	if cohorts[0].waves[atMiddle] != nil {
		all = append(all, planned{Part{Phase: First}, cohorts}, planned{Part{Phase: Second}, cohorts})
	}
	if r.Study.Tracks == TracksApart {
		for _, track := range tracksOf(cohorts) {
			all = append(all, planned{Part{Phase: Whole, Track: track}, cohorts})
		}
	}
	if r.Study.Subjects {
		all = append(all, r.planSubjects(exams)...)
	}
	return all
}

// planSubjects lists a part for each subject of the exit exam of the last cohort.
func (r *Result) planSubjects(exams map[string]assessment.Sheet) []planned {
	names := r.Study.Cohorts()
	last := names[len(names)-1]
	w, _ := r.Study.Wave(last, RoleExit)
	var all []planned
	for _, subject := range exams[w.Exam].Exam.Subjects {
		if len(w.Subjects) > 0 && !slices.Contains(w.Subjects, subject.Code) || len(w.Subjects) == 1 {
			continue
		}
		narrowed := r.Study
		narrowed.Waves = slices.Clone(r.Study.Waves)
		for n := range narrowed.Waves {
			if one := &narrowed.Waves[n]; one.Role == RoleExit && one.Cohort == last {
				one.Subjects = []string{subject.Code}
			}
		}
		c := cohortOf(narrowed, last, func(exam string) assessment.Sheet { return exams[exam] })
		all = append(all, planned{Part{Phase: Whole, Subject: subject.Code, SubjectName: subject.Name}, []cohort{c}})
	}
	return all
}

// tracksOf are the tracks at the exit, in order.
func tracksOf(cohorts []cohort) []string {
	found := map[string]bool{}
	for _, c := range cohorts {
		for _, one := range c.pupils {
			if m := one.marks[atExit]; m.known && m.track != "" {
				found[m.track] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// specs are how the two estimates of a part are made.
func (r *Result) specs() (leading, other Spec) {
	leading = Spec{Slope: r.Study.Structure == Slope, Composition: r.Study.Composition, Reliability: r.Study.Reliability, Level: r.Rules.Level.Value / 100,
		Least: int(r.Rules.Least.Value), Company: int(r.Rules.Company.Value), Draws: int(r.Rules.Draws.Value), Seed: r.Seed}
	other = leading
	other.Composition, other.Draws = !leading.Composition, 0
	return leading, other
}

// tell fills the estimates of a part, or why there are none where the part may do without.
func (r *Result) tell(part *Part, moments []Moments, may bool) error {
	err := error(fault.New("progress.nobody_linked", nil))
	if len(moments) > 0 {
		err = r.evaluate(part, moments)
	}
	faults := fault.Of(err)
	if len(faults) == 0 || !may {
		return err
	}
	part.Main, part.Other = Estimate{}, Estimate{}
	for _, one := range faults {
		part.Untold = append(part.Untold, one.Reason(message.Chinese))
	}
	return nil
}

// evaluate fills the estimates of a part from its moments.
func (r *Result) evaluate(part *Part, moments []Moments) error {
	leading, other := r.specs()
	var err error
	if part.Main, err = EvaluateCohorts(moments, leading); err != nil {
		return err
	}
	if part.Other, err = EvaluateCohorts(moments, other); err != nil {
		return err
	}
	part.Points = slices.Clone(part.Points)
	for n := range part.Points {
		part.Points[n].Expected = part.ExpectedAt(part.Points[n].Entry)
	}
	return nil
}

// momentsOf gathers the pupils of a cohort for a part; false where there are none.
func (r *Result) momentsOf(part *Part, c cohort) (Moments, bool) {
	from, to := part.Phase.ends()
	all := c.linked(r.Study.Population, from, to, part.Track)
	if len(all) == 0 {
		return Moments{}, false
	}
	before, scaleBefore := r.scaled(all, from)
	after, scaleAfter := r.scaled(all, to)
	columns, dummies := r.columnsOf(all, to, part.Track)
	units, rows := make([]string, len(all)), make([][]float64, len(all))
	centres := make([]float64, len(columns))
	centres[1], centres[len(columns)-1] = scaleBefore.Mean, scaleAfter.Mean
	for n, one := range all {
		units[n], rows[n] = one.marks[to].unit, make([]float64, 0, len(columns))
		rows[n] = append(rows[n], 1, before[n])
		for _, dummy := range dummies(one) {
			rows[n] = append(rows[n], dummy...)
		}
		// products with the entry score are taken about its mean, so that the other columns speak of pupils of mean entry
		for c := 2; c < len(rows[n]); c++ {
			if math.IsNaN(rows[n][c]) {
				rows[n][c] = rows[n][c-1] * (before[n] - scaleBefore.Mean)
			}
		}
		rows[n] = append(rows[n], after[n])
	}
	if part.Before == nil {
		part.Before, part.After = &scaleBefore, &scaleAfter
		part.picture(units, before, after, int(r.Rules.Least.Value))
	}
	return Gather(columns, centres, units, rows), true
}

// scaled are the scores of a wave, or their normal scores where the study says so.
func (r *Result) scaled(all []pupil, place int) ([]float64, Scale) {
	scores := scoresOf(all, place)
	scale := Scale{Ceiling: ceiling(all, place)}
	for _, one := range all {
		scale.Full = max(scale.Full, one.marks[place].full)
	}
	scale.Mean, scale.Deviation = meanDeviation(scores)
	scale.Normal = r.Study.Normal == NormalAlways || r.Study.Normal == NormalAuto && scale.Ceiling > r.Rules.Ceiling.Value
	if scale.Normal {
		return normalScores(scores), scale
	}
	return scores, scale
}

// Names of columns that stand for a track or a group, and for the own slope of a track.
func trackColumn(track string) string { return "track:" + track }
func groupColumn(group string) string { return "group:" + group }

// columnsOf names the columns of a part and says what a pupil has in those between entry and exit. A product with the entry score
// stands as NaN, right behind the column that it is the product of.
func (r *Result) columnsOf(all []pupil, to int, track string) ([]string, func(one pupil) [][]float64) {
	tracks, groups := map[string]bool{}, map[string]bool{}
	for _, one := range all {
		tracks[one.marks[to].track], groups[one.marks[to].group] = true, true
	}
	columns := []string{One, Entry}
	var trackLevels, groupLevels []string
	if r.Study.Tracks != TracksIgnored && track == "" && len(tracks) > 1 && len(tracks) <= 6 {
		trackLevels = slices.Sorted(maps.Keys(tracks))[1:]
		for _, level := range trackLevels {
			columns = append(columns, trackColumn(level), Entry+":"+trackColumn(level))
		}
	}
	if r.Study.Sex && len(groups) > 1 && len(groups) <= 6 {
		groupLevels = slices.Sorted(maps.Keys(groups))[1:]
		for _, level := range groupLevels {
			columns = append(columns, groupColumn(level))
		}
	}
	return append(columns, Exit), func(one pupil) [][]float64 {
		var out [][]float64
		for _, level := range trackLevels {
			out = append(out, []float64{is(one.marks[to].track == level), math.NaN()})
		}
		for _, level := range groupLevels {
			out = append(out, []float64{is(one.marks[to].group == level)})
		}
		return out
	}
}

func is(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func sortedUnits[T any](all map[string]T) []string { return slices.Sorted(maps.Keys(all)) }
