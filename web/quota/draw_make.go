package quota

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// marksAtOnce is how many drawn rows one request moves; the page offers to go on with the others.
const marksAtOnce = 200

// drawView is what the page says of the draw.
type drawView struct {
	declared bool                // the quota has a check
	made     *register.QuotaDraw // nil: nobody has drawn yet
	at       string
	table    shell.Table
	open     int  // drawn rows of the shown unit that are not marked yet
	mayDraw  bool // here and now
	mayMark  bool
}

// drawOf finds the draw of the unit, or of one above it, which holds for the unit too.
func (p *Pages) drawOf(ctx context.Context, s scene) (drawView, error) {
	v := drawView{declared: s.quota.Truth != nil}
	if !v.declared {
		return v, nil
	}
	tree := shell.From(ctx).Tree
	for n := s.Number; n >= 0; n = tree.Parent(n) {
		draw, there, err := p.store.QuotaDraw(ctx, s.quota.Name, s.Period.String(), tree.At(n).Code)
		if err != nil {
			return v, err
		}
		if there {
			v.made = &draw
			break
		}
	}
	v.mayDraw = v.made == nil && p.mayDraw(ctx, s)
	if v.made == nil {
		return v, nil
	}
	v.at = shell.Moment(ctx, v.made.At)
	v.table = drawTable(ctx, s, *v.made)
	v.open = len(p.unmarked(ctx, s, *v.made))
	v.mayMark = v.open > 0 && p.mayDraw(ctx, s)
	return v, nil
}

// mayDraw tells whether the present post may cause the event that marks a drawn row, below the unit.
func (p *Pages) mayDraw(ctx context.Context, s scene) bool {
	view := shell.From(ctx)
	event := s.done.EventOf(s.quota.Truth.Event)
	if event == nil || !access.May(view.Actor.Post, access.Change, drawThing(ctx, s)) {
		return false
	}
	below := view.Tree.Subtree(s.Number)
	for n := below.From; n < below.To; n++ {
		if one := view.Tree.At(n); slices.Contains(s.done.Of, one.Kind) {
			stand := lifecycle.Stand{Unit: one.Code, UnitPlace: person.At(view.Tree, one.Code), Subject: s.done.Subject}
			return lifecycle.AnyFits(event.By, view.Actor.Post, stand)
		}
	}
	return false
}

func drawThing(ctx context.Context, s scene) access.Thing {
	return access.Thing{Class: access.Record, Unit: person.At(shell.From(ctx).Tree, s.Unit.Code), Subject: s.done.Subject}
}

// drawTable shows, for each school below the unit, how many rows were drawn of how many; at one school also which.
func drawTable(ctx context.Context, s scene, draw register.QuotaDraw) shell.Table {
	tree := shell.From(ctx).Tree
	t := shell.Table{Caption: shell.Text(ctx, "quota.page.drawn"), Columns: []shell.Column{{Title: shell.Text(ctx, "quota.page.school")},
		{Title: shell.Text(ctx, "quota.page.of"), Align: shell.Figures}, {Title: shell.Text(ctx, "quota.page.count"), Align: shell.Figures},
		{Title: shell.Text(ctx, "quota.page.digest")}}, Empty: shell.Note(shell.Text(ctx, "quota.page.nothing_drawn"))}
	for _, one := range draw.Units {
		if number, known := tree.Number(one.Unit); known && within(ctx, s, number) {
			t.Rows = append(t.Rows, []shell.Cell{{Text: tree.At(number).Name}, {Text: shell.Count(one.Of)}, {Text: shell.Count(len(one.Rows))}, {Text: one.Digest}})
		}
	}
	return t
}

func within(ctx context.Context, s scene, number int) bool {
	below := shell.From(ctx).Tree.Subtree(s.Number)
	return below.From <= number && number < below.To
}

