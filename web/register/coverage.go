package register

import (
	"context"
	"sync"
	"time"

	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// maxCached is how many registers and periods the cache holds.
const maxCached = 400

// reportsCache keeps who reported what until something is written.
type reportsCache struct {
	lock     sync.Mutex
	sequence int64
	known    map[string]map[string]register.Reports
}

// reported returns for each unit how many rows of a register it has in a period.
func (p *Pages) reported(ctx context.Context, r *pack.Register, in period.Period) (map[string]register.Reports, error) {
	head, err := p.store.Head(ctx)
	if err != nil {
		return nil, err
	}
	c, key := p.reports, r.Name+"|"+in.String()
	c.lock.Lock()
	if c.known == nil || c.sequence != head.Sequence || len(c.known) > maxCached {
		c.known, c.sequence = map[string]map[string]register.Reports{}, head.Sequence
	}
	units, done := c.known[key]
	c.lock.Unlock()
	if done {
		return units, nil
	}
	if units, err = p.store.RegisterUnits(ctx, r, register.Query{Period: in}); err != nil {
		return nil, err
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	if c.sequence == head.Sequence {
		c.known[key] = units
	}
	return units, nil
}

// coverage says who has reported a register.
type coverage struct {
	due, done int
	rows      int
	last      time.Time
	silent    []unit.Unit
	concerns  bool // some unit keeps the register
}

// cover looks at the units below one. Whoever need not report an optional register is not silent.
func (p *Pages) cover(ctx context.Context, r *pack.Register, in period.Period, number int) (coverage, error) {
	var c coverage
	reports, err := p.reported(ctx, r, in)
	if err != nil {
		return c, err
	}
	tree := shell.From(ctx).Tree
	day := p.store.Today()
	if !in.IsZero() {
		day = register.Day(in)
	}
	below := tree.Subtree(number)
	for n := below.From; n < below.To; n++ {
		u := tree.At(n)
		told, has := reports[u.Code]
		if has {
			c.rows += told.Rows
			if told.Last.After(c.last) {
				c.last = told.Last
			}
		}
		keeps := register.Keeps(r, u) && (has || u.OpenOn(day))
		c.concerns = c.concerns || keeps || has
		switch {
		case !keeps:
		case has:
			c.due, c.done = c.due+1, c.done+1
		case !r.Optional:
			c.due++
			c.silent = append(c.silent, u)
		}
	}
	return c, nil
}
