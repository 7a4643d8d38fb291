package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

const (
	sessionTable   = "session"
	purposeSession = "session"
)

type sessionRow struct {
	bun.BaseModel `bun:"table:session"`
	ID            string `bun:"id,pk"`
	Data          string `bun:"data"`
	Expires       int64  `bun:"expires"`
	MAC           string `bun:"mac"`
}

// Sessions keeps the sessions of the web pages; it is a store for scs. Tokens are hashed and data are sealed, so that a copy of
// the database lets nobody in.
type Sessions struct{ store *Store }

// Sessions returns the keeper of sessions.
func (s *Store) Sessions() Sessions { return Sessions{s} }

func sessionID(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// FindCtx returns the data of a session that has not expired; an altered row counts as not found.
func (s Sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	id := sessionID(token)
	row, err := findRow[sessionRow](ctx, s.store, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("store: session: %w", err)
	}
	stored, err := readStored(ctx, s.store.reads(ctx), sessionTable, []string{id})
	if err != nil {
		return nil, false, err
	}
	if row.Expires <= s.store.clock().UnixMilli() || row.MAC != s.store.rowMAC(sessionTable, stored[id].columns) {
		return nil, false, nil
	}
	sealed, err := base64.StdEncoding.DecodeString(row.Data)
	if err != nil {
		return nil, false, nil
	}
	data, err := s.store.Keys().OpenBytes(purposeSession, sealed)
	return data, err == nil, nil
}

// CommitCtx stores the data of a session until expiry.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	sealed, err := s.store.Keys().SealBytes(purposeSession, data, s.store.random)
	if err != nil {
		return err
	}
	row := sessionRow{ID: sessionID(token), Data: base64.StdEncoding.EncodeToString(sealed), Expires: expiry.UnixMilli()}
	return s.store.sealedWrite(ctx, sessionTable, []string{row.ID}, func(ctx context.Context, db bun.IDB) error {
		_, err := db.NewInsert().Model(&row).On("conflict (id) do update set data = excluded.data, expires = excluded.expires").Exec(ctx)
		return err
	})
}

// DeleteCtx ends a session.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.deleteIDs(ctx, []string{sessionID(token)})
}

// DeleteExpired takes the sessions away that expired, and returns how many they were.
func (s Sessions) DeleteExpired(ctx context.Context) (int, error) {
	var ids []string
	err := s.store.reads(ctx).NewSelect().Model((*sessionRow)(nil)).Column("id").Where("expires <= ?", s.store.clock().UnixMilli()).
		Limit(batchRows).Scan(ctx, &ids)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return len(ids), s.deleteIDs(ctx, ids)
}

func (s Sessions) deleteIDs(ctx context.Context, ids []string) error {
	return s.store.sealedWrite(ctx, sessionTable, ids, func(ctx context.Context, db bun.IDB) error {
		_, err := db.NewDelete().Model((*sessionRow)(nil)).Where("id in (?)", bun.In(ids)).Exec(ctx)
		return err
	})
}

// Find is FindCtx without a context.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
