package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"jiaoheng/appraisal"
	"jiaoheng/attachment"
)

type appraisalMarkRow struct {
	bun.BaseModel `bun:"table:appraisal_mark"`
	ID            string `bun:"id,pk"`
	Case          string `bun:"case_id"`
	Unit          string `bun:"unit"`
	Kind          string `bun:"kind"`
	Person        string `bun:"person"`
	Content       string `bun:"content"`
	Done          int64  `bun:"done"`
	At            int64  `bun:"at"`
	Version       int64  `bun:"version"`
}

type appraisalCardRow struct {
	bun.BaseModel `bun:"table:appraisal_card"`
	ID            string `bun:"id,pk"`
	Case          string `bun:"case_id"`
	Unit          string `bun:"unit"`
	Position      int64  `bun:"position"`
	Card          string `bun:"card"`
	Before        string `bun:"before"`
	Kind          string `bun:"kind"`
	Reason        string `bun:"reason"`
	Person        string `bun:"person"`
	At            int64  `bun:"at"`
	AppealUntil   string `bun:"appeal_until"`
}

type appraisalAppealRow struct {
	bun.BaseModel `bun:"table:appraisal_appeal"`
	ID            string `bun:"id,pk"`
	Case          string `bun:"case_id"`
	Unit          string `bun:"unit"`
	Card          string `bun:"card"`
	Person        string `bun:"person"`
	At            int64  `bun:"at"`
	Decision      string `bun:"decision"`
	Decider       string `bun:"decider"`
	DecidedAt     int64  `bun:"decided_at"`
	Content       string `bun:"content"`
	Version       int64  `bun:"version"`
}

// appealContent is the sealed part of an appeal.
type appealContent struct {
	Reason string `json:"reason"`
	Answer string `json:"answer"`
}

func (s *Store) markRow(mark appraisal.Mark) (appraisalMarkRow, error) {
	row := appraisalMarkRow{ID: mark.ID, Case: mark.Case, Unit: mark.Unit, Kind: string(mark.Kind), Person: mark.Person, At: milliseconds(mark.At), Version: mark.Version}
	if mark.Done {
		row.Done = 1
	}
	var err error
	row.Content, err = s.sealAppraisal(mark.Entries)
	return row, err
}

// AppraisalMarkInsert stores a mark of a case that is not signed. It belongs to a write.
func (s *Store) AppraisalMarkInsert(ctx context.Context, mark appraisal.Mark) error {
	if err := s.notSigned(ctx, mark.Case); err != nil {
		return err
	}
	row, err := s.markRow(mark)
	if err != nil {
		return err
	}
	return insertRows(ctx, s, row)
}

// AppraisalMarkUpdate stores a mark of a case that is not signed. Until it is handed in, older versions are not kept. It belongs to a
// write.
func (s *Store) AppraisalMarkUpdate(ctx context.Context, mark appraisal.Mark) error {
	if err := s.notSigned(ctx, mark.Case); err != nil {
		return err
	}
	row, err := s.markRow(mark)
	if err != nil {
		return err
	}
	if mark.Done || mark.Kind == appraisal.Agreed {
		return updateRow(ctx, s, row)
	}
	return replaceRow(ctx, s, row)
}

// AppraisalMarks returns the marks of cases in the order in which they were begun.
func (s *Store) AppraisalMarks(ctx context.Context, cases ...string) ([]appraisal.Mark, error) {
	var all []appraisal.Mark
	for part := range slices.Chunk(cases, batchRows) {
		var rows []appraisalMarkRow
		if err := s.reads(ctx).NewSelect().Model(&rows).Where("case_id in (?)", bun.In(part)).Order("id").Scan(ctx); err != nil {
			return nil, fmt.Errorf("store: marks: %w", err)
		}
		for _, row := range rows {
			mark := appraisal.Mark{ID: row.ID, Case: row.Case, Unit: row.Unit, Kind: appraisal.MarkKind(row.Kind), Person: row.Person, Done: row.Done != 0,
				At: instant(row.At), Version: row.Version}
			if err := s.openAppraisal(row.Content, &mark.Entries); err != nil {
				return nil, fmt.Errorf("store: mark %s: %w", row.ID, err)
			}
			all = append(all, mark)
		}
	}
	return all, nil
}

// AppraisalCardInsert adds an entry to the history of a card. It belongs to a write.
func (s *Store) AppraisalCardInsert(ctx context.Context, card appraisal.Card) error {
	reason, err := s.sealAppraisal(card.Reason)
	if err != nil {
		return err
	}
	before, err := s.AppraisalCards(ctx, card.Case)
	if err != nil {
		return err
	}
	return insertRows(ctx, s, appraisalCardRow{ID: card.ID, Case: card.Case, Unit: card.Unit, Position: int64(len(before) + 1), Card: card.Card, Before: card.Before, Kind: string(card.Kind),
		Reason: reason, Person: card.Person, At: milliseconds(card.At), AppealUntil: dayText(card.AppealUntil)})
}