// unmarked returns the drawn rows below the unit that the event may still mark.
func (p *Pages) unmarked(ctx context.Context, s scene, draw register.QuotaDraw) []register.Row {
	event, drawn := s.done.EventOf(s.quota.Truth.Event), map[string]bool{}
	for _, one := range draw.Units {
		for _, id := range one.Rows {
			drawn[id] = true
		}
	}
	state := columnNumber(s.done, pack.ColumnState)
	var rows []register.Row
	for _, row := range s.rows {
		if drawn[row.ID] && event != nil && slices.Contains(event.From, row.Cells[state].Text) {
			rows = append(rows, row)
		}
	}
	return rows
}

// Draw draws rows for a check and marks them. It is done once for a quota, a period and a unit.
func (p *Pages) Draw(w http.ResponseWriter, r *http.Request) error {
	s, err := p.open(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	if s.quota.Truth == nil || !p.mayDraw(ctx, s) {
		return shell.NoRight
	}
	if before, err := p.drawOf(ctx, s); err != nil {
		return err
	} else if before.made != nil {
		return p.refuse(w, r, s, fault.List{fault.New("quota.drawn", nil)})
	}
	seed := make([]byte, register.SeedBytes)
	if _, err := io.ReadFull(p.random, seed); err != nil {
		return fmt.Errorf("quota: seed: %w", err)
	}
	draw, faults := register.Draw(s.ask, s.quota, s.Period, s.Unit.Code, seed, s.rows)
	if faults != nil {
		return p.refuse(w, r, s, faults)
	}
	err = action.Do(ctx, p.store, shell.From(ctx).Actor, action.Write{Name: "quota.action.draw", Thing: drawThing(ctx, s),
		Do: func(ctx context.Context, tx action.Tx) error {
			draw.Person, draw.At = shell.From(ctx).Actor.Post.Person, tx.Now()
			return p.store.QuotaDrawInsert(ctx, draw)
		}})
	if faults := fault.Of(err); faults != nil {
		return p.refuse(w, r, s, faults)
	}
	if err != nil {
		return err
	}
	return p.mark(w, r, s, draw)
}

// Mark goes on with marking drawn rows where an earlier request ended.
func (p *Pages) Mark(w http.ResponseWriter, r *http.Request) error {
	s, err := p.open(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	if s.quota.Truth == nil || !p.mayDraw(ctx, s) {
		return shell.NoRight
	}
	before, err := p.drawOf(ctx, s)
	if err != nil {
		return err
	}
	if before.made == nil {
		return p.refuse(w, r, s, fault.List{fault.New("quota.not_drawn", nil)})
	}
	return p.mark(w, r, s, *before.made)
}

// mark moves drawn rows by the event of the check, each as an action of its own. What refuses one row leaves the others.
func (p *Pages) mark(w http.ResponseWriter, r *http.Request, s scene, draw register.QuotaDraw) error {
	ctx := r.Context()
	rows := p.unmarked(ctx, s, draw)
	var faults fault.List
	marked := 0
	for _, row := range rows[:min(len(rows), marksAtOnce)] {
		_, err := p.records.Move(ctx, shell.From(ctx).Actor, record.Move{Register: s.done.Name, Row: row.ID, Event: s.quota.Truth.Event, Version: row.Version, Day: p.store.Today()})
		if wrong := fault.Of(err); wrong != nil {
			faults.Add(wrong...)
		} else if err != nil {
			return err
		} else {
			marked++
		}
	}
	if len(faults) > 0 {
		fresh, err := p.open(r)
		if err != nil {
			return err
		}
		return p.refuse(w, r, fresh, faults[:min(len(faults), 20)])
	}
	shell.Redirect(w, r, s.address(ctx, ""), "quota.page.marked", message.Args{"count": marked, "left": len(rows) - marked})
	return nil
}

func (p *Pages) refuse(w http.ResponseWriter, r *http.Request, s scene, faults fault.List) error {
	return p.show(w, r, http.StatusUnprocessableEntity, quotaView{scene: s, form: shell.Form{Faults: faults}})
}
