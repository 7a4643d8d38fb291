package ceremony

import (
	"context"
	"strconv"
	"strings"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/publication"
	"jiaoheng/unit"
)

// Fix makes the announcement of a draw: from here on nothing can be changed. It is public once a second person approves it.
func (d *Desk) Fix(ctx context.Context, actor action.Actor, id string, version int64) (Draw, error) {
	return d.turn(ctx, actor, change{step: StepFix, id: id, version: version, from: []State{Prepared},
		check: func(one Draw) fault.List { return fixable(one, d.store.Now()) },
		do: func(ctx context.Context, _ action.Tx, one *Draw) error {
			fixed, err := part[frozen](ctx, d.store, id, PartFrozen)
			if err != nil {
				return err
			}
			var sources []draw.Source
			for _, source := range one.Sources {
				sources = append(sources, source.source())
			}
			announced, err := draw.Announce(one.Kind, one.Title, fixed.Rules, sources, fixed.Lines)
			if err != nil {
				return err
			}
			one.State, one.Announcement, one.Commitment = Announcing, announced.Lines(), draw.Hex(announced.Commitment())
			if _, found, err := d.store.DrawResult(ctx, one.Commitment); err != nil || found {
				return secondResult(err)
			}
			return nil
		}})
}

// secondResult is the fault that an announcement has a result already, unless reading it failed.
func secondResult(err error) error {
	if err != nil {
		return err
	}
	return fault.New("draw.event.second_result", nil)
}

// fixable tells everything that lacks before a draw can be announced at a moment.
func fixable(one Draw, now time.Time) fault.List {
	faults := checkSources(one.Sources)
	if !one.Frozen {
		faults.Add(fault.New("draw.event.lines_wanted", nil))
	}
	if len(one.Sources) == 0 && one.Kind != Quota {
		faults.Add(field(FieldSource, "draw.event.source_wanted", nil))
	}
	if !one.Held.After(now) {
		faults.Add(field(FieldHeld, "draw.event.held_past", message.Args{"held": momentText(one.Held)}))
	}
	return append(faults, known(one, now)...)
}

// known names the sources that somebody can know already: a seed that is known when the list is fixed proves nothing.
func known(one Draw, now time.Time) fault.List {
	var faults fault.List
	for n, source := range one.Sources {
		if !source.Known.IsZero() && !source.Known.After(now) {
			faults.Add(field(FieldSource, "draw.event.source_known_already", message.Args{"source": n + 1, "known": momentText(source.Known)}))
		}
	}
	return faults
}

func momentText(at time.Time) string { return at.In(period.Beijing).Format("2006-01-02 15:04") }

// Announce publishes the announcement. Who prepared or fixed it cannot.
func (d *Desk) Announce(ctx context.Context, actor action.Actor, id string, version int64) (Draw, error) {
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return Draw{}, err
	}
	return d.turn(ctx, actor, change{step: StepAnnounce, operation: access.Approve, id: id, version: version, from: []State{Announcing},
		second: []Step{StepFix, StepReplace, StepPrepare},
		check:  func(one Draw) fault.List { return known(one, d.store.Now()) },
		do: func(ctx context.Context, tx action.Tx, one *Draw) error {
			notice, err := publication.PublishWithin(ctx, d.store, tx, publication.Publication{Unit: one.Unit, Preparer: one.Steps[StepFix].Person,
				Approver: actor.Post.Person, Content: announcement(tree, *one, tx.Now())})
			one.State, one.Notice = Announced, notice.ID
			return err
		}})
}

func say(key string, args message.Args) string {
	return message.Text(message.Chinese, "draw.notice."+key, args)
}

// announcement is what everybody reads before the draw.
func announcement(tree *unit.Tree, one Draw, now time.Time) publication.Content {
	table := &publication.Table{Caption: say("lines", nil), Columns: []string{say("number", nil), say("line", nil)}, Note: say("lines_note", nil)}
	for n, line := range one.Announcement {
		table.Rows = append(table.Rows, []string{strconv.Itoa(n + 1), line})
	}
	sources := &publication.Table{Caption: say("sources", nil), Columns: []string{say("number", nil), say("source", nil), say("known", nil)}}
	for n, source := range one.Sources {
		at := say("known_hall", nil)
		if !source.Known.IsZero() {
			at = momentText(source.Known)
		}
		sources.Rows = append(sources.Rows, []string{strconv.Itoa(n + 1), SourceText(message.Chinese, source), at})
	}
	content := publication.Content{Title: say("title", message.Args{"title": one.Title}), Kind: publication.KindDraw, Day: period.DayAt(now).String(),
		Unit: unitName(tree, one.Unit), Blocks: []publication.Block{
			{Text: say("held", message.Args{"held": momentText(one.Held), "place": one.Place, "kind": message.Word("draw.kind." + one.Kind)})},
			{Text: say("count", message.Args{"count": one.Lines})},
			{Text: say("commitment", message.Args{"commitment": one.Commitment})},
		}}
	if len(sources.Rows) > 0 {
		content.Blocks = append(content.Blocks, publication.Block{Table: sources})
	}
	content.Blocks = append(content.Blocks, publication.Block{Table: table})
	if one.Before != "" {
		content.Blocks = append(content.Blocks, publication.Block{Text: say("again", message.Args{"id": one.Before})})
	}
	return content
}

// SourceText says in words where a part of the seed comes from.
func SourceText(language message.Language, source Source) string {
	args := message.Args{"text": source.Text}
	if source.Kind == draw.Drand {
		chain, round, _ := strings.Cut(source.Text, " ")
		args = message.Args{"chain": chain[:min(8, len(chain))], "round": round}
	}
	return message.Text(language, "draw.from."+source.Kind, args)
}
