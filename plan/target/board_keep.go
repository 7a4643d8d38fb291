package target

import (
	"context"
	"log/slog"
	"time"
)

// keepEvery is how often a running program looks whether anything was written, so that readers find the board ready.
const keepEvery = time.Second

// Keep builds the board and follows what is written until the context ends. Who asks for a view meanwhile gets it at once.
func Keep(ctx context.Context, board *Board, log *slog.Logger) {
	ticker := time.NewTicker(keepEvery)
	defer ticker.Stop()
	for {
		if _, err := board.View(ctx); err != nil && ctx.Err() == nil {
			log.Error("board of targets", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
