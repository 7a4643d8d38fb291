package draw

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// Limits of draws that are being computed.
const (
	maxRun   = 10 * time.Minute
	patience = time.Second
)

// runs are the draws that are being computed in this process. A draw that was cut off is begun again with the same outcome.
type runs struct {
	background context.Context
	lock       sync.Mutex
	all        map[string]*running
}

type running struct {
	done chan struct{}
	err  error
}

func newRuns(background context.Context) *runs {
	return &runs{background: background, all: map[string]*running{}}
}

// begin computes a draw once at a time and waits a moment, so that short work needs no second page.
func (r *runs) begin(ctx context.Context, id string, do func(ctx context.Context) error) (finished bool, err error) {
	r.lock.Lock()
	one := r.all[id]
	if one == nil {
		one = &running{done: make(chan struct{})}
		r.all[id] = one
		go r.work(id, one, do)
	}
	r.lock.Unlock()
	return one.await(ctx)
}

// await waits a moment for a draw to be computed.
func (one *running) await(ctx context.Context) (finished bool, err error) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-one.done:
		return true, one.err
	case <-timer.C:
	case <-ctx.Done():
	}
	return false, nil
}

func (r *runs) work(id string, one *running, do func(ctx context.Context) error) {
	ctx, cancel := context.WithTimeout(r.background, maxRun)
	defer cancel()
	one.err = safely(func() error { return do(ctx) })
	r.lock.Lock()
	delete(r.all, id)
	r.lock.Unlock()
	close(one.done)
}

// safely turns a panic over one draw into an error.
func safely(do func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic in a draw: %v\n%s", cause, debug.Stack())
		}
	}()
	return do()
}

// wait waits a moment for a draw that is being computed; finished is true when none is.
func (r *runs) wait(ctx context.Context, id string) (finished bool, err error) {
	r.lock.Lock()
	one := r.all[id]
	r.lock.Unlock()
	if one == nil {
		return true, nil
	}
	return one.await(ctx)
}
