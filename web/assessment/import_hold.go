package assessment

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"jiaoheng/assessment"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of imports that wait or run.
const (
	maxWait    = 2 * time.Hour
	maxRun     = 15 * time.Minute
	maxRunning = 2
	maxHeld    = 256 << 20 // bytes of all files that wait; the oldest go first
	patience   = time.Second
)

// steps of an import, in order; each has a text under "assessment.page.step.".
var steps = []string{"read", "check", "store"}

// hold is one file that was handed over, until it is stored or forgotten. All fields but the first ones are under the lock of holds.
type hold struct {
	id, by, exam string
	source       assessment.Source // without its rows
	data         []byte
	began        time.Time

	step, at, of int
	working      bool
	stored       bool
	found        assessment.Import
	err          error
	cancel       context.CancelFunc
	done         chan struct{}
}

// holds are the files that wait in this process.
type holds struct {
	background context.Context
	lock       sync.Mutex
	all        map[string]*hold
}

func newHolds(background context.Context) *holds {
	return &holds{background: background, all: map[string]*hold{}}
}

// add takes a file in and forgets those that are too old or too many.
func (h *holds) add(one *hold) {
	var id [12]byte
	rand.Read(id[:])
	one.id = hex.EncodeToString(id[:])
	h.lock.Lock()
	defer h.lock.Unlock()
	h.all[one.id] = one
	bytes := 0
	var waiting []*hold
	for _, other := range h.all {
		bytes += len(other.data)
		if other != one && !other.working {
			waiting = append(waiting, other)
		}
	}
	slices.SortFunc(waiting, func(a, b *hold) int { return a.began.Compare(b.began) })
	for _, other := range waiting {
		if one.began.Sub(other.began) > maxWait || bytes > maxHeld {
			bytes -= len(other.data)
			delete(h.all, other.id)
		}
	}
}

// look returns a copy of a file that this person handed over for the exam.
func (h *holds) look(id, by, exam string, now time.Time) (hold, bool) {
	h.lock.Lock()
	defer h.lock.Unlock()
	one := h.all[id]
	if one == nil || one.by != by || one.exam != exam || now.Sub(one.began) > maxWait {
		return hold{}, false
	}
	return *one, true
}

// work does one piece of work on a file; it goes on when the request ends.
func (h *holds) work(id string, do func(ctx context.Context) error) error {
	h.lock.Lock()
	defer h.lock.Unlock()
	one, running := h.all[id], 0
	for _, other := range h.all {
		if other.working {
			running++
		}
	}
	switch {
	case one == nil || one.working || one.stored:
		return fault.List{fault.New("assessment.import_expired", nil)}
	case running >= maxRunning:
		return fault.List{fault.New("assessment.import_busy", message.Args{"limit": maxRunning})}
	}
	ctx, cancel := context.WithTimeout(h.background, maxRun)
	one.working, one.err, one.cancel, one.done = true, nil, cancel, make(chan struct{})
	done := one.done
	go func() {
		defer cancel()
		err := safely(func() error { return do(ctx) })
		h.change(id, func(one *hold) { one.working, one.err = false, err })
		close(done)
	}()
	return nil
}

func (h *holds) change(id string, do func(one *hold)) {
	h.lock.Lock()
	defer h.lock.Unlock()
	if one := h.all[id]; one != nil {
		do(one)
	}
}

func (h *holds) forget(id string) {
	h.lock.Lock()
	defer h.lock.Unlock()
	delete(h.all, id)
}

// safely turns a panic over one bad file into an error.
func safely(do func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic in an import: %v\n%s", cause, debug.Stack())
		}
	}()
	return do()
}

// await waits a moment for work to end, so that short work needs no second page.
func await(ctx context.Context, done <-chan struct{}) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-done:
	case <-timer.C:
	case <-ctx.Done():
	}
}
