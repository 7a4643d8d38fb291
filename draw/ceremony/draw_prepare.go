package ceremony

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"jiaoheng/action"
	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/unit"
)

// Draft is what is prepared for a draw. Lines may lack until the rules of the kind are chosen; without them nothing can be
// announced. Lines are made with Secret: see Desk.NewSecret.
type Draft struct {
	Kind, Unit, Title, Place string
	Parent                   string
	Held                     time.Time
	Sources                  []Source
	Setup                    any
	Tables                   []Table // nil: those that were handed over before stay
	Rules                    []draw.Rule
	Lines                    []string
	Secret                   draw.Secret
	Roster                   []Person
	Labels                   []Label
}

// Prepare stores a new draw.
func (d *Desk) Prepare(ctx context.Context, actor action.Actor, draft Draft) (Draw, error) {
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return Draw{}, err
	}
	draft = tidy(draft)
	if !MayRun(tree, actor.Post, draft.Kind, draft.Unit) {
		return Draw{}, action.Refused("draw.action.prepare")
	}
	one := Draw{Kind: draft.Kind, Unit: draft.Unit, State: Prepared, Version: 1}
	one.Parent = draft.Parent
	if one.Code, err = d.newCode(); err != nil {
		return Draw{}, err
	}
	err = action.Do(ctx, d.store, actor, action.Write{Name: "draw.action.prepare", Thing: thing(tree, draft.Unit),
		Check: func(context.Context) error { return checkDraft(tree, draft).Err() },
		Do: func(ctx context.Context, tx action.Tx) error {
			one.ID = tx.NewID()
			if err := d.fill(ctx, &one, draft); err != nil {
				return err
			}
			one.did(StepPrepare, actor.Post.Person, tx.Now())
			return d.store.DrawInsert(ctx, one)
		}})
	return one, err
}

// Replace stores another draft in place of the one that was prepared. version is the one that was read. Kind, unit and parent
// stay.
func (d *Desk) Replace(ctx context.Context, actor action.Actor, id string, version int64, draft Draft) (Draw, error) {
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return Draw{}, err
	}
	draft = tidy(draft)
	return d.turn(ctx, actor, change{step: StepReplace, id: id, version: version, from: []State{Prepared},
		check: func(one Draw) fault.List {
			draft.Kind, draft.Unit = one.Kind, one.Unit
			return checkDraft(tree, draft)
		},
		do: func(ctx context.Context, _ action.Tx, one *Draw) error { return d.fill(ctx, one, draft) }})
}

func tidy(draft Draft) Draft {
	draft.Title, draft.Place = strings.TrimSpace(draft.Title), strings.TrimSpace(draft.Place)
	draft.Sources = slices.Clone(draft.Sources)
	for n := range draft.Sources {
		draft.Sources[n].Text = strings.Join(strings.Fields(draft.Sources[n].Text), " ")
	}
	return draft
}

// fill puts a draft into a draw and stores its parts.
func (d *Desk) fill(ctx context.Context, one *Draw, draft Draft) error {
	one.Title, one.Place, one.Held, one.Sources = draft.Title, draft.Place, draft.Held, draft.Sources
	if draft.Tables != nil {
		if err := put(ctx, d.store, one.ID, PartTables, draft.Tables); err != nil {
			return err
		}
	}
	return d.freeze(ctx, one, Frozen{draft.Setup, draft.Rules, draft.Lines, draft.Secret, draft.Roster, draft.Labels})
}

// freeze stores what a kind made.
func (d *Desk) freeze(ctx context.Context, one *Draw, made Frozen) error {
	one.Frozen, one.Lines = made.Lines != nil, len(made.Lines)
	if made.Setup != nil {
		setup, err := json.Marshal(made.Setup)
		if err != nil {
			return err
		}
		one.Setup = setup
	}
	if err := put(ctx, d.store, one.ID, PartFrozen, frozen{made.Rules, made.Lines}); err != nil {
		return err
	}
	return put(ctx, d.store, one.ID, PartPrivate, private{made.Secret, made.Roster, made.Labels})
}

