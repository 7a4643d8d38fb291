package report

import (
	"cmp"
	"context"
	"slices"

	"jiaoheng/appraisal"
	"jiaoheng/message"
	"jiaoheng/unit"
)

// Appraisals is where the results of appraisals stand.
type Appraisals interface {
	AppraisalRuns(ctx context.Context, limit int) ([]appraisal.Run, error)
	AppraisalCases(ctx context.Context, run string) ([]appraisal.Case, error)
}

// told are the states of a case whose result was told to who was appraised.
var told = []appraisal.State{appraisal.Told, appraisal.Appealed, appraisal.Settled, appraisal.Final}

// RatedOf returns the results of the units at or below a unit of the runs whose period ends in a year, as they were told, ranked within
// their sheet; results of persons stand in no report.
func RatedOf(ctx context.Context, appraisals Appraisals, tree *unit.Tree, code string, year int) ([]Rated, error) {
	runs, err := appraisals.AppraisalRuns(ctx, appraisal.MaxRuns)
	if err != nil {
		return nil, err
	}
	within := tree.SubtreeOf(code)
	var all []Rated
	for _, run := range runs {
		if run.Period.To().Year != year {
			continue
		}
		cases, err := appraisals.AppraisalCases(ctx, run.ID)
		if err != nil {
			return nil, err
		}
		var rated []Rated
		for _, one := range cases {
			n, known := tree.Number(one.Unit)
			if !known || !within.Contains(n) || one.Person != "" || one.Result == nil || !slices.Contains(told, one.State) {
				continue
			}
			rated = append(rated, Rated{Name: tree.At(n).Name, Sheet: run.Name, Card: one.Result.CardTitle.In(message.Chinese), Score: Value{Number: one.Result.Total.Points, Is: one.Result.Total.Known}})
		}
		all = append(all, ranked(rated)...)
	}
	return all, nil
}

// ranked puts the highest score first; equal scores share a rank, who has none has no rank.
func ranked(rated []Rated) []Rated {
	slices.SortStableFunc(rated, func(a, b Rated) int {
		if a.Score.Is != b.Score.Is {
			return map[bool]int{true: -1, false: 1}[a.Score.Is]
		}
		return cmp.Compare(b.Score.Number, a.Score.Number)
	})
	for k := range rated {
		if rated[k].Score.Is {
			rated[k].Rank = k + 1
			if k > 0 && rated[k-1].Score == rated[k].Score {
				rated[k].Rank = rated[k-1].Rank
			}
		}
	}
	return rated
}
