package ceremony

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// EnterValues states what the sources gave: one value for each source, "" for witnesses; of a beacon the signature, whose hash is
// the randomness. A second person confirms them.
func (d *Desk) EnterValues(ctx context.Context, actor action.Actor, id string, version int64, values []string) (Draw, error) {
	now := d.store.Now()
	return d.turn(ctx, actor, change{step: StepSeed, id: id, version: version, from: []State{Announced, Ready},
		check: func(one Draw) fault.List {
			if !one.AwaitsValues() {
				return fault.List{fault.New("draw.event.witnesses_first", nil)}
			}
			return checkValues(one, values, now)
		},
		do: func(_ context.Context, _ action.Tx, one *Draw) error {
			announced, err := draw.ReadAnnouncement(one.Announcement)
			if err != nil {
				return err
			}
			lines := seedLines(*one, values)
			seed, err := announced.Seed(lines)
			if err != nil {
				return err
			}
			one.State, one.Values, one.Seed, one.SeedHash = Seeded, values, lines, draw.Hex(seed)
			return nil
		}})
}

func checkValues(one Draw, values []string, now time.Time) fault.List {
	var faults fault.List
	for n, source := range one.Sources {
		name := ValueField(n)
		if source.Kind == draw.Witness {
			continue
		}
		if !source.Known.IsZero() && now.Before(source.Known) {
			faults.Add(field(name, "draw.event.value_early", message.Args{"source": n + 1, "known": momentText(source.Known)}))
		}
		value := ""
		if n < len(values) {
			value = values[n]
		}
		if length := utf8.RuneCountInString(value); length == 0 || length > MaxValue || strings.TrimSpace(value) != value {
			faults.Add(field(name, "draw.event.value_wanted", message.Args{"source": n + 1, "limit": MaxValue}))
			continue
		}
		if _, err := hex.DecodeString(value); source.Kind == draw.Drand && err != nil {
			faults.Add(field(name, "draw.event.value_signature", message.Args{"source": n + 1}))
		}
	}
	return faults
}

// ValueField names the field of the value of a source, counted from 0.
func ValueField(n int) string { return FieldValue + string(rune('1'+n)) }

// seedLines are the lines of the seed in the order of the sources.
func seedLines(one Draw, values []string) []string {
	lines := []string{}
	for n, source := range one.Sources {
		switch source.Kind {
		case draw.Witness:
			lines = append(lines, one.Witnesses...)
		case draw.Drand:
			signature, _ := hex.DecodeString(values[n]) // checked before
			random := sha256.Sum256(signature)
			lines = append(lines, draw.DrandValue(n+1, draw.Hex(random), strings.ToLower(values[n])))
		default:
			lines = append(lines, draw.Value(n+1, values[n]))
		}
	}
	return lines
}

// confirming is the right that a post confirms values with: whoever may change or approve draws of the unit.
func (d *Desk) confirming(ctx context.Context, actor action.Actor, id string) (access.Operation, error) {
	one, err := d.Find(ctx, actor, id)
	if err != nil {
		return "", err
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return "", err
	}
	if access.May(actor.Post, access.Approve, thing(tree, one.Unit)) {
		return access.Approve, nil
	}
	return access.Change, nil
}

// Confirm fixes the seed: somebody else than who entered the values compared them with what was published. The result follows from
// it and is computed by Run.
func (d *Desk) Confirm(ctx context.Context, actor action.Actor, id string, version int64) (Draw, error) {
	operation, err := d.confirming(ctx, actor, id)
	if err != nil {
		return Draw{}, err
	}
	return d.turn(ctx, actor, change{step: StepConfirm, operation: operation, id: id, version: version, from: []State{Seeded}, second: []Step{StepSeed},
		do: func(_ context.Context, _ action.Tx, one *Draw) error {
			one.State = Drawing
			return nil
		}})
}

// Reject sends the values back: they are not what was published.
func (d *Desk) Reject(ctx context.Context, actor action.Actor, id string, version int64, reason string) (Draw, error) {
	operation, err := d.confirming(ctx, actor, id)
	if err != nil {
		return Draw{}, err
	}
	reason = strings.TrimSpace(reason)
	return d.turn(ctx, actor, change{step: StepReject, operation: operation, id: id, version: version, from: []State{Seeded}, reason: reason,
		check: func(Draw) fault.List { return reasonWanted(reason) },
		do: func(_ context.Context, _ action.Tx, one *Draw) error {
			one.State, one.Values, one.Seed, one.SeedHash = Announced, nil, nil, ""
			if one.Witnessed() > 0 {
				one.State = Ready
			}
			return nil
		}})
}
