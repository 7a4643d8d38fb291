package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"jiaoheng/appraisal"
	"jiaoheng/fault"
	"jiaoheng/period"
)

var _ appraisal.Store = (*Store)(nil)

// purposeAppraisal seals what is said of units and persons.
const purposeAppraisal = "appraisal"

type appraisalRunRow struct {
	bun.BaseModel `bun:"table:appraisal_run"`
	ID            string `bun:"id,pk"`
	Name          string `bun:"name"`
	Sheet         string `bun:"sheet"`
	Period        string `bun:"period"`
	Unit          string `bun:"unit"`
	Scorers       string `bun:"scorers"`
	SelfUntil     string `bun:"self_until"`
	Opener        string `bun:"opener"`
	OpenedAt      int64  `bun:"opened_at"`
	Rules         string `bun:"rules"`
	Version       int64  `bun:"version"`
}

func (r appraisalRunRow) run() (appraisal.Run, error) {
	run := appraisal.Run{ID: r.ID, Name: r.Name, Sheet: r.Sheet, Unit: r.Unit, SelfUntil: dateOf(r.SelfUntil), Opener: r.Opener, OpenedAt: instant(r.OpenedAt),
		Rules: r.Rules, Version: r.Version}
	run.Period, _ = period.Parse(r.Period)
	if err := json.Unmarshal([]byte(r.Scorers), &run.Scorers); err != nil {
		return run, fmt.Errorf("store: run of an appraisal %s: %w", r.ID, err)
	}
	return run, nil
}

type appraisalCaseRow struct {
	bun.BaseModel `bun:"table:appraisal_case"`
	ID            string `bun:"id,pk"`
	Run           string `bun:"run"`
	Unit          string `bun:"unit"`
	Person        string `bun:"person"`
	State         string `bun:"state"`
	AppealUntil   string `bun:"appeal_until"`
	Content       string `bun:"content"`
	Frozen        string `bun:"frozen"`
	Hash          string `bun:"hash"`
	Version       int64  `bun:"version"`
}

// caseContent is the sealed part of a case.
type caseContent struct {
	Steps  []appraisal.Step  `json:"steps"`
	Result *appraisal.Result `json:"result"`
}

func (s *Store) sealAppraisal(value any) (string, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("store: appraisal: %w", err)
	}
	return s.Keys().Seal(purposeAppraisal, string(text), s.random)
}

func (s *Store) openAppraisal(sealed string, into any) error {
	text, err := s.Keys().Open(purposeAppraisal, sealed)
	if err == nil {
		err = json.Unmarshal([]byte(text), into)
	}
	return err
}

func (s *Store) caseRow(one appraisal.Case) (appraisalCaseRow, error) {
	row := appraisalCaseRow{ID: one.ID, Run: one.Run, Unit: one.Unit, Person: one.Person, State: string(one.State), AppealUntil: dayText(one.AppealUntil),
		Hash: one.Hash, Version: one.Version}
	var err error
	if row.Content, err = s.sealAppraisal(caseContent{one.Steps, one.Result}); err == nil && one.Hash != "" {
		row.Frozen, err = s.Keys().Seal(purposeAppraisal, string(one.Frozen), s.random)
	}
	return row, err
}

func (s *Store) appraisalCase(row appraisalCaseRow) (appraisal.Case, error) {
	one := appraisal.Case{ID: row.ID, Run: row.Run, Unit: row.Unit, Person: row.Person, State: appraisal.State(row.State), AppealUntil: dateOf(row.AppealUntil),
		Hash: row.Hash, Version: row.Version}
	var content caseContent
	if err := s.openAppraisal(row.Content, &content); err != nil {
		return one, fmt.Errorf("store: case %s: %w", row.ID, err)
	}
	one.Steps, one.Result = content.Steps, content.Result
	if row.Hash == "" {
		return one, nil
	}
	frozen, err := s.Keys().Open(purposeAppraisal, row.Frozen)
	if err != nil {
		return one, fmt.Errorf("store: case %s: %w", row.ID, err)
	}
	if one.Frozen = []byte(frozen); appraisal.Digest(one.Frozen) != row.Hash {
		return one, fmt.Errorf("store: case %s is not what was signed", row.ID)
	}
	return one, nil
}

