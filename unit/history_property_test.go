package unit_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"jiaoheng/unit"
	"pgregory.net/rapid"
)

// Whatever is recorded, each day is told later as it was told on that day, nobody is lost on the way, and undoing everything
// from the last to the first leaves the region as it was.
func TestHistoryRemembersEveryDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := unit.NewHistory(region(), nil)
		codes := []string{schoolA, schoolB, schoolC, schoolD, townOne, townTwo, kindergartenF}
		var told []map[string]unit.Unit
		on := day("2001-01-01")
		first := on
		for i := range rapid.IntRange(1, 12).Draw(t, "events") {
			e := unit.Event{ID: fmt.Sprint(i), On: on.AddDays(i), Kind: rapid.SampledFrom(unit.EventKinds()).Draw(t, "kind")}
			e.From = rapid.SliceOfNDistinct(rapid.SampledFrom(codes), 1, 2, rapid.ID).Draw(t, "from")
			e.Into = rapid.SliceOfNDistinct(rapid.SampledFrom(codes), 1, 2, rapid.ID).Draw(t, "into")
			e.Parent = rapid.SampledFrom(codes).Draw(t, "parent")
			e.Name = fmt.Sprint("更名", i)
			e.Stages = rapid.SliceOfNDistinct(rapid.SampledFrom(unit.Stages()), 1, 3, rapid.ID).Draw(t, "stages")
			if outcome, faults := h.Apply(e); len(faults) == 0 {
				h = h.With(outcome)
			}
			told = append(told, statesOn(h, i, codes))
		}
		for i, then := range told {
			if now := statesOn(h, i, codes); !reflect.DeepEqual(now, then) {
				t.Fatalf("day %d was %v and is told as %v", i, then, now)
			}
			if _, err := h.Tree(first.AddDays(i)); err != nil {
				t.Fatal(err)
			}
		}
		undoAll(t, h)
	})
}

func statesOn(h *unit.History, i int, codes []string) map[string]unit.Unit {
	states := map[string]unit.Unit{}
	for _, code := range codes {
		u, _ := h.On(code, day("2001-01-01").AddDays(i))
		u.Stages = slices.Clone(u.Stages)
		open := u.OpenOn(day("2001-01-01").AddDays(i))
		u.Closed, u.Opened = day("2000-01-01"), day("2000-01-01") // what matters is whether it is open
		if !open {
			u.Closed = day("2001-01-01")
		}
		states[code] = u
	}
	return states
}

func undoAll(t *rapid.T, h *unit.History) {
	units := map[string]unit.Unit{}
	for _, u := range h.Units(day("2100-01-01")) {
		units[u.Code] = u
	}
	events := h.Events()
	for len(events) > 0 {
		last := events[len(events)-1]
		var list []unit.Unit
		for _, u := range units {
			list = append(list, u)
		}
		undoing, faults := unit.NewHistory(list, events).Undo(last.ID)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		for _, u := range undoing.Restored {
			units[u.Code] = u
		}
		for _, code := range undoing.Removed {
			delete(units, code)
		}
		events = events[:len(events)-1]
	}
	before := region()
	if len(units) != len(before) {
		t.Fatalf("%d units are left of %d", len(units), len(before))
	}
	for _, u := range before {
		if !reflect.DeepEqual(units[u.Code], u) {
			t.Fatalf("%+v became %+v", u, units[u.Code])
		}
	}
}
