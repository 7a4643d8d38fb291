package notice

import (
	"context"
	"fmt"
	"slices"

	"jiaoheng/action"
	"jiaoheng/message"
)

// Teller tells people inside the action of whoever has something to tell.
type Teller struct{ Store Store }

// Tell stores a notice for each person of the draft and, when it is urgent, what goes out at once: an e-mail to those who
// chose it, a message to the robots of the units where they hold posts. A kind without a text panics (programmer's error).
func (t Teller) Tell(ctx context.Context, tx action.Tx, d Draft) error {
	persons, err := personsOf(d)
	if err != nil {
		return err
	}
	if d.Key != "" {
		told, err := t.Store.NoticeTold(ctx, d.Key, persons)
		if err != nil {
			return err
		}
		persons = slices.DeleteFunc(persons, func(p string) bool { return slices.Contains(told, p) })
	}
	if len(persons) == 0 {
		return nil
	}
	notices := noticesOf(tx, d, persons)
	if err := t.Store.NoticesInsert(ctx, notices...); err != nil || !d.Urgent {
		return err
	}
	return t.sendOut(ctx, tx, persons, notices)
}

// TellMany is Tell for many drafts. Those that are neither urgent nor told only once are stored together.
func (t Teller) TellMany(ctx context.Context, tx action.Tx, drafts []Draft) error {
	var notices []Notice
	for _, d := range drafts {
		if d.Urgent || d.Key != "" {
			if err := t.Tell(ctx, tx, d); err != nil {
				return err
			}
			continue
		}
		persons, err := personsOf(d)
		if err != nil {
			return err
		}
		notices = append(notices, noticesOf(tx, d, persons)...)
	}
	if len(notices) == 0 {
		return nil
	}
	return t.Store.NoticesInsert(ctx, notices...)
}

// personsOf returns the persons of a draft, each once.
func personsOf(d Draft) ([]string, error) {
	if !message.Has(d.Kind) {
		panic("notice: no text for " + d.Kind)
	}
	persons := slices.DeleteFunc(slices.Clone(d.Persons), func(p string) bool { return p == "" })
	slices.Sort(persons)
	persons = slices.Compact(persons)
	if len(persons) > MaxPersons {
		return nil, fmt.Errorf("notice: %d persons to tell at once, at most %d", len(persons), MaxPersons)
	}
	return persons, nil
}

func noticesOf(tx action.Tx, d Draft, persons []string) []Notice {
	said := words(d.Args)
	notices := make([]Notice, len(persons))
	for i, p := range persons {
		notices[i] = Notice{ID: tx.NewID(), Person: p, Kind: d.Kind, Args: said, Register: d.Register, Row: d.Row, Urgent: d.Urgent, Key: d.Key,
			Made: tx.Now(), Version: 1}
	}
	return notices
}

// sendOut makes the deliveries of an urgent notice.
func (t Teller) sendOut(ctx context.Context, tx action.Tx, persons []string, notices []Notice) error {
	channels, err := t.Store.Channels(ctx)
	if err != nil || len(channels) == 0 {
		return err
	}
	setting, err := t.Store.Setting(ctx)
	if err != nil {
		return err
	}
	var out []Delivery
	text := LetterOf(notices[0], setting)
	fresh := func(c Channel, n Notice, to string) Delivery {
		return Delivery{ID: tx.NewID(), Channel: c.ID, Kind: KindNotice, Person: to, Notice: n.ID, Key: KindNotice + ":" + n.ID + ":" + c.ID,
			State: Waiting, Subject: text.Subject, Body: text.Body, Made: tx.Now(), Next: tx.Now(), Version: 1}
	}
	if mail, ok := Mail(channels); ok {
		choices, err := t.Store.Choices(ctx, persons)
		if err != nil {
			return err
		}
		for i, p := range persons {
			if c := choices[p]; c.Mail && c.Urgent && c.Address != "" {
				out = append(out, fresh(mail, notices[i], p))
			}
		}
	}
	robots := slices.DeleteFunc(slices.Clone(channels), func(c Channel) bool { return c.Kind == KindMail || !c.On || !c.Urgent })
	if len(robots) > 0 {
		units, err := t.Store.UnitsOfPersons(ctx, persons)
		if err != nil {
			return err
		}
		for _, c := range robots {
			if slices.Contains(units, c.Unit) {
				out = append(out, fresh(c, notices[0], ""))
			}
		}
	}
	return t.Store.DeliveriesInsert(ctx, out...)
}
