package record

import (
	"context"
	"slices"
	"unicode/utf8"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/letter"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
)

// Move causes an event: the row, its history, files, letter, opened rows and notices stand or fall together.
//
// Errors: *Stale when somebody else came first; a fault.List with all that speaks against the event.
func (d *Desk) Move(ctx context.Context, actor action.Actor, move Move) (Moved, error) {
	r, err := d.find(move.Register)
	if err != nil {
		return Moved{}, err
	}
	event := r.Life.Event(move.Event)
	if event == nil {
		return Moved{}, fault.New("record.event_unknown", message.Args{"event": move.Event, "register": r.Title})
	}
	before, err := d.store.RegisterRow(ctx, r, move.Row, true)
	if err != nil {
		return Moved{}, err
	}
	stand := standOf(d.units(), r, before)
	thing := thingOf(stand, actor.Post, event.By...)
	var moved Moved
	err = action.Do(ctx, d.store, actor, action.Write{Name: "record.action.move", Operation: baseRight(actor.Post, thing), Thing: thing,
		Check: func(context.Context) error { return checkMove(r, event, move, d.letters != nil) },
		Do: func(ctx context.Context, tx action.Tx) error {
			w := d.writing(tx, actor)
			if !move.Day.IsZero() {
				w.day = move.Day
			}
			moved, err = w.move(ctx, r, event, move)
			return err
		}})
	if err != nil {
		return Moved{}, d.stale(ctx, r, move.Row, err)
	}
	register.Mask(r, &moved.Row)
	return moved, nil
}

// checkMove looks at what needs no row.
func checkMove(r *pack.Register, event *lifecycle.Event, move Move, letters bool) error {
	var faults fault.List
	if utf8.RuneCountInString(move.Note) > MaxNote {
		faults.Add(fault.At(fault.Place{Column: "note"}, "record.note_long", message.Args{"limit": MaxNote}))
	}
	if len(move.Files) > MaxFiles {
		faults.Add(fault.At(fault.Place{Column: "files"}, "record.files_many", message.Args{"limit": MaxFiles}))
	}
	if event.Letter != "" && !letters {
		faults.Add(fault.New("record.letters_off", message.Args{"event": event.Title}))
	}
	for _, name := range sortedNames(move.Cells) {
		if n := r.At(name); n >= 0 && !slices.Contains(event.Asks, name) && !slices.Contains(event.Takes, name) {
			faults.Add(fault.At(fault.Place{Column: name}, "record.column_foreign", message.Args{"event": event.Title, "column": r.Columns[n].Title}))
		}
	}
	return faults.Err()
}

// move causes an event inside the action.
func (w *writing) move(ctx context.Context, r *pack.Register, event *lifecycle.Event, move Move) (Moved, error) {
	row, err := w.lock(ctx, r, move.Row, move.Version)
	if err != nil {
		return Moved{}, err
	}
	s, err := w.desk.stage(ctx, r, row, w.day)
	if err != nil {
		return Moved{}, err
	}
	if s.last, err = w.desk.store.RecordLast(ctx, Ref{r.Name, row.ID}); err != nil {
		return Moved{}, err
	}
	if w.desk.store.Today().Before(w.day) {
		return Moved{}, fault.At(fault.Place{Column: "day"}, "record.day_future", nil)
	}
	from := s.text(pack.ColumnState)
	if err := w.turn(ctx, s, event, move); err != nil {
		return Moved{}, err
	}
	moved := Moved{}
	if moved.Row, err = w.save(ctx, s); err != nil {
		return moved, err
	}
	s.set(moved.Row)
	return moved, w.follow(ctx, s, event, move, from, &moved)
}

// turn brings the row of the scene into the state after the event.
func (w *writing) turn(ctx context.Context, s *scene, event *lifecycle.Event, move Move) error {
	r, row, stand := s.register, s.row, s.stand()
	row.Cells = slices.Clone(row.Cells)
	faults := write(r, &row, move.Cells, func(*pack.Column) bool { return true })
	gifts, err := w.gifts(ctx, s, &row, event, move)
	if err != nil {
		return err
	}
	faults.Add(gifts...)
	s.set(row)
	asked := lifecycle.Move{Event: event.Name, Post: w.actor.Post, Day: w.day, Note: move.Note != "", Files: len(move.Files), Lead: move.Lead, Owner: move.Owner,
		ClosedParts: func(part string) bool {
			var closed bool
			closed, err = w.desk.closedParts(ctx, r, row.ID, part)
			return closed
		}}
	for _, name := range sortedNames(move.Cells) {
		if move.Cells[name].Known {
			asked.Given = append(asked.Given, name)
		}
	}
	next, wrong := r.Life.Move(s.life(), stand, asked, s.calendar)
	if err != nil {
		return err
	}
	faults.Add(wrong...)
	if faults != nil {
		return faults
	}
	if len(event.Set) > 0 {
		if next, wrong = s.setColumns(event); wrong != nil {
			return wrong
		}
	}
	s.next(next)
	return s.check().Err()
}

