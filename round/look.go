package round

import (
	"context"

	"jiaoheng/expr"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/standard"
	"jiaoheng/unit"
)

// Look returns, for each question, an outcome over the facts as they stand that computes each figure when it is first asked
// for. All of them read the same facts. Changes are left aside. It is made for pages that show some indicators of many
// periods; what was computed is kept until a fact changes.
//
// Errors: a fault.List for a question that cannot be asked, else what reading the facts returns.
func (d *Desk) Look(ctx context.Context, questions ...Question) ([]*Outcome, error) {
	d.lock.Lock()
	defer d.lock.Unlock()
	if err := d.follow(ctx); err != nil {
		return nil, err
	}
	outcomes := make([]*Outcome, len(questions))
	for k, q := range questions {
		prepared, err := d.preparedFor(ctx, q)
		if err != nil {
			return nil, err
		}
		outcomes[k] = prepared.look()
	}
	return outcomes, nil
}

// LineOf returns the line of one indicator in the unit of a code, without the others; false when it says nothing about the
// unit. A school stands for its section of the stage.
func (o *Outcome) LineOf(i *pack.Indicator, stage unit.Stage, code string) (Line, bool) {
	o.lock.Lock()
	defer o.lock.Unlock()
	row, known := o.run.Space.Row(code)
	if !known {
		return Line{}, false
	}
	row = o.sectionFor(i.Of, stage, row)
	if !o.run.Speaks(i, stage).Get(row) {
		return Line{}, false
	}
	var line Line
	o.indicatorLine(&line, i, stage, row)
	return line, true
}

// Figure is a value and its verdict; Speaks is false where the indicator says nothing about the unit.
type Figure struct {
	Value   measure.Value
	Verdict standard.Verdict
	Speaks  bool
}

// FiguresOf returns the figures of one indicator in the units of the rows. A school stands for its section of the stage.
func (o *Outcome) FiguresOf(i *pack.Indicator, stage unit.Stage, rows []int) []Figure {
	o.lock.Lock()
	defer o.lock.Unlock()
	figures, speaks, column := make([]Figure, len(rows)), o.run.Speaks(i, stage), o.run.Column(i, stage)
	s, judged := o.prepared.scope.Standard(i.Name)
	for k, row := range rows {
		row = o.sectionFor(i.Of, stage, row)
		if !speaks.Get(row) {
			continue
		}
		figures[k] = Figure{Value: column.Get(row, i.Name), Speaks: true}
		if judged {
			figures[k].Verdict = o.judge.Verdicts(s, stage)[row]
		}
	}
	return figures
}

// Logical tells whether the value of an indicator is a truth, 1 or 0.
func (o *Outcome) Logical(i *pack.Indicator) bool {
	return o.prepared.scope.Type(i.Name) == expr.Logical
}

// ValuesOf returns the values of one indicator in the units of the rows without judging them; an indicator that says nothing
// about a unit leaves Speaks false. A school stands for its section of the stage.
func (o *Outcome) ValuesOf(i *pack.Indicator, stage unit.Stage, rows []int) []Figure {
	o.lock.Lock()
	defer o.lock.Unlock()
	figures, speaks, column := make([]Figure, len(rows)), o.run.Speaks(i, stage), o.run.Column(i, stage)
	for k, row := range rows {
		if row = o.sectionFor(i.Of, stage, row); speaks.Get(row) {
			figures[k] = Figure{Value: column.Get(row, i.Name), Speaks: true}
		}
	}
	return figures
}

// ItemsOf returns the values of an item in the units of the rows: what the unit reported, or the total of those below.
func (o *Outcome) ItemsOf(item string, stage unit.Stage, rows []int) []measure.Value {
	o.lock.Lock()
	defer o.lock.Unlock()
	values := make([]measure.Value, len(rows))
	for k, row := range rows {
		values[k] = o.run.Item(item, stage, row)
	}
	return values
}

// Registers returns the names of the registers whose rows an indicator reads, directly or by other indicators.
func (d *Desk) Registers(i *pack.Indicator) []string { return rulesOf(d.scope).Registers(i) }
