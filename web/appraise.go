package web

import (
	"context"

	"jiaoheng/appraisal"
	"jiaoheng/calendar"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/plan/target"
	"jiaoheng/unit"
)

// Appraisals returns the desk of appraisals: figures come from the rounds, rows that are cited from the records, the share of targets
// on course from the board.
func Appraisals(o Options) *appraisal.Desk {
	worked := func(ctx context.Context) (period.Calendar, error) {
		return calendar.Present(ctx, o.Store, o.Desk.Set().Everything().Calendars())
	}
	return appraisal.New(o.Desk, o.Store, o.Store, o.Records, worked, func() appraisal.Figures {
		if o.Board == nil {
			return nil
		}
		return targetFigures{o.Board}
	})
}

// targetFigures gives the share of own targets on course. The board knows the lights of today: they are what an appraisal of a period
// that is not over long is about.
type targetFigures struct{ board *target.Board }

// Figure counts the targets that a unit has of its own, or those that an office leads, by their lights; see share.
func (t targetFigures) Figure(ctx context.Context, name, code string, _ period.Period) (appraisal.Figure, error) {
	view, err := t.board.View(ctx)
	if err != nil || name != pack.FigureTargetsOnCourse {
		return appraisal.Figure{Value: measure.MissingFor(name)}, err
	}
	n, known := view.Tree.Number(code)
	if !known {
		return appraisal.Figure{Value: measure.MissingFor(name)}, nil
	}
	leads := view.Tree.At(n).Kind == unit.Office
	var figure appraisal.Figure
	good, silent := 0, 0
	for _, plan := range view.Plans() {
		for k, one := range plan.Targets() {
			at := n
			if leads {
				if one.Lead != code {
					continue
				}
				at = plan.HomeNumber()
			}
			if at < 0 {
				continue
			}
			light := plan.Light(k, at)
			switch light {
			case target.NoTarget:
				continue
			case target.NoData:
				silent++
			case target.Reached, target.Normal:
				good++
			}
			address := "/target/" + one.Plan + "/" + string(one.Track) + "?unit=" + view.Tree.At(at).Code
			figure.Parts = append(figure.Parts, appraisal.FigurePart{Title: one.Name(), Address: address,
				Word: pack.Text{Chinese: light.Text(message.Chinese), English: light.Text(message.English)}})
		}
	}
	figure.Value = share(good, silent, len(figure.Parts))
	return figure, nil
}

// share is good of all in percent. Where a target has no data nobody can tell the share; where there is no target the unit is not
// concerned.
func share(good, silent, all int) measure.Value {
	switch {
	case all == 0:
		return measure.InvalidBecause("indicator.not_concerned")
	case silent > 0:
		return measure.MissingFor(pack.FigureTargetsOnCourse)
	}
	return measure.Of(100 * float64(good) / float64(all))
}
