package whatif

import (
	"bytes"
	"context"
	"mime"
	"net/http"
	"strconv"

	"jiaoheng/export/xlsx"
	"jiaoheng/message"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/web/shell"
)

// Export answers GET /whatif/xlsx: changes and everything that moves, each sheet marked.
func (p *Pages) Export(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.open(r, r.URL.Query())
	if err != nil {
		return err
	}
	answer, err := p.evaluate(ctx, &d)
	if err != nil {
		return err
	}
	if err := d.Faults.Err(); err != nil {
		return err
	}
	about := text(ctx, "whatif.sheet.about", message.Args{"unit": d.Standing.Unit.Name, "period": d.Standing.Period.Text(language(ctx)),
		"pack": d.Pack.Title.In(language(ctx)), "time": shell.Moment(ctx, shell.From(ctx).Now)})
	var out bytes.Buffer
	if err := xlsx.WriteWhatIf(&out, text(ctx, "whatif.banner"), about, text(ctx, "whatif.whatif"), d.sheets(ctx, answer)); err != nil {
		return err
	}
	name := text(ctx, "whatif.sheet.file", message.Args{"unit": d.Standing.Unit.Name})
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name + ".xlsx"}))
	w.Header().Set("Cache-Control", "no-store")
	_, err = out.WriteTo(w)
	return err
}

// sheets are the changes, and all lines that differ: those of the unit itself, then those of the units below.
func (d *desk) sheets(ctx context.Context, r *result) []xlsx.WhatIfSheet {
	changes := xlsx.WhatIfSheet{Name: text(ctx, "whatif.sheet.changes"), Widths: []float64{8, 70, 16, 18},
		Heads: []string{text(ctx, "whatif.sheet.number"), text(ctx, "whatif.change"), text(ctx, "whatif.sheet.value"), text(ctx, "whatif.sheet.counts")}}
	for k, one := range d.List {
		value := valueText(one.Change)
		if one.Kind == round.Switch {
			value = text(ctx, map[bool]string{true: "whatif.on", false: "whatif.off"}[one.On])
		}
		changes.Rows = append(changes.Rows, []string{strconv.Itoa(k + 1), d.sentence(ctx, one.Change), value, d.counts(ctx, one.Change)})
	}
	own, below := d.lineSheet(ctx, "whatif.sheet.own"), d.lineSheet(ctx, "whatif.sheet.below")
	for _, one := range round.Compare(r.Before, r.After) {
		if !one.Differs() || sideVerdict(one.Before) == standard.Not && sideVerdict(one.After) == standard.Not && !moves(one) {
			continue
		}
		row := []string{one.UnitName, title(ctx, one), exported(ctx, r.Before, one.Before, one.After), exported(ctx, r.After, one.After, one.Before), limit(ctx, either(one)),
			verdictWord(ctx, sideVerdict(one.Before)), verdictWord(ctx, sideVerdict(one.After)), lack(ctx, one.Before), lack(ctx, one.After)}
		if one.Unit == d.Standing.Unit.Code {
			own.Rows = append(own.Rows, row)
		} else {
			below.Rows = append(below.Rows, row)
		}
	}
	return []xlsx.WhatIfSheet{changes, own, below}
}

// exported is the value of a line; a standard over others has none.
func exported(ctx context.Context, o *round.Outcome, line, other *round.Line) string {
	if line != nil && !line.HasValue {
		return ""
	}
	return figure(ctx, o, line, other)
}

func (d *desk) lineSheet(ctx context.Context, name string) xlsx.WhatIfSheet {
	s := xlsx.WhatIfSheet{Name: text(ctx, name), Widths: []float64{26, 44, 16, 16, 12, 12, 12, 16, 16}}
	for _, key := range []string{"whatif.unit", "whatif.requirement", "whatif.sheet.value_fact", "whatif.sheet.value_whatif", "whatif.threshold",
		"whatif.sheet.verdict_fact", "whatif.sheet.verdict_whatif", "whatif.sheet.lack_fact", "whatif.sheet.lack_whatif"} {
		s.Heads = append(s.Heads, text(ctx, key))
	}
	return s
}
