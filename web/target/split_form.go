package target

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/unit"
)

// Columns of a sheet, in its order; fields of its form are named column and unit.
const (
	columnIn       = "in"
	columnBaseline = "baseline"
	columnGoal     = "goal"
	columnMost     = "most"
	columnDeadline = "deadline"
	columnReason   = "reason"
)

// line is one unit of a sheet as it is typed.
type line struct {
	Unit   unit.Unit
	In     bool
	Cells  map[string]string
	Wrong  map[string]bool
	Before *target.Share // in force
}

// linesOf writes shares as lines for the units listed; units without a share are left out of the split.
func linesOf(units []unit.Unit, shares []target.Share, before *target.Split) []line {
	given, held := sharesByUnit(shares), map[string]*target.Share{}
	if before != nil {
		held = sharesByUnit(before.Shares)
	}
	lines := make([]line, len(units))
	for i, u := range units {
		lines[i] = line{Unit: u, Cells: map[string]string{}, Wrong: map[string]bool{}, Before: held[u.Code]}
		if share := given[u.Code]; share != nil {
			lines[i].In = true
			lines[i].Cells = map[string]string{columnBaseline: known(share.Goal.Baseline), columnGoal: known(share.Goal.Value), columnMost: known(share.Goal.Most),
				columnDeadline: share.Goal.Deadline.String(), columnReason: share.Reason}
		}
	}
	return lines
}

func sharesByUnit(shares []target.Share) map[string]*target.Share {
	by := make(map[string]*target.Share, len(shares))
	for i := range shares {
		by[shares[i].Unit] = &shares[i]
	}
	return by
}

func known(number target.Known) string {
	if !number.Is {
		return ""
	}
	return target.Figure(number.Number)
}

// readForm reads the lines of a sent form.
func readForm(values url.Values, units []unit.Unit, before *target.Split) []line {
	lines := linesOf(units, nil, before)
	for i := range lines {
		code := lines[i].Unit.Code
		lines[i].In = values.Has(columnIn + "-" + code)
		for _, column := range []string{columnBaseline, columnGoal, columnMost, columnDeadline, columnReason} {
			lines[i].Cells[column] = strings.TrimSpace(values.Get(column + "-" + code))
		}
	}
	return lines
}

// sharesOf reads what was typed. A fault names the line by its place among the shares, from 1, and the column.
func sharesOf(lines []line, parent target.Goal, year string) ([]target.Share, fault.List) {
	var shares []target.Share
	var faults fault.List
	baselineYear := 0
	if year = plan.CleanField(plan.Target, "baseline_year", year); year != "" {
		n, err := strconv.Atoi(year)
		if err != nil || n < 1949 || n > 2100 {
			faults.Add(fault.At(fault.Place{Column: "year"}, "target.split.year_wrong", message.Args{"value": year}))
		}
		baselineYear = n
	}
	for _, one := range lines {
		if !one.In {
			continue
		}
		goal := target.Goal{Direction: parent.Direction, Unit: parent.Unit}
		row := len(shares) + 1
		for _, figure := range []struct {
			column string
			to     *target.Known
		}{{columnBaseline, &goal.Baseline}, {columnGoal, &goal.Value}, {columnMost, &goal.Most}} {
			if f := readFigure(one.Cells[figure.column], figure.to); f != "" {
				faults.Add(fault.At(fault.Place{Row: row, Column: figure.column}, "target.split.no_number", message.Args{"value": f}))
			}
		}
		if text := one.Cells[columnDeadline]; text != "" {
			day, ok := period.ParseDate(text)
			if !ok {
				faults.Add(fault.At(fault.Place{Row: row, Column: columnDeadline}, "target.deadline_wrong", message.Args{"day": text}))
			}
			goal.Deadline = day
		}
		if goal.Baseline.Is {
			goal.BaselineYear = baselineYear
		}
		goal.Slices = slicesKept(goal, parent, one.Before)
		shares = append(shares, target.Share{Unit: one.Unit.Code, Goal: goal, Reason: one.Cells[columnReason]})
	}
	return shares, faults
}

// slicesKept are what is to be reached on the way: as before where the goal is as before, as the parent's where it is the parent's.
func slicesKept(goal, parent target.Goal, before *target.Share) []target.Slice {
	if before != nil && before.Goal.Value == goal.Value && before.Goal.Deadline == goal.Deadline {
		return slices.Clone(before.Goal.Slices)
	}
	if goal.Value == parent.Value {
		return slices.Clone(parent.Slices)
	}
	return nil
}

// readFigure returns the text where it is no number.
func readFigure(text string, to *target.Known) string {
	if text = strings.TrimSuffix(plan.CleanField(plan.Target, "value", text), "%"); text == "" {
		return ""
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || number != number {
		return text
	}
	*to = target.Sure(number)
	return ""
}

// mark notes the faults at the lines they are about.
func mark(lines []line, faults fault.List) {
	var in []*line
	for i := range lines {
		if lines[i].In {
			in = append(in, &lines[i])
		}
	}
	for _, f := range faults {
		if row := f.Place.Row; row > 0 && row <= len(in) {
			in[row-1].Wrong[f.Place.Column] = true
		}
	}
}

// faultLines says faults with the unit and the column they are about, at most limit of them.
func faultLines(language message.Language, faults fault.List, shares []target.Share, names map[string]string, limit int) []string {
	var texts []string
	for _, f := range faults {
		if len(texts) == limit {
			return append(texts, message.Text(language, "target.split.more_faults", message.Args{"count": len(faults) - limit}))
		}
		text := f.Reason(language)
		if remedy := f.Remedy(language); remedy != "" {
			text = message.Text(language, "target.split.fault_remedy", message.Args{"reason": text, "remedy": remedy})
		}
		if row := f.Place.Row; row > 0 && row <= len(shares) {
			name := names[shares[row-1].Unit]
			if name == "" {
				name = shares[row-1].Unit
			}
			text = message.Text(language, "target.split.fault_line", message.Args{"unit": name, "text": text})
		}
		texts = append(texts, text)
	}
	return texts
}
