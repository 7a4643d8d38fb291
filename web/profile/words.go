package profile

import (
	"context"
	"strings"

	"jiaoheng/assessment/profile"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/web/shell"
)

// maxSilent is the most silent units that are named.
const maxSilent = 5

// valueText is a value with its measure, "" without one.
func valueText(ctx context.Context, f profile.Figure, value measure.Value) string {
	n, known := value.Number()
	if !known {
		return ""
	}
	return shell.FixedNumber(n, f.Decimals) + measureText(ctx, f)
}

func measureText(ctx context.Context, f profile.Figure) string {
	unit := shell.MeasureText(shell.From(ctx).Language, f.Measure)
	if unit == "" || strings.HasPrefix(unit, "%") {
		return unit
	}
	return " " + unit
}

// whyText says why there is no value, and who is silent.
func whyText(ctx context.Context, f profile.Figure) string {
	parts := []string{}
	if why := in(ctx, f.Reason); why != "" {
		parts = append(parts, why)
	}
	if len(f.Silent) > 0 {
		parts = append(parts, silentText(ctx, f.Silent))
	}
	return strings.Join(parts, text(ctx, "stop"))
}

func silentText(ctx context.Context, names []string) string {
	shown := names[:min(len(names), maxSilent)]
	list := strings.Join(shown, text(ctx, "between"))
	if len(names) > maxSilent {
		return text(ctx, "silent_more", message.Args{"names": list, "count": shell.Count(len(names))})
	}
	return text(ctx, "silent", message.Args{"names": list})
}

// spreadText says where the schools lie.
func spreadText(ctx context.Context, f profile.Figure) (mid, half string) {
	if !f.Spread.Known {
		return text(ctx, "few"), text(ctx, "schools", message.Args{"count": shell.Count(f.Spread.Schools)})
	}
	number := func(n float64) string { return shell.FixedNumber(n, f.Decimals) }
	return number(f.Spread.Mid) + measureText(ctx, f), text(ctx, "half", message.Args{"low": number(f.Spread.Low), "high": number(f.Spread.High), "count": shell.Count(f.Spread.Schools)})
}

// bandText is the word of a band; what is known but has no band says so.
func bandText(ctx context.Context, f profile.Figure) string {
	if f.Band == profile.NoBand {
		return text(ctx, "band.none")
	}
	return text(ctx, "band."+string(f.Band))
}

// whenText says of which time a figure is; sourceText in which registers it stands, and when they were written.
func whenText(ctx context.Context, f profile.Figure) string {
	return f.When(shell.From(ctx).Language)
}

func sourceText(ctx context.Context, f profile.Figure) string {
	var parts []string
	for _, l := range f.Ledgers {
		day := text(ctx, "never_written")
		if !l.Last.IsZero() {
			day = shell.Date(ctx, l.Last)
		}
		parts = append(parts, text(ctx, "ledger", message.Args{"name": in(ctx, l.Title), "day": day}))
	}
	if f.Source.Document != "" {
		parts = append(parts, text(ctx, "rule", message.Args{"document": f.Source.Document, "checked": checkedText(ctx, f.Source)}))
	}
	return strings.Join(parts, text(ctx, "stop"))
}

func checkedText(ctx context.Context, s pack.Source) string {
	if s.Checked == pack.Verified || s.Checked == "" {
		return ""
	}
	return text(ctx, "checked."+string(s.Checked))
}

// trendText writes the values of earlier periods, the oldest first.
func trendText(ctx context.Context, f profile.Figure) string {
	switch len(f.Trend) {
	case 0:
		return text(ctx, "gap")
	case 1:
		return text(ctx, "no_trend")
	}
	var parts []string
	for _, p := range f.Trend {
		parts = append(parts, in(ctx, p.Label)+" "+pointText(ctx, f, p))
	}
	return strings.Join(parts, " → ")
}

func pointText(ctx context.Context, f profile.Figure, p profile.Point) string {
	if n, known := p.Value.Number(); known {
		return shell.FixedNumber(n, f.Decimals)
	}
	return text(ctx, "gap")
}

// sentence says of a side how many figures lie where.
func sentence(ctx context.Context, v *profile.View, s profile.Side) string {
	counts := map[profile.Band]int{}
	known := 0
	for _, f := range s.Figures {
		if f.Value.Known() {
			known++
			counts[f.Band]++
		}
	}
	missing := len(s.Figures) - known
	words := ""
	switch {
	case len(s.Figures) == 0:
		return text(ctx, "side_empty")
	case known == 0:
		words = text(ctx, "side_silent", message.Args{"count": len(s.Figures)})
	case v.Unit.Code == v.County.Code || known == counts[profile.NoBand]:
		words = text(ctx, "side_known", message.Args{"count": len(s.Figures), "known": known, "missing": missing})
	default:
		words = text(ctx, "side_bands", message.Args{"count": len(s.Figures), "better": counts[profile.Better], "middle": counts[profile.Middle],
			"worse": counts[profile.Worse], "missing": missing})
	}
	if s.Cost {
		words += text(ctx, "side_cost")
	}
	return words
}

// strip places values on a strip from 4 to 116.
type strip struct{ low, mid, high, own float64 }

func stripOf(f profile.Figure) (strip, bool) {
	n, known := f.Value.Number()
	if !known || !f.Spread.Known {
		return strip{}, false
	}
	half := max(f.Spread.High-f.Spread.Low, 1e-9)
	from, to := min(n, f.Spread.Low-half/2), max(n, f.Spread.High+half/2)
	at := func(x float64) float64 { return 4 + 112*(x-from)/(to-from) }
	return strip{at(f.Spread.Low), at(f.Spread.Mid), at(f.Spread.High), at(n)}, true
}
