package profile

import (
	"context"
	"slices"

	"jiaoheng/action"
	"jiaoheng/assessment"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/unit"
)

// examFigures are the figures of one exam by school.
type examFigures struct {
	exam    assessment.Exam
	schools map[string]*examSchool
}

// examSchool counts the pupils of one school that sat every subject they take of the total.
type examSchool struct {
	pupils               int
	share                float64 // sum of totals by full marks
	excellent, pass, low int
}

// value is one figure of a school in percent.
func (s *examSchool) value(name string, least int) measure.Value {
	if s == nil || s.pupils == 0 || s.pupils < least {
		return measure.MissingFor(name)
	}
	count := map[string]float64{pack.ExamMean: s.share, pack.ExamExcellent: float64(s.excellent), pack.ExamPass: float64(s.pass), pack.ExamLow: float64(s.low)}
	return measure.Of(100 * count[name] / float64(s.pupils))
}

// newestExams are the latest exams of the stage that every pupil of the county sat and that this viewer may know of, of the kind
// of the newest, the latest last. The figures of all schools are computed, what is shown is the own one and where it lies.
func (m *making) newestExams(ctx context.Context) ([]examFigures, error) {
	wanted := slices.ContainsFunc(m.view.Profile.Sides, func(s *pack.ProfileSide) bool { return len(s.Exams) > 0 })
	if m.exams == nil || !wanted {
		return nil, nil
	}
	listed, err := m.exams.List(ctx, m.Actor)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(listed, func(a, b assessment.Listed) int {
		switch {
		case b.Held.Before(a.Held):
			return -1
		case a.Held.Before(b.Held):
			return 1
		}
		return 0
	})
	var all []examFigures
	for _, one := range listed {
		if len(all) == maxTrend || one.State == assessment.Withdrawn || one.Design != assessment.Census || one.Stage != string(m.Stage) ||
			m.Day.Before(one.Held) || !m.holds(one.Owner) || len(all) > 0 && all[0].exam.Kind != one.Kind {
			continue
		}
		sheet, _, err := m.exams.Sheet(ctx, action.TheProgram(), one.ID)
		if err != nil {
			return nil, err
		}
		if figures := m.ofSheet(sheet); len(figures.schools) > 0 {
			all = append(all, figures)
		}
	}
	slices.Reverse(all)
	return all, nil
}

// holds tells whether an exam of an owner is one of the whole county: the county ran it, or a unit above it did.
func (m *making) holds(owner string) bool {
	return slices.Contains(assessment.Regions(m.Tree, m.view.County.Code), owner)
}

// ofSheet counts the pupils of the schools of the county. A pupil who was absent in a subject of the total has no total.
func (m *making) ofSheet(sheet assessment.Sheet) examFigures {
	figures := examFigures{exam: sheet.Exam, schools: map[string]*examSchool{}}
	for p, pupil := range sheet.Pupils {
		school := m.schoolOf(pupil.Unit)
		if !slices.Contains(m.schools, school) {
			continue
		}
		total, full, sat := 0.0, 0.0, true
		for s, subject := range sheet.Exam.Subjects {
			if !subject.Total || sheet.Status[s][p] == assessment.NotTaken {
				continue
			}
			sat = sat && sheet.Status[s][p] == assessment.Present
			total, full = total+sheet.Marks[s][p], full+subject.Full
		}
		if sat && full > 0 {
			figures.count(school, total/full, m.rules)
		}
	}
	return figures
}

func (e examFigures) count(school string, share float64, rules assessment.Rules) {
	one := e.schools[school]
	if one == nil {
		one = &examSchool{}
		e.schools[school] = one
	}
	const slack = 1e-9 // marks are tenths: their binary error decides nothing
	one.pupils++
	one.share += share
	if share >= rules.Excellent.Share()-slack {
		one.excellent++
	}
	if share >= rules.Pass.Share()-slack {
		one.pass++
	}
	if share < rules.Low.Share()-slack {
		one.low++
	}
}

// schoolOf is the school of a unit: sections stand for theirs.
func (m *making) schoolOf(code string) string {
	if u, known := m.Tree.Find(code); known && u.Kind == unit.Section {
		return u.Parent
	}
	return code
}

// whole is the county as one school.
func (e examFigures) whole() *examSchool {
	all := &examSchool{}
	for _, one := range e.schools {
		all.pupils, all.excellent, all.pass, all.low = all.pupils+one.pupils, all.excellent+one.excellent, all.pass+one.pass, all.low+one.low
	}
	return all
}

// exam adds a figure of the newest exam.
func (m *making) exam(_ *pack.ProfileSide, name string, exams []examFigures, add func(Figure, column)) {
	f := Figure{Name: "exam." + name, Title: textOf("profile.exam."+name, nil), Decimals: 2, Down: name == pack.ExamLow, Source: m.sourceOf(name)}
	f.Measure, _ = measure.Parse("%")
	c := column{down: f.Down}
	if len(exams) == 0 {
		f.Value, f.Reason = measure.MissingFor(name), textOf("profile.no_exam", nil)
		add(f, c)
		return
	}
	newest := exams[len(exams)-1]
	f.Exam, f.Held, f.Address = newest.exam.Name, newest.exam.Held, "/assessment/"+newest.exam.ID
	c.values = make([]measure.Value, len(m.schools))
	for k, code := range m.schools {
		c.values[k] = newest.schools[code].value(name, m.view.Least)
	}
	c.spread = spreadOf(c.values, m.view.Share, m.least)
	f.Value = m.ofExam(newest, name)
	if !f.Value.Known() {
		m.whyNot(&f, newest)
	}
	for _, one := range exams {
		held := one.exam.Held
		f.Trend = append(f.Trend, Point{Label: pack.Text{Chinese: held.Text(message.Chinese), English: held.Text(message.English)}, Value: m.ofExam(one, name)})
	}
	m.compare(&f, c)
	add(f, c)
}

// ofExam is a figure of the unit; the school itself sees small numbers too.
func (m *making) ofExam(e examFigures, name string) measure.Value {
	least := m.view.Least
	if m.own {
		least = 1
	}
	if m.at >= 0 {
		return e.schools[m.view.Unit.Code].value(name, least)
	}
	return e.county(name, least)
}

// county is a figure of all schools together. Shares are added in a fixed order, so that the sum is the same each time.
func (e examFigures) county(name string, least int) measure.Value {
	whole := e.whole()
	whole.share = 0
	for _, code := range sortedKeys(e.schools) {
		whole.share += e.schools[code].share
	}
	return whole.value(name, least)
}

func (m *making) whyNot(f *Figure, e examFigures) {
	if one := e.schools[m.view.Unit.Code]; one != nil {
		f.Hidden, f.Reason = true, textOf("profile.small", message.Args{"least": m.view.Least})
		return
	}
	f.Reason, f.Silent = textOf("profile.not_in_exam", nil), []string{m.view.Unit.Name}
}

// sourceOf is where the line of a figure comes from.
func (m *making) sourceOf(name string) pack.Source {
	switch name {
	case pack.ExamExcellent:
		return m.rules.Excellent.Source
	case pack.ExamLow:
		return m.rules.Low.Source
	}
	return m.rules.Pass.Source
}
