package plan

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"jiaoheng/action"
	"jiaoheng/document"
	"jiaoheng/fault"
	"jiaoheng/intake"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/plan/reading"
)

// Limits of imports.
const (
	maxRun     = 5 * time.Minute // of one import
	maxRunning = 4               // imports at a time, over all people
	keptRuns   = 100             // ended imports whose page still answers
)

// Steps of an import, in order; each has a text under "plan.import.step.".
var importSteps = []string{"read", "repair", "find", "store"}

// run is one import. All fields but id and by are under the lock of runs.
type run struct {
	id     string
	by     string // id of the person
	file   string
	step   int // index of importSteps that is being done
	began  time.Time
	ended  bool
	draft  string // when it ended well
	err    error
	cancel context.CancelFunc
	done   chan struct{}
}

// runs holds the imports of this process.
type runs struct {
	background context.Context
	mu         sync.Mutex
	all        map[string]*run
	order      []string
}

func newRuns(background context.Context) *runs {
	return &runs{background: background, all: map[string]*run{}}
}

// start begins an import; it goes on when the request ends.
func (r *runs) start(desks *plan.Desks, actor action.Actor, handed plan.Handed, now time.Time) (*run, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	running := 0
	for _, one := range r.all {
		if !one.ended {
			running++
		}
	}
	if running >= maxRunning {
		return nil, fault.List{fault.New("plan.import_busy", message.Args{"max": maxRunning})}
	}
	ctx, cancel := context.WithTimeout(r.background, maxRun)
	var id [12]byte
	rand.Read(id[:])
	started := &run{id: hex.EncodeToString(id[:]), by: actor.Post.Person, file: handed.File, began: now, cancel: cancel, done: make(chan struct{})}
	r.all[started.id] = started
	r.order = append(r.order, started.id)
	for len(r.order) > keptRuns && r.all[r.order[0]].ended {
		delete(r.all, r.order[0])
		r.order = r.order[1:]
	}
	go func() {
		defer cancel()
		draft, err := saved(func() (plan.Draft, error) {
			return doImport(ctx, desks, actor, handed, func(step int) { r.set(started, step) })
		})
		r.mu.Lock()
		started.ended, started.draft, started.err = true, draft.ID, err
		r.mu.Unlock()
		close(started.done)
	}()
	return started, nil
}

func (r *runs) set(one *run, step int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	one.step = step
}

// look returns a copy of an import of this person.
func (r *runs) look(id, by string) (run, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	one := r.all[id]
	if one == nil || one.by != by {
		return run{}, false
	}
	return *one, true
}

// running returns the imports of this person that have not ended, the newest first.
func (r *runs) running(by string) []run {
	r.mu.Lock()
	defer r.mu.Unlock()
	var found []run
	for _, id := range slices.Backward(r.order) {
		if one := r.all[id]; one.by == by && !one.ended {
			found = append(found, *one)
		}
	}
	return found
}

// saved turns a panic of an import into an error: one bad document must not stop the program.
func saved(do func() (plan.Draft, error)) (draft plan.Draft, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic in an import: %v\n%s", cause, debug.Stack())
		}
	}()
	return do()
}

// doImport goes through the steps. Between them it looks whether it was cancelled; nothing is stored before the
// last step.
func doImport(ctx context.Context, desks *plan.Desks, actor action.Actor, handed plan.Handed, at func(step int)) (plan.Draft, error) {
	at(0)
	source, err := intake.Read(ctx, handed.File, handed.Data)
	if err != nil {
		return plan.Draft{}, err
	}
	steps := []func(){
		func() { handed.Document = document.Clean(source) },
		func() { handed.Reading = reading.Read(handed.Document) },
	}
	for i, step := range steps {
		if err := ctx.Err(); err != nil {
			return plan.Draft{}, err
		}
		at(i + 1)
		step()
	}
	if err := ctx.Err(); err != nil {
		return plan.Draft{}, err
	}
	at(len(importSteps) - 1)
	return desks.Import(ctx, actor, handed)
}
