package unit

import (
	"slices"

	"jiaoheng/period"
)

// Predecessors returns the units that were merged into the unit after the day from and not after the day to, also through several
// mergers; sections follow their schools, stage by stage. The figures of the unit on the day from are those of itself and of
// these together. Parts of a split are not named: nobody can tell which part of a figure is theirs.
func (h *History) Predecessors(code string, from, to period.Date) []string {
	within := func(e Event) bool { return e.Kind == Merge && from.Before(e.On) && !to.Before(e.On) }
	return h.back(code, within)
}

// Origins returns every unit whose rows the unit took over until the day: those merged into it, and those that ended when they
// were split into it and others. Who has rights on the unit has them on these too.
func (h *History) Origins(code string, day period.Date) []string {
	until := func(e Event) bool {
		return !day.Before(e.On) && (e.Kind == Merge || e.Kind == Split && len(e.From) > 0 && !slices.Contains(e.Into, e.From[0]))
	}
	return h.back(code, until)
}

// back walks from the unit to those before it along the events that count.
func (h *History) back(code string, counts func(Event) bool) []string {
	seen := map[string]bool{code: true}
	found := []string{code}
	for next := 0; next < len(found); next++ {
		school, stage := h.schoolOf(found[next])
		for _, e := range h.coming[school] {
			if !counts(e) {
				continue
			}
			for _, before := range e.From {
				before, known := h.counterpart(before, stage)
				if known && !seen[before] {
					seen[before] = true
					found = append(found, before)
				}
			}
		}
	}
	found = found[1:]
	slices.Sort(found)
	return found
}

// Successors returns where the unit has gone by the day: itself while it is open, else the units that followed it, also through
// several mergers and splits; nothing where it was closed and nobody followed. A section goes to the sections of its stage.
func (h *History) Successors(code string, day period.Date) []string {
	var found []string
	seen := map[string]bool{}
	waiting := []string{code}
	for len(waiting) > 0 {
		one := waiting[0]
		waiting = waiting[1:]
		if seen[one] {
			continue
		}
		seen[one] = true
		u, known := h.units[one]
		if !known {
			continue
		}
		if u.Closed.IsZero() || day.Before(u.Closed) {
			found = append(found, one)
			continue
		}
		waiting = append(waiting, h.followers(one, day)...)
	}
	slices.Sort(found)
	return found
}

// followers returns the units into which the unit went with the last merger or split until the day.
func (h *History) followers(code string, day period.Date) []string {
	school, stage := h.schoolOf(code)
	for i := len(h.leaving[school]) - 1; i >= 0; i-- {
		e := h.leaving[school][i]
		if day.Before(e.On) {
			continue
		}
		var next []string
		for _, into := range e.Into {
			if into, known := h.counterpart(into, stage); known && into != code {
				next = append(next, into)
			}
		}
		return next
	}
	return nil
}

// schoolOf returns the school and the stage of a section; of every other unit itself and no stage.
func (h *History) schoolOf(code string) (string, Stage) {
	u, known := h.units[code]
	if !known || u.Kind != Section || len(u.Stages) == 0 {
		return code, ""
	}
	return u.Parent, u.Stages[0]
}

// counterpart returns the section of the stage of a school, the unit itself when there is no stage.
func (h *History) counterpart(code string, stage Stage) (string, bool) {
	if stage != "" {
		code = sectionCode(code, stage)
	}
	_, known := h.units[code]
	return code, known
}

func sectionCode(school string, stage Stage) string { return school + "-" + string(stage) }