// AppraisalCards returns the histories of the cards of cases, the oldest entry first.
func (s *Store) AppraisalCards(ctx context.Context, cases ...string) ([]appraisal.Card, error) {
	var all []appraisal.Card
	for part := range slices.Chunk(cases, batchRows) {
		var rows []appraisalCardRow
		if err := s.reads(ctx).NewSelect().Model(&rows).Where("case_id in (?)", bun.In(part)).Order("case_id", "position").Scan(ctx); err != nil {
			return nil, fmt.Errorf("store: cards: %w", err)
		}
		for _, row := range rows {
			card := appraisal.Card{ID: row.ID, Case: row.Case, Unit: row.Unit, Card: row.Card, Before: row.Before, Kind: appraisal.CardKind(row.Kind), Person: row.Person,
				At: instant(row.At), AppealUntil: dateOf(row.AppealUntil)}
			if err := s.openAppraisal(row.Reason, &card.Reason); err != nil {
				return nil, fmt.Errorf("store: card %s: %w", row.ID, err)
			}
			all = append(all, card)
		}
	}
	return all, nil
}

func (s *Store) appealRow(ctx context.Context, appeal appraisal.Appeal) (appraisalAppealRow, error) {
	if appeal.Card == "" {
		if err := s.notSigned(ctx, appeal.Case); err != nil {
			return appraisalAppealRow{}, err
		}
	}
	row := appraisalAppealRow{ID: appeal.ID, Case: appeal.Case, Unit: appeal.Unit, Card: appeal.Card, Person: appeal.Person, At: milliseconds(appeal.At),
		Decision: string(appeal.Decision), Decider: appeal.Decider, DecidedAt: milliseconds(appeal.DecidedAt), Version: appeal.Version}
	var err error
	row.Content, err = s.sealAppraisal(appealContent{appeal.Reason, appeal.Answer})
	return row, err
}

// AppraisalAppealInsert stores an appeal. It belongs to a write.
func (s *Store) AppraisalAppealInsert(ctx context.Context, appeal appraisal.Appeal) error {
	row, err := s.appealRow(ctx, appeal)
	if err != nil {
		return err
	}
	return insertRows(ctx, s, row)
}

// AppraisalAppealUpdate stores the decision of an appeal. It belongs to a write.
func (s *Store) AppraisalAppealUpdate(ctx context.Context, appeal appraisal.Appeal) error {
	row, err := s.appealRow(ctx, appeal)
	if err != nil {
		return err
	}
	return updateRow(ctx, s, row)
}

// AppraisalAppeals returns the appeals of cases, the oldest first.
func (s *Store) AppraisalAppeals(ctx context.Context, cases ...string) ([]appraisal.Appeal, error) {
	var all []appraisal.Appeal
	for part := range slices.Chunk(cases, batchRows) {
		var rows []appraisalAppealRow
		if err := s.reads(ctx).NewSelect().Model(&rows).Where("case_id in (?)", bun.In(part)).Order("at", "id").Scan(ctx); err != nil {
			return nil, fmt.Errorf("store: appeals: %w", err)
		}
		for _, row := range rows {
			appeal := appraisal.Appeal{ID: row.ID, Case: row.Case, Unit: row.Unit, Card: row.Card, Person: row.Person, At: instant(row.At),
				Decision: appraisal.Decision(row.Decision), Decider: row.Decider, DecidedAt: instant(row.DecidedAt), Version: row.Version}
			var content appealContent
			if err := s.openAppraisal(row.Content, &content); err != nil {
				return nil, fmt.Errorf("store: appeal %s: %w", row.ID, err)
			}
			appeal.Reason, appeal.Answer = content.Reason, content.Answer
			all = append(all, appeal)
		}
	}
	return all, nil
}

// fileOfSigned refuses to add or take away files of a case that is signed, see appraisal.FileOwner. Files of appeals against a later
// change of a card stay open until the appeal is decided.
func (s *Store) fileOfSigned(ctx context.Context, owner attachment.Owner) error {
	id, _, _ := strings.Cut(owner.Row, "/")
	switch owner.Table {
	case appraisal.FileOwner("", "").Table:
		row, err := findRow[appraisalMarkRow](ctx, s, id)
		if err != nil {
			return fmt.Errorf("store: mark %s: %w", id, err)
		}
		return s.notSigned(ctx, row.Case)
	case appraisal.AppealOwner("").Table:
		row, err := findRow[appraisalAppealRow](ctx, s, id)
		if err != nil {
			return fmt.Errorf("store: appeal %s: %w", id, err)
		}
		if row.Card == "" {
			return s.notSigned(ctx, row.Case)
		}
	}
	return nil
}
