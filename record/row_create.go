package record

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/attachment"
	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// Create makes a row: defaults, number, counted columns, first state with its deadline. It is refused to whoever the
// lifecycle does not let make rows, and for everything that is wrong with the draft, all of it at once.
func (d *Desk) Create(ctx context.Context, actor action.Actor, draft Draft) (register.Row, error) {
	r, err := d.find(draft.Register)
	if err != nil {
		return register.Row{}, err
	}
	tree, err := d.tree(ctx)
	if err != nil {
		return register.Row{}, err
	}
	if len(draft.Files) > MaxFiles {
		return register.Row{}, fault.New("record.files_many", message.Args{"limit": MaxFiles})
	}
	stand := lifecycle.Stand{Unit: draft.Unit, UnitPlace: person.At(tree, draft.Unit), Maker: actor.Post.Person, Subject: r.Subject}
	if !lifecycle.AnyFits(r.Life.Create, actor.Post, stand) {
		return register.Row{}, action.Refused("record.action.create")
	}
	thing := thingOf(stand, actor.Post, r.Life.Create...)
	var row register.Row
	err = action.Do(ctx, d.store, actor, action.Write{Name: "record.action.create", Operation: baseRight(actor.Post, thing), Thing: thing,
		Do: func(ctx context.Context, tx action.Tx) error {
			w := d.writing(tx, actor)
			row, err = w.create(ctx, r, draft)
			return err
		}})
	if err == nil {
		register.Mask(r, &row)
	}
	return row, err
}

// writing is one action that writes rows.
type writing struct {
	desk  *Desk
	tx    action.Tx
	actor action.Actor
	day   period.Date // of the event; the day on the clocks of China when nobody named another
	depth int         // how many rows stand above, of which each opened the next
	posts map[string][]person.Post
}

func (d *Desk) writing(tx action.Tx, actor action.Actor) *writing {
	return &writing{desk: d, tx: tx, actor: actor, day: d.store.Today(), posts: map[string][]person.Post{}}
}

func (w *writing) origin() register.Origin {
	kind := "form"
	if w.actor.Post.Role == access.Program {
		kind = "clock"
	}
	return register.Origin{Kind: kind, Person: w.actor.Post.Person, At: w.tx.Now()}
}

// create makes the row of a draft inside the action.
func (w *writing) create(ctx context.Context, r *pack.Register, draft Draft) (register.Row, error) {
	row := register.Row{Unit: draft.Unit, Cells: make([]register.Cell, len(r.Columns)), Origin: w.origin()}
	s, err := w.desk.stage(ctx, r, row, w.day)
	if err != nil {
		return row, err
	}
	if err := w.fillDraft(ctx, s, draft); err != nil {
		return row, err
	}
	s.row.Origin = row.Origin
	changes, err := w.desk.store.RegisterCompare(ctx, r, register.Batch{Rows: []register.Row{s.row}})
	if err != nil {
		return row, err
	}
	if changes.Inserted != 1 {
		return row, fault.New("record.exists", message.Args{"register": r.Title, "heading": HeadingOf(r, s.row)})
	}
	if changes, err = w.desk.store.RegisterUpsert(ctx, r, register.Batch{Rows: []register.Row{s.row}}); err != nil {
		return row, err
	}
	row = changes.Rows[0]
	files, err := w.attach(ctx, r, row, draft.Files)
	if err != nil {
		return row, err
	}
	made := w.created(r, row)
	made.Files = files
	return row, w.desk.store.RecordEventsInsert(ctx, made)
}

// created is the event that a row was made.
func (w *writing) created(r *pack.Register, row register.Row) Event {
	return Event{ID: w.tx.NewID(), Of: Ref{r.Name, row.ID}, Event: lifecycle.Created, To: register.TextOf(r, row, pack.ColumnState),
		Due: register.DateOf(r, row, pack.ColumnDue), Day: w.day, Person: w.actor.Post.Person, Post: w.actor.Post.ID, At: w.tx.Now(), Row: row.Version}
}

