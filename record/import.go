package record

import (
	"context"
	"slices"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
)

// MaxImportFaults is the most faults of one import that are told one by one.
const MaxImportFaults = register.MaxFaults

// Compare tells what Import would do with a batch, and everything that speaks against it by rows of the file; nothing is
// stored and no number is taken.
func (d *Desk) Compare(ctx context.Context, actor action.Actor, r *pack.Register, batch register.Batch) (register.Changes, error) {
	w := d.writing(nil, actor)
	in, err := w.intake(ctx, r, batch)
	if err != nil {
		return register.Changes{}, err
	}
	return in.changes, nil
}

// Import takes in a batch as one action. Rows without a number, or with a key that does not stand yet, are new: they get
// their number and the first state. Of the others only the columns change that their state lets the post edit. What the
// lifecycle keeps is never taken from a table.
func (d *Desk) Import(ctx context.Context, actor action.Actor, thing access.Thing, r *pack.Register, batch register.Batch, reason string) (register.Changes, error) {
	var changes register.Changes
	err := action.Do(ctx, d.store, actor, action.Write{Name: "record.action.import", Operation: baseRight(actor.Post, thing), Thing: thing, Reason: reason,
		Do: func(ctx context.Context, tx action.Tx) error {
			w := d.writing(tx, actor)
			in, err := w.intake(ctx, r, batch)
			if err != nil {
				return err
			}
			changes, err = w.take(ctx, in)
			return err
		}})
	return changes, err
}

// intake is a batch that was looked through.
type intake struct {
	scene   *scene
	fresh   []register.Row
	updates []register.Row // as they will stand
	given   []bool
	changes register.Changes
}

// intake looks through a batch: which rows are new, which change, and what speaks against each.
func (w *writing) intake(ctx context.Context, r *pack.Register, batch register.Batch) (*intake, error) {
	s, err := w.desk.stage(ctx, r, register.Row{Cells: make([]register.Cell, len(r.Columns))}, w.day)
	if err != nil {
		return nil, err
	}
	in := &intake{scene: s, given: givenBy(r, batch)}
	var others []register.Row
	for _, row := range batch.Rows {
		row.Cells = slices.Clone(row.Cells)
		if row.ID == "" && isNew(r, row) {
			in.fresh = append(in.fresh, row)
		} else {
			others = append(others, row)
		}
	}
	compared, err := w.desk.store.RegisterCompare(ctx, r, register.Batch{Rows: others, Given: in.given})
	if err != nil {
		return nil, err
	}
	var faults fault.List
	for _, row := range compared.Rows[:compared.Inserted] {
		if r.Serial != nil {
			faults.Add(fault.At(fault.Place{Row: row.Origin.Row}, "record.number_foreign", message.Args{"number": register.TextOf(r, row, r.Serial.Column)}))
			continue
		}
		row.ID, row.Version = "", 0
		in.fresh = append(in.fresh, row)
	}
	in.updates = compared.Rows[compared.Inserted:]
	wrong, err := w.mayUpdate(ctx, r, in.updates)
	if err != nil {
		return nil, err
	}
	faults.Add(wrong...)
	if wrong, err = w.prepare(ctx, in); err != nil {
		return nil, err
	}
	faults.Add(wrong...)
	if len(faults) > MaxImportFaults {
		more := len(faults) - MaxImportFaults
		faults = append(faults[:MaxImportFaults:MaxImportFaults], fault.New("register.more_faults", message.Args{"count": more, "limit": MaxImportFaults}))
	}
	in.changes = register.Changes{Inserted: len(in.fresh), Updated: len(in.updates), Unchanged: compared.Unchanged, Rows: slices.Concat(in.fresh, in.updates)}
	return in, faults.Err()
}

// givenBy are the columns of a batch that people write.
func givenBy(r *pack.Register, batch register.Batch) []bool {
	columns := make([]bool, len(r.Columns))
	for n, c := range r.Columns {
		columns[n] = batch.Gives(n) && r.Written(c)
	}
	return columns
}

// isNew tells whether a row of a file has no number yet.
func isNew(r *pack.Register, row register.Row) bool {
	return r.Serial != nil && register.TextOf(r, row, r.Serial.Column) == ""
}

