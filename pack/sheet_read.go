package pack

import (
	"math"

	"github.com/goccy/go-yaml/ast"

	"jiaoheng/message"
)

// Limits of a sheet.
const (
	maxScorers     = 9
	maxSheetPoints = 10_000
	fullMarks      = 100 // unless a sheet says another total
)

func (r *reader) readSheet(p *Pack, name string, at, value ast.Node) {
	r.name(at, name, plainName)
	o := r.entry(value, "sheet")
	if o == nil {
		return
	}
	s := &Sheet{Name: name, Pack: p.Name, Title: o.title(), Of: SheetOf(o.oneOf("of", words(sheetOfs))), Every: o.every(everyWords[:4]), Total: fullMarks,
		Scorers: o.whole("scorers", 1, 1, maxScorers), Difference: o.wanted("difference"), Appeal: o.wanted("appeal"), Source: o.source(true), Place: r.place(at)}
	o.missing("of")
	if total := o.positive("total"); total != nil {
		s.Total = *total
	}
	o.missing("sections")
	o.each("sections", func(name string, at, value ast.Node) {
		if part := r.sheetPart(name, at, value); part != nil {
			s.Parts = append(s.Parts, part)
		}
	})
	s.Deductions, s.Bonus = o.extras("deductions"), o.extras("bonus")
	o.each("vetoes", func(name string, at, value ast.Node) {
		r.name(at, name, plainName)
		if inner := r.entry(value, "veto"); inner != nil {
			s.Vetoes = append(s.Vetoes, &SheetVeto{Name: name, Title: inner.title(), Indicator: inner.text("indicator"), Card: inner.wanted("card"),
				Source: inner.source(true), Place: r.place(at)})
		}
	})
	o.missing("cards")
	o.each("cards", func(name string, at, value ast.Node) {
		r.name(at, name, plainName)
		if inner := r.entry(value, "card"); inner != nil {
			s.Cards = append(s.Cards, &SheetCard{Name: name, Title: inner.title(), Colour: inner.oneOf("colour", CardColours), Place: r.place(at)})
		}
	})
	o.missing("levels")
	for _, n := range o.list("levels") {
		if inner := r.entry(n, "levels"); inner != nil {
			s.Levels = append(s.Levels, inner.levels())
		}
	}
	p.Sheets = append(p.Sheets, s)
}

// positive reads a number of points above nothing; nil when the key is missing or wrong.
func (o *object) positive(key string) *float64 {
	number := o.number(key)
	if number != nil && (*number <= 0 || *number > maxSheetPoints) {
		o.fault(o.get(key), "pack.sheet_points", message.Args{"limit": maxSheetPoints, "value": plain(*number)})
		return nil
	}
	return number
}

func (r *reader) sheetPart(name string, at, value ast.Node) *SheetPart {
	r.name(at, name, plainName)
	o := r.entry(value, "sheet_section")
	if o == nil {
		return nil
	}
	part := &SheetPart{Name: name, Title: o.title(), Place: r.place(at)}
	o.missing("items")
	o.each("items", func(name string, at, value ast.Node) {
		if item := r.sheetItem(name, at, value); item != nil {
			part.Items = append(part.Items, item)
			part.Points += item.Points
		}
	})
	if points := o.positive("points"); points != nil && len(part.Items) > 0 && !same(*points, part.Points) {
		o.fault(o.get("points"), "pack.sheet_sum", message.Args{"sum": plain(rounded(part.Points)), "total": plain(*points)})
	}
	o.missing("points")
	return part
}

func same(a, b float64) bool    { return math.Abs(a-b) < 1e-6 }
func rounded(x float64) float64 { return math.Round(x*1e6) / 1e6 }

func (r *reader) sheetItem(name string, at, value ast.Node) *SheetItem {
	r.name(at, name, plainName)
	o := r.entry(value, "sheet_item")
	if o == nil {
		return nil
	}
	item := &SheetItem{Name: name, Title: o.title(), Self: o.flag("self"), Checked: o.flag("checked"), Attach: o.flag("attach"),
		Evidence: Text{Chinese: o.text("evidence"), English: o.text("evidence_english")}, Source: o.source(true), Place: r.place(at)}
	if (item.Evidence.Chinese == "") != (item.Evidence.English == "") {
		o.fault(o.node, "pack.both_languages", message.Args{"key": "evidence"})
	}
	o.missing("points")
	if points := o.positive("points"); points != nil {
		item.Points = *points
	}
	if n := o.get("automatic"); n != nil {
		if inner := r.entry(n, "automatic"); inner != nil {
			item.Automatic = inner.automatic()
		}
	}
	if !o.has("automatic") && !item.Checked {
		o.fault(o.node, "pack.sheet_item_unchecked", message.Args{"name": name})
	}
	if item.Attach && !item.Self {
		o.fault(o.at["attach"], "pack.sheet_attach", nil)
	}
	return item
}

