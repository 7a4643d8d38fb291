package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jiaoheng/store"
)

// database is one of the two databases that the suite runs on.
type database struct {
	name string
	// open opens a fresh, empty store; folder is its data folder.
	open func(t *testing.T) (s *store.Store, folder string, raw *sql.DB)
}

// testKey is the master key of the tests.
const testKey = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

// start is the time of the first clock.
var start = time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)

func onSQLite() database {
	return database{name: "SQLite", open: func(t *testing.T) (*store.Store, string, *sql.DB) {
		t.Helper()
		folder := t.TempDir()
		s := mustOpen(t, store.Options{DataDir: folder, KeyFile: testKey, Clock: func() time.Time { return start }})
		raw, err := sql.Open("sqlite", "file:"+filepath.Join(folder, "jiaoheng.sqlite")+"?_pragma=busy_timeout(5000)")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { raw.Close() })
		return s, folder, raw
	}}
}

func mustOpen(t *testing.T, options store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// eachDatabase runs one test of the suite on every database of this build.
func eachDatabase(t *testing.T, test func(t *testing.T, db database)) {
	t.Helper()
	for _, db := range databases {
		t.Run(db.name, func(t *testing.T) { test(t, db) })
	}
}

// databases grows by PostgreSQL under the build tag postgres.
var databases = []database{onSQLite()}

func mustVerify(t *testing.T, s *store.Store) {
	t.Helper()
	if found := findings(t, s); len(found) > 0 {
		t.Fatalf("verify finds %v in an untouched database", found)
	}
}

func findings(t *testing.T, s *store.Store) []string {
	t.Helper()
	report, err := s.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, f := range report.Findings {
		found = append(found, fmt.Sprintf("%s %s %s", f.Kind, f.Table, f.Row))
	}
	return found
}

func mentions(found []string, table, row string) bool {
	for _, f := range found {
		if parts := strings.SplitN(f, " ", 3); parts[1] == table && (parts[2] == row || parts[2] == "*") {
			return true
		}
	}
	return false
}
