package round

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"jiaoheng/access"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/round"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// Pages are the pages of one desk.
type Pages struct {
	desk   *round.Desk
	store  round.Keeper
	nameOf func(ctx context.Context, person string) string
}

// New returns the pages. nameOf gives the name of a person by id.
func New(desk *round.Desk, store round.Keeper, nameOf func(ctx context.Context, person string) string) *Pages {
	return &Pages{desk: desk, store: store, nameOf: nameOf}
}

// Route is one address of these pages.
type Route struct {
	Pattern string
	Handler shell.Handler
}

// Routes returns every address of these pages.
func (p *Pages) Routes() []Route {
	return []Route{
		{"GET /round", p.Show},
		{"GET /round/line", p.Line},
		{"GET /round/schools", p.Schools},
		{"GET /round/coefficient", p.Coefficient},
		{"GET /round/shortfall", p.Shortfall},
		{"GET /round/compare", p.Compare},
		{"GET /round/keep", p.KeepForm},
		{"GET /round/kept", p.KeptList},
		{"POST /round/kept", p.Keep},
		{"GET /round/kept/{id}", p.KeptShow},
		{"GET /round/kept/{id}/json", p.KeptExport},
		{"POST /round/kept/{id}/repeat", p.KeptRepeat},
	}
}

func unitAt(tree *unit.Tree, number int) access.Unit {
	below := tree.Subtree(number)
	return access.Unit{Code: tree.At(number).Code, From: below.From, To: below.To}
}

// asked is what an address asks about and what was found.
type asked struct {
	ctx      context.Context
	language message.Language
	packs    []*pack.Pack // those that can be chosen
	pack     *pack.Pack
	standing shell.Standing
	switches []string // those that are on by the address, in order
	outcome  *round.Outcome
	row      int // of the standing unit
}

// ask reads the address and evaluates.
//
// Errors: NoRight, NotFound for names that are not known, and what the desk returns.
func (p *Pages) ask(r *http.Request) (*asked, error) {
	return p.askAbout(r, judging(p.desk.Set()), r.URL.Query().Get("pack"))
}

// askAbout is ask with one of the packs given.
func (p *Pages) askAbout(r *http.Request, packs []*pack.Pack, name string) (*asked, error) {
	ctx := r.Context()
	if !shell.MayStand(ctx, access.Fact) {
		return nil, shell.NoRight
	}
	periods, err := p.desk.Periods(ctx, period.SchoolYear)
	if err != nil {
		return nil, err
	}
	a := &asked{ctx: ctx, language: shell.From(ctx).Language, packs: packs}
	if a.standing, err = shell.Stand(r, access.Fact, periods); err != nil {
		return nil, err
	}
	if a.pack = packNamed(a.packs, name); a.pack == nil {
		return nil, shell.NotFound
	}
	scope, on := p.desk.Set().Closure(a.pack.Name), map[string]bool{}
	for _, name := range r.URL.Query()["switch"] {
		if _, known := scope.Switch(name); !known {
			return nil, shell.NotFound
		}
		on[name] = true
	}
	for name := range on {
		a.switches = append(a.switches, name)
	}
	slices.Sort(a.switches)
	a.outcome, err = p.desk.Evaluate(ctx, round.Question{Pack: a.pack.Name, Period: a.standing.Period, Unit: a.standing.Unit.Code, Switches: on})
	if err != nil {
		return nil, err
	}
	a.row = a.outcome.Space().Root()
	return a, nil
}

// judging returns the packs that judge: those with a verdict first, in the order of their names.
func judging(set *pack.Set) []*pack.Pack {
	var verdicts, others []*pack.Pack
	for _, one := range set.Packs {
		switch {
		case one.Extends != "" || len(one.Standards) == 0:
		case slices.ContainsFunc(one.Standards, func(s *pack.Standard) bool { return s.Verdict }):
			verdicts = append(verdicts, one)
		default:
			others = append(others, one)
		}
	}
	return append(verdicts, others...)
}

// packNamed returns the pack of a name, the first one for "", nil for an unknown one.
func packNamed(packs []*pack.Pack, name string) *pack.Pack {
	for _, one := range packs {
		if name == "" || one.Name == name {
			return one
		}
	}
	return nil
}

// address returns an address of these pages with pack, unit, period and switches, and pairs of names and values.
func (a *asked) address(path string, pairs ...string) string {
	return a.addressWith(path, a.pack.Name, a.standing.Unit.Code, a.switches, pairs...)
}

// addressOf is address for another unit.
func (a *asked) addressOf(path, code string, pairs ...string) string {
	return a.addressWith(path, a.pack.Name, code, a.switches, pairs...)
}

func (a *asked) addressWith(path, pack, code string, switches []string, pairs ...string) string {
	values := url.Values{"pack": {pack}, shell.UnitPart: {code}, shell.PeriodPart: {a.standing.Period.String()}}
	if len(switches) > 0 {
		values["switch"] = switches
	}
	for k := 0; k+1 < len(pairs); k += 2 {
		if pairs[k+1] != "" {
			values.Set(pairs[k], pairs[k+1])
		}
	}
	return path + "?" + values.Encode()
}

// text is shell.Text.
func (a *asked) text(key string, args ...message.Args) string { return shell.Text(a.ctx, key, args...) }

// packTitle is the short name of a pack, or its title.
func packTitle(ctx context.Context, one *pack.Pack) string {
	if key := "round.pack." + one.Name; message.Has(key) {
		return shell.Text(ctx, key)
	}
	return one.Title.In(shell.From(ctx).Language)
}

// packChips are the packs to choose from.
func (a *asked) packChips(path string) []shell.Chip {
	chips := make([]shell.Chip, len(a.packs))
	for k, one := range a.packs {
		chips[k] = shell.Chip{Label: packTitle(a.ctx, one), Current: one == a.pack, Address: a.addressWith(path, one.Name, a.standing.Unit.Code, nil)}
	}
	return chips
}

// page is the frame of a page of this package.
func (a *asked) page(title string) shell.Page {
	return shell.Page{Title: title, Word: "round", Styles: []string{"round.css"}, Wide: true,
		Source: a.text("round.source", message.Args{"pack": a.pack.Title.In(a.language), "version": a.pack.Version})}
}
