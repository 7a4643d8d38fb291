package ceremony

import (
	"context"
	"strconv"
	"strings"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/publication"
	"jiaoheng/unit"
)

func stateArgs(one Draw) message.Args {
	return message.Args{"state": message.Word("draw.state." + string(one.State))}
}

// Propose asks for the publication of the result.
func (d *Desk) Propose(ctx context.Context, actor action.Actor, id string, version int64) (Draw, error) {
	return d.turn(ctx, actor, change{step: StepPropose, id: id, version: version, from: []State{Drawn},
		do: func(_ context.Context, _ action.Tx, one *Draw) error {
			one.State = Publishing
			return nil
		}})
}

// Publish makes the result public. Who proposed it cannot.
func (d *Desk) Publish(ctx context.Context, actor action.Actor, id string, version int64) (Draw, error) {
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return Draw{}, err
	}
	return d.turn(ctx, actor, change{step: StepPublish, operation: access.Approve, id: id, version: version, from: []State{Publishing}, second: []Step{StepPropose},
		do: func(ctx context.Context, tx action.Tx, one *Draw) error {
			notice, err := publication.PublishWithin(ctx, d.store, tx, publication.Publication{Unit: one.Unit, Preparer: one.Steps[StepPropose].Person,
				Approver: actor.Post.Person, Content: outcome(tree, *one, tx.Now())})
			one.State, one.Outcome = Published, notice.ID
			return err
		}})
}

// outcome is what everybody reads after the draw.
func outcome(tree *unit.Tree, one Draw, now time.Time) publication.Content {
	seed := &publication.Table{Caption: say("seed", nil), Columns: []string{say("number", nil), say("line", nil)}, Note: say("seed_note", nil)}
	for n, line := range one.Seed {
		seed.Rows = append(seed.Rows, []string{strconv.Itoa(n + 1), line})
	}
	content := publication.Content{Title: say("outcome", message.Args{"title": one.Title}), Kind: publication.KindDraw, Day: period.DayAt(now).String(),
		Unit: unitName(tree, one.Unit), Blocks: []publication.Block{
			{Text: say("drawn", message.Args{"at": momentText(one.Steps[StepRun].At), "count": one.Lines})},
			{Text: say("commitment", message.Args{"commitment": one.Commitment})},
			{Text: say("seed_is", message.Args{"seed": one.SeedHash})},
			{Text: say("digest", message.Args{"digest": one.Digest})},
			{Text: say("check", message.Args{"id": one.ID})},
		}}
	if len(seed.Rows) > 0 {
		content.Blocks = append(content.Blocks, publication.Block{Table: seed})
	}
	return content
}

// says tells whether the lines of an announcement stand in a publication, all and in their order.
func says(content publication.Content, lines []string) bool {
	for _, block := range content.Blocks {
		if block.Table == nil || len(block.Table.Columns) != 2 || len(block.Table.Rows) != len(lines) {
			continue
		}
		same := true
		for n, row := range block.Table.Rows {
			same = same && row[1] == lines[n]
		}
		if same {
			return true
		}
	}
	return false
}

// Withdraw ends a draw with a reason that stays visible, wherever it stands. What was published says so at its address.
func (d *Desk) Withdraw(ctx context.Context, actor action.Actor, id string, version int64, reason string) (Draw, error) {
	reason = strings.TrimSpace(reason)
	one, err := d.Find(ctx, actor, id)
	if err != nil {
		return Draw{}, err
	}
	operation := access.Change // what nobody knows of yet needs no leader
	if one.Public() {
		operation = access.Approve
	}
	from := States()
	return d.turn(ctx, actor, change{step: StepWithdraw, operation: operation, id: id, version: version, from: from[:len(from)-1], reason: reason,
		check: func(now Draw) fault.List {
			faults := reasonWanted(reason)
			if now.Public() != one.Public() {
				faults.Add(fault.New("action.stale", nil))
			}
			return faults
		},
		do: func(ctx context.Context, tx action.Tx, one *Draw) error {
			for _, notice := range []string{one.Notice, one.Outcome} {
				if notice == "" {
					continue
				}
				if err := publication.WithdrawWithin(ctx, d.store, tx, notice, actor.Post.Person, reason); err != nil {
					return err
				}
			}
			one.State, one.Reason = Withdrawn, reason
			return nil
		}})
}