func (o *object) automatic() *Automatic {
	a := &Automatic{Indicator: o.text("indicator"), Figure: o.text("figure"), Stages: o.stages("stages"), Place: o.here()}
	o.exactlyOne("indicator", "figure")
	o.exactlyOne(words(scaleKinds)...)
	for _, kind := range scaleKinds {
		if !o.has(string(kind)) {
			continue
		}
		a.Kind = kind
		for _, n := range o.list(string(kind)) {
			if inner := o.entry(n, "scale_"+string(kind)); inner != nil {
				a.Scales = append(a.Scales, inner.scale(kind))
			}
		}
	}
	return a
}

func (o *object) scale(kind ScaleKind) Scale {
	s := Scale{From: o.date("from"), Until: o.date("until"), Region: o.text("region"), Switch: o.text("switch"), Source: o.source(true), Place: o.here()}
	o.missing("from")
	o.checkDated(Dated{From: s.From, Until: s.Until, Region: s.Region}, false)
	switch kind {
	case Linear:
		o.missing("none")
		o.missing("full")
		none, full := o.number("none"), o.number("full")
		if none != nil && full != nil {
			s.None, s.Full = *none, *full
			if s.None == s.Full {
				o.fault(o.get("full"), "pack.scale_flat", nil)
			}
		}
	case Steps:
		o.missing("rows")
		o.scaleRows(&s)
	}
	return s
}

// scaleRows reads the rows of a scale: the best first, all of one comparator.
func (o *object) scaleRows(s *Scale) {
	for k, n := range o.list("rows") {
		row := o.entry(n, "scale_row")
		if row == nil {
			continue
		}
		row.exactlyOne(string(AtLeast), string(AtMost))
		row.missing("points")
		down := row.has(string(AtMost))
		key := string(AtLeast)
		if down {
			key = string(AtMost)
		}
		limit, points := row.number(key), row.number("points")
		if limit == nil || points == nil {
			continue
		}
		step := ScaleStep{*limit, *points}
		if k == 0 {
			s.Down = down
		} else if last := len(s.Steps) - 1; last >= 0 {
			before := s.Steps[last]
			if down != s.Down || down == (step.Limit <= before.Limit) || step.Points >= before.Points {
				o.fault(n, "pack.scale_order", nil)
			}
		}
		if step.Points < 0 {
			o.fault(n, "pack.scale_order", nil)
		}
		s.Steps = append(s.Steps, step)
	}
}

func (o *object) extras(key string) *SheetExtras {
	n := o.get(key)
	if n == nil {
		return nil
	}
	inner := o.entry(n, "extras")
	if inner == nil {
		return nil
	}
	group := &SheetExtras{Place: inner.here()}
	inner.missing("cap")
	inner.missing("items")
	if most := inner.positive("cap"); most != nil {
		group.Cap = *most
	}
	inner.each("items", func(name string, at, value ast.Node) {
		o.name(at, name, plainName)
		one := o.entry(value, "extra")
		if one == nil {
			return
		}
		extra := &SheetExtra{Name: name, Title: one.title(), Indicator: one.text("indicator"), Source: one.source(true), Place: o.place(at)}
		one.missing("cap")
		if most := one.positive("cap"); most != nil {
			extra.Cap = *most
		}
		if each := one.positive("each"); each != nil {
			extra.Each = *each
		}
		if one.has("each") != one.has("indicator") {
			one.fault(one.node, "pack.extra_each", nil)
		}
		group.Items = append(group.Items, extra)
	})
	return group
}

func (o *object) levels() SheetLevels {
	l := SheetLevels{From: o.date("from"), Until: o.date("until"), Region: o.text("region"), Switch: o.text("switch"), Least: map[string]float64{},
		Source: o.source(true), Place: o.here()}
	o.missing("from")
	o.missing("least")
	o.checkDated(Dated{From: l.From, Until: l.Until, Region: l.Region}, false)
	o.each("least", func(card string, _, value ast.Node) {
		if number := o.numberOf(value); number != nil {
			l.Least[card] = *number
		}
	})
	return l
}
