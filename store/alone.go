package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
)

// startLock is the number of the advisory lock on PostgreSQL under which a start runs.
const startLock = 0x6a69616f68656e67

// alone runs do while no other program starts on the same data: of two first starts at the same time one would otherwise make keys that the
// other does not know.
func (s *Store) alone(ctx context.Context, do func() error) error {
	if s.onPostgres() {
		return s.alonePostgres(ctx, do)
	}
	address, err := sqliteAddress(filepath.Join(s.dataDir, "start.lock"), url.Values{"_txlock": {"exclusive"}})
	if err != nil {
		return err
	}
	lock, err := sql.Open("sqlite", address)
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	defer lock.Close()
	held, err := lock.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("store: another program is starting on %s: %w", s.dataDir, err)
	}
	defer func() { _ = held.Rollback() }()
	return do()
}

func (s *Store) alonePostgres(ctx context.Context, do func() error) (err error) {
	held, err := s.writer.DB.Conn(ctx)
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	defer held.Close()
	if _, err := held.ExecContext(ctx, fmt.Sprintf(`select pg_advisory_lock(%d)`, startLock)); err != nil {
		return fmt.Errorf("store: %w", err)
	}
	defer func() {
		_, unlocked := held.ExecContext(context.WithoutCancel(ctx), fmt.Sprintf(`select pg_advisory_unlock(%d)`, startLock))
		err = errors.Join(err, unlocked)
	}()
	return do()
}