func checkDraft(tree *unit.Tree, draft Draft) fault.List {
	var faults fault.List
	if !slices.Contains(Kinds(), draft.Kind) {
		faults.Add(field(FieldKind, "draw.event.kind_wanted", nil))
	}
	if _, known := tree.Find(draft.Unit); !known {
		faults.Add(field(FieldUnit, "draw.event.unit_wanted", nil))
	}
	if !short(draft.Title, MaxTitle) {
		faults.Add(field(FieldTitle, "draw.event.title_wanted", message.Args{"limit": MaxTitle}))
	}
	if !short(draft.Place, MaxPlace) {
		faults.Add(field(FieldPlace, "draw.event.place_wanted", message.Args{"limit": MaxPlace}))
	}
	if draft.Held.IsZero() {
		faults.Add(field(FieldHeld, "draw.event.held_wanted", nil))
	}
	return append(faults, checkSources(draft.Sources)...)
}

// checkSources tells what is wrong with sources, not whether there are enough: they may still be chosen.
func checkSources(sources []Source) fault.List {
	var faults fault.List
	if len(sources) > MaxSources {
		faults.Add(field(FieldSource, "draw.event.sources_many", message.Args{"limit": MaxSources}))
	}
	witnesses := 0
	for n, source := range sources {
		switch source.Kind {
		case draw.Given:
			faults.Add(field(FieldSource, "draw.event.source_given", nil))
		case draw.Witness:
			witnesses++
			if least, ok := draw.Whole(source.Text); !ok || least < 1 || least > MaxWitnesses {
				faults.Add(field(FieldSource, "draw.event.source_witness", message.Args{"limit": MaxWitnesses}))
			}
		default:
			if source.Known.IsZero() {
				faults.Add(field(FieldSource, "draw.event.source_known", message.Args{"source": n + 1}))
			}
		}
	}
	if witnesses > 1 {
		faults.Add(field(FieldSource, "draw.event.source_witnesses", nil))
	}
	return faults
}

// Tables returns what was handed over for a draw, for the unit that runs it.
func (d *Desk) Tables(ctx context.Context, actor action.Actor, id string) ([]Table, error) {
	one, err := d.Find(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return nil, err
	}
	if !MayRun(tree, actor.Post, one.Kind, one.Unit) {
		return nil, action.Refused("draw.action.replace")
	}
	return part[[]Table](ctx, d.store, id, PartTables)
}

// Again prepares a draw anew from one that was withdrawn: title, place and what was handed over are taken along, the lines are to
// be frozen anew under a secret of their own.
func (d *Desk) Again(ctx context.Context, actor action.Actor, id string) (Draw, error) {
	old, err := d.Find(ctx, actor, id)
	if err != nil {
		return Draw{}, err
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return Draw{}, err
	}
	if !MayRun(tree, actor.Post, old.Kind, old.Unit) {
		return Draw{}, action.Refused("draw.action.prepare")
	}
	if old.State != Withdrawn {
		return Draw{}, fault.List{fault.New("draw.event.again", nil)}
	}
	tables, err := part[[]Table](ctx, d.store, id, PartTables)
	if err != nil {
		return Draw{}, err
	}
	one := Draw{Kind: old.Kind, Unit: old.Unit, Title: old.Title, Held: old.Held, State: Prepared, Version: 1,
		Content: Content{Place: old.Place, Parent: old.Parent, Before: old.ID, Setup: old.Setup, Sources: old.Sources}}
	if one.Code, err = d.newCode(); err != nil {
		return Draw{}, err
	}
	err = action.Do(ctx, d.store, actor, action.Write{Name: "draw.action.prepare", Thing: thing(tree, old.Unit), Do: func(ctx context.Context, tx action.Tx) error {
		one.ID = tx.NewID()
		one.did(StepPrepare, actor.Post.Person, tx.Now())
		if err := put(ctx, d.store, one.ID, PartTables, tables); err != nil {
			return err
		}
		return d.store.DrawInsert(ctx, one)
	}})
	return one, err
}
