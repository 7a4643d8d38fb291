package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/period"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/record"
)

var _ duty.Store = (*Store)(nil)

type dutyRow struct {
	bun.BaseModel `bun:"table:plan_duty"`
	ID            string `bun:"id,pk"`
	Plan          string `bun:"plan"`
	Node          string `bun:"node"`
	Number        int64  `bun:"number"`
	State         string `bun:"state"`
	Reason        string `bun:"reason"`
	Person        string `bun:"person"`
	At            int64  `bun:"at"`
	ApprovedBy    string `bun:"approved_by"`
	ApprovedAt    int64  `bun:"approved_at"`
	Lead          string `bun:"lead"`
	Content       string `bun:"content"`
	Version       int64  `bun:"version"`
}

// dutyContent is the part of a duty that has no column.
type dutyContent struct {
	Helpers      []string        `json:"helpers,omitempty"`
	Start        string          `json:"start,omitempty"`
	Due          string          `json:"due,omitempty"`
	Deliverables []string        `json:"deliverables,omitempty"`
	Milestones   []dutyMilestone `json:"milestones,omitempty"`
	Money        *float64        `json:"money,omitempty"`
	Projects     []record.Ref    `json:"projects,omitempty"`
}

type dutyMilestone struct {
	Name string `json:"name"`
	Due  string `json:"due"`
}

func storedDay(text string) period.Date {
	day, _ := period.ParseDate(text)
	return day
}

func dayText(day period.Date) string {
	if day.IsZero() {
		return ""
	}
	return day.String()
}

func newDutyRow(d duty.Duty) (dutyRow, error) {
	content := dutyContent{Helpers: d.Helpers, Start: dayText(d.Start), Due: dayText(d.Due), Deliverables: d.Deliverables, Projects: d.Projects}
	for _, m := range d.Milestones {
		content.Milestones = append(content.Milestones, dutyMilestone{Name: m.Name, Due: dayText(m.Due)})
	}
	if d.Money.Is {
		content.Money = &d.Money.Number
	}
	data, err := json.Marshal(content)
	if err != nil {
		return dutyRow{}, fmt.Errorf("store: content of a duty: %w", err)
	}
	return dutyRow{ID: d.ID, Plan: d.Plan, Node: string(d.Node), Number: int64(d.Number), State: string(d.State), Reason: d.Reason, Person: d.By,
		At: storedMoment(d.At), ApprovedBy: d.ApprovedBy, ApprovedAt: storedMoment(d.ApprovedAt), Lead: d.Lead, Content: string(data), Version: d.Version}, nil
}

func (r dutyRow) duty() (duty.Duty, error) {
	var content dutyContent
	if err := json.Unmarshal([]byte(r.Content), &content); err != nil {
		return duty.Duty{}, fmt.Errorf("store: duty %s: %w", r.ID, err)
	}
	d := duty.Duty{Decision: target.Decision{ID: r.ID, Number: int(r.Number), State: target.State(r.State), Reason: r.Reason, By: r.Person,
		At: knownMoment(r.At), ApprovedBy: r.ApprovedBy, ApprovedAt: knownMoment(r.ApprovedAt), Version: r.Version},
		Plan: r.Plan, Node: target.Track(r.Node), Lead: r.Lead, Helpers: content.Helpers, Start: storedDay(content.Start), Due: storedDay(content.Due),
		Deliverables: content.Deliverables, Projects: content.Projects}
	for _, m := range content.Milestones {
		d.Milestones = append(d.Milestones, duty.Milestone{Name: m.Name, Due: storedDay(m.Due)})
	}
	if content.Money != nil {
		d.Money = target.Sure(*content.Money)
	}
	return d, nil
}

// DutyInsert stores new duties.
func (s *Store) DutyInsert(ctx context.Context, duties ...duty.Duty) error {
	rows := make([]dutyRow, len(duties))
	for i, d := range duties {
		var err error
		if rows[i], err = newDutyRow(d); err != nil {
			return err
		}
		rows[i].Version = 1
	}
	return insertRows(ctx, s, rows...)
}

// DutyUpdate stores a duty that was approved or withdrawn; the older row is kept.
func (s *Store) DutyUpdate(ctx context.Context, one duty.Duty) error {
	row, err := newDutyRow(one)
	if err != nil {
		return err
	}
	return updateRow(ctx, s, row)
}

// Duty returns a duty by id, duty.ErrNotFound when it is not there.
func (s *Store) Duty(ctx context.Context, id string) (duty.Duty, error) {
	row, err := findRow[dutyRow](ctx, s, id)
	if errors.Is(err, sql.ErrNoRows) {
		return duty.Duty{}, duty.ErrNotFound
	}
	if err != nil {
		return duty.Duty{}, err
	}
	return row.duty()
}

func (s *Store) duties(ctx context.Context, where string, args ...any) ([]duty.Duty, error) {
	var rows []dutyRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Where(where, args...).Order("node", "number").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: duties: %w", err)
	}
	duties := make([]duty.Duty, len(rows))
	for i, row := range rows {
		var err error
		if duties[i], err = row.duty(); err != nil {
			return nil, err
		}
	}
	return duties, nil
}

// Duties returns every duty of a plan by node and number.
func (s *Store) Duties(ctx context.Context, plan string) ([]duty.Duty, error) {
	return s.duties(ctx, "plan = ?", plan)
}

// DutyVersions returns every duty of a node by number.
func (s *Store) DutyVersions(ctx context.Context, plan string, node target.Track) ([]duty.Duty, error) {
	return s.duties(ctx, "plan = ? and node = ?", plan, string(node))
}

// DutiesInForce returns by node the duties of a plan that hold now.
func (s *Store) DutiesInForce(ctx context.Context, plan string) (map[target.Track]duty.Duty, error) {
	return s.DutiesOn(ctx, plan, s.Now())
}

// DutiesOn returns by node the duties of a plan that held at the moment.
func (s *Store) DutiesOn(ctx context.Context, plan string, at time.Time) (map[target.Track]duty.Duty, error) {
	all, err := s.duties(ctx, "plan = ? and state = ?", plan, string(target.Approved))
	if err != nil {
		return nil, err
	}
	return duty.InForce(all, at), nil
}
