package packtest

import (
	"fmt"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// coming is what comes with a step beside columns.
type coming struct {
	unit, register, part, lead, owner string
	note                              bool
	files                             int
	columns                           []string
}

// take writes the columns that a step gives into a row and reads what else comes with it.
func (t *lifeTeller) take(step *LifeStep, row *lifeRow) (coming, fault.List) {
	var c coming
	reading := &teller{scope: t.story.Scope}
	for _, given := range step.Given {
		at := row.at(given.Name.Text)
		if at >= 0 && !row.register.Columns[at].Kept {
			column := row.register.Columns[at]
			if column.Formula != nil || column.Lookup != nil {
				reading.fault(given.Name.Place, "packtest.computed_column", message.Args{"name": given.Name.Text})
				continue
			}
			row.row.Cells[at] = reading.cell(given.Value, column)
			c.columns = append(c.columns, column.Name)
			continue
		}
		switch value := given.Value.Text; given.Name.Text {
		case "unit":
			c.unit = value
		case "register":
			c.register = value
		case "part":
			c.part = value
		case "lead":
			c.lead = value
		case "owner":
			c.owner = value
		case "note":
			c.note = true
		case "files":
			if _, err := fmt.Sscan(value, &c.files); err != nil {
				reading.fault(given.Value.Place, "packtest.bad_cell", message.Args{"word": value, "column": "files", "type": pack.Count})
			}
		default:
			reading.fault(given.Name.Place, "packtest.unknown_row_column", message.Args{"name": given.Name.Text, "register": row.register.Name})
		}
	}
	return c, reading.faults
}

// create makes a row, when the post may, with its number, its defaults and its first state.
func (t *lifeTeller) create(step *LifeStep, post access.Post) fault.List {
	reg := t.register
	for _, given := range step.Given {
		if given.Name.Text != "register" {
			continue
		}
		other, known := t.story.Scope.Register(given.Value.Text)
		if !known || !other.Living() {
			return fault.List{fault.At(given.Value.Place, "packtest.not_living", message.Args{"name": given.Value.Text})}
		}
		reg = other
	}
	if t.rows[step.ID.Text] != nil {
		return fault.List{fault.At(step.ID.Place, "packtest.row_twice", message.Args{"id": step.ID.Text})}
	}
	row := &lifeRow{id: step.ID.Text, register: reg, row: register.Row{Cells: make([]register.Cell, len(reg.Columns))}, last: map[string]string{}}
	c, faults := t.take(step, row)
	if c.unit == "" {
		faults.Add(fault.At(step.Place, "packtest.no_unit", message.Args{"id": step.ID.Text}))
	}
	if faults != nil {
		return faults
	}
	row.row.Unit = c.unit
	row.put(pack.ColumnMaker, post.Person)
	row.put(pack.ColumnLead, c.lead)
	row.put(pack.ColumnOwner, c.owner)
	row.put(pack.ColumnPart, c.part)
	stand := t.stand(row)
	stand.Maker = ""
	if !lifecycle.AnyFits(reg.Life.Create, post, stand) {
		who := message.Pair{Chinese: lifecycle.TextOf(reg.Life.Create, message.Chinese), English: lifecycle.TextOf(reg.Life.Create, message.English)}
		faults.Add(fault.New("lifecycle.not_by", message.Args{"event": message.Word("lifecycle.created"), "who": who}))
	}
	faults.Add(t.begin(row, post.Person)...)
	if faults == nil {
		t.keep(row)
	}
	return faults
}

// begin fills in what a new row has by itself and brings it into the first state.
func (t *lifeTeller) begin(row *lifeRow, person string) fault.List {
	var faults fault.List
	for at, column := range row.register.Columns {
		cell := &row.row.Cells[at]
		switch {
		case row.register.Numbered(column):
			form := strings.ReplaceAll(row.register.Serial.Form, "{{year}}", fmt.Sprint(t.day.Year))
			*cell = register.Cell{Known: true, Text: strings.ReplaceAll(form, "{{number}}", fmt.Sprint(t.count(row.register)+1))}
		case cell.Known:
		case column.Counts != nil:
			*cell = register.Cell{Known: true}
		case column.Default == pack.DefaultToday:
			*cell = register.Cell{Known: true, Text: t.day.String()}
		case column.Default != "" && column.Default != pack.DefaultSame:
			*cell = (&teller{scope: t.story.Scope}).cell(Word{Text: column.Default}, column)
		case column.Required && row.register.Written(column):
			one := register.Unfilled(column)
			one.Place.Column = column.Name
			faults.Add(one)
		}
	}
	next, wrong := row.register.Life.Begin(t.life(row), t.day, t.calendar)
	faults.Add(wrong...)
	row.next(next)
	row.last[lifecycle.Created] = person
	if faults == nil {
		faults.Add(t.check(row)...)
	}
	return faults
}

func (r *lifeRow) next(next lifecycle.Next) {
	date := func(d period.Date) string {
		if d.IsZero() {
			return ""
		}
		return d.String()
	}
	r.put(pack.ColumnState, next.State)
	r.put(pack.ColumnSince, date(next.Since))
	r.put(pack.ColumnDue, date(next.Due))
	r.put(pack.ColumnBack, next.Back)
}

// count returns how many rows a register has.
func (t *lifeTeller) count(reg *pack.Register) int {
	count := 0
	for _, row := range t.order {
		if row.register == reg {
			count++
		}
	}
	return count
}

func (t *lifeTeller) keep(row *lifeRow) {
	if t.rows[row.id] == nil {
		t.order = append(t.order, row)
	} else {
		t.order[slices.Index(t.order, t.rows[row.id])] = row
	}
	t.rows[row.id] = row
}

// check runs the checks of the register over the row.
func (t *lifeTeller) check(row *lifeRow) fault.List {
	var faults fault.List
	for _, failure := range t.grid(row).Failures() {
		if one := row.register.Checks[failure.Check]; !one.Warn {
			faults.Add(fault.New("register.check_failed", message.Args{"say": one.Say}))
		}
	}
	return faults
}

// do causes an event.
func (t *lifeTeller) do(step *LifeStep, post access.Post) fault.List {
	before, wrong := t.find(step)
	if wrong != nil {
		return fault.List{wrong}
	}
	event := before.register.EventOf(step.Event)
	if event == nil {
		return fault.List{fault.At(step.Place, "packtest.unknown_event", message.Args{"event": step.Event, "register": before.register.Name})}
	}
	row := before.copied()
	c, faults := t.take(step, row)
	if faults != nil {
		return faults
	}
	if event.Gives == lifecycle.GivesLead && c.lead != "" {
		row.put(pack.ColumnLead, c.lead)
	}
	if event.Gives == lifecycle.GivesOwner && c.owner != "" {
		row.put(pack.ColumnOwner, c.owner)
	}
	move := lifecycle.Move{Event: event.Name, Post: post, Day: t.day, Given: c.columns, Note: c.note, Files: c.files, Lead: c.lead, Owner: c.owner,
		ClosedParts: func(register string) bool { return t.closed(row.id, register) }}
	stand := t.stand(before)
	life := t.life(row)
	life.Date = dated(life.Date, event, t.day)
	next, faults := row.register.Life.Move(life, stand, move, t.calendar)
	for _, name := range c.columns {
		if !slices.Contains(event.Asks, name) && !slices.Contains(event.Takes, name) {
			faults.Add(fault.At(step.Place, "packtest.not_asked", message.Args{"event": event.Name, "name": name}))
		}
	}
	if faults != nil {
		return faults
	}
	if next, faults = t.sets(row, event, stand, move, next); faults != nil {
		return faults
	}
	row.next(next)
	if faults = t.check(row); faults != nil {
		return faults
	}
	row.last = map[string]string{event.Name: post.Person}
	for name, person := range before.last {
		if name != event.Name {
			row.last[name] = person
		}
	}
	row.letter = event.Letter
	t.keep(row)
	return t.open(row, event, post.Person)
}

// dated reads dates as they stand once the event has written the day into the columns that it sets to today: a deadline may
// count from one of them.
func dated(read func(column string) period.Date, event *lifecycle.Event, day period.Date) func(column string) period.Date {
	return func(column string) period.Date {
		if slices.ContainsFunc(event.Set, func(set lifecycle.Set) bool { return set.Column == column && set.Today }) {
			return day
		}
		return read(column)
	}
}

// sets writes the columns that an event sets and asks again how the row then stands: a deadline may follow from them.
func (t *lifeTeller) sets(row *lifeRow, event *lifecycle.Event, stand lifecycle.Stand, move lifecycle.Move, next lifecycle.Next) (lifecycle.Next, fault.List) {
	if len(event.Set) == 0 {
		return next, nil
	}
	changed := row.copied()
	for _, set := range event.Set {
		changed.row.Cells[row.at(set.Column)] = t.setCell(row, set)
	}
	row.row = changed.row
	bare := *event
	bare.Guards = nil
	machine := lifecycle.Machine{Register: row.register.Name, States: row.register.Life.States, Events: []*lifecycle.Event{&bare}}
	return machine.Move(t.life(row), stand, move, t.calendar)
}

func (t *lifeTeller) setCell(row *lifeRow, set lifecycle.Set) register.Cell {
	switch {
	case set.Today:
		return register.Cell{Known: true, Text: t.day.String()}
	case set.Option != "":
		return register.Cell{Known: true, Text: set.Option}
	}
	number, known := t.value(row, set.To).Number()
	column := row.register.Columns[row.at(set.Column)]
	if column.Type == pack.Choice {
		if at := int(number); known && measure.Compare(float64(at), number) == 0 && at >= 1 && at <= len(column.Choices) {
			return register.Cell{Known: true, Text: column.Choices[at-1].Name}
		}
		return register.Cell{}
	}
	return register.Cell{Known: known, Number: number}
}

// closed tells whether every sub-row of a register is in a final state.
func (t *lifeTeller) closed(id, register string) bool {
	return !slices.ContainsFunc(t.order, func(row *lifeRow) bool {
		state := row.register.Life.State(row.text(pack.ColumnState))
		return row.register.Name == register && row.text(pack.ColumnPart) == id && (state == nil || !state.Final)
	})
}

// open makes the rows that an event opens. Each is named by the row that opened it and its register: F1/task.
func (t *lifeTeller) open(from *lifeRow, event *lifecycle.Event, person string) fault.List {
	var names []string
	var faults fault.List
	for _, opens := range event.Opens {
		if opens.When != nil {
			if number, known := t.value(from, opens.When).Number(); !known || number == 0 {
				continue
			}
		}
		id := from.id + "/" + opens.Register
		if before := t.rows[id]; opens.Once && before != nil && !before.register.Life.State(before.text(pack.ColumnState)).Final {
			continue
		}
		names = append(names, opens.Register)
		faults.Add(t.openOne(id, from, opens, person)...)
	}
	from.opened = strings.Join(names, ",")
	return faults
}

func (t *lifeTeller) openOne(id string, from *lifeRow, opens lifecycle.Opens, person string) fault.List {
	other, _ := t.story.Scope.Register(opens.Register)
	row := &lifeRow{id: id, register: other, row: register.Row{Unit: from.row.Unit, Cells: make([]register.Cell, len(other.Columns))}, last: map[string]string{}}
	whole := t.grid(from).Rows()[0]
	for to, column := range opens.Copy {
		row.row.Cells[row.at(to)] = whole.Cells[from.at(column)]
	}
	for to, text := range opens.Fill {
		if column := other.Columns[row.at(to)]; column.Type == pack.Date && text == pack.DefaultToday {
			row.put(to, t.day.String())
		} else {
			row.row.Cells[row.at(to)] = (&teller{scope: t.story.Scope}).cell(Word{Text: text}, column)
		}
	}
	row.put(pack.ColumnMaker, person)
	if opens.Part {
		row.put(pack.ColumnPart, from.id)
	}
	row.put(pack.ColumnLead, map[string]string{"same": from.text(pack.ColumnLead), "unit": from.row.Unit}[opens.Lead])
	faults := t.begin(row, person)
	if faults == nil {
		t.keep(row)
	}
	return faults
}
