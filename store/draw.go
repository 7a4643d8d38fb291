package store

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/uptrace/bun"

	"jiaoheng/draw/ceremony"
)

var _ ceremony.Store = (*Store)(nil)

type drawRow struct {
	bun.BaseModel `bun:"table:draw"`
	ID            string `bun:"id,pk"`
	Unit          string `bun:"unit"`
	Kind          string `bun:"kind"`
	Title         string `bun:"title"`
	Code          string `bun:"code"`
	State         string `bun:"state"`
	HeldAt        int64  `bun:"held_at"`
	Commitment    string `bun:"commitment"`
	Parent        string `bun:"parent"`
	Public        flag   `bun:"public"`
	Content       string `bun:"content"`
	Version       int64  `bun:"version"`
}

func newDrawRow(d ceremony.Draw) (drawRow, error) {
	content, err := json.Marshal(d.Content)
	return drawRow{ID: d.ID, Unit: d.Unit, Kind: d.Kind, Title: d.Title, Code: d.Code, State: string(d.State), HeldAt: milliseconds(d.Held),
		Commitment: d.Commitment, Parent: d.Parent, Public: flag(d.Public()), Content: string(content), Version: d.Version}, err
}

func (r drawRow) draw() (ceremony.Draw, error) {
	d := ceremony.Draw{ID: r.ID, Unit: r.Unit, Kind: r.Kind, Title: r.Title, Code: r.Code, State: ceremony.State(r.State), Held: instant(r.HeldAt),
		Commitment: r.Commitment, Version: r.Version}
	if err := json.Unmarshal([]byte(r.Content), &d.Content); err != nil {
		return d, fmt.Errorf("store: draw %s: %w", r.ID, err)
	}
	return d, nil
}

// DrawInsert stores a new draw. It belongs to a write.
func (s *Store) DrawInsert(ctx context.Context, d ceremony.Draw) error {
	row, err := newDrawRow(d)
	if err != nil {
		return fmt.Errorf("store: draw: %w", err)
	}
	return insertRows(ctx, s, row)
}

// DrawUpdate stores a new version of a draw. It belongs to a write.
func (s *Store) DrawUpdate(ctx context.Context, d ceremony.Draw) error {
	row, err := newDrawRow(d)
	if err != nil {
		return fmt.Errorf("store: draw: %w", err)
	}
	return updateRow(ctx, s, row)
}

// Draw returns a draw; ceremony.ErrNotFound when it is not there.
func (s *Store) Draw(ctx context.Context, id string) (ceremony.Draw, error) {
	row, err := findRow[drawRow](ctx, s, id)
	return drawOf(row, err)
}

func drawOf(row drawRow, err error) (ceremony.Draw, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return ceremony.Draw{}, ceremony.ErrNotFound
	}
	if err != nil {
		return ceremony.Draw{}, fmt.Errorf("store: draw: %w", err)
	}
	return row.draw()
}

// DrawHeld returns a draw that no other write can change until the one of ctx ends.
func (s *Store) DrawHeld(ctx context.Context, id string) (ceremony.Draw, error) {
	if err := s.writing(ctx).lockRow(ctx, "draw", id); err != nil {
		return ceremony.Draw{}, err
	}
	return s.Draw(ctx, id)
}

// DrawByCode returns the draw that witnesses find under a code.
func (s *Store) DrawByCode(ctx context.Context, code string) (ceremony.Draw, error) {
	var row drawRow
	err := s.reads(ctx).NewSelect().Model(&row).Where("code = ?", code).Scan(ctx)
	return drawOf(row, err)
}

// Draws returns draws, the newest first.
func (s *Store) Draws(ctx context.Context, query ceremony.Query) ([]ceremony.Draw, error) {
	var rows []drawRow
	find := s.reads(ctx).NewSelect().Model(&rows).Order("id DESC").Limit(int64(query.Limit))
	if query.Limit == 0 {
		find = find.Limit(ceremony.MaxListed)
	}
	if query.Text != "" {
		find = find.Where("title like ? escape '!'", "%"+strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(query.Text)+"%")
	}
	if query.State != "" {
		find = find.Where("state = ?", string(query.State))
	}
	if query.Kind != "" {
		find = find.Where("kind = ?", query.Kind)
	}
	if query.Units != nil {
		find = find.Where("unit in (?)", bun.In(append([]string{""}, query.Units...)))
	}
	if query.Public {
		find = find.Where("public = 1")
	}
	if query.Parent != "" {
		find = find.Where("parent = ?", query.Parent)
	}
	if err := find.Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: draws: %w", err)
	}
	all := make([]ceremony.Draw, len(rows))
	for n, row := range rows {
		var err error
		if all[n], err = row.draw(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

type drawPartRow struct {
	bun.BaseModel `bun:"table:draw_part"`
	ID            string `bun:"id,pk"`
	Draw          string `bun:"draw"`
	Name          string `bun:"name"`
	Sealed        string `bun:"sealed"`
	Version       int64  `bun:"version"`
}

// maxDrawPart is the size of the largest part of a draw, expanded.
const maxDrawPart = 1 << 30

// DrawPartPut seals and stores a part of a draw. It belongs to a write.
func (s *Store) DrawPartPut(ctx context.Context, id, name string, content []byte) error {
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	if _, err := writer.Write(content); err != nil {
		return fmt.Errorf("store: part of a draw: %w", err)
	}
	if err := writer.Close(); err != nil {
		return fmt.Errorf("store: part of a draw: %w", err)
	}
	sealed, err := s.Keys().SealBytes(ceremony.PurposeSeal, packed.Bytes(), s.random)
	if err != nil {
		return fmt.Errorf("store: part of a draw: %w", err)
	}
	row := drawPartRow{ID: id + "/" + name, Draw: id, Name: name, Sealed: base64.StdEncoding.EncodeToString(sealed), Version: 1}
	old, err := findRow[drawPartRow](ctx, s, row.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return insertRows(ctx, s, row)
	}
	if err != nil {
		return fmt.Errorf("store: part of a draw: %w", err)
	}
	row.Version = old.Version
	return replaceRow(ctx, s, row) // a roster that was replaced before it was announced is not kept
}

// DrawPart opens a part of a draw; nil when there is none.
func (s *Store) DrawPart(ctx context.Context, id, name string) ([]byte, error) {
	row, err := findRow[drawPartRow](ctx, s, id+"/"+name)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("store: part of a draw: %w", err)
	}
	sealed, err := base64.StdEncoding.DecodeString(row.Sealed)
	if err != nil {
		return nil, fmt.Errorf("store: part of a draw: %w", err)
	}
	packed, err := s.Keys().OpenBytes(ceremony.PurposeSeal, sealed)
	if err != nil {
		return nil, fmt.Errorf("store: part of a draw: %w", err)
	}
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("store: part of a draw: %w", err)
	}
	content, err := io.ReadAll(io.LimitReader(reader, maxDrawPart))
	if err != nil {
		return nil, fmt.Errorf("store: part of a draw: %w", err)
	}
	return content, nil
}
