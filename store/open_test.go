package store_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"

	"jiaoheng/store"
)

// Of many programs that start on an empty folder at the same time each gets the same keys, and the chain holds.
func TestManyFirstStartsAtOnceAgree(t *testing.T) {
	folder, key := t.TempDir(), filepath.Join(t.TempDir(), "master.key")
	var group sync.WaitGroup
	for range 6 {
		group.Go(func() {
			s, err := store.Open(context.Background(), store.Options{DataDir: folder, KeyFile: key})
			if err != nil {
				t.Error(err)
				return
			}
			mustVerify(t, s)
			s.Close()
		})
	}
	group.Wait()
	mustVerify(t, mustOpen(t, store.Options{DataDir: folder, KeyFile: key}))
}

func TestADatabaseOfANewerProgramIsRefused(t *testing.T) {
	s, folder, raw := onSQLite().open(t)
	s.Close()
	execute(t, raw, `insert into migration (id, number, applied) values ('9000', 9000, 1)`)
	if _, err := store.Open(context.Background(), store.Options{DataDir: folder, KeyFile: testKey}); code(err) != "store.newer" {
		t.Errorf("got %v", err)
	}
}