// gifts writes whom the event gives the row to.
func (w *writing) gifts(ctx context.Context, s *scene, row *register.Row, event *lifecycle.Event, move Move) (fault.List, error) {
	lead, owner := "", ""
	switch event.Gives {
	case lifecycle.GivesLead:
		lead = move.Lead
	case lifecycle.GivesOwner:
		owner = move.Owner
	}
	return w.give(ctx, s, row, lead, owner)
}

// setColumns writes the columns that the event sets and asks again how the row then stands: a deadline may follow from them.
// The guards have held before; they are about the row as it was given, not as it becomes.
func (s *scene) setColumns(event *lifecycle.Event) (lifecycle.Next, fault.List) {
	row := s.row
	row.Cells = slices.Clone(row.Cells)
	if faults := register.SetCells(s.register, &row, event, s.day, s.value); faults != nil {
		return lifecycle.Next{}, faults
	}
	s.set(row)
	return s.register.Life.After(event, s.life(), s.day, s.calendar)
}

// follow does what comes with an event once the row is stored.
func (w *writing) follow(ctx context.Context, s *scene, event *lifecycle.Event, move Move, from string, moved *Moved) error {
	r, row := s.register, moved.Row
	files, err := w.attach(ctx, r, row, move.Files)
	if err != nil {
		return err
	}
	if moved.Letter, moved.Number, err = w.issue(ctx, s, event.Letter, letter.Of{Event: event.Name, Note: move.Note}); err != nil {
		return err
	}
	if moved.Opened, err = w.open(ctx, s, event.Opens); err != nil {
		return err
	}
	err = w.desk.store.RecordEventsInsert(ctx, Event{ID: w.tx.NewID(), Of: Ref{r.Name, row.ID}, Event: event.Name, From: from, To: s.text(pack.ColumnState),
		Due: register.DateOf(r, row, pack.ColumnDue), Day: w.day, Person: w.actor.Post.Person, Post: w.actor.Post.ID, At: w.tx.Now(), Note: move.Note, Row: row.Version,
		Letter: moved.Letter, Number: moved.Number, Files: files, Opened: moved.Opened})
	if err != nil {
		return err
	}
	return w.tell(ctx, s, event, moved.Number)
}

// issue sends the letter of the name about the row of the scene; "" sends none.
func (w *writing) issue(ctx context.Context, s *scene, name string, of letter.Of) (id, number string, err error) {
	if name == "" {
		return "", "", nil
	}
	declared, known := w.desk.scope.Letter(name)
	if !known || w.desk.letters == nil {
		return "", "", fault.New("record.letter_unknown", message.Args{"letter": name})
	}
	of.Register, of.Row, of.Day = s.register, s.whole(), w.day
	of.Thing = thingOf(s.stand(), w.actor.Post)
	of.Thing.Owner = s.text(pack.ColumnOwner)
	of.Thing.Subject = s.register.Subject
	return w.desk.letters.Issue(ctx, w.tx, w.actor, declared, of)
}

// closedParts tells whether every sub-row of a register of the row is in a final state.
func (d *Desk) closedParts(ctx context.Context, r *pack.Register, id, part string) (bool, error) {
	parts, known := d.Register(part)
	if !known {
		return false, nil
	}
	above := register.TextCell(Ref{r.Name, id}.String())
	query := register.Query{Filters: []register.Filter{{Column: pack.ColumnPart, Is: &above}, {Column: pack.ColumnState, In: openStates(parts.Life)}}}
	count, err := d.store.RegisterCount(ctx, parts, query)
	return count == 0, err
}

// openStates are the states that are not final.
func openStates(machine *lifecycle.Machine) []string {
	var names []string
	for _, state := range machine.States {
		if !state.Final {
			names = append(names, state.Name)
		}
	}
	return names
}
