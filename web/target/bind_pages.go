package target

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"jiaoheng/access"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/round"
	"jiaoheng/web/shell"
)

// Bindings are the pages on which targets are tied to what measures them.
type Bindings struct {
	store  target.BindingStore
	binder *target.Binder
	desk   *round.Desk
	board  *target.Board
	nameOf func(ctx context.Context, person string) string

	lock      sync.Mutex
	scope     *pack.Scope // that the proposer was made of
	proposer  *target.Proposer
	proposals map[string]proposed
}

// proposed are the proposals for the targets of a version of a plan.
type proposed struct {
	version int
	of      map[target.Track][]target.Proposal
}

// maxProposed is the number of plans whose proposals are kept.
const maxProposed = 50

// NewBindings returns the pages. NameOf returns what people call a person.
func NewBindings(store target.BindingStore, desk *round.Desk, board *target.Board, nameOf func(ctx context.Context, person string) string) *Bindings {
	return &Bindings{store: store, binder: target.NewBinder(store), desk: desk, board: board, nameOf: nameOf, proposals: map[string]proposed{}}
}

// BindRoute is one address of these pages.
type BindRoute struct {
	Pattern string
	Handler shell.Handler
}

// Routes returns every address of these pages.
func (b *Bindings) Routes() []BindRoute {
	return []BindRoute{
		{Pattern: "GET /plan/adopted/{plan}/bind", Handler: b.List},
		{Pattern: "POST /plan/adopted/{plan}/bind", Handler: b.Confirm},
		{Pattern: "GET /plan/adopted/{plan}/bind/xlsx", Handler: b.Export},
		{Pattern: "GET /target/{plan}/{track}/bind", Handler: b.Show},
		{Pattern: "POST /target/{plan}/{track}/bind", Handler: b.Choose},
	}
}

func bindAddress(plan string) string { return "/plan/adopted/" + url.PathEscape(plan) + "/bind" }

func bindOneAddress(plan string, track target.Track) string {
	return "/target/" + url.PathEscape(plan) + "/" + url.PathEscape(string(track)) + "/bind"
}

// States of a target on these pages, in the order of the work.
const (
	stateWaiting    = "waiting"    // a change waits for a second person
	stateSure       = "sure"       // the first proposal is sure
	stateCheck      = "check"      // there are proposals to look at
	stateOpen       = "open"       // nothing is proposed
	stateBound      = "bound"      // something measures it
	stateUnmeasured = "unmeasured" // decided that nothing can for now
)

var bindStates = []string{stateWaiting, stateSure, stateCheck, stateOpen, stateBound, stateUnmeasured}

// bindRow is a target with what measures it or may measure it.
type bindRow struct {
	info      target.TargetInfo
	state     string
	held      *target.Binding
	waiting   *target.Binding
	proposals []target.Proposal
	undo      bool // the person may take the own confirmation back
}

// source is what the row shows a value of: what holds, else the first proposal.
func (r bindRow) source() (target.Source, bool) {
	switch {
	case r.held != nil && r.state != stateUnmeasured:
		return r.held.SourceOf(), true
	case r.held == nil && len(r.proposals) > 0:
		return sourceOf(r.proposals[0]), true
	}
	return target.Source{}, false
}

func sourceOf(p target.Proposal) target.Source {
	return target.Source{Kind: target.FromIndicator, Name: p.Indicator, Stage: p.Stage}
}

// bindView is what the pages know of a plan.
type bindView struct {
	plan    plan.Plan
	home    string // code of the unit whose plan it is
	unit    string // its name
	where   access.Unit
	rows    []bindRow
	all     []target.Binding
	now     map[target.Source]target.Now
	names   map[string]string // of persons
	scope   *pack.Scope
	may     bool // the person may bind
	show    string
	search  string
	form    shell.Form
	chosen  bindRow // of the page of one target
	choices []choice
}

// open reads the plan of the address with its targets.
func (b *Bindings) open(r *http.Request) (*bindView, error) {
	ctx := r.Context()
	post := shell.From(ctx).Actor.Post
	if !plan.MaySee(post) {
		return nil, shell.NoRight
	}
	board, err := b.board.View(ctx)
	if err != nil {
		return nil, err
	}
	one, known := board.Plan(r.PathValue("plan"))
	if !known {
		return nil, shell.NotFound
	}
	v := &bindView{plan: one.Plan, home: one.Home, where: person.At(board.Tree, one.Home), scope: b.desk.Scope()}
	if n, known := board.Tree.Number(one.Home); known {
		v.unit = board.Tree.At(n).Name
	}
	v.may = target.MayBind(post, v.where)
	if v.all, err = b.store.Bindings(ctx, v.plan.ID); err != nil {
		return nil, err
	}
	waiting, offered := target.Waiting(v.all), b.proposalsFor(one)
	for _, info := range one.Targets() {
		row := bindRow{info: info, held: info.Binding, proposals: offered[info.Track]}
		if change, waits := waiting[info.Track]; waits {
			row.waiting = &change
		}
		row.state = row.stateNow()
		row.undo = v.may && row.held != nil && row.held.MayUndo(post, shell.From(ctx).Now)
		v.rows = append(v.rows, row)
	}
	return v, nil
}