// mayUpdate refuses changes of cells that the state of their row does not let the post edit.
func (w *writing) mayUpdate(ctx context.Context, r *pack.Register, updates []register.Row) (fault.List, error) {
	var faults fault.List
	for _, row := range updates {
		old, err := w.desk.store.RegisterRow(ctx, r, row.ID, true)
		if err != nil {
			return nil, err
		}
		columns := w.desk.MayEdit(w.actor.Post, r, old)
		for n, c := range r.Columns {
			if register.Stored(c) && old.Cells[n] != row.Cells[n] && !slices.Contains(columns, c) {
				faults.Add(fault.At(fault.Place{Row: row.Origin.Row}, "record.column_closed", message.Args{"column": c.Title}))
			}
		}
	}
	return faults, nil
}

// prepare fills the new rows up to their numbers and looks whether they can stand.
func (w *writing) prepare(ctx context.Context, in *intake) (fault.List, error) {
	var faults fault.List
	s, r := in.scene, in.scene.register
	may, defaults := map[string]bool{}, map[string]map[string]register.Cell{}
	for i := range in.fresh {
		row := &in.fresh[i]
		at := fault.Place{Row: row.Origin.Row}
		if _, asked := may[row.Unit]; !asked {
			may[row.Unit] = w.desk.MayCreate(w.actor.Post, r, row.Unit)
			cells, err := w.desk.defaults(ctx, r, row.Unit, w.day, func(name string) bool { return in.given[r.At(name)] })
			if err != nil {
				return nil, err
			}
			defaults[row.Unit] = cells
		}
		if !may[row.Unit] {
			faults.Add(fault.At(at, "record.import_refused", message.Args{"unit": row.Unit, "register": r.Title}))
			continue
		}
		for n, c := range r.Columns {
			if cell, given := defaults[row.Unit][c.Name]; given && !in.given[n] {
				row.Cells[n] = cell
			} else if !in.given[n] && !slices.Contains(r.Key, c.Name) {
				row.Cells[n] = register.Cell{}
			}
		}
		register.Put(r, row, pack.ColumnMaker, register.TextCell(w.actor.Post.Person))
		wrong := s.unitFits(row.Unit)
		lacks := register.Lacking(r, *row)
		wrong.Add(lacks...)
		if s.set(*row); wrong == nil {
			wrong = s.begin()
			*row = s.row
		}
		for _, f := range wrong {
			f.Place = at
		}
		faults.Add(wrong...)
	}
	return faults, nil
}

// take stores a batch that was looked through.
func (w *writing) take(ctx context.Context, in *intake) (register.Changes, error) {
	s, r := in.scene, in.scene.register
	counting := slices.ContainsFunc(r.Columns, func(c *pack.Column) bool { return c.Counts != nil })
	var stored register.Changes
	keep := func(rows []register.Row) error {
		changes, err := w.desk.store.RegisterUpsert(ctx, r, register.Batch{Rows: rows})
		stored.Rows = append(stored.Rows, changes.Rows...)
		return err
	}
	for i := range in.fresh {
		s.set(in.fresh[i])
		if counting {
			if err := w.count(ctx, s); err != nil {
				return stored, err
			}
		}
		if err := w.number(ctx, s); err != nil {
			return stored, err
		}
		in.fresh[i] = s.row
		if counting { // the next row may count this one
			if err := keep(in.fresh[i : i+1]); err != nil {
				return stored, err
			}
		}
	}
	if !counting {
		if err := keep(in.fresh); err != nil {
			return stored, err
		}
	}
	if err := w.noteImported(ctx, r, stored.Rows); err != nil {
		return stored, err
	}
	changes, err := w.update(ctx, in)
	stored.Rows = append(stored.Rows, changes.Rows...)
	stored.Inserted, stored.Updated, stored.Unchanged = len(in.fresh), changes.Updated, in.changes.Unchanged
	return stored, err
}

// update stores the rows that changed, counted anew.
func (w *writing) update(ctx context.Context, in *intake) (register.Changes, error) {
	s := in.scene
	for i := range in.updates {
		s.set(in.updates[i])
		if err := w.count(ctx, s); err != nil {
			return register.Changes{}, err
		}
		in.updates[i] = s.row
		in.updates[i].Version = 0
	}
	return w.desk.store.RegisterUpsert(ctx, s.register, register.Batch{Rows: in.updates})
}

// noteImported writes down that rows were made.
func (w *writing) noteImported(ctx context.Context, r *pack.Register, rows []register.Row) error {
	events := make([]Event, len(rows))
	for i, row := range rows {
		events[i] = w.created(r, row)
	}
	return w.desk.store.RecordEventsInsert(ctx, events...)
}
