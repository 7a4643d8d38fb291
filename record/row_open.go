package record

import (
	"context"

	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
)

// open makes the rows that an event or a step of the clock opens from the row of the scene.
func (w *writing) open(ctx context.Context, s *scene, opens []lifecycle.Opens) ([]Ref, error) {
	var opened []Ref
	for _, one := range opens {
		if !s.holds(one.When) {
			continue
		}
		if one.Once {
			stands, err := w.stillOpen(ctx, s, one)
			if err != nil {
				return nil, err
			}
			if stands {
				continue
			}
		}
		made, err := w.openOne(ctx, s, one)
		if err != nil {
			return nil, err
		}
		opened = append(opened, made)
	}
	return opened, nil
}

// openOne makes one row and ties it to the row of the scene.
func (w *writing) openOne(ctx context.Context, s *scene, one lifecycle.Opens) (Ref, error) {
	r, err := w.desk.find(one.Register)
	if err != nil {
		return Ref{}, err
	}
	if w.depth >= MaxOpens {
		return Ref{}, fault.New("record.opens_deep", message.Args{"register": r.Title, "limit": MaxOpens})
	}
	of := Ref{s.register.Name, s.row.ID}
	draft := Draft{Register: r.Name, Unit: register.OpenedUnit(one, s.register, s.row), Cells: register.OpenedCells(one, s.register, s.whole(), r, s.day),
		Lead: register.OpenedLead(one, s.register, s.row)}
	if one.Part {
		draft.Part = of
	}
	w.depth++
	row, err := w.create(ctx, r, draft)
	w.depth--
	if err != nil {
		return Ref{}, err
	}
	made := Ref{r.Name, row.ID}
	if one.Part {
		return made, nil
	}
	return made, w.desk.store.RecordLinkInsert(ctx, LinkRow{ID: w.tx.NewID(), From: of, To: made, Person: w.actor.Post.Person, At: w.tx.Now()})
}

// stillOpen tells whether a row of the register that the row of the scene opened is not closed yet.
func (w *writing) stillOpen(ctx context.Context, s *scene, one lifecycle.Opens) (bool, error) {
	r, err := w.desk.find(one.Register)
	if err != nil {
		return false, err
	}
	of := Ref{s.register.Name, s.row.ID}
	if one.Part {
		closed, err := w.desk.closedParts(ctx, s.register, s.row.ID, r.Name)
		return !closed, err
	}
	links, err := w.desk.store.RecordLinks(ctx, of)
	if err != nil {
		return false, err
	}
	var ids []string
	for _, l := range links {
		if l.From == of && l.To.Register == r.Name {
			ids = append(ids, l.To.Row)
		}
	}
	if len(ids) == 0 {
		return false, nil
	}
	rows, err := w.desk.store.RegisterByID(ctx, r, ids)
	if err != nil {
		return false, err
	}
	for _, row := range rows {
		if state := r.Life.State(register.TextOf(r, row, pack.ColumnState)); state != nil && !state.Final {
			return true, nil
		}
	}
	return false, nil
}
