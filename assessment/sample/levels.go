package sample

import (
	"context"
	"errors"
	"math"

	"jiaoheng/action"
	"jiaoheng/assessment"
	"jiaoheng/fault"
	"jiaoheng/stats"
	"jiaoheng/unit"
)

// Neighbour is the figures of units that took part beside a sample.
type Neighbour struct {
	Frame   Frame
	Report  Report
	Apart   Figure // mean less that of the sample, where they may be compared
	Against Standing
}

// View is what the page of levels shows.
type View struct {
	Report   Report
	Sight    assessment.Sight
	Frame    Frame
	Missing  bool       // an exam with a sample has no table yet
	Findings fault.List // marks and table do not agree: there are no figures
	Beside   []Neighbour
	Trend    []Point
	Rules    assessment.Rules
	Tree     *unit.Tree
}

// Levels makes the view of an exam in a subject for whoever asks. Figures are withheld while marks and table do not agree.
func (d *Desk) Levels(ctx context.Context, actor action.Actor, exam, subject string) (View, error) {
	sheet, sight, err := d.exams.Sheet(ctx, actor, exam)
	if err != nil {
		return View{}, err
	}
	out := View{Sight: sight}
	if out.Rules, out.Tree, err = d.rules(ctx, sheet.Exam); err != nil {
		return out, err
	}
	out.Report = Report{Exam: sheet.Exam, Subject: subject}
	out.Frame, err = d.store.SampleFrame(ctx, exam)
	switch {
	case errors.Is(err, ErrNoFrame):
		out.Missing = sheet.Exam.Design != assessment.Census
	case err != nil:
		return out, err
	default:
		if out.Findings, err = d.check(ctx, sheet, out.Frame); err != nil {
			return out, err
		}
	}
	if out.Missing || out.Findings != nil || len(sheet.Pupils) == 0 {
		return out, nil
	}
	full, err := Of(sheet, out.Frame, d.ask(out, subject))
	if err != nil {
		return out, err
	}
	out.Report = full.For(sight)
	if !sight.All {
		return out, nil
	}
	if out.Beside, err = d.beside(ctx, actor, out, full); err != nil {
		return out, err
	}
	out.Trend, err = d.trend(ctx, actor, out, full)
	return out, err
}

func (d *Desk) ask(v View, subject string) Ask {
	return Ask{Subject: subject, Confidence: v.Rules.Confidence.Share(), Least: int(v.Rules.SmallCount.Value), County: countyIn(v.Tree)}
}

// beside are the exams held beside this one that the actor may see, each with how it compares.
func (d *Desk) beside(ctx context.Context, actor action.Actor, v View, whole Report) ([]Neighbour, error) {
	frames, err := d.store.SampleFrames(ctx)
	if err != nil {
		return nil, err
	}
	var out []Neighbour
	for _, frame := range frames {
		if frame.Of != whole.Exam.ID {
			continue
		}
		one, seen, err := d.other(ctx, actor, frame.Exam, whole.Subject, d.ask(v, whole.Subject))
		if err != nil {
			return nil, err
		}
		if !seen {
			continue
		}
		neighbour := Neighbour{Frame: frame, Report: one}
		if frame.Comparable != NotSo && !one.Whole.Hidden && !whole.Whole.Hidden {
			neighbour.Apart = apartOf(one.Whole.Mean, whole.Whole.Mean, v.Rules.Confidence.Share())
			neighbour.Against = standingOf(neighbour.Apart)
		}
		out = append(out, neighbour)
	}
	return out, nil
}

// other computes the report of another exam; seen is false where there is nothing to show: not seen by the actor, withdrawn, without
// the subject, or with marks that do not agree with their table.
func (d *Desk) other(ctx context.Context, actor action.Actor, exam, subject string, ask Ask) (out Report, seen bool, err error) {
	sheet, sight, err := d.exams.Sheet(ctx, actor, exam)
	if errors.Is(err, assessment.ErrNotFound) {
		return out, false, nil
	}
	if err != nil {
		return out, false, err
	}
	if _, _, has := sheet.Exam.Subject(subject); subject != "" && !has || len(sheet.Pupils) == 0 || sheet.Exam.State == assessment.Withdrawn {
		return out, false, nil
	}
	frame, err := d.store.SampleFrame(ctx, exam)
	if err != nil && !errors.Is(err, ErrNoFrame) {
		return out, false, err
	}
	if err == nil {
		findings, err := d.check(ctx, sheet, frame)
		if err != nil || findings != nil {
			return out, false, err
		}
	} else if sheet.Exam.Design != assessment.Census {
		return out, false, nil
	}
	if out, err = Of(sheet, frame, ask); err != nil {
		return out, false, err
	}
	return out.For(sight), true, nil
}

// apartOf is the difference of two means that rest on other pupils: their errors add up.
func apartOf(a, b Figure, confidence float64) Figure {
	out := Figure{Value: a.Value - b.Value, SE: math.Hypot(a.SE, b.SE), Pupils: a.Pupils}
	reach := stats.NormalQuantile(0.5 + confidence/2)
	if b.SE > 0 {
		reach = max(reach, (b.High-b.Value)/b.SE)
	}
	if a.SE > 0 {
		reach = max(reach, (a.High-a.Value)/a.SE)
	}
	out.Low, out.High = out.Value-reach*out.SE, out.Value+reach*out.SE
	return out
}

// trend are the exams of the same owner, kind, stage and grade, the earliest first, this one among them.
func (d *Desk) trend(ctx context.Context, actor action.Actor, v View, whole Report) ([]Point, error) {
	exams, err := d.exams.List(ctx, actor)
	if err != nil {
		return nil, err
	}
	var out []Point
	for _, one := range exams { // the latest first
		e, now := one.Exam, whole.Exam
		if e.Owner != now.Owner || e.Kind != now.Kind || e.Stage != now.Stage || e.Grade != now.Grade || e.Design == assessment.Beside || len(out) == maxTrend {
			continue
		}
		report, seen := whole, true
		if e.ID != now.ID {
			if report, seen, err = d.other(ctx, actor, e.ID, whole.Subject, d.ask(v, whole.Subject)); err != nil {
				return nil, err
			}
		}
		if seen {
			out = append([]Point{{Exam: e.ID, Name: e.Name, Held: e.Held, Whole: report.Whole, Same: sameLevels(report.Levels, whole.Levels)}}, out...)
		}
	}
	if len(out) < 2 {
		return nil, nil
	}
	return out, nil
}

func sameLevels(a, b []Level) bool {
	if len(a) != len(b) {
		return false
	}
	for k := range a {
		if a[k].Name != b[k].Name {
			return false
		}
	}
	return true
}
