package ceremony

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/person"
	"jiaoheng/unit"
)

// Run computes what comes out of the frozen lines of a kind under a seed: the lines of the result and a certificate, which is
// kept as JSON.
type Run func(a draw.Announcement, lines []string, seed draw.Seed) (result []string, certificate any, err error)

// Desk leads draws through their steps.
type Desk struct {
	store  Store
	random io.Reader
	runs   map[string]Run
}

// New returns the desk. random gives secrets and codes; runs computes the kinds of draws, by kind.
func New(store Store, random io.Reader, runs map[string]Run) *Desk {
	return &Desk{store: store, random: random, runs: runs}
}

// Fields of the forms, as faults name them.
const (
	FieldTitle  = "title"
	FieldPlace  = "place"
	FieldHeld   = "held"
	FieldUnit   = "unit"
	FieldKind   = "kind"
	FieldSource = "source"
	FieldReason = "reason"
	FieldWord   = "word"
	FieldValue  = "value"
)

func field(name, code string, args message.Args) *fault.Fault {
	return fault.At(fault.Place{Column: name}, code, args)
}

// thing is a draw as rights see it.
func thing(tree *unit.Tree, code string) access.Thing {
	return access.Thing{Class: access.Draw, Unit: person.At(tree, code)}
}

// NewSecret returns a secret for the salts of one roster.
func (d *Desk) NewSecret() (draw.Secret, error) {
	var secret draw.Secret
	_, err := io.ReadFull(d.random, secret[:])
	return secret, err
}

// codeLetters leaves out what is mistaken for something else when read from a wall.
const (
	codeLetters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
	codeLength  = 6
)

func (d *Desk) newCode() (string, error) {
	code := make([]byte, 0, codeLength)
	var one [1]byte
	for len(code) < codeLength {
		if _, err := io.ReadFull(d.random, one[:]); err != nil {
			return "", err
		}
		if n := int(one[0]) % 32; n < len(codeLetters) { // 31 letters of 32 values: none is likelier than another
			code = append(code, codeLetters[n])
		}
	}
	return string(code), nil
}

// MayRun tells whether a post may run draws of a kind at a unit: a school its own classes, the office of a bureau everything.
func MayRun(tree *unit.Tree, post access.Post, kind, code string) bool {
	if !access.May(post, access.Change, thing(tree, code)) {
		return false
	}
	return !post.Role.AtSchool() || kind == Classes || kind == Pair
}

// MayLook tells whether a post may open names behind the lines of a draw: only inside the unit that runs it.
func MayLook(tree *unit.Tree, post access.Post, d Draw) bool {
	return (post.Unit.Code == d.Unit || post.Role == access.Program) && access.May(post, access.Open, thing(tree, d.Unit))
}

// Find returns a draw for who may see draws of its unit.
//
// Errors: ErrNotFound, also for who may not.
func (d *Desk) Find(ctx context.Context, actor action.Actor, id string) (Draw, error) {
	one, err := d.store.Draw(ctx, id)
	if err != nil {
		return Draw{}, err
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return Draw{}, err
	}
	if !access.May(actor.Post, access.See, thing(tree, one.Unit)) {
		return Draw{}, ErrNotFound
	}
	return one, nil
}

// List returns the draws that a post may see, the newest first.
func (d *Desk) List(ctx context.Context, actor action.Actor, query Query) ([]Draw, error) {
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return nil, err
	}
	all, err := d.store.Draws(ctx, query)
	return slices.DeleteFunc(all, func(one Draw) bool { return !access.May(actor.Post, access.See, thing(tree, one.Unit)) }), err
}

// change is one step of a draw.
type change struct {
	step      Step
	operation access.Operation
	id        string
	version   int64 // that was read; 0: whatever it is
	from      []State
	reason    string
	second    []Step // whoever did one of these cannot do this
	check     func(one Draw) fault.List
	do        func(ctx context.Context, tx action.Tx, one *Draw) error
}

// turn does a step as one action: the draw is read and checked where no other write can come between.
func (d *Desk) turn(ctx context.Context, actor action.Actor, c change) (Draw, error) {
	before, err := d.Find(ctx, actor, c.id)
	if err != nil {
		return Draw{}, err
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return Draw{}, err
	}
	var one Draw
	err = action.Do(ctx, d.store, actor, action.Write{Name: "draw.action." + string(c.step), Operation: c.operation, Thing: thing(tree, before.Unit),
		Reason: c.reason, Do: func(ctx context.Context, tx action.Tx) error {
			if one, err = d.store.DrawHeld(ctx, c.id); err != nil {
				return err
			}
			if err := allowed(one, actor, c).Err(); err != nil {
				return err
			}
			if err := c.do(ctx, tx, &one); err != nil {
				return err
			}
			one.did(c.step, actor.Post.Person, tx.Now())
			return d.store.DrawUpdate(ctx, one)
		}})
	if err != nil {
		return Draw{}, err
	}
	return d.store.Draw(ctx, c.id)
}

// allowed tells everything that forbids a step.
func allowed(one Draw, actor action.Actor, c change) fault.List {
	var faults fault.List
	if c.version != 0 && one.Version != c.version {
		return fault.List{fault.New("action.stale", nil)}
	}
	if !slices.Contains(c.from, one.State) {
		return fault.List{fault.New(stateFault(one.State), message.Args{"state": message.Word("draw.state." + string(one.State))})}
	}
	for _, step := range c.second {
		if done, known := one.Steps[step]; known && done.Person == actor.Post.Person {
			faults.Add(fault.New("draw.event.second_person", message.Args{"step": message.Word("draw.step." + string(step))}))
			break
		}
	}
	if c.check != nil {
		faults.Add(c.check(one)...)
	}
	return faults
}

// stateFault names why a step is refused: what was announced is told apart from what merely stands elsewhere.
func stateFault(state State) string {
	switch state {
	case Prepared:
		return "draw.event.state"
	case Withdrawn:
		return "draw.event.withdrawn"
	}
	return "draw.event.fixed"
}

// part reads a part of a draw as JSON.
func part[T any](ctx context.Context, store Store, id, name string) (T, error) {
	var value T
	content, err := store.DrawPart(ctx, id, name)
	if err != nil || content == nil {
		return value, err
	}
	if err := json.Unmarshal(content, &value); err != nil {
		return value, fmt.Errorf("ceremony: part %s of draw %s: %w", name, id, err)
	}
	return value, nil
}

func put(ctx context.Context, store Store, id, name string, value any) error {
	content, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return store.DrawPartPut(ctx, id, name, content)
}

// reasonWanted tells that a reason lacks or is too long.
func reasonWanted(reason string) fault.List {
	if n := utf8.RuneCountInString(reason); n == 0 || n > MaxReason {
		return fault.List{field(FieldReason, "draw.event.reason_wanted", message.Args{"limit": MaxReason})}
	}
	return nil
}

func short(text string, limit int) bool {
	n := utf8.RuneCountInString(strings.TrimSpace(text))
	return n > 0 && n <= limit
}

// unitName is the name of a unit, "" when it is gone.
func unitName(tree *unit.Tree, code string) string {
	one, _ := tree.Find(code)
	return one.Name
}
