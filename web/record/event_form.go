package record

import (
	"context"
	"slices"

	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/record"
	"jiaoheng/register"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// sureField is ticked before a grave event is done.
const sureField = "sure"

// optionView is an event that the reader may cause now, with its form.
type optionView struct {
	event   *lifecycle.Event
	title   string
	asks    []*pack.Column
	takes   []*pack.Column
	blocked []string
	happens []string // what will happen to whom, before it is done
	sent    bool     // this form was sent and came back
	first   bool     // the next step that is asked for most
	leads   []shell.Option
	owners  []shell.Option
	more    bool // the form asks for something
}

// loadOptions reads the events that the post may cause now.
func (p *Pages) loadOptions(ctx context.Context, view *rowView) error {
	options, err := p.records.Options(ctx, view.post, view.register, view.row)
	if err != nil {
		return err
	}
	for _, one := range options {
		o := optionView{event: one.Event, title: one.Event.Title.In(view.book.language), asks: one.Asks, takes: one.Takes, sent: view.sent == one.Event.Name}
		for _, wrong := range one.Blocked {
			o.blocked = append(o.blocked, blockedText(ctx, wrong))
		}
		if o.happens, err = p.happens(ctx, *view, one.Event); err != nil {
			return err
		}
		switch one.Event.Gives {
		case lifecycle.GivesLead:
			o.leads = leadOptions(ctx, register.TextOf(view.register, view.row, pack.ColumnLead))
		case lifecycle.GivesOwner:
			if o.owners, err = p.ownerOptions(ctx, register.TextOf(view.register, view.row, pack.ColumnLead), view.row.Unit); err != nil {
				return err
			}
		}
		view.options = append(view.options, o)
	}
	open := func(o optionView) bool {
		return len(o.blocked) == 0 && !o.event.Grave && movesOn(view.register.Life, o.event)
	}
	first := slices.IndexFunc(view.options, func(o optionView) bool { return open(o) && movesAhead(view.register.Life, view.state, o.event) })
	if first < 0 {
		first = slices.IndexFunc(view.options, open)
	}
	if first >= 0 {
		view.options[first].first = true
	}
	return nil
}

// movesAhead tells whether an event leads to a state that comes later in the order of the lifecycle.
func movesAhead(m *lifecycle.Machine, from *lifecycle.State, e *lifecycle.Event) bool {
	return slices.Index(m.States, m.State(e.To)) > slices.Index(m.States, from)
}

// movesOn tells whether an event leads to another state that is no pause.
func movesOn(m *lifecycle.Machine, e *lifecycle.Event) bool {
	to := m.State(e.To)
	return to != nil && !to.Pause
}

func blockedText(ctx context.Context, wrong *fault.Fault) string {
	language := shell.From(ctx).Language
	if remedy := wrong.Remedy(language); remedy != "" {
		return wrong.Reason(language) + shell.Text(ctx, "shell.form.then") + remedy
	}
	return wrong.Reason(language)
}

// happens tells what an event will do, in whole sentences.
func (p *Pages) happens(ctx context.Context, view rowView, e *lifecycle.Event) ([]string, error) {
	b := view.book
	var lines []string
	switch to := view.register.Life.State(e.To); {
	case e.To == lifecycle.Back:
		back := view.register.Life.State(register.TextOf(view.register, view.row, pack.ColumnBack))
		if back != nil {
			lines = append(lines, b.text("record.event.back", message.Args{"state": back.Title.In(b.language)}))
		}
	case to != nil:
		line, err := p.becomes(ctx, view, e, to)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	case e.Extend != nil:
		next, known, err := p.records.Preview(ctx, view.register, view.row, e)
		if err != nil {
			return nil, err
		}
		if known && !next.Due.IsZero() {
			lines = append(lines, b.text("record.event.extended", message.Args{"date": next.Due.Text(b.language)}))
		} else {
			lines = append(lines, b.text("record.event.extends"))
		}
	default:
		lines = append(lines, b.text("record.event.stays"))
	}
	if e.Letter != "" {
		lines = append(lines, b.text("record.event.letter", message.Args{"letter": b.letterTitle(e.Letter)}))
	}
	if len(e.Tell) > 0 {
		lines = append(lines, b.text("record.event.tells", message.Args{"who": b.people(e.Tell)}))
	}
	for _, line := range b.opens(e.Opens) {
		lines = append(lines, b.text("record.event.also", message.Args{"what": line}))
	}
	return lines, nil
}

// becomes tells the state after an event, who then has to act and until when.
func (p *Pages) becomes(ctx context.Context, view rowView, e *lifecycle.Event, to *lifecycle.State) (string, error) {
	b := view.book
	args := message.Args{"state": to.Title.In(b.language), "who": b.people(to.Waits)}
	switch {
	case to.Final:
		return b.text("record.event.closes", args), nil
	case to.Pause:
		return b.text("record.event.pauses", args), nil
	case len(to.Waits) == 0:
		return b.text("record.event.becomes", args), nil
	}
	next, known, err := p.records.Preview(ctx, view.register, view.row, e)
	switch {
	case err != nil:
		return "", err
	case known && !next.Due.IsZero():
		args["date"] = next.Due.Text(b.language)
		return b.text("record.event.becomes_until", args), nil
	case to.Due != nil && !to.Due.Keep:
		args["due"] = b.due(to.Due)
		return b.text("record.event.becomes_within", args), nil
	}
	return b.text("record.event.becomes_waits", args), nil
}

// formOf is what was sent when it was the form of the name, so that other forms of the page stay as they are.
func (view rowView) formOf(name string) shell.Form {
	if view.sent == name {
		return view.form
	}
	return shell.Form{}
}

// fieldIn is the field of a column in a form of the row.
func fieldIn(ctx context.Context, view rowView, form string, c *pack.Column, required bool) shell.Field {
	f := registerpages.FieldOf(ctx, c, register.CellOf(view.register, view.row, c.Name), c.Personal && !view.looked)
	f.Name, f.Required = form+"-"+f.Name, required
	return shaped(ctx, c, f).From(ctx, view.formOf(form))
}

// plainField is a field of a form that is no column.
func plainField(ctx context.Context, view rowView, form string, f shell.Field) shell.Field {
	f.Name = form + "-" + f.Name
	return f.From(ctx, view.formOf(form))
}

// pressLabel is what stands on the button that does an event.
func pressLabel(ctx context.Context, view rowView, o optionView) string {
	if view.stale != nil && o.sent {
		return shell.Text(ctx, "record.event.go_on", message.Args{"event": o.title})
	}
	return shell.Text(ctx, "record.event.do", message.Args{"event": o.title})
}

// noteLimit is how long the words of an event may be.
const noteLimit = record.MaxNote
