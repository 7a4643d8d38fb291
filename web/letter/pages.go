package letter

import (
	"context"

	"jiaoheng/access"
	"jiaoheng/attachment"
	"jiaoheng/letter"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/web/shell"
)

// uploadLimit is the largest body of an upload: a template and the rest of its form.
const uploadLimit = letter.MaxTemplate + 1<<16

// Pages are the pages about letters.
type Pages struct {
	store    letter.Store
	set      func() *pack.Set
	preparer *attachment.Preparer
	seen     SeenBy
	nameOf   func(ctx context.Context, person string) string
}

// SeenBy tells whether a post may see a row one by one, beyond what the class of records says: registers with personal columns
// show single rows only to the posts that their declaration names.
type SeenBy func(post access.Post, of *pack.Register, thing access.Thing) bool

// New returns the pages. nameOf gives the name of a person by id; seen may be nil.
func New(set func() *pack.Set, store letter.Store, seen SeenBy, nameOf func(ctx context.Context, person string) string) *Pages {
	return &Pages{store: store, set: set, preparer: attachment.NewPreparer(1), seen: seen, nameOf: nameOf}
}

func (p *Pages) scope() *pack.Scope { return p.set().Everything() }

func (p *Pages) office() *letter.Office { return letter.NewOffice(p.set(), p.store) }

// Route is one address of these pages.
type Route struct {
	Pattern string
	Limit   int64
	Handler shell.Handler
}

// Routes returns every address of these pages.
func (p *Pages) Routes() []Route {
	return []Route{
		{"GET /letter", 0, p.List},
		{"GET /letter/export", 0, p.Export},
		{"GET /letter/{id}", 0, p.Show},
		{"GET /letter/{id}/file", 0, p.File},
		{"GET /admin/letter", 0, p.TemplateList},
		{"POST /admin/letter", 0, p.HeadChange},
		{"GET /admin/letter/{name}", 0, p.TemplateShow},
		{"POST /admin/letter/{name}", uploadLimit, p.TemplateUpload},
		{"POST /admin/letter/{name}/drop", 0, p.TemplateDrop},
		{"GET /admin/letter/{name}/sample", 0, p.TemplateSample},
		{"GET /admin/letter/{name}/form", 0, p.TemplateForm},
	}
}

// maySee tells whether the present post may see a letter: as it may see the row. The places of the units are those of today.
func (p *Pages) maySee(ctx context.Context, one letter.Letter) bool {
	view := shell.From(ctx)
	thing := one.Thing
	if number, known := view.Tree.Number(thing.Unit.Code); known {
		below := view.Tree.Subtree(number)
		thing.Unit.From, thing.Unit.To = below.From, below.To
	}
	if !access.May(view.Actor.Post, access.See, thing) {
		return false
	}
	of, known := p.scope().Register(one.Register)
	return !known || p.seen == nil || p.seen(view.Actor.Post, of, thing)
}

// kindTitle is the name of a kind of letter, also of one that no pack declares any more.
func (p *Pages) kindTitle(ctx context.Context, one letter.Letter) string {
	if declared, known := p.scope().Letter(one.Name); known {
		return declared.Title.In(shell.From(ctx).Language)
	}
	return one.Content.Kind
}

func text(ctx context.Context, key string, args ...message.Args) string {
	return shell.Text(ctx, "letter.page."+key, args...)
}
