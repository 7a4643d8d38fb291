package target

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/unit"
)

// MaxWishes is how many targets are bound by one action.
const MaxWishes = 2000

// maxName is the number of characters of the name of a figure from outside or of a reform, as the registers have it.
const maxName = 120

// checkWishes returns everything that is wrong with wishes without looking at what is stored.
func checkWishes(wishes []Wish) error {
	var faults fault.List
	if len(wishes) == 0 {
		faults.Add(fault.New("target.bind.nothing_chosen", nil))
	}
	if len(wishes) > MaxWishes {
		faults.Add(fault.New("target.bind.too_many", message.Args{"max": MaxWishes}))
		return faults
	}
	seen := map[Track]bool{}
	for _, wish := range wishes {
		place := fault.Place{Column: string(wish.Target)}
		if seen[wish.Target] {
			faults.Add(fault.At(place, "target.bind.twice", nil))
		}
		seen[wish.Target] = true
		if f := wish.fault(place); f != nil {
			faults.Add(f)
		}
	}
	if len(faults) > 0 {
		return faults
	}
	return nil
}

func (w Wish) fault(place fault.Place) *fault.Fault {
	switch {
	case w.Kind != Released && !slices.Contains(SourceKinds(), w.Kind):
		return fault.At(place, "target.bind.no_kind", nil)
	case w.Kind != FromNothing && w.Kind != Released && strings.TrimSpace(w.Name) == "":
		return fault.At(place, "target.bind.no_name", nil)
	case utf8.RuneCountInString(w.Name) > maxName:
		return fault.At(place, "target.bind.name_long", message.Args{"max": maxName})
	case w.Taken && w.Reason == "":
		return nil
	}
	return checkReason(w.Reason, place)
}

// checkReason refuses a reason that is missing, too long or no text.
func checkReason(reason string, place fault.Place) *fault.Fault {
	switch {
	case strings.TrimSpace(reason) == "":
		return fault.At(place, "target.bind.reason_missing", nil)
	case utf8.RuneCountInString(reason) > MaxReason:
		return fault.At(place, "target.bind.reason_long", message.Args{"max": MaxReason})
	case !utf8.ValidString(reason):
		return fault.At(place, "target.bind.reason_text", nil)
	}
	return nil
}

// unsettled tells whether an indicator that is told by stages has no weakest one, because it has no good direction.
func unsettled(i *pack.Indicator) bool { return len(i.Stages) > 1 && i.Direction == pack.Neutral }

// CheckSource returns what is wrong with the source of a wish against the packs in use: an indicator or item that is not there, a stage that it
// does not have.
func CheckSource(scope *pack.Scope, w Wish) *fault.Fault {
	place := fault.Place{Column: string(w.Target)}
	var stages []unit.Stage
	switch w.Kind {
	case FromIndicator:
		i, known := scope.Indicator(w.Name)
		if !known {
			return fault.At(place, "target.bind.indicator_unknown", message.Args{"name": w.Name})
		}
		if stages = i.Stages; w.Stage == "" && unsettled(i) {
			return fault.At(place, "target.bind.stage_wanted", nil)
		}
	case FromRegister:
		i, known := scope.Item(w.Name)
		if !known {
			return fault.At(place, "target.bind.item_unknown", message.Args{"name": w.Name})
		}
		stages = i.Stages()
	}
	if w.Stage != "" && !slices.Contains(stages, unit.Stage(w.Stage)) {
		return fault.At(place, "target.bind.stage_unknown", message.Args{"stage": w.Stage})
	}
	return nil
}
