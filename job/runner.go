package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Kind is one kind of work.
type Kind struct {
	// Run does the work of a job and returns its result. It ends soon after ctx does.
	Run func(ctx context.Context, j Job, progress *Progress) (result string, err error)
	// Repeatable tells that the work may begin anew after it was cut off.
	Repeatable bool
	// Limit is how long one try may take; an hour when zero.
	Limit time.Duration
}

// How a runner holds its jobs.
const (
	leaseLasts   = 30 * time.Second
	leaseRenewed = time.Second
	lookedFor    = 2 * time.Second
	limitOfTry   = time.Hour
)

// Runner takes jobs and runs them, a few at a time.
type Runner struct {
	Store  Store
	Kinds  map[string]Kind
	Worker string // names this process in leases
	AtOnce int
	Clock  func() time.Time
	Log    *slog.Logger

	wake chan struct{}
	once sync.Once

	mutex sync.Mutex
	live  map[string]*Progress // of the jobs this runner works on
}

func (r *Runner) bell() chan struct{} {
	r.once.Do(func() { r.wake = make(chan struct{}, 1) })
	return r.wake
}

// Wake makes the runner look for jobs now instead of within two seconds.
func (r *Runner) Wake() {
	select {
	case r.bell() <- struct{}{}:
	default:
	}
}

// Run takes and runs jobs until ctx ends, then waits for the running ones to stop.
func (r *Runner) Run(ctx context.Context) {
	slots := make(chan struct{}, max(r.AtOnce, 1))
	var running sync.WaitGroup
	defer running.Wait()
	ticker := time.NewTicker(lookedFor)
	defer ticker.Stop()
	for {
		ids, err := r.Store.OpenJobs(ctx, r.Clock(), 10)
		if err != nil && ctx.Err() == nil {
			r.Log.Error("jobs cannot be read", "error", err)
		}
		for _, id := range ids {
			select {
			case slots <- struct{}{}:
			case <-ctx.Done():
				return
			}
			running.Go(func() {
				defer func() { <-slots }()
				r.One(ctx, id)
			})
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-r.bell():
		}
	}
}

var errTaken = errors.New("job: taken by another")

// One takes the job with id, when it is free, and runs it to its end. It returns the job as it then stands, or the zero Job when this
// runner works on it already: a lease that ended while a long transaction kept the database must not start it twice.
func (r *Runner) One(ctx context.Context, id string) Job {
	progress, free := r.begin(id)
	if !free {
		return Job{}
	}
	defer r.leave(id)
	j, err := r.take(ctx, id)
	if errors.Is(err, errTaken) || err == nil && j.State != Running {
		return j
	}
	if err != nil {
		r.Log.Error("a job cannot be taken", "job", id, "error", err)
		return j
	}
	kind := r.Kinds[j.Kind]
	limit := kind.Limit
	if limit == 0 {
		limit = limitOfTry
	}
	work, cancel := context.WithTimeoutCause(ctx, limit, fault.New("job.too_long", message.Args{"minutes": int64(limit / time.Minute)}))
	defer cancel()
	asked := make(chan struct{})
	released := make(chan struct{})
	go func() {
		defer close(released)
		r.renew(work, progress, cancel, asked)
	}()
	result, err := r.run(work, kind, j, progress)
	cause := context.Cause(work)
	cancel()
	<-released
	if err != nil && cause != nil && fault.Of(cause) != nil {
		err = cause
	}
	return r.end(ctx, kind, progress, result, err, isClosed(asked))
}

// run turns a panic of the work into an error: one bad job must not stop the program.
func (r *Runner) run(ctx context.Context, kind Kind, j Job, progress *Progress) (result string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("job: panic: %v", p)
		}
	}()
	result, err = kind.Run(ctx, j, progress)
	if err == nil && len(result) > MaxText {
		err = fmt.Errorf("job: the result has %d bytes, at most %d", len(result), MaxText)
	}
	return result, err
}

// take puts this runner's lease on a job that is free. A job that may not run again is marked as broken.
func (r *Runner) take(ctx context.Context, id string) (Job, error) {
	return r.Store.ChangeJob(ctx, id, func(j Job) (Job, error) {
		now := r.Clock().UnixMilli()
		if j.State.Ended() || j.State == Running && j.Lease > now {
			return j, errTaken
		}
		kind, known := r.Kinds[j.Kind]
		switch {
		case !known:
			return broken(j, now, "job.kind_unknown"), nil
		case j.State == Running && j.Cancel:
			j.State, j.Ended = Cancelled, now
			return j, nil
		case j.State == Running && !kind.Repeatable:
			return broken(j, now, "job.cut_off"), nil
		case j.Attempts >= MaxAttempts:
			return broken(j, now, "job.tried_often"), nil
		}
		j.State, j.Worker, j.Lease = Running, r.Worker, r.Clock().Add(leaseLasts).UnixMilli()
		j.Attempts++
		return j, nil
	})
}

func broken(j Job, now int64, code string) Job {
	j.State, j.Ended = Broken, now
	j.Faults = faultsOf(fault.New(code, nil), j.ID)
	return j
}

// renew keeps the lease, writes down the progress, and ends the work when somebody asked to cancel or when the lease was lost.
func (r *Runner) renew(ctx context.Context, progress *Progress, cancel context.CancelFunc, asked chan struct{}) {
	ticker := time.NewTicker(leaseRenewed)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		j, err := r.Store.ChangeJob(ctx, progress.id, func(j Job) (Job, error) {
			if j.Worker != r.Worker || j.State != Running {
				return j, errTaken
			}
			j = progress.over(j)
			j.Lease = r.Clock().Add(leaseLasts).UnixMilli()
			return j, nil
		})
		switch {
		case errors.Is(err, errTaken):
			cancel()
			return
		case err == nil && j.Cancel:
			close(asked)
			cancel()
			return
		}
	}
}

func isClosed(c chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// end writes down how the work ended. When the program itself is stopping, repeatable work goes back to waiting.
func (r *Runner) end(ctx context.Context, kind Kind, progress *Progress, result string, failure error, asked bool) Job {
	stopping, id := ctx.Err() != nil, progress.id
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaseLasts)
	defer cancel()
	if failure != nil && !asked && !stopping && fault.Of(failure) == nil {
		r.Log.Error("a job failed", "job", id, "error", failure)
	}
	j, err := r.Store.ChangeJob(ctx, id, func(j Job) (Job, error) {
		if j.Worker != r.Worker || j.State != Running {
			return j, errTaken
		}
		now := r.Clock().UnixMilli()
		j = progress.over(j)
		j.Lease, j.Worker, j.Ended = 0, "", now
		switch {
		case failure == nil:
			j.State, j.Result, j.Done = Done, result, max(j.Done, j.Total)
		case asked:
			j.State = Cancelled
		case stopping && kind.Repeatable:
			j.State, j.Ended, j.Attempts = Waiting, 0, j.Attempts-1
		case stopping:
			j = broken(j, now, "job.cut_off")
		default:
			j.State, j.Faults = Failed, faultsOf(failure, j.ID)
		}
		return j, nil
	})
	if err != nil && !errors.Is(err, errTaken) {
		r.Log.Error("the end of a job cannot be stored", "job", id, "error", err)
	}
	return j
}
