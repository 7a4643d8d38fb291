package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"jiaoheng/fault"
	"jiaoheng/message"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

var textType = regexp.MustCompile(`([a-z0-9_]\s+)text\b`)

type migration struct {
	number     int64
	statements []string
}

// migrations returns the embedded migrations by number. A statement ends with a semicolon at the end of a line.
func migrations(postgres bool) ([]migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var all []migration
	for _, name := range names {
		data, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		digits, _, _ := strings.Cut(strings.TrimPrefix(name, "migrations/"), "_")
		number, err := strconv.ParseInt(digits, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%s does not begin with a number: %w", name, err)
		}
		text := withoutComments(string(data))
		if postgres {
			text = textType.ReplaceAllString(text, `${1}text collate "C"`)
		}
		m := migration{number: number}
		for _, statement := range strings.Split(text+"\n", ";\n") {
			if strings.TrimSpace(statement) != "" {
				m.statements = append(m.statements, statement)
			}
		}
		all = append(all, m)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].number < all[j].number })
	return all, nil
}

func withoutComments(text string) string {
	var kept []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(strings.TrimSpace(line), "--") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

func (s *Store) migrate(ctx context.Context) error {
	all, err := migrations(s.onPostgres())
	if err != nil {
		return err
	}
	var steps []*goose.Migration
	for _, m := range all {
		steps = append(steps, goose.NewGoMigration(m.number, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
			for _, statement := range m.statements {
				if _, err := tx.ExecContext(ctx, statement); err != nil {
					return fmt.Errorf("migration %d: %w\n%s", m.number, err, statement)
				}
			}
			return nil
		}}, nil))
	}
	provider, err := goose.NewProvider(goose.DialectCustom, s.writer.DB, nil, goose.WithStore(migrationTable{s}),
		goose.WithGoMigrations(steps...), goose.WithDisableGlobalRegistry(true), goose.WithAllowOutofOrder(true))
	if err != nil {
		return err
	}
	if _, err = provider.Up(ctx); err != nil {
		return err
	}
	return s.refuseNewer(ctx, all[len(all)-1].number)
}

// refuseNewer refuses a database that a newer program made: what this one writes could break what that one reads.
func (s *Store) refuseNewer(ctx context.Context, known int64) error {
	var latest int64
	if err := s.writer.NewRaw(`select max(number) from migration`).Scan(ctx, &latest); err != nil {
		return err
	}
	if latest > known {
		return fault.New("store.newer", message.Args{"stored": latest, "known": known})
	}
	return nil
}

// migrationTable keeps what goose notes in a table like every other, so that the audit chain covers it.
type migrationTable struct{ store *Store }

// Tablename is the table of the migrations that were run.
func (migrationTable) Tablename() string { return "migration" }

// CreateVersionTable makes the table.
func (m migrationTable) CreateVersionTable(ctx context.Context, db database.DBTxConn) error {
	text := `create table migration (id text not null primary key, number bigint not null, applied bigint not null)`
	if m.store.onPostgres() {
		text = textType.ReplaceAllString(text, `${1}text collate "C"`)
	}
	_, err := db.ExecContext(ctx, text)
	return err
}

// Insert notes that a migration was run.
func (m migrationTable) Insert(ctx context.Context, db database.DBTxConn, request database.InsertRequest) error {
	_, err := db.ExecContext(ctx, fmt.Sprintf(`insert into migration (id, number, applied) values ('%04d', %d, %d)`,
		request.Version, request.Version, m.store.clock().UnixMilli()))
	return err
}

// Delete is not offered: migrations only go forward.
func (migrationTable) Delete(context.Context, database.DBTxConn, int64) error {
	return database.ErrNotImplemented
}

// GetMigration returns when a migration was run.
func (migrationTable) GetMigration(ctx context.Context, db database.DBTxConn, version int64) (*database.GetMigrationResult, error) {
	var applied int64
	err := db.QueryRowContext(ctx, fmt.Sprintf(`select applied from migration where number = %d`, version)).Scan(&applied)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, database.ErrVersionNotFound
	}
	if err != nil {
		return nil, err
	}
	return &database.GetMigrationResult{Timestamp: time.UnixMilli(applied), IsApplied: true}, nil
}

// GetLatestVersion returns the highest number that was run.
func (migrationTable) GetLatestVersion(ctx context.Context, db database.DBTxConn) (int64, error) {
	var latest sql.NullInt64
	if err := db.QueryRowContext(ctx, `select max(number) from migration`).Scan(&latest); err != nil {
		return 0, err
	}
	if !latest.Valid {
		return 0, database.ErrVersionNotFound
	}
	return latest.Int64, nil
}

// ListMigrations returns what was run, the highest number first.
func (migrationTable) ListMigrations(ctx context.Context, db database.DBTxConn) ([]*database.ListMigrationsResult, error) {
	rows, err := db.QueryContext(ctx, `select number from migration order by number desc`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []*database.ListMigrationsResult{}
	for rows.Next() {
		entry := &database.ListMigrationsResult{IsApplied: true}
		if err := rows.Scan(&entry.Version); err != nil {
			return nil, err
		}
		list = append(list, entry)
	}
	return list, rows.Err()
}
