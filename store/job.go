package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/job"
)

var _ job.Store = (*Store)(nil)

const jobTable = "job"

type jobRow struct {
	bun.BaseModel `bun:"table:job"`
	ID            string `bun:"id,pk"`
	Kind          string `bun:"kind"`
	Person        string `bun:"person"`
	Input         string `bun:"input"`
	State         string `bun:"state"`
	Done          int64  `bun:"done"`
	Total         int64  `bun:"total"`
	What          string `bun:"what"`
	Result        string `bun:"result"`
	Faults        string `bun:"faults"`
	Attempts      int64  `bun:"attempts"`
	Worker        string `bun:"worker"`
	Lease         int64  `bun:"lease"`
	Cancel        flag   `bun:"cancel"`
	Created       int64  `bun:"created"`
	Ended         int64  `bun:"ended"`
	MAC           string `bun:"mac"`
}

func newJobRow(j job.Job) jobRow {
	return jobRow{ID: j.ID, Kind: j.Kind, Person: j.Person, Input: j.Input, State: string(j.State), Done: j.Done, Total: j.Total, What: j.What,
		Result: j.Result, Faults: j.Faults, Attempts: j.Attempts, Worker: j.Worker, Lease: j.Lease, Cancel: flag(j.Cancel),
		Created: j.Created, Ended: j.Ended}
}

func (r jobRow) job() job.Job {
	return job.Job{ID: r.ID, Kind: r.Kind, Person: r.Person, Input: r.Input, State: job.State(r.State), Done: r.Done, Total: r.Total, What: r.What,
		Result: r.Result, Faults: r.Faults, Attempts: r.Attempts, Worker: r.Worker, Lease: r.Lease, Cancel: bool(r.Cancel),
		Created: r.Created, Ended: r.Ended}
}

// InsertJob stores a new job.
func (s *Store) InsertJob(ctx context.Context, j job.Job) error {
	s.writing(ctx)
	row := newJobRow(j)
	return s.sealedWrite(ctx, jobTable, []string{j.ID}, func(ctx context.Context, db bun.IDB) error {
		_, err := db.NewInsert().Model(&row).Exec(ctx)
		return err
	})
}

// Job returns one job.
func (s *Store) Job(ctx context.Context, id string) (job.Job, error) {
	row, err := findRow[jobRow](ctx, s, id)
	if errors.Is(err, sql.ErrNoRows) {
		return job.Job{}, job.ErrNotFound
	}
	return row.job(), err
}

// Jobs returns the newest jobs.
func (s *Store) Jobs(ctx context.Context, limit int) ([]job.Job, error) {
	var rows []jobRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Order("id desc").Limit(int64(limit)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: jobs: %w", err)
	}
	jobs := make([]job.Job, len(rows))
	for i, row := range rows {
		jobs[i] = row.job()
	}
	return jobs, nil
}

// ChangeJob replaces a job by what change makes of it.
func (s *Store) ChangeJob(ctx context.Context, id string, change func(job.Job) (job.Job, error)) (job.Job, error) {
	var after job.Job
	err := s.sealedWrite(ctx, jobTable, []string{id}, func(ctx context.Context, db bun.IDB) error {
		var row jobRow
		err := db.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
		if errors.Is(err, sql.ErrNoRows) {
			return job.ErrNotFound
		}
		if err != nil {
			return err
		}
		if after, err = change(row.job()); err != nil {
			return err
		}
		row = newJobRow(after)
		_, err = db.NewUpdate().Model(&row).WherePK().Exec(ctx)
		return err
	})
	return after, err
}

// OpenJobs returns the jobs that a runner may take.
func (s *Store) OpenJobs(ctx context.Context, now time.Time, limit int) ([]string, error) {
	var ids []string
	err := s.reads(ctx).NewSelect().Model((*jobRow)(nil)).Column("id").Where("state = ?", job.Waiting).
		WhereOr("state = ? and lease <= ?", job.Running, now.UnixMilli()).Order("id").Limit(int64(limit)).Scan(ctx, &ids)
	if err != nil {
		return nil, fmt.Errorf("store: open jobs: %w", err)
	}
	return ids, nil
}
