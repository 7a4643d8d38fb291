package record

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/record"
	"jiaoheng/web/shell"
)

// Limits of work on many rows.
const (
	bulkPatience = time.Second      // how long an answer waits for the work before it shows how far it is
	bulkKept     = 2 * time.Hour    // how long results can be looked at again
	bulkLongest  = 15 * time.Minute // how long one piece of work may take
	bulkChunk    = 10               // rows that are moved before the page can tell how far the work is
	maxBulkRuns  = 50               // pieces of work that are remembered; the oldest go first
)

// bulkRun is work on many rows. All fields but the first ones are under the lock of bulkRuns.
type bulkRun struct {
	id, by   string // by: id of the person
	register *pack.Register
	event    string
	back     string
	of       int
	began    time.Time

	results []record.Result
	ended   bool
	stopped bool // ended before every row had its turn
	cancel  context.CancelFunc
	done    chan struct{}
}

// bulkRuns are the pieces of work of this process.
type bulkRuns struct {
	background context.Context
	lock       sync.Mutex
	all        []*bulkRun
}

// begin starts work that goes on when the request ends.
func (b *bulkRuns) begin(one *bulkRun, do func(ctx context.Context, tell func([]record.Result)) error) {
	var id [12]byte
	rand.Read(id[:])
	ctx, cancel := context.WithTimeout(b.background, bulkLongest)
	one.id, one.cancel, one.done = hex.EncodeToString(id[:]), cancel, make(chan struct{})
	b.lock.Lock()
	b.all = slices.DeleteFunc(b.all, func(other *bulkRun) bool { return other.ended && one.began.Sub(other.began) > bulkKept })
	if len(b.all) >= maxBulkRuns {
		if at := slices.IndexFunc(b.all, func(other *bulkRun) bool { return other.ended }); at >= 0 {
			b.all = slices.Delete(b.all, at, at+1)
		}
	}
	b.all = append(b.all, one)
	b.lock.Unlock()
	go func() {
		defer cancel()
		err := bulkSafely(func() error {
			return do(ctx, func(results []record.Result) {
				b.lock.Lock()
				defer b.lock.Unlock()
				one.results = append(one.results, results...)
			})
		})
		b.lock.Lock()
		one.ended, one.stopped = true, err != nil
		b.lock.Unlock()
		close(one.done)
	}()
}

// look returns a copy of the work that a person began.
func (b *bulkRuns) look(id, by string, of *pack.Register) (bulkRun, bool) {
	b.lock.Lock()
	defer b.lock.Unlock()
	for _, one := range b.all {
		if one.id == id && one.by == by && one.register == of {
			return *one, true
		}
	}
	return bulkRun{}, false
}

// bulkSafely turns a panic over one row into an error.
func bulkSafely(do func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic in work on many rows: %v\n%s", cause, debug.Stack())
		}
	}()
	return do()
}

// bulkDo moves the rows, each as an action of its own, and leads to what came of it.
func (p *Pages) bulkDo(w http.ResponseWriter, r *http.Request, view bulkView, move record.Move) error {
	ctx := r.Context()
	actor, log := actorOf(r), shell.From(ctx).Log
	run := &bulkRun{by: actor.Post.Person, register: view.register, event: view.event.Name, back: view.back, of: len(view.targets), began: shell.From(ctx).Now}
	p.runs.begin(run, func(ctx context.Context, tell func([]record.Result)) error {
		err := p.moveChunks(ctx, actor, view, move, tell)
		if err != nil {
			log.Error("work on many rows broke off", "event", view.register.Name+"."+view.event.Name, "error", err)
		}
		return err
	})
	timer := time.NewTimer(bulkPatience)
	defer timer.Stop()
	select {
	case <-run.done:
	case <-timer.C:
	case <-ctx.Done():
	}
	shell.Redirect(w, r, shell.Here(ctx, address(view.register, "bulk", run.id)), "", nil)
	return nil
}