func (r bindRow) stateNow() string {
	switch {
	case r.waiting != nil:
		return stateWaiting
	case r.held != nil && r.held.Kind == target.FromNothing:
		return stateUnmeasured
	case r.held != nil:
		return stateBound
	case len(r.proposals) == 0:
		return stateOpen
	case r.proposals[0].Sure():
		return stateSure
	}
	return stateCheck
}

// proposalsFor returns what the program proposes for the targets of a plan. The packs and a version never change, so it is
// worked out once for each.
func (b *Bindings) proposalsFor(one *target.PlanBoard) map[target.Track][]target.Proposal {
	b.lock.Lock()
	defer b.lock.Unlock()
	if scope := b.desk.Scope(); b.scope != scope {
		b.scope, b.proposer = scope, target.NewProposer(scope)
		clear(b.proposals)
	}
	if held, known := b.proposals[one.Plan.ID]; known && held.version == one.Plan.Versions {
		return held.of
	}
	if len(b.proposals) >= maxProposed {
		clear(b.proposals)
	}
	made := proposed{version: one.Plan.Versions, of: map[target.Track][]target.Proposal{}}
	for _, info := range one.Targets() {
		made.of[info.Track] = b.proposer.Propose(info.Node)
	}
	b.proposals[one.Plan.ID] = made
	return made.of
}

// values reads what the sources of rows show now.
func (b *Bindings) values(ctx context.Context, v *bindView, rows []bindRow, more ...target.Source) error {
	sources := slices.Clone(more)
	for _, row := range rows {
		if s, has := row.source(); has {
			sources = append(sources, s)
		}
	}
	slices.SortFunc(sources, func(x, y target.Source) int {
		return cmp.Or(strings.Compare(string(x.Kind), string(y.Kind)), strings.Compare(x.Name, y.Name), strings.Compare(x.Stage, y.Stage))
	})
	var err error
	v.now, err = target.Latest(ctx, b.desk, v.home, slices.Compact(sources))
	return err
}

// find returns the row of the target of the address.
func (v *bindView) find(track target.Track) (bindRow, bool) {
	at := slices.IndexFunc(v.rows, func(row bindRow) bool { return row.info.Track == track })
	if at < 0 {
		return bindRow{}, false
	}
	return v.rows[at], true
}

// count returns how many targets are in a state, "" for all.
func (v *bindView) count(state string) int {
	n := 0
	for _, row := range v.rows {
		if state == "" || row.state == state {
			n++
		}
	}
	return n
}

// shown are the rows that the filter lets through.
func (v *bindView) shown() []bindRow {
	if v.show == "" {
		return v.rows
	}
	return slices.DeleteFunc(slices.Clone(v.rows), func(row bindRow) bool { return row.state != v.show })
}

// title returns what people call the source of values.
func (v *bindView) title(ctx context.Context, s target.Source) string {
	language := shell.From(ctx).Language
	name := s.Name
	switch s.Kind {
	case target.FromIndicator:
		if i, known := v.scope.Indicator(s.Name); known {
			name = i.Title.In(language)
			if s.Stage == "" && len(i.Stages) > 1 {
				name = message.Text(language, "target.bind.of_weakest", message.Args{"name": name})
			}
		}
	case target.FromRegister:
		if i, known := v.scope.Item(s.Name); known {
			name = i.Title.In(language)
		}
	}
	if s.Stage != "" {
		name = message.Text(language, "target.bind.of_stage", message.Args{"name": name, "stage": message.Word("unit.stage." + s.Stage)})
	}
	return name
}

// wants returns what the plan asks for: the figure and the day.
func wants(ctx context.Context, node plan.Node) string {
	language := shell.From(ctx).Language
	value := plan.ValueText(language, node.Fields)
	if value == "" {
		value = shell.Text(ctx, "target.bind.no_figure")
	}
	return message.Text(language, "target.bind.wants", message.Args{"value": value, "deadline": plan.DeadlineText(language, node.Fields)})
}

// grounds writes the reasons of a proposal.
func grounds(ctx context.Context, p target.Proposal) string {
	texts := make([]string, len(p.Why))
	for k, g := range p.Why {
		texts[k] = g.Text(shell.From(ctx).Language)
	}
	return strings.Join(texts, shell.Text(ctx, "target.bind.between"))
}
