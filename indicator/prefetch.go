package indicator

import (
	"maps"
	"sync"

	"jiaoheng/pack"
	"jiaoheng/unit"
)

// manyRows is from how many units on the stages are worth a processor each.
const manyRows = 5000

// Asked is an indicator that will be asked for, for a stage.
type Asked struct {
	Indicator *pack.Indicator
	Stage     unit.Stage
}

// Prefetch computes indicators before they are asked for, those of each stage at the same time as those of the others. It
// does nothing for a small space, and nothing where facts may not be read by several at once: only a view of a frame is
// known to allow it. A history is read by several. The values are the same as without it.
func (r *Run) Prefetch(all []Asked) {
	if _, plain := r.Facts.(viewFacts); !plain || r.Space.n < manyRows {
		return
	}
	groups := map[unit.Stage][]Asked{}
	for _, asked := range all {
		if asked.Indicator.Cells == nil {
			groups[asked.Stage] = append(groups[asked.Stage], asked)
		}
	}
	var waiting sync.WaitGroup
	runs := make([]*Run, 0, len(groups))
	for _, group := range groups {
		in := r.Input
		in.Cells = nil // a reader of cells is for one at a time
		own := NewRun(in)
		runs = append(runs, own)
		waiting.Go(func() {
			for _, asked := range group {
				if !r.Rules.overCells[asked.Indicator.Name] {
					own.Column(asked.Indicator, asked.Stage)
				}
			}
		})
	}
	waiting.Wait()
	for _, own := range runs {
		maps.Copy(r.columns, own.columns)
		maps.Copy(r.members, own.members)
		maps.Copy(r.speaks, own.speaks)
		maps.Copy(r.raws, own.raws)
		maps.Copy(r.asked, own.asked)
		maps.Copy(r.open, own.open)
	}
}

// readsCells tells which indicators are computed over cells or read one that is.
func (r *Rules) readsCells() map[string]bool {
	names := map[string]bool{}
	for more := true; more; {
		more = false
		for _, i := range r.indicators {
			if !names[i.Name] && (i.Cells != nil || follows(i, names)) {
				names[i.Name], more = true, true
			}
		}
	}
	return names
}