func (p *Pages) moveChunks(ctx context.Context, actor action.Actor, view bulkView, move record.Move, tell func([]record.Result)) error {
	for chunk := range slices.Chunk(view.targets, bulkChunk) {
		if err := ctx.Err(); err != nil {
			return err
		}
		results, err := p.records.MoveMany(ctx, actor, view.register, view.event.Name, chunk, move)
		if err != nil {
			return err
		}
		tell(results)
	}
	return nil
}

// bulkResult is what came of one row.
type bulkResult struct {
	row, heading, unit string
	letter, number     string
	why                []string // why it was refused; nil: it was done
}

// bulkShown is what the page of work on many rows shows.
type bulkShown struct {
	scene
	bulkRun
	results []bulkResult
	done    int
	refused int
}

// BulkShow tells how far work on many rows is, and what came of each row.
func (p *Pages) BulkShow(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	s, err := p.openRows(r)
	if err != nil {
		return err
	}
	run, known := p.runs.look(r.PathValue("run"), actorOf(r).Post.Person, s.register)
	if !known {
		return shell.NotFound
	}
	view := bulkShown{scene: s, bulkRun: run}
	if view.results, err = p.bulkResults(ctx, s, run.results); err != nil {
		return err
	}
	for _, one := range view.results {
		if one.why == nil {
			view.done++
		} else {
			view.refused++
		}
	}
	if r.Header.Get("HX-Request") == "true" && !run.ended {
		return shell.RenderPart(w, r, http.StatusOK, bulkProgress(view))
	}
	if r.Header.Get("HX-Request") == "true" {
		shell.Redirect(w, r, shell.Here(ctx, address(s.register, "bulk", run.id)), "", nil) // the whole page, with the results
		return nil
	}
	title := s.register.Life.Event(run.event).Title.In(shell.From(ctx).Language)
	page := shell.Page{Title: shell.Text(ctx, "record.bulk.title", message.Args{"event": title, "count": shell.Count(run.of)}), Lead: s.register.Title.In(shell.From(ctx).Language),
		Word: "register", Trail: trail(ctx, toList(ctx, s.register)), Styles: []string{"register.css", "record.css"}}
	return shell.Render(w, r, http.StatusOK, page, bulkReport(view))
}

// bulkResults puts the results into words.
func (p *Pages) bulkResults(ctx context.Context, s scene, results []record.Result) ([]bulkResult, error) {
	var ids []string
	for _, one := range results {
		ids = append(ids, one.Row)
	}
	rows, err := p.store.RegisterByID(ctx, s.register, ids)
	if err != nil {
		return nil, err
	}
	var all []bulkResult
	for _, one := range results {
		shown := bulkResult{row: one.Row, heading: one.Row, letter: one.Moved.Letter, number: one.Moved.Number}
		if row, stands := rows[one.Row]; stands {
			shown.heading, shown.unit = record.HeadingOf(s.register, row), row.Unit
		}
		if one.Err != nil {
			shown.why = bulkReasons(ctx, one.Err)
		}
		all = append(all, shown)
	}
	return all, nil
}

// bulkReasons are the words of an error: its faults, or that the program failed.
func bulkReasons(ctx context.Context, err error) []string {
	faults := fault.Of(err)
	if len(faults) == 0 {
		return []string{shell.Text(ctx, "record.bulk.broken")}
	}
	var why []string
	language := shell.From(ctx).Language
	for _, one := range faults {
		text := one.Reason(language)
		if remedy := one.Remedy(language); remedy != "" {
			text += shell.Text(ctx, "shell.form.then") + remedy
		}
		why = append(why, text)
	}
	return why
}

// BulkStop ends work on many rows; rows that had their turn stay as they are.
func (p *Pages) BulkStop(w http.ResponseWriter, r *http.Request) error {
	s, err := p.openRows(r)
	if err != nil {
		return err
	}
	run, known := p.runs.look(r.PathValue("run"), actorOf(r).Post.Person, s.register)
	if !known {
		return shell.NotFound
	}
	run.cancel()
	timer := time.NewTimer(bulkPatience)
	defer timer.Stop()
	select {
	case <-run.done:
	case <-timer.C:
	}
	shell.Redirect(w, r, shell.Here(r.Context(), address(s.register, "bulk", run.id)), "", nil)
	return nil
}
