package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"jiaoheng/draw/ceremony"
	"jiaoheng/fault"
)

type drawResultRow struct {
	bun.BaseModel `bun:"table:draw_result"`
	ID            string `bun:"id,pk"`
	Draw          string `bun:"draw"`
	Seed          string `bun:"seed"`
	Digest        string `bun:"digest"`
	DrawnAt       int64  `bun:"drawn_at"`
}

// DrawResultInsert stores what came out of a draw. It belongs to a write.
//
// Errors: draw.event.second_result when the announcement has a result, also one that another write stores at the same time.
func (s *Store) DrawResultInsert(ctx context.Context, r ceremony.Result) error {
	_, found, err := s.DrawResult(ctx, r.Commitment)
	if err != nil {
		return err
	}
	if found {
		return fault.New("draw.event.second_result", nil)
	}
	err = insertRows(ctx, s, drawResultRow{ID: r.Commitment, Draw: r.Draw, Seed: r.Seed, Digest: r.Digest, DrawnAt: milliseconds(r.At)})
	if err != nil && brokenConstraint(err) != "" {
		return fault.New("draw.event.second_result", nil)
	}
	return err
}

// DrawResult returns what came out under a commitment, and whether anything did.
func (s *Store) DrawResult(ctx context.Context, commitment string) (ceremony.Result, bool, error) {
	row, err := findRow[drawResultRow](ctx, s, commitment)
	if errors.Is(err, sql.ErrNoRows) {
		return ceremony.Result{}, false, nil
	}
	if err != nil {
		return ceremony.Result{}, false, fmt.Errorf("store: result of a draw: %w", err)
	}
	return ceremony.Result{Commitment: row.ID, Draw: row.Draw, Seed: row.Seed, Digest: row.Digest, At: instant(row.DrawnAt)}, true, nil
}

type drawWitnessRow struct {
	bun.BaseModel `bun:"table:draw_witness"`
	ID            string `bun:"id,pk"`
	Draw          string `bun:"draw"`
	Place         int64  `bun:"place"`
	Hash          string `bun:"hash"`
	Word          string `bun:"word"`
	Plain         flag   `bun:"plain"`
	GivenAt       int64  `bun:"given_at"`
	ToldAt        int64  `bun:"told_at"`
	Version       int64  `bun:"version"`
}

func newDrawWitnessRow(w ceremony.Witness) drawWitnessRow {
	return drawWitnessRow{ID: w.Draw + "/" + w.Hash, Draw: w.Draw, Place: int64(w.Place), Hash: w.Hash, Word: w.Word, Plain: flag(w.Plain),
		GivenAt: milliseconds(w.At), ToldAt: milliseconds(w.ToldAt), Version: w.Version}
}

// WitnessInsert stores a witness. It belongs to a write.
//
// Errors: draw.event.word_taken when the same hash stands in the draw already.
func (s *Store) WitnessInsert(ctx context.Context, w ceremony.Witness) error {
	row := newDrawWitnessRow(w)
	if _, err := findRow[drawWitnessRow](ctx, s, row.ID); err == nil {
		return fault.New("draw.event.word_taken", nil)
	}
	return insertRows(ctx, s, row)
}

// WitnessUpdate stores that a word was told. It belongs to a write.
func (s *Store) WitnessUpdate(ctx context.Context, w ceremony.Witness) error {
	return updateRow(ctx, s, newDrawWitnessRow(w))
}

// Witnesses returns the witnesses of a draw by place.
func (s *Store) Witnesses(ctx context.Context, id string) ([]ceremony.Witness, error) {
	var rows []drawWitnessRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Where("draw = ?", id).Order("place").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: witnesses: %w", err)
	}
	all := make([]ceremony.Witness, len(rows))
	for n, r := range rows {
		all[n] = ceremony.Witness{ID: r.ID, Draw: r.Draw, Place: int(r.Place), Hash: r.Hash, Word: r.Word, Plain: bool(r.Plain), At: instant(r.GivenAt),
			ToldAt: instant(r.ToldAt), Version: r.Version}
	}
	return all, nil
}
