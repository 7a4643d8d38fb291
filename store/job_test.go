package store_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"testing"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/job"
	"jiaoheng/store"
)

func newRunner(s *store.Store, worker string, now *time.Time, kinds map[string]job.Kind) *job.Runner {
	return &job.Runner{Store: s, Kinds: kinds, Worker: worker, AtOnce: 1, Clock: func() time.Time { return *now },
		Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
}

func ask(t *testing.T, s *store.Store, kind string) job.Job {
	t.Helper()
	j, err := job.Ask(context.Background(), s, action.TheProgram(), access.Thing{Class: access.System}, kind, "input")
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func TestJobsEndWithResultOrFaults(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		now, ctx := start, context.Background()
		run := func(result string, err error) job.Kind {
			return job.Kind{Run: func(ctx context.Context, j job.Job, p *job.Progress) (string, error) {
				p.Report(1, 2, "job.action.ask")
				return result, err
			}}
		}
		runner := newRunner(s, "one", &now, map[string]job.Kind{
			"good":  run("42", nil),
			"fault": run("", fault.New("job.not_found", nil)),
			"error": run("", errors.New("disk full")),
			"panic": {Run: func(context.Context, job.Job, *job.Progress) (string, error) { panic("oh") }},
		})
		cases := []struct {
			kind   string
			state  job.State
			result string
			code   string
		}{
			{"good", job.Done, "42", ""},
			{"fault", job.Failed, "", "job.not_found"},
			{"error", job.Failed, "", "job.internal"},
			{"panic", job.Failed, "", "job.internal"},
			{"unknown", job.Broken, "", "job.kind_unknown"},
		}
		for _, c := range cases {
			id := ask(t, s, c.kind).ID
			runner.One(ctx, id)
			got, err := s.Job(ctx, id)
			if err != nil || got.State != c.state || got.Result != c.result || code(got.FaultList().Err()) != c.code {
				t.Errorf("%s: got %+v, %v", c.kind, got, err)
			}
			if c.kind == "good" && (got.Total != 2 || got.Done != 2 || got.Attempts != 1) {
				t.Errorf("progress: got %+v", got)
			}
		}
		if ids, err := s.OpenJobs(ctx, now, 10); err != nil || len(ids) != 0 {
			t.Errorf("open jobs: %v, %v", ids, err)
		}
		mustVerify(t, s)
	})
}

// A program that was killed leaves running jobs; when their lease has ended another runner takes or breaks them.
func TestJobsOfAKilledProgramAreTakenAgainOrBroken(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		now, ctx := start, context.Background()
		good := func(context.Context, job.Job, *job.Progress) (string, error) { return "done", nil }
		runner := newRunner(s, "two", &now, map[string]job.Kind{"again": {Run: good, Repeatable: true}, "once": {Run: good}})
		again, once := ask(t, s, "again").ID, ask(t, s, "once").ID
		for _, id := range []string{again, once} {
			if _, err := s.ChangeJob(ctx, id, func(j job.Job) (job.Job, error) {
				j.State, j.Worker, j.Attempts, j.Lease = job.Running, "killed", 1, now.Add(time.Minute).UnixMilli()
				return j, nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		runner.One(ctx, again)
		if j, _ := s.Job(ctx, again); j.State != job.Running || j.Worker != "killed" {
			t.Errorf("a job under a lease was taken: %+v", j)
		}
		now = now.Add(2 * time.Minute)
		if ids, err := s.OpenJobs(ctx, now, 10); err != nil || len(ids) != 2 {
			t.Errorf("open jobs after the lease: %v, %v", ids, err)
		}
		runner.One(ctx, again)
		runner.One(ctx, once)
		if j, _ := s.Job(ctx, again); j.State != job.Done || j.Attempts != 2 {
			t.Errorf("repeatable: %+v", j)
		}
		if j, _ := s.Job(ctx, once); j.State != job.Broken || code(j.FaultList().Err()) != "job.cut_off" {
			t.Errorf("not repeatable: %+v", j)
		}
		mustVerify(t, s)
	})
}

func TestJobsAreCancelled(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		now, ctx := start, context.Background()
		runner := newRunner(s, "one", &now, map[string]job.Kind{"long": {Run: func(ctx context.Context, j job.Job, _ *job.Progress) (string, error) {
			if err := job.AskToCancel(ctx, s, action.TheProgram(), j.ID); err != nil {
				return "", err
			}
			<-ctx.Done() // the lease is renewed within a second and shows that somebody asked
			return "", ctx.Err()
		}}})
		running, waiting := ask(t, s, "long").ID, ask(t, s, "long").ID
		if err := job.AskToCancel(ctx, s, action.TheProgram(), waiting); err != nil {
			t.Fatal(err)
		}
		runner.One(ctx, running)
		runner.One(ctx, waiting)
		for _, id := range []string{running, waiting} {
			if j, err := s.Job(ctx, id); err != nil || j.State != job.Cancelled {
				t.Errorf("got %+v, %v", j, err)
			}
		}
		stranger := action.Actor{Post: access.Post{Role: access.Teacher, Person: "someone"}}
		if err := job.AskToCancel(ctx, s, stranger, running); code(err) != "action.refused" {
			t.Errorf("a stranger cancels: %v", err)
		}
		mustVerify(t, s)
	})
}

// A runner that is told to stop gives repeatable work back.
func TestARunnerThatStopsGivesItsWorkBack(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		now := start
		ctx, stop := context.WithCancel(context.Background())
		runner := newRunner(s, "one", &now, map[string]job.Kind{"long": {Repeatable: true, Run: func(ctx context.Context, _ job.Job, _ *job.Progress) (string, error) {
			stop()
			<-ctx.Done()
			return "", ctx.Err()
		}}})
		id := ask(t, s, "long").ID
		runner.Run(ctx)
		if j, err := s.Job(context.Background(), id); err != nil || j.State != job.Waiting || j.Attempts != 0 {
			t.Errorf("got %+v, %v", j, err)
		}
	})
}

// Progress is seen while the work holds the one writer of the database, and the same job is not taken twice meanwhile.
func TestProgressIsSeenDuringALongTransaction(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		now, ctx := start, context.Background()
		var runner *job.Runner
		var seen job.Job
		again := job.Job{ID: "not called"}
		runner = newRunner(s, "one", &now, map[string]job.Kind{"long": {Repeatable: true, Run: func(ctx context.Context, j job.Job, p *job.Progress) (string, error) {
			return "", action.Do(ctx, s, action.TheProgram(), action.Write{Name: "job.action.ask", Do: func(context.Context, action.Tx) error {
				p.Report(3, 7, "步骤")
				now = now.Add(time.Hour) // the lease has ended long ago
				again = runner.One(ctx, j.ID)
				var err error
				seen, err = runner.Job(ctx, j.ID)
				return err
			}})
		}}})
		id := ask(t, s, "long").ID
		if j := runner.One(ctx, id); j.State != job.Done {
			t.Errorf("got %+v", j)
		}
		if seen.Done != 3 || seen.Total != 7 || seen.What != "步骤" || again.ID != "" {
			t.Errorf("seen %+v, taken again %+v", seen, again)
		}
	})
}
