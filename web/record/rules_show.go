package record

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/web/shell"
)

// rulesView is what the page of the rules of a register shows, all of it in words.
type rulesView struct {
	register   *pack.Register
	sentences  []string
	drawing    drawing
	states     []ruledState
	events     []ruledEvent
	letters    []ruledLetter
	parameters []ruledParameter
	source     ruledSource
	pausing    bool
}

// ruledSource is a source with its mark.
type ruledSource struct {
	text  string
	note  string
	doubt bool
}

// ruledState is one state: who has to act, until when, and what happens when nobody does.
type ruledState struct {
	state  *lifecycle.State
	waits  string
	due    string
	counts []string // the numbers that the deadline rests on are those parameters
	edits  []string
	silent string
	steps  []ruledStep
}

// ruledStep is one reminder or one step of the escalation.
type ruledStep struct {
	when string
	to   string
	what []string
	late bool
}

// ruledEvent is one thing that somebody may do.
type ruledEvent struct {
	title      string
	from, to   string
	by         string
	conditions []string
	then       []string
}

// ruledLetter is one official letter that may go out.
type ruledLetter struct {
	title, number, to, copies, heading string
	body                               []string
	source                             ruledSource
}

// ruledParameter is one number that the rules name, as it is in force.
type ruledParameter struct {
	title, value, from string
	source             ruledSource
}

// Rules shows by which rules the rows of a register live: before anybody is reminded or a letter goes out, whoever is
// concerned can read when that will be.
func (p *Pages) Rules(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	s, err := p.open(r)
	if err != nil {
		return err
	}
	b := p.book(ctx, s.register, s.Unit)
	view := b.view()
	title := s.register.Title.In(b.language)
	page := shell.Page{Title: b.text("record.rules.title", message.Args{"register": title}), Lead: b.text("record.rules.lead"), Word: "register",
		Trail: trail(ctx, toList(ctx, s.register)), Styles: []string{"record-row.css"}, Source: cmpOr(view.source.text, b.text("record.row.source"))}
	return shell.Render(w, r, http.StatusOK, page, rulesPage(view))
}

