package class

import (
	"math"
	"strconv"

	"jiaoheng/draw"
	"jiaoheng/message"
)

// Certificate says what a draw of classes reached, what is provably impossible, and why.
type Certificate struct {
	Kind       string `json:"kind"`
	Commitment string `json:"commitment"`
	SeedOrigin string `json:"seed_origin"`
	Pupils     int    `json:"pupils"`
	Classes    int    `json:"classes"`
	Sizes      []int  `json:"sizes"`
	// AvoidableSpread is the sum over all levels of what their spread exceeds the least one.
	AvoidableSpread int            `json:"avoidable_spread"`
	WorstSpread     int            `json:"worst_spread"`
	Levels          []LevelFigures `json:"levels"`
	Scores          []ScoreFigures `json:"scores"`
	Together        int            `json:"together"`
	Apart           int            `json:"apart"`
	ApartBroken     int            `json:"apart_broken"`
	Locked          int            `json:"locked"`
	Try             int            `json:"try"`
	Steps           int            `json:"steps"`
	Sentences       []string       `json:"sentences"`
}

// LevelFigures is one level of one attribute: pupils in each class, the largest number less the smallest, and the least that this
// difference can be.
type LevelFigures struct {
	Attribute string `json:"attribute"`
	Level     string `json:"level"`
	Pupils    int    `json:"pupils"`
	Counts    []int  `json:"counts"`
	Spread    int    `json:"spread"`
	Minimum   int    `json:"minimum"`
	Avoidable int    `json:"avoidable"`
	Why       string `json:"why"`
}

// ScoreFigures is one score: mean and standard deviation of each class, and the largest less the smallest of each.
type ScoreFigures struct {
	Name           string    `json:"name"`
	Blank          int       `json:"blank"`
	Means          []float64 `json:"means"`
	MeanSpread     float64   `json:"mean_spread"`
	Deviations     []float64 `json:"deviations"`
	DeviationRange float64   `json:"deviation_spread"`
}

// Certificate tells what was reached, in the names of fixed. Attributes that fixed does not name stand by their column and code.
func (r *Result) Certificate(a draw.Announcement, fixed *Fixed, language message.Language) Certificate {
	c := Certificate{Kind: Kind, Commitment: draw.Hex(a.Commitment()), SeedOrigin: a.Origin(), Pupils: len(r.Class), Classes: len(r.Size),
		Sizes: r.Size, AvoidableSpread: r.Avoidable(), Together: len(r.Roster.Together), Apart: len(r.Roster.Apart), Try: r.Try, Steps: r.Steps}
	for _, locked := range r.Roster.Locked {
		if locked >= 0 {
			c.Locked++
		}
	}
	for _, level := range r.Levels {
		if level.Column >= r.Roster.Columns {
			c.ApartBroken += level.Avoidable()
			continue
		}
		c.Levels = append(c.Levels, r.levelFigures(level, fixed, language))
		c.WorstSpread = max(c.WorstSpread, level.Spread())
	}
	for q := range r.Roster.Scores {
		c.Scores = append(c.Scores, r.scoreFigures(q, fixed))
	}
	c.Sentences = c.sentences(language)
	return c
}

func (r *Result) levelFigures(level Level, fixed *Fixed, language message.Language) LevelFigures {
	f := LevelFigures{Attribute: strconv.Itoa(level.Column + 1), Level: strconv.Itoa(level.Code), Pupils: level.Count, Spread: level.Spread(),
		Minimum: level.Minimum(), Avoidable: level.Avoidable()}
	for _, attribute := range fixed.Attributes {
		if attribute.Column == level.Column {
			f.Attribute, f.Level = attribute.Name, attribute.Labels[level.Code]
		}
	}
	for _, have := range level.Have {
		f.Counts = append(f.Counts, int(have))
	}
	args := message.Args{"pupils": level.Count, "classes": len(r.Size), "minimum": f.Minimum, "spread": f.Spread}
	switch {
	case f.Avoidable > 0:
		f.Why = message.Text(language, "draw.class_why_missed", args)
	case f.Minimum == 0:
		f.Why = message.Text(language, "draw.class_why_even", args)
	case f.Minimum == 1 && level.Count%len(r.Size) != 0:
		f.Why = message.Text(language, "draw.class_why_one", args)
	default:
		f.Why = message.Text(language, "draw.class_why_rules", args)
	}
	return f
}

func (r *Result) scoreFigures(q int, fixed *Fixed) ScoreFigures {
	f := ScoreFigures{Name: strconv.Itoa(q + 1)}
	scale := 1.0
	for _, score := range fixed.Scores {
		if score.Column == q {
			f.Name, f.Blank, scale = score.Name, score.Blank, math.Pow10(score.Decimals)
		}
	}
	sum, squares := make([]float64, len(r.Size)), make([]float64, len(r.Size))
	for i, class := range r.Class {
		sum[class] += float64(r.Roster.Scores[q][i])
	}
	for i, class := range r.Class {
		off := float64(r.Roster.Scores[q][i]) - sum[class]/float64(r.Size[class])
		squares[class] += off * off
	}
	for class, size := range r.Size {
		f.Means = append(f.Means, rounded(sum[class]/float64(size)/scale))
		f.Deviations = append(f.Deviations, rounded(math.Sqrt(squares[class]/float64(size))/scale))
	}
	f.MeanSpread, f.DeviationRange = between(f.Means), between(f.Deviations)
	return f
}

// rounded keeps three decimals: what a table of classes shows.
func rounded(x float64) float64 { return math.Round(x*1000) / 1000 }

func between(all []float64) float64 {
	least, most := all[0], all[0]
	for _, x := range all {
		least, most = min(least, x), max(most, x)
	}
	return rounded(most - least)
}

func (c Certificate) sentences(language message.Language) (all []string) {
	say := func(key string, args message.Args) { all = append(all, message.Text(language, key, args)) }
	say("draw.class_said_pupils", message.Args{"pupils": c.Pupils, "classes": c.Classes})
	reached := 0
	for _, level := range c.Levels {
		if level.Avoidable == 0 {
			reached++
		}
	}
	switch {
	case len(c.Levels) == 0:
		say("draw.class_said_none", nil)
	case reached == len(c.Levels):
		say("draw.class_said_all", message.Args{"levels": len(c.Levels)})
	default:
		say("draw.class_said_some", message.Args{"levels": len(c.Levels), "reached": reached, "sum": c.AvoidableSpread})
	}
	for _, score := range c.Scores {
		say("draw.class_said_score", message.Args{"score": score.Name, "mean": number(score.MeanSpread), "deviation": number(score.DeviationRange)})
		if score.Blank > 0 {
			say("draw.class_said_blank", message.Args{"score": score.Name, "count": score.Blank})
		}
	}
	if c.ApartBroken > 0 {
		say("draw.class_said_apart", message.Args{"count": c.ApartBroken})
	}
	if c.SeedOrigin == draw.Unproven {
		say("draw.class_said_unproven", nil)
	}
	return all
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }
