package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/period"
	"jiaoheng/unit"
)

// unitEventRow is one dated change of units as stored.
type unitEventRow struct {
	bun.BaseModel `bun:"table:unit_event"`
	ID            string `bun:"id,pk"`
	Number        int64  `bun:"number"` // order of recording
	Kind          string `bun:"kind"`
	On            string `bun:"day_on"`
	From          string `bun:"units_from"` // codes separated by spaces
	Into          string `bun:"units_into"`
	Name          string `bun:"name"`
	Parent        string `bun:"parent"`
	Stages        string `bun:"stages"`
	Document      string `bun:"document"`
	Reason        string `bun:"reason"`
	Was           string `bun:"states_before"` // JSON
	Created       string `bun:"units_created"`
	Posts         string `bun:"posts_moved"` // JSON
	Recorded      int64  `bun:"recorded"`    // milliseconds
	Undone        int64  `bun:"undone"`      // milliseconds, 0 while it stands
	UndoReason    string `bun:"undo_reason"`
	Version       int64  `bun:"version"`
}

// storedUnit is the state of a unit inside the JSON of an event.
type storedUnit struct {
	Code, Name, Kind, Parent, Stages, Ownership, Setting, Opened, Closed string
}

func newStoredUnit(u unit.Unit) storedUnit {
	r := toUnitRow(u)
	return storedUnit{Code: r.ID, Name: r.Name, Kind: r.Kind, Parent: r.Parent, Stages: r.Stages, Ownership: r.Ownership, Setting: r.Setting, Opened: r.Opened, Closed: r.Closed}
}

func (u storedUnit) unit() unit.Unit {
	return unitRow{ID: u.Code, Name: u.Name, Kind: u.Kind, Parent: u.Parent, Stages: u.Stages, Ownership: u.Ownership, Setting: u.Setting, Opened: u.Opened, Closed: u.Closed}.unit()
}

func newUnitEventRow(e unit.Event, moves []PostMove, number int64, now time.Time) (unitEventRow, error) {
	was := make([]storedUnit, len(e.Was))
	for i, u := range e.Was {
		was[i] = newStoredUnit(u)
	}
	states, failed := json.Marshal(was)
	posts, failedPosts := json.Marshal(moves)
	return unitEventRow{ID: e.ID, Number: number, Kind: string(e.Kind), On: e.On.String(), From: strings.Join(e.From, " "), Into: strings.Join(e.Into, " "),
		Name: e.Name, Parent: e.Parent, Stages: toUnitRow(unit.Unit{Stages: e.Stages}).Stages, Document: e.Document, Reason: e.Reason,
		Was: string(states), Created: strings.Join(e.Created, " "), Posts: string(posts), Recorded: now.UnixMilli(), Version: 1}, errors.Join(failed, failedPosts)
}

func (r unitEventRow) event() (unit.Event, error) {
	e := unit.Event{ID: r.ID, Kind: unit.EventKind(r.Kind), From: strings.Fields(r.From), Into: strings.Fields(r.Into), Name: r.Name, Parent: r.Parent,
		Stages: unitRow{Stages: r.Stages}.unit().Stages, Document: r.Document, Reason: r.Reason, Created: strings.Fields(r.Created), Undone: r.Undone != 0, UndoReason: r.UndoReason}
	e.On, _ = period.ParseDate(r.On)
	var was []storedUnit
	if err := json.Unmarshal([]byte(r.Was), &was); err != nil {
		return e, fmt.Errorf("store: event %s of units: %w", r.ID, err)
	}
	for _, u := range was {
		e.Was = append(e.Was, u.unit())
	}
	return e, nil
}

// UnitEvents returns every event in order of days, those of one day as they were recorded; undone ones are marked.
func (s *Store) UnitEvents(ctx context.Context) ([]unit.Event, error) {
	var rows []unitEventRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Order("day_on", "number").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: events of units: %w", err)
	}
	events := make([]unit.Event, len(rows))
	for i, row := range rows {
		var err error
		if events[i], err = row.event(); err != nil {
			return nil, err
		}
	}
	return events, nil
}

// History returns the history of every unit.
func (s *Store) History(ctx context.Context) (*unit.History, error) {
	units, err := s.Units(ctx)
	if err != nil {
		return nil, err
	}
	events, err := s.UnitEvents(ctx)
	if err != nil {
		return nil, err
	}
	return unit.NewHistory(units, events), nil
}

// Tree returns the tree of every unit that ever was, with names, parents and stages as on the present day.
func (s *Store) Tree(ctx context.Context) (*unit.Tree, error) {
	history, err := s.History(ctx)
	if err != nil {
		return nil, err
	}
	return history.Tree(s.Today())
}

// Today is the present day on the clocks of China.
func (s *Store) Today() period.Date {
	return period.DayAt(s.Now())
}
