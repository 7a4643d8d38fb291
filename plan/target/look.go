package target

import (
	"context"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
)

// Look is what a person saw when they last looked at the board: the lights of the unit they answer for and of those directly
// below it.
type Look struct {
	Person string
	Unit   string // code
	At     time.Time
	Plans  []Seen
}

// Seen are the lights of one plan: of each track in order those of each unit in order, one digit each.
type Seen struct {
	Plan   string   `json:"plan"`
	Tracks []Track  `json:"tracks"`
	Units  []string `json:"units"`
	Lights string   `json:"lights"`
}

// Turned is a light that is another than at the last look. Before is NoTarget for a target that was not there.
type Turned struct {
	Plan          *PlanBoard
	Target        int
	Unit          int // number in the tree
	Before, After Light
}

// LookStore keeps the last look of every person. The method that writes runs inside action.Do only.
type LookStore interface {
	action.Store
	// TargetLook returns the last look of a person; false when there was none.
	TargetLook(ctx context.Context, person string) (Look, bool, error)
	TargetLookPut(ctx context.Context, look Look) error
}

// seenFrom are the numbers of the units that a look from a unit takes in: it and those that it hands to, so that a city sees
// its counties and a county its schools.
func (v *View) seenFrom(code string) []int {
	n, known := v.Tree.Number(code)
	if !known {
		return nil
	}
	return append([]int{n}, Below(v.Tree, code)...)
}

// Look notes what somebody in a post at a unit sees now.
func (v *View) Look(person, code string, at time.Time) Look {
	look := Look{Person: person, Unit: code, At: at}
	units := v.seenFrom(code)
	for _, p := range v.plans {
		seen := Seen{Plan: p.Plan.ID}
		for _, n := range units {
			seen.Units = append(seen.Units, v.Tree.At(n).Code)
		}
		lights := make([]byte, 0, len(units)*len(p.targets))
		for t := range p.targets {
			seen.Tracks = append(seen.Tracks, p.targets[t].Track)
			for _, n := range units {
				lights = append(lights, '0'+byte(p.Light(t, n)))
			}
		}
		seen.Lights = string(lights)
		look.Plans = append(look.Plans, seen)
	}
	return look
}

// Since tells which lights turned since a look, those of the person's own unit first, then in the order of the units.
func (v *View) Since(look Look) []Turned {
	units := v.seenFrom(look.Unit)
	before := map[string]map[Track]map[string]Light{}
	for _, seen := range look.Plans {
		tracks := map[Track]map[string]Light{}
		for t, track := range seen.Tracks {
			tracks[track] = map[string]Light{}
			for u, code := range seen.Units {
				if at := t*len(seen.Units) + u; at < len(seen.Lights) && seen.Lights[at] >= '0' && seen.Lights[at] <= '0'+byte(NoData) {
					tracks[track][code] = Light(seen.Lights[at] - '0')
				}
			}
		}
		before[seen.Plan] = tracks
	}
	var turned []Turned
	for _, n := range units {
		code := v.Tree.At(n).Code
		for _, p := range v.plans {
			for t := range p.targets {
				was, now := before[p.Plan.ID][p.targets[t].Track][code], p.Light(t, n)
				if was != now {
					turned = append(turned, Turned{Plan: p, Target: t, Unit: n, Before: was, After: now})
				}
			}
		}
	}
	return turned
}

// SaveLook stores that a person looked at the board now.
func SaveLook(ctx context.Context, store LookStore, actor action.Actor, view *View, code string) error {
	at := access.Unit{Code: code}
	if within := view.Tree.SubtreeOf(code); within.To > within.From {
		at = access.Unit{Code: code, From: within.From, To: within.To}
	}
	return action.Do(ctx, store, actor, action.Write{Name: "target.action.look", Operation: access.See, Thing: access.Thing{Class: access.Plan, Unit: at},
		Do: func(ctx context.Context, tx action.Tx) error {
			return store.TargetLookPut(ctx, view.Look(actor.Post.Person, code, tx.Now()))
		}})
}