// fillDraft fills the row of the scene from a draft and looks whether it can stand.
func (w *writing) fillDraft(ctx context.Context, s *scene, draft Draft) error {
	r := s.register
	faults := s.unitFits(draft.Unit)
	row := s.row
	lacks := write(r, &row, draft.Cells, func(c *pack.Column) bool { return r.Written(c) })
	faults.Add(lacks...)
	defaults, err := w.desk.defaults(ctx, r, draft.Unit, w.day, func(name string) bool { _, told := draft.Cells[name]; return told })
	if err != nil {
		return err
	}
	for name, cell := range defaults {
		register.Put(r, &row, name, cell)
	}
	wrong, err := w.relate(ctx, s, &row, draft)
	if err != nil {
		return err
	}
	faults.Add(wrong...)
	lacks = register.Lacking(r, row)
	faults.Add(lacks...)
	s.set(row)
	if faults != nil {
		return faults
	}
	if err := w.count(ctx, s); err != nil {
		return err
	}
	if faults := s.begin(); faults != nil {
		return faults
	}
	return w.number(ctx, s)
}

// unitFits looks whether rows of the register may stand under the unit.
func (s *scene) unitFits(code string) fault.List {
	u, known := s.ask.Tree.Find(code)
	switch {
	case !known:
		return fault.List{fault.At(fault.Place{Column: "unit"}, "register.unit_unknown", message.Args{"code": code})}
	case !register.Keeps(s.register, u):
		return fault.List{fault.At(fault.Place{Column: "unit"}, "record.unit_unfit", message.Args{"unit": u.Name, "register": s.register.Title})}
	case !u.OpenOn(s.day):
		return fault.List{fault.At(fault.Place{Column: "unit"}, "record.unit_closed", message.Args{"unit": u.Name})}
	}
	return nil
}

// relate writes who made the row, who leads it, to whom it is given and of which row it is a part.
func (w *writing) relate(ctx context.Context, s *scene, row *register.Row, draft Draft) (fault.List, error) {
	r := s.register
	register.Put(r, row, pack.ColumnMaker, register.TextCell(w.actor.Post.Person))
	faults, err := w.give(ctx, s, row, draft.Lead, draft.Owner)
	if err != nil || draft.Part == (Ref{}) {
		return faults, err
	}
	if r.PartOf == "" || draft.Part.Register != r.PartOf {
		faults.Add(fault.New("record.part_unfit", message.Args{"register": r.Title}))
		return faults, nil
	}
	whole, known := w.desk.scope.Register(r.PartOf)
	if !known {
		return append(faults, fault.New("record.part_unfit", message.Args{"register": r.Title})), nil
	}
	above, err := w.desk.store.RegisterLock(ctx, whole, draft.Part.Row)
	if fault.Of(err) != nil {
		return append(faults, fault.New("record.part_gone", message.Args{"register": whole.Title})), nil
	}
	if err != nil {
		return nil, err
	}
	if state := whole.Life; state != nil {
		if at := state.State(register.TextOf(whole, above, pack.ColumnState)); at != nil && at.Final {
			faults.Add(fault.New("record.part_closed", message.Args{"heading": HeadingOf(whole, above), "state": at.Title}))
		}
	}
	register.Put(r, row, pack.ColumnPart, register.TextCell(draft.Part.String()))
	return faults, nil
}

