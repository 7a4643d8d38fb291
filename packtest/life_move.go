package packtest

import (
	"fmt"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
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
	for at, column := range row.register.Columns {
		cell := &row.row.Cells[at]
		switch {
		case row.register.Numbered(column):
			form := strings.ReplaceAll(row.register.Serial.Form, "{{year}}", fmt.Sprint(t.day.Year))
			*cell = register.TextCell(strings.ReplaceAll(form, "{{number}}", fmt.Sprint(t.count(row.register)+1)))
		case cell.Known:
		case column.Counts != nil:
			*cell = register.Cell{Known: true}
		case column.Default != "":
			*cell = register.Preset(column, column.Default, t.day)
		}
	}
	faults := register.Lacking(row.register, row.row)
	next, wrong := row.register.Life.Begin(t.life(row), t.day, t.calendar)
	faults.Add(wrong...)
	register.PutNext(row.register, &row.row, next)
	row.last[lifecycle.Created] = person
	if faults == nil {
		faults = t.grid(row).Refusals()
	}
	return faults
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
	next, faults := row.register.Life.Move(t.life(row), t.stand(before), move, t.calendar)
	for _, name := range c.columns {
		if !slices.Contains(event.Asks, name) && !slices.Contains(event.Takes, name) {
			faults.Add(fault.At(step.Place, "packtest.not_asked", message.Args{"event": event.Name, "name": name}))
		}
	}
	if faults != nil {
		return faults
	}
	if len(event.Set) > 0 {
		if next, faults = t.sets(row, event); faults != nil {
			return faults
		}
	}
	register.PutNext(row.register, &row.row, next)
	if faults = t.grid(row).Refusals(); faults != nil {
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

// sets writes the columns that an event sets and asks again how the row then stands: a deadline may follow from them.
func (t *lifeTeller) sets(row *lifeRow, event *lifecycle.Event) (lifecycle.Next, fault.List) {
	if faults := register.SetCells(row.register, &row.row, event, t.day, t.valueOf(row.copied())); faults != nil {
		return lifecycle.Next{}, faults
	}
	return row.register.Life.After(event, t.life(row), t.day, t.calendar)
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
			if number, known := t.valueOf(from)(opens.When).Number(); !known || number == 0 {
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
	row := &lifeRow{id: id, register: other, row: register.Row{Unit: register.OpenedUnit(opens, from.register, from.row), Cells: make([]register.Cell, len(other.Columns))}, last: map[string]string{}}
	for name, cell := range register.OpenedCells(opens, from.register, t.grid(from).Rows()[0], other, t.day) {
		register.Put(other, &row.row, name, cell)
	}
	row.put(pack.ColumnMaker, person)
	if opens.Part {
		row.put(pack.ColumnPart, from.id)
	}
	row.put(pack.ColumnLead, register.OpenedLead(opens, from.register, from.row))
	faults := t.begin(row, person)
	if faults == nil {
		t.keep(row)
	}
	return faults
}