func cmpOr(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

func (b rulebook) ruledSource(source pack.Source) ruledSource {
	text, doubt := b.source(source)
	return ruledSource{text: text, doubt: doubt, note: source.Note.In(b.language)}
}

func (b rulebook) view() rulesView {
	m := b.register.Life
	view := rulesView{register: b.register, sentences: b.sentences(), drawing: drawMachine(m, b.language, b.dueShort), source: b.ruledSource(b.register.Source)}
	for _, s := range m.States {
		view.states = append(view.states, b.state(s))
		view.pausing = view.pausing || s.Pause
	}
	for _, e := range m.Events {
		view.events = append(view.events, b.event(e))
	}
	for _, name := range b.lettersUsed() {
		if letter := b.letter(name); letter != nil {
			view.letters = append(view.letters, b.ruledLetter(letter))
		}
	}
	for _, name := range b.parametersUsed() {
		if one, known := b.ruledParameter(name); known {
			view.parameters = append(view.parameters, one)
		}
	}
	return view
}

// sentences tell the whole in a few lines: who begins, how rows are numbered, where they end.
func (b rulebook) sentences() []string {
	m := b.register.Life
	var ends []string
	for _, s := range m.States {
		if s.Final {
			ends = append(ends, b.text("record.words.quoted", message.Args{"text": s.Title.In(b.language)}))
		}
	}
	var lines []string
	if len(m.Create) > 0 {
		lines = append(lines, b.text("record.rules.begins", message.Args{"who": b.people(m.Create), "state": m.States[0].Title.In(b.language)}))
	}
	if s := b.register.Serial; s != nil {
		form := strings.NewReplacer("{{year}}", strconv.Itoa(b.on.Year), "{{number}}", "1").Replace(s.Form)
		lines = append(lines, b.text("record.rules.numbered", message.Args{"form": form}))
	}
	return append(lines, b.text("record.rules.ends", message.Args{"states": strings.Join(ends, b.text("record.words.and"))}))
}

func (b rulebook) state(s *lifecycle.State) ruledState {
	one := ruledState{state: s, waits: b.people(s.Waits), due: b.due(s.Due)}
	if s.Due != nil {
		one.counts = b.counts(s.Due)
	}
	for _, e := range s.Edit {
		columns := b.text("record.rules.every_column")
		if len(e.Columns) > 0 {
			columns = b.columns(e.Columns)
		}
		one.edits = append(one.edits, b.text("record.rules.edits", message.Args{"who": b.people(e.By), "columns": columns}))
	}
	if s.Silent > 0 {
		one.silent = b.text("record.rules.silent", message.Args{"days": s.Silent})
	}
	counted := lifecycle.Calendar
	if s.Due != nil {
		counted = countOr(s.Due.Count)
	}
	for _, step := range s.Remind {
		one.steps = append(one.steps, b.step(step, counted, false))
	}
	for _, step := range s.Late {
		one.steps = append(one.steps, b.step(step, counted, true))
	}
	return one
}

// counts names the numbers that a deadline rests on, with their clause.
func (b rulebook) counts(due *lifecycle.Due) []string {
	var lines []string
	for _, name := range b.parameters(due.Within) {
		one, known := b.ruledParameter(name)
		if !known {
			continue
		}
		line := b.text("record.rules.count_source", message.Args{"name": one.title, "value": one.value, "source": one.source.text})
		if one.source.doubt {
			line += " " + b.text("record.rules.doubt")
		}
		lines = append(lines, line)
	}
	return lines
}

func (b rulebook) step(step lifecycle.Step, counted lifecycle.Count, late bool) ruledStep {
	days := b.text("record.rules.days."+string(counted), message.Args{"days": step.Days})
	when := b.text("record.rules.before", message.Args{"days": days})
	if late {
		when = b.text("record.rules.after", message.Args{"days": days})
	}
	one := ruledStep{when: when, to: b.people(step.To), late: late}
	if say := step.Say.In(b.language); say != "" {
		one.what = append(one.what, say)
	}
	if step.Letter != "" {
		one.what = append(one.what, b.text("record.rules.letter_goes", message.Args{"letter": b.letterTitle(step.Letter)}))
	}
	one.what = append(one.what, b.opens(step.Opens)...)
	return one
}

func (b rulebook) event(e *lifecycle.Event) ruledEvent {
	var from []string
	for _, name := range e.From {
		if s := b.register.Life.State(name); s != nil {
			from = append(from, s.Title.In(b.language))
		}
	}
	return ruledEvent{title: e.Title.In(b.language), from: strings.Join(from, b.text("record.words.and")), to: b.target(e), by: b.people(e.By),
		conditions: b.conditions(e), then: b.consequences(e)}
}

// target names the state after an event.
func (b rulebook) target(e *lifecycle.Event) string {
	switch s := b.register.Life.State(e.To); {
	case e.To == "":
		return b.text("record.rules.stays")
	case e.To == lifecycle.Back:
		return b.text("record.rules.back")
	case s != nil:
		return s.Title.In(b.language)
	}
	return e.To
}

// conditions tell what an event wants.
func (b rulebook) conditions(e *lifecycle.Event) []string {
	var lines []string
	if len(e.Asks) > 0 {
		lines = append(lines, b.text("record.rules.asks", message.Args{"columns": b.columns(e.Asks)}))
	}
	if len(e.Takes) > 0 {
		lines = append(lines, b.text("record.rules.takes", message.Args{"columns": b.columns(e.Takes)}))
	}
	if e.Note {
		lines = append(lines, b.text("record.rules.note"))
	}
	if e.Attach > 0 {
		lines = append(lines, b.text("record.rules.attach", message.Args{"count": e.Attach}))
	}
	if e.Gives != "" {
		lines = append(lines, b.text("record.rules.gives."+string(e.Gives)))
	}
	for _, guard := range e.Guards {
		lines = append(lines, b.guard(guard))
	}
	return lines
}

func (b rulebook) guard(guard lifecycle.Guard) string {
	switch {
	case len(guard.Second) > 0:
		var events []string
		for _, name := range guard.Second {
			if name == lifecycle.Created {
				events = append(events, b.text("record.rules.created"))
			} else if e := b.register.Life.Event(name); e != nil {
				events = append(events, e.Title.In(b.language))
			}
		}
		return b.text("record.rules.second", message.Args{"events": strings.Join(events, b.text("record.words.and"))})
	case guard.Closed != "":
		title := guard.Closed
		if r, known := b.scope.Register(guard.Closed); known {
			title = r.Title.In(b.language)
		}
		return b.text("record.rules.closed", message.Args{"register": title})
	}
	if say := guard.Say.In(b.language); say != "" {
		return b.text("record.rules.not_when", message.Args{"say": say})
	}
	return b.text("record.rules.holds", message.Args{"formula": b.formula(guard.Holds)})
}

// consequences tell what follows from an event.
func (b rulebook) consequences(e *lifecycle.Event) []string {
	var lines []string
	if e.Letter != "" {
		lines = append(lines, b.text("record.rules.letter_goes", message.Args{"letter": b.letterTitle(e.Letter)}))
	}
	if len(e.Tell) > 0 {
		lines = append(lines, b.text("record.rules.tells", message.Args{"who": b.people(e.Tell)}))
	}
	if e.Extend != nil {
		counted := lifecycle.Calendar
		if s := b.register.Life.State(e.From[0]); s != nil && s.Due != nil {
			counted = s.Due.Count
		}
		lines = append(lines, b.text("record.rules.extends", message.Args{"days": b.days(e.Extend, counted)}))
	}
	lines = append(lines, b.opens(e.Opens)...)
	if e.Grave {
		lines = append(lines, b.text("record.rules.grave"))
	}
	return lines
}

// lettersUsed are the names of the letters that events and steps send, in their order.
func (b rulebook) lettersUsed() []string {
	var names []string
	add := func(name string) {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, e := range b.register.Life.Events {
		add(e.Letter)
	}
	for _, s := range b.register.Life.States {
		for _, step := range slices.Concat(s.Remind, s.Late) {
			add(step.Letter)
		}
	}
	return names
}

func (b rulebook) ruledLetter(letter *pack.Letter) ruledLetter {
	one := ruledLetter{title: letter.Title.In(b.language), number: b.marks(letter.Number), to: b.marks(letter.To), copies: b.marks(letter.Copies),
		heading: b.marks(letter.Heading), source: b.ruledSource(letter.Source)}
	for _, line := range letter.Body {
		one.body = append(one.body, b.marks(line))
	}
	return one
}

// marks writes the marks of a letter as the words of what will stand there.
func (b rulebook) marks(text string) string {
	for _, name := range pack.MarksOfEveryLetter {
		text = strings.ReplaceAll(text, "{{"+name+"}}", b.text("record.words.marked", message.Args{"text": b.text("record.mark." + name)}))
	}
	for _, c := range b.register.Columns {
		text = strings.ReplaceAll(text, "{{"+c.Name+"}}", b.text("record.words.marked", message.Args{"text": c.Title.In(b.language)}))
	}
	return text
}

// parametersUsed are the names of all parameters of the rules, in the order in which they are met.
func (b rulebook) parametersUsed() []string {
	var names []string
	add := func(found []string) {
		for _, name := range found {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	for _, s := range b.register.Life.States {
		if s.Due != nil {
			add(b.parameters(s.Due.Within))
		}
	}
	for _, e := range b.register.Life.Events {
		add(b.parameters(e.Extend))
		for _, guard := range e.Guards {
			add(b.parameters(guard.Holds))
		}
		for _, set := range e.Set {
			add(b.parameters(set.To))
		}
		for _, opens := range e.Opens {
			add(b.parameters(opens.When))
		}
	}
	for _, c := range b.register.Columns {
		if c.Counts != nil {
			add(b.parameters(c.Counts.Months))
			add(b.parameters(c.Counts.Where))
		}
		add(b.parameters(c.Formula))
	}
	return names
}

func (b rulebook) ruledParameter(name string) (ruledParameter, bool) {
	one, number, dated, found := b.parameter(name)
	if !found {
		return ruledParameter{}, false
	}
	return ruledParameter{title: one.Title.In(b.language), value: shell.Number(number, 6), from: dated.From.Text(b.language), source: b.ruledSource(dated.Source)}, true
}
