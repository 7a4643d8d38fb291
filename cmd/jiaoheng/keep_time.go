package main

import (
	"context"
	"log/slog"
	"time"

	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/record"
)

// clockEvery is how often a server looks for reminders and escalations. They are counted in days, so that an hour is soon
// enough after midnight.
const clockEvery = time.Hour

// keepTime raises what is due now and every hour until ctx ends. What fails is logged and tried again the next time.
func keepTime(ctx context.Context, desk *record.Desk, log *slog.Logger) {
	ticker := time.NewTicker(clockEvery)
	defer ticker.Stop()
	began := time.Now()
	log.Info("reading the living registers; their lists wait for it")
	if err := desk.Warm(ctx); err == nil {
		log.Info("the living registers are read", "took", time.Since(began).Round(time.Millisecond))
	} else if ctx.Err() == nil {
		log.Error("the living registers cannot be read", "error", err)
	}
	for {
		report, err := desk.Clock(ctx, period.Date{})
		if err != nil && ctx.Err() == nil {
			log.Error("reminders and escalations cannot be raised", "error", err)
		}
		for _, f := range report.Failed {
			log.Warn("a step of a deadline cannot be done", "row", f.Of.String(), "step", f.Key, "faults", f.Faults.Text(message.English))
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
