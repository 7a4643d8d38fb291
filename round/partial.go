package round

import (
	"jiaoheng/measure"
	"jiaoheng/unit"
)

// Partial returns the value of an indicator over the units below that reported, for a unit whose own figure is missing
// because some are silent. It returns false when the figure is known, or when nothing is known of it. The number is shown as
// partial, beside its coverage; no verdict is made of it.
func (o *Outcome) Partial(name string, stage unit.Stage, row int) (measure.Value, bool) {
	i, known := o.prepared.scope.Indicator(name)
	if !known {
		return measure.Value{}, false
	}
	o.lock.Lock()
	defer o.lock.Unlock()
	if o.run.Value(i, stage, row).Reason().Kind != measure.Missing {
		return measure.Value{}, false
	}
	value := o.run.Partial(i, stage).Get(row, name)
	return value, value.Known()
}
