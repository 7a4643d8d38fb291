package job

import (
	"context"
	"sync"
)

// Progress lets work say how far it has come.
type Progress struct {
	id          string
	mutex       sync.Mutex
	done, total int64
	what        string
	reported    bool
}

// Report says that done of total are finished and what the work is at, a key of the catalogue or a name. It only notes this, so that
// work may report as often as it likes, also in the middle of a transaction; the runner stores it once a second.
func (p *Progress) Report(done, total int64, what string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.done, p.total, p.what, p.reported = done, total, what, true
}

// over returns j with what was reported.
func (p *Progress) over(j Job) Job {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.reported {
		j.Done, j.Total, j.What = p.done, p.total, p.what
	}
	return j
}

// begin notes that this runner works on a job; free is false when it does so already.
func (r *Runner) begin(id string) (progress *Progress, free bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.live[id] != nil {
		return nil, false
	}
	if r.live == nil {
		r.live = map[string]*Progress{}
	}
	progress = &Progress{id: id}
	r.live[id] = progress
	return progress, true
}

func (r *Runner) leave(id string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	delete(r.live, id)
}

// Job returns a job as it stands at this moment: as stored, with the progress that is not stored yet when it runs here.
func (r *Runner) Job(ctx context.Context, id string) (Job, error) {
	j, err := r.Store.Job(ctx, id)
	if err != nil || j.State != Running {
		return j, err
	}
	r.mutex.Lock()
	progress := r.live[id]
	r.mutex.Unlock()
	if progress != nil {
		j = progress.over(j)
	}
	return j, nil
}
