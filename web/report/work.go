package report

import (
	"context"
	"sync"
	"time"

	"jiaoheng/report"
)

// patience is how long an answer waits for the work to end before it shows that it goes on.
const patience = time.Second

// maxWorks is how many reports are composed, or wait to be fetched, at the same time.
const maxWorks = 16

// work is one report that is being composed.
type work struct {
	done   chan struct{}
	report *report.Report
	err    error
}

// works are those that go on, by who asked and what for.
type works struct {
	lock sync.Mutex
	all  map[string]*work
}

// compose joins the work of a key or begins it; ended is false while it goes on.
func (p *Pages) compose(ctx context.Context, key string, ask report.Ask) (one *report.Report, ended bool, err error) {
	p.works.lock.Lock()
	mine := p.works.all[key]
	if mine == nil {
		p.works.drop()
		mine = &work{done: make(chan struct{})}
		p.works.all[key] = mine
		go func() {
			defer close(mine.done)
			mine.report, mine.err = p.desk.Compose(p.background, ask)
		}()
	}
	p.works.lock.Unlock()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-mine.done:
		p.works.lock.Lock()
		delete(p.works.all, key)
		p.works.lock.Unlock()
		return mine.report, true, mine.err
	case <-timer.C:
		return nil, false, nil
	case <-ctx.Done():
		return nil, false, ctx.Err()
	}
}

// drop makes room: what ended and was never fetched goes first.
func (w *works) drop() {
	for key, one := range w.all {
		if len(w.all) < maxWorks {
			return
		}
		select {
		case <-one.done:
			delete(w.all, key)
		default:
		}
	}
}
