//go:build postgres

package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/person"
	"jiaoheng/store"
)

func init() { databases = append(databases, onPostgres()) }

var schemas atomic.Int64

// onPostgres opens each store in a schema of its own on the server named by JIAOHENG_TEST_POSTGRES.
func onPostgres() database {
	return database{name: "PostgreSQL", open: func(t *testing.T) (*store.Store, string, *sql.DB) {
		t.Helper()
		address := os.Getenv("JIAOHENG_TEST_POSTGRES")
		if address == "" {
			t.Fatal("JIAOHENG_TEST_POSTGRES is not set: go run ./dev/postgres go test -tags postgres ./store/...")
		}
		schema := fmt.Sprintf("test_%d_%d", os.Getpid(), schemas.Add(1))
		address = inSchema(t, address, schema)
		raw, err := sql.Open("pgx", address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { raw.Close() })
		if _, err := raw.ExecContext(context.Background(), "create schema "+schema); err != nil {
			t.Fatal(err)
		}
		folder := t.TempDir()
		s := mustOpen(t, store.Options{DataDir: folder, DatabaseURL: address, KeyFile: testKey, Clock: func() time.Time { return start }})
		return s, folder, raw
	}}
}

func inSchema(t *testing.T, address, schema string) string {
	t.Helper()
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	query := parsed.Query()
	query.Set("search_path", schema)
	parsed.RawQuery = query.Encode()
	return parsed.String()
}

// Two actions that change the same two rows in opposite order: one is stored, the other is told to try again, and nothing hangs.
func TestCrosswiseActionsEndWithOneStored(t *testing.T) {
	s, _, _ := onPostgres().open(t)
	ctx := context.Background()
	var persons []person.Person
	for range 2 {
		p, err := person.Create(ctx, s, action.TheProgram(), access.Unit{}, person.Person{Name: "甲"})
		if err != nil {
			t.Fatal(err)
		}
		p, err = s.Person(ctx, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		persons = append(persons, p)
	}
	reached := [2]chan struct{}{make(chan struct{}), make(chan struct{})}
	ended := make(chan error, 2)
	for i := range 2 {
		go func() {
			ended <- action.Do(ctx, s, action.TheProgram(), action.Write{Name: "person.action.update", Do: func(ctx context.Context, _ action.Tx) error {
				if err := s.UpdatePerson(ctx, persons[i]); err != nil {
					return err
				}
				close(reached[i])
				<-reached[1-i]
				return s.UpdatePerson(ctx, persons[1-i])
			}})
		}()
	}
	codes := map[string]int{}
	for range 2 {
		codes[code(<-ended)]++
	}
	if codes["action.busy"] != 1 || codes[""] != 1 {
		t.Errorf("got %v", codes)
	}
	mustVerify(t, s)
}
