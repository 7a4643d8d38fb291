package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/audit"
)

const (
	registerPrefix = "register_"
	sealedSuffix   = "_sealed"
)

// sealRegistersAgain seals the personal cells of every register under the newest key, one action a page. It goes by the tables,
// so that columns which no pack declares any more are sealed again too.
func (s *Store) sealRegistersAgain(ctx context.Context, actor action.Actor) error {
	tables, err := s.tableNames(ctx, s.writer)
	if err != nil {
		return fmt.Errorf("store: tables of registers: %w", err)
	}
	for _, table := range tables {
		if !strings.HasPrefix(table, registerPrefix) {
			continue
		}
		types, err := s.columnTypes(ctx, table)
		if err != nil {
			return err
		}
		sealed := false
		for name := range types {
			sealed = sealed || strings.HasSuffix(name, sealedSuffix)
		}
		for last, more := "", sealed; more; {
			if last, more, err = s.sealPage(ctx, actor, table, last); err != nil {
				return err
			}
		}
	}
	return nil
}

// sealPage seals the rows that follow id last and returns the last one of them.
func (s *Store) sealPage(ctx context.Context, actor action.Actor, table, last string) (string, bool, error) {
	count := 0
	err := action.Do(ctx, s, actor, action.Write{Name: "store.action.seal_again", Thing: access.Thing{Class: access.System}, Do: func(ctx context.Context, _ action.Tx) error {
		t := s.writing(ctx)
		rows, err := t.db.QueryContext(ctx, `select * from ? where id > ? order by id limit ?`, bun.Ident(table), last, pageRows)
		if err != nil {
			return fmt.Errorf("store: seal again: %w", err)
		}
		stored, err := scanStored(rows)
		if err = errors.Join(err, rows.Close()); err != nil || len(stored) == 0 {
			return err
		}
		count, last = len(stored), stored[len(stored)-1].id
		columns := []string{"id"}
		for _, c := range stored[0].columns {
			if c.Name != "id" {
				columns = append(columns, c.Name)
			}
		}
		named := make([]namedRow, len(stored))
		for i, row := range stored {
			if named[i], err = s.sealedAgain(columns, row); err != nil {
				return err
			}
		}
		return t.writeNamed(ctx, table, columns, named, audit.Updated, false)
	}})
	return last, count == pageRows, err
}

// sealedAgain returns a row with its personal cells under the newest key.
func (s *Store) sealedAgain(columns []string, row storedRow) (namedRow, error) {
	named := make(namedRow, len(columns))
	for _, c := range row.columns {
		value := c.Value
		switch text, isText := c.Value.(string); {
		case c.Name == "version":
			value = row.version + 1
		case isText && strings.HasSuffix(c.Name, sealedSuffix):
			plain, err := s.Keys().Open(purposeRegister, text)
			if err == nil {
				value, err = s.Keys().Seal(purposeRegister, plain, s.random)
			}
			if err != nil {
				return nil, fmt.Errorf("store: seal %s again: %w", c.Name, err)
			}
		}
		named[slices.Index(columns, c.Name)] = value
	}
	return named, nil
}
