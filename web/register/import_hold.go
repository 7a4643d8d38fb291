package register

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// Limits of imports.
const (
	maxUpload  = 32 << 20 // bytes of a file
	maxWait    = 2 * time.Hour
	maxRun     = 15 * time.Minute
	maxRunning = 3         // imports that are read or stored at a time
	maxHeld    = 256 << 20 // bytes of all files that wait; the oldest go first
	maxHolds   = 100
)

// steps of an import, in order; each has a text under "register.page.step.".
var steps = []string{"read", "check", "compare", "store"}

// hold is one file that was handed over, until it is stored or forgotten. All fields but the first ones are under the lock
// of holds.
type hold struct {
	id, by   string // by: id of the person
	register *pack.Register
	unit     string // the standing unit
	period   period.Period
	file     string
	began    time.Time

	data    []byte
	step    int
	working bool
	stored  bool
	report  register.Report  // without its rows
	changes register.Changes // without its rows
	err     error
	cancel  context.CancelFunc
	done    chan struct{}
}

// holds are the files that wait in this process.
type holds struct {
	background context.Context
	lock       sync.Mutex
	all        map[string]*hold
	order      []string
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
	h.all[one.id], h.order = one, append(h.order, one.id)
	bytes := 0
	for _, other := range h.all {
		bytes += len(other.data)
	}
	h.order = slices.DeleteFunc(h.order, func(id string) bool {
		other := h.all[id]
		late := one.began.Sub(other.began) > maxWait || bytes > maxHeld || len(h.all) > maxHolds
		if other == one || other.working || !late {
			return false
		}
		bytes -= len(other.data)
		delete(h.all, id)
		return true
	})
}

// look returns a copy of a file that this person handed over for the register.
func (h *holds) look(id, by string, of *pack.Register, now time.Time) (hold, bool) {
	h.lock.Lock()
	defer h.lock.Unlock()
	one := h.all[id]
	if one == nil || one.by != by || one.register != of || now.Sub(one.began) > maxWait {
		return hold{}, false
	}
	return *one, true
}

// work does one piece of work on a file; it goes on when the request ends. A second piece does not begin before the first has ended.
func (h *holds) work(id string, do func(ctx context.Context, at func(step int)) error) error {
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
		return fault.List{fault.New("register.page.import_gone", nil)}
	case running >= maxRunning:
		return fault.List{fault.New("register.page.import_busy", message.Args{"limit": maxRunning})}
	}
	ctx, cancel := context.WithTimeout(h.background, maxRun)
	one.working, one.err, one.cancel, one.done = true, nil, cancel, make(chan struct{})
	go func() {
		defer cancel()
		err := safely(func() error { return do(ctx, func(step int) { h.change(id, func(one *hold) { one.step = step }) }) })
		h.change(id, func(one *hold) { one.working, one.err = false, err })
		close(one.done)
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
	h.order = slices.DeleteFunc(h.order, func(other string) bool { return other == id })
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
