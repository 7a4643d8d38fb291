package store

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/period"
	"jiaoheng/round"
)

var _ round.Keeper = (*Store)(nil)

// maxRoundBytes bounds what a stored round may hold when it is unpacked.
const maxRoundBytes = 256 << 20

type roundRow struct {
	bun.BaseModel `bun:"table:round"`
	ID            string `bun:"id,pk"`
	Name          string `bun:"name"`
	Reason        string `bun:"reason"`
	Pack          string `bun:"pack"`
	PackVersion   string `bun:"pack_version"`
	Period        string `bun:"period"`
	Unit          string `bun:"unit"`
	Verdict       string `bun:"verdict"`
	Digest        string `bun:"digest"`
	Person        string `bun:"person"`
	At            int64  `bun:"at"`
}

// roundContentRow holds inputs and results, compressed and in base 64.
type roundContentRow struct {
	bun.BaseModel `bun:"table:round_content"`
	ID            string `bun:"id,pk"`
	Inputs        string `bun:"inputs"`
	Results       string `bun:"results"`
}

func (r roundRow) kept() round.Kept {
	p, _ := period.Parse(r.Period)
	return round.Kept{ID: r.ID, Name: r.Name, Reason: r.Reason, Pack: r.Pack, Version: r.PackVersion, Period: p, Unit: r.Unit, Verdict: r.Verdict,
		Digest: r.Digest, Person: r.Person, At: time.UnixMilli(r.At).UTC()}
}

// InsertRound stores a frozen round. It belongs to a write.
func (s *Store) InsertRound(ctx context.Context, kept round.Kept) error {
	inputs, err := packText(kept.Frozen.Inputs)
	if err != nil {
		return err
	}
	results, err := packText(kept.Frozen.Results)
	if err != nil {
		return err
	}
	row := roundRow{ID: kept.ID, Name: kept.Name, Reason: kept.Reason, Pack: kept.Pack, PackVersion: kept.Version, Period: kept.Period.String(), Unit: kept.Unit,
		Verdict: kept.Verdict, Digest: kept.Digest, Person: kept.Person, At: kept.At.UnixMilli()}
	if err := insertRows(ctx, s, row); err != nil {
		return err
	}
	return insertRows(ctx, s, roundContentRow{ID: kept.ID, Inputs: inputs, Results: results})
}

// Rounds returns the frozen rounds without what they were computed from, the newest first.
func (s *Store) Rounds(ctx context.Context) ([]round.Kept, error) {
	var rows []roundRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Order("at DESC", "id DESC").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: rounds: %w", err)
	}
	all := make([]round.Kept, len(rows))
	for k, row := range rows {
		all[k] = row.kept()
	}
	return all, nil
}

// Round returns one frozen round with everything; round.ErrNotFound when there is none.
func (s *Store) Round(ctx context.Context, id string) (round.Kept, error) {
	row, err := findRow[roundRow](ctx, s, id)
	if errors.Is(err, sql.ErrNoRows) {
		return round.Kept{}, round.ErrNotFound
	}
	if err != nil {
		return round.Kept{}, fmt.Errorf("store: round %s: %w", id, err)
	}
	content, err := findRow[roundContentRow](ctx, s, id)
	if err != nil {
		return round.Kept{}, fmt.Errorf("store: content of round %s: %w", id, err)
	}
	kept := row.kept()
	kept.Frozen.Digest = kept.Digest
	if kept.Frozen.Inputs, err = unpackText(content.Inputs); err == nil {
		kept.Frozen.Results, err = unpackText(content.Results)
	}
	if err != nil {
		return kept, fmt.Errorf("store: content of round %s: %w", id, err)
	}
	return kept, nil
}

// packText compresses data into text, which both databases take.
func packText(data []byte) (string, error) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write(data)
	if err = errors.Join(err, w.Close()); err != nil {
		return "", fmt.Errorf("store: compress: %w", err)
	}
	return base64.StdEncoding.EncodeToString(packed.Bytes()), nil
}

// unpackText is the inverse of packText.
func unpackText(text string) ([]byte, error) {
	packed, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(r, maxRoundBytes+1))
	if err == nil && len(data) > maxRoundBytes {
		err = errors.New("too large")
	}
	return data, err
}