// give writes the lead unit and the owner into a row, where they are named.
func (w *writing) give(ctx context.Context, s *scene, row *register.Row, lead, owner string) (fault.List, error) {
	var faults fault.List
	if lead != "" {
		if _, known := s.ask.Tree.Find(lead); !known {
			faults.Add(fault.At(fault.Place{Column: pack.ColumnLead}, "register.unit_unknown", message.Args{"code": lead}))
		} else {
			register.Put(s.register, row, pack.ColumnLead, register.TextCell(lead))
		}
	}
	if owner == "" {
		return faults, nil
	}
	posts, err := w.desk.store.PostsOf(ctx, owner)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(posts, func(p person.Post) bool { return p.On(w.desk.store.Today().String()) }) {
		faults.Add(fault.At(fault.Place{Column: pack.ColumnOwner}, "record.owner_unfit", nil))
		return faults, nil
	}
	register.Put(s.register, row, pack.ColumnOwner, register.TextCell(owner))
	return faults, nil
}

// number gives the row its number, the next one of the year without gaps.
func (w *writing) number(ctx context.Context, s *scene) error {
	serial := s.register.Serial
	if serial == nil {
		return nil
	}
	year := strconv.Itoa(w.desk.store.Today().Year)
	number, err := w.tx.Next(ctx, "register."+s.register.Name+"."+year)
	if err != nil {
		return err
	}
	text := strings.NewReplacer("{{year}}", year, "{{number}}", strconv.FormatInt(number, 10)).Replace(serial.Form)
	row := s.row
	register.Put(s.register, &row, serial.Column, register.TextCell(text))
	s.set(row)
	return nil
}

// attach stores the files of an event with the row and returns their ids.
func (w *writing) attach(ctx context.Context, r *pack.Register, row register.Row, files []attachment.Prepared) ([]string, error) {
	var ids []string
	for _, file := range files {
		kept, err := file.Put(ctx, w.desk.store, w.tx, w.actor, FilesOf(r, row.ID), row.Unit, HasPersonal(r))
		if err != nil {
			return nil, err
		}
		ids = append(ids, kept.ID)
	}
	return ids, nil
}

// FilesOf names the row as the owner of its attachments.
func FilesOf(r *pack.Register, id string) attachment.Owner {
	return attachment.Owner{Table: "record." + r.Name, Row: id}
}

// Defaults returns what the form of a new row begins with.
func (d *Desk) Defaults(ctx context.Context, r *pack.Register, unitCode string) (map[string]register.Cell, error) {
	return d.defaults(ctx, r, unitCode, d.store.Today(), func(string) bool { return false })
}

func (d *Desk) defaults(ctx context.Context, r *pack.Register, unitCode string, day period.Date, told func(name string) bool) (map[string]register.Cell, error) {
	cells := map[string]register.Cell{}
	var last *register.Row
	for n, c := range r.Columns {
		if c.Default == "" || told(c.Name) || !r.Written(c) {
			continue
		}
		if c.Default != pack.DefaultSame {
			cells[c.Name] = register.Preset(c, c.Default, day)
			continue
		}
		if last == nil {
			found, err := d.store.RegisterLatest(ctx, r, unitCode)
			if err != nil {
				return nil, err
			}
			last = &found
		}
		if n < len(last.Cells) {
			cells[c.Name] = last.Cells[n]
		}
	}
	return cells, nil
}

// UnitsFor returns the units of which somebody may make rows, below a unit of the tree ("" everywhere), at most limit.
func (d *Desk) UnitsFor(post access.Post, r *pack.Register, below string, limit int) []unit.Unit {
	tree := d.units()
	from, to := 0, tree.Len()
	if n, known := tree.Number(below); known {
		from, to = tree.Subtree(n).From, tree.Subtree(n).To
	}
	var units []unit.Unit
	for n := from; n < to && len(units) < limit; n++ {
		u := tree.At(n)
		if !register.Keeps(r, u) || !u.OpenOn(d.store.Today()) {
			continue
		}
		stand := lifecycle.Stand{Unit: u.Code, UnitPlace: access.Unit{Code: u.Code, From: n, To: tree.Subtree(n).To}, Maker: post.Person, Subject: r.Subject}
		if lifecycle.AnyFits(r.Life.Create, post, stand) && mayAct(post, thingOf(stand, post, r.Life.Create...)) {
			units = append(units, u)
		}
	}
	return units
}
