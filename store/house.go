package store

import (
	"context"
	"log/slog"
	"time"
)

// houseEvery is how often the store is tidied.
const houseEvery = time.Hour

// KeepHouse takes away, now and every hour until ctx ends, what nobody needs any more: sessions that expired, bytes of attachments
// without a row. What fails is logged and tried again the next time.
func (s *Store) KeepHouse(ctx context.Context, log *slog.Logger) {
	ticker := time.NewTicker(houseEvery)
	defer ticker.Stop()
	for {
		if err := s.Tidy(ctx); err != nil && ctx.Err() == nil {
			log.Error("the store cannot be tidied", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// Tidy takes away once what nobody needs any more.
func (s *Store) Tidy(ctx context.Context) error {
	for {
		n, err := s.Sessions().DeleteExpired(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
	}
	_, err := s.SweepAttachments(ctx)
	return err
}
