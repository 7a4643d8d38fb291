package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"jiaoheng/bench/machine"
	"jiaoheng/period"
	"jiaoheng/record"
	"jiaoheng/register"
)

// clock runs the clock over the tasks: when a step of each is due, and again when nothing is.
func (b *bench) clock(ctx context.Context, out io.Writer) error {
	day := period.Date{Year: 2026, Month: 9, Day: 15}
	var failed error
	for _, one := range []struct {
		name    string
		reminds int
	}{{"each with a reminder to send", deadlines}, {"with nothing due", 0}} {
		began, used := time.Now(), machine.Processor()
		report, err := b.desk.Clock(ctx, day)
		took, used := time.Since(began), machine.Processor()-used
		if err != nil {
			return err
		}
		if report.Reminders != one.reminds || report.Late != 0 || len(report.Failed) > 0 || report.Rows < deadlines {
			return fmt.Errorf("the clock says %+v", report)
		}
		fmt.Fprintf(out, "  clock over %d running deadlines, %s: %s, %d notices (bar %s); processor time %s\n", report.Rows, one.name, took.Round(time.Millisecond), report.Told, barClock, used.Round(time.Millisecond))
		if took > barClock {
			failed = errBar
		}
	}
	return b.raised(ctx, failed)
}

// raised looks in the store that every task was reminded of exactly once, and that the chain holds.
func (b *bench) raised(ctx context.Context, failed error) error {
	tasks, _ := b.set.Everything().Register("bench_task")
	counted := 0
	err := b.store.RegisterCells(ctx, tasks, []string{"state", "due"}, nil, func(row register.Row) error {
		if row.Unit != schoolCode(0) {
			return nil
		}
		alarms, err := b.store.RecordAlarms(ctx, record.Ref{Register: tasks.Name, Row: row.ID})
		if err == nil && len(alarms) != 1 {
			err = fmt.Errorf("%d alarms of %s", len(alarms), row.ID)
		}
		counted++
		return err
	})
	if err != nil || counted != deadlines/schools {
		return errors.Join(err, fmt.Errorf("%d tasks of the first school looked at, want %d", counted, deadlines/schools))
	}
	return failed
}
