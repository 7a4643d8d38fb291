package duty

import (
	"time"

	"jiaoheng/plan/target"
)

// TieKind says how two plans, or two targets, belong together.
type TieKind string

// Kinds of ties.
const (
	Programme TieKind = "programme" // Plan is an action programme of Of.Plan
	SameAs    TieKind = "same"      // the target Node of Plan is the target Of
)

// Tie ties an action programme to its umbrella plan, or a target of one plan to the target of another that it is.
type Tie struct {
	ID        string
	Kind      TieKind
	Plan      string
	Node      target.Track // "" between plans
	Of        target.Named // Target "" between plans
	Reason    string
	By        string
	At        time.Time
	EndedBy   string
	EndedAt   time.Time // zero: it holds
	EndReason string
	Version   int64
}

// Holds tells whether the tie was not taken back.
func (t Tie) Holds() bool { return t.EndedAt.IsZero() }

// Sames returns the targets that are others by ties that hold.
func Sames(ties []Tie) []target.Same {
	var sames []target.Same
	for _, t := range ties {
		if t.Holds() && t.Kind == SameAs {
			sames = append(sames, target.Same{Other: target.Named{Plan: t.Plan, Target: t.Node}, One: t.Of})
		}
	}
	return sames
}
