package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits.
const (
	MaxText     = 1 << 20
	MaxAttempts = 3
)

// State is how a job stands.
type State string

// The states. A job ends as done, failed, cancelled or broken.
const (
	Waiting   State = "waiting"
	Running   State = "running"
	Done      State = "done"
	Failed    State = "failed"
	Cancelled State = "cancelled"
	Broken    State = "broken"
)

// Ended tells whether nothing more happens to a job in this state.
func (s State) Ended() bool { return s != Waiting && s != Running }

// Text returns the name of the state.
func (s State) Text(language message.Language) string {
	return message.Text(language, "job.state."+string(s), nil)
}

// Job is one piece of long work. Times are milliseconds since 1970.
type Job struct {
	ID       string
	Kind     string
	Person   string // who asked for it
	Input    string // for the kind to read
	State    State
	Done     int64 // of Total; Total is 0 while it is not known
	Total    int64
	What     string // what it is at now, a key of the catalogue or a name
	Result   string // for whoever shows it
	Faults   string // JSON of a fault.List
	Attempts int64
	Worker   string // who holds the lease
	Lease    int64  // until when
	Cancel   bool   // somebody asked to cancel
	Created  int64
	Ended    int64
}

// FaultList returns why a job failed or broke.
func (j Job) FaultList() fault.List {
	var list fault.List
	if j.Faults == "" || json.Unmarshal([]byte(j.Faults), &list) != nil {
		return nil
	}
	return list
}

// ErrNotFound tells that there is no such job.
var ErrNotFound = errors.New("job: not found")

// Store keeps jobs.
type Store interface {
	action.Store
	// InsertJob stores a new job, inside an action.
	InsertJob(ctx context.Context, j Job) error
	// Job returns one job or ErrNotFound.
	Job(ctx context.Context, id string) (Job, error)
	// Jobs returns the newest jobs, at most limit.
	Jobs(ctx context.Context, limit int) ([]Job, error)
	// ChangeJob replaces a job by change(job), no other change coming between, and returns what is stored. An error of change
	// leaves the job as it was.
	ChangeJob(ctx context.Context, id string, change func(Job) (Job, error)) (Job, error)
	// OpenJobs returns the ids of jobs that wait, or run under a lease that ended before now, the oldest first.
	OpenJobs(ctx context.Context, now time.Time, limit int) ([]string, error)
}

// Ask stores a job of kind and returns it; thing is what the right is asked for.
func Ask(ctx context.Context, store Store, actor action.Actor, thing access.Thing, kind, input string) (Job, error) {
	j := Job{Kind: kind, Person: actor.Post.Person, Input: input, State: Waiting}
	err := action.Do(ctx, store, actor, action.Write{
		Name:  "job.action.ask",
		Thing: thing,
		Check: func(context.Context) error {
			if len(input) > MaxText {
				return fault.New("job.input_long", message.Args{"limit": MaxText})
			}
			return nil
		},
		Do: func(ctx context.Context, tx action.Tx) error {
			j.ID, j.Created = tx.NewID(), tx.Now().UnixMilli()
			return store.InsertJob(ctx, j)
		},
	})
	return j, err
}

// AskToCancel ends a waiting job at once and asks a running one to stop. The person who asked for the job may,
// and a system administrator.
func AskToCancel(ctx context.Context, store Store, actor action.Actor, id string) error {
	j, err := store.Job(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return fault.New("job.not_found", nil)
	}
	if err != nil {
		return err
	}
	thing := access.Thing{Class: access.System}
	if j.Person != "" && j.Person == actor.Post.Person {
		thing = access.Thing{Class: access.Self, Owner: j.Person}
	}
	return action.Do(ctx, store, actor, action.Write{
		Name:  "job.action.cancel",
		Thing: thing,
		Do: func(ctx context.Context, tx action.Tx) error {
			_, err := store.ChangeJob(ctx, id, func(j Job) (Job, error) {
				if j.State == Waiting {
					j.State, j.Ended = Cancelled, tx.Now().UnixMilli()
				}
				j.Cancel = true
				return j, nil
			})
			return err
		},
	})
}

// faultsOf returns what to tell about err; an error of the program is told by a reference that the log holds too.
func faultsOf(err error, reference string) string {
	list := fault.Of(err)
	if list == nil {
		list = fault.List{fault.New("job.internal", message.Args{"reference": reference})}
	}
	text, err := json.Marshal(list)
	if err != nil {
		panic(fmt.Sprintf("job: faults: %v", err))
	}
	return string(text)
}