// AppraisalRunInsert stores a run. It belongs to a write.
func (s *Store) AppraisalRunInsert(ctx context.Context, run appraisal.Run) error {
	scorers, err := json.Marshal(append([]string{}, run.Scorers...))
	if err != nil {
		return fmt.Errorf("store: run of an appraisal: %w", err)
	}
	return insertRows(ctx, s, appraisalRunRow{ID: run.ID, Name: run.Name, Sheet: run.Sheet, Period: run.Period.String(), Unit: run.Unit, Scorers: string(scorers),
		SelfUntil: dayText(run.SelfUntil), Opener: run.Opener, OpenedAt: milliseconds(run.OpenedAt), Rules: run.Rules, Version: run.Version})
}

// AppraisalRun returns a run; appraisal.ErrNotFound when it is not there.
func (s *Store) AppraisalRun(ctx context.Context, id string) (appraisal.Run, error) {
	row, err := findRow[appraisalRunRow](ctx, s, id)
	if errors.Is(err, sql.ErrNoRows) {
		return appraisal.Run{}, appraisal.ErrNotFound
	}
	if err != nil {
		return appraisal.Run{}, fmt.Errorf("store: run of an appraisal %s: %w", id, err)
	}
	return row.run()
}

// AppraisalRuns returns the newest runs first.
func (s *Store) AppraisalRuns(ctx context.Context, limit int) ([]appraisal.Run, error) {
	var rows []appraisalRunRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Order("opened_at DESC", "id DESC").Limit(int64(limit)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: runs of appraisals: %w", err)
	}
	all := make([]appraisal.Run, len(rows))
	for n, row := range rows {
		run, err := row.run()
		if err != nil {
			return nil, err
		}
		all[n] = run
	}
	return all, nil
}

// AppraisalCasesInsert stores cases. It belongs to a write.
func (s *Store) AppraisalCasesInsert(ctx context.Context, cases []appraisal.Case) error {
	rows := make([]appraisalCaseRow, len(cases))
	for n, one := range cases {
		row, err := s.caseRow(one)
		if err != nil {
			return err
		}
		rows[n] = row
	}
	return insertRows(ctx, s, rows...)
}

// notSigned refuses to write anything of a case that is signed: the last door behind every action.
func (s *Store) notSigned(ctx context.Context, id string) error {
	row, err := findRow[appraisalCaseRow](ctx, s, id)
	if errors.Is(err, sql.ErrNoRows) {
		return appraisal.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("store: case %s: %w", id, err)
	}
	if row.Hash != "" {
		return fault.New("appraisal.frozen", nil)
	}
	return nil
}

// AppraisalCaseUpdate stores a new version of a case that is not signed yet. It belongs to a write.
func (s *Store) AppraisalCaseUpdate(ctx context.Context, one appraisal.Case) error {
	if err := s.notSigned(ctx, one.ID); err != nil {
		return err
	}
	row, err := s.caseRow(one)
	if err != nil {
		return err
	}
	return updateRow(ctx, s, row)
}

// AppraisalCase returns a case; appraisal.ErrNotFound when it is not there. One that is signed is compared with its SHA-256.
func (s *Store) AppraisalCase(ctx context.Context, id string) (appraisal.Case, error) {
	row, err := findRow[appraisalCaseRow](ctx, s, id)
	if errors.Is(err, sql.ErrNoRows) {
		return appraisal.Case{}, appraisal.ErrNotFound
	}
	if err != nil {
		return appraisal.Case{}, fmt.Errorf("store: case %s: %w", id, err)
	}
	return s.appraisalCase(row)
}

// AppraisalCases returns the cases of a run in the order in which they were opened.
func (s *Store) AppraisalCases(ctx context.Context, run string) ([]appraisal.Case, error) {
	return s.appraisalCases(ctx, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("run = ?", run) })
}

// AppraisalCasesIn returns the cases of units that stand in one of the states; no unit means every one.
func (s *Store) AppraisalCasesIn(ctx context.Context, units []string, states ...appraisal.State) ([]appraisal.Case, error) {
	return s.appraisalCases(ctx, func(q *bun.SelectQuery) *bun.SelectQuery {
		if len(units) > 0 {
			q = q.Where("unit in (?)", bun.In(units))
		}
		if len(states) > 0 {
			q = q.Where("state in (?)", bun.In(states))
		}
		return q
	})
}

func (s *Store) appraisalCases(ctx context.Context, narrow func(*bun.SelectQuery) *bun.SelectQuery) ([]appraisal.Case, error) {
	var rows []appraisalCaseRow
	if err := narrow(s.reads(ctx).NewSelect().Model(&rows)).Order("id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: cases of appraisals: %w", err)
	}
	all := make([]appraisal.Case, len(rows))
	for n, row := range rows {
		one, err := s.appraisalCase(row)
		if err != nil {
			return nil, err
		}
		all[n] = one
	}
	return all, nil
}
