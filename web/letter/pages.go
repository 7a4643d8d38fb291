package letter

import (
	"context"

	"jiaoheng/access"
	"jiaoheng/attachment"
	"jiaoheng/letter"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// uploadLimit is the largest body of an upload: a template and the rest of its form.
const uploadLimit = letter.MaxTemplate + 1<<16

// Store is what the pages read and write.
type Store interface {
	letter.Store
	// RegisterByID returns rows by id, personal cells masked; those that are not there are left out.
	RegisterByID(ctx context.Context, r *pack.Register, ids []string) (map[string]register.Row, error)
}

// Rows tells who may look at rows one by one.
type Rows interface {
	MaySee(post access.Post, r *pack.Register, row register.Row) bool
	// MaySeeAs answers the same for a row of which only is known how it stood.
	MaySeeAs(post access.Post, r *pack.Register, thing access.Thing) bool
}

// Pages are the pages about letters.
type Pages struct {
	store    Store
	set      func() *pack.Set
	preparer *attachment.Preparer
	rows     Rows
	nameOf   func(ctx context.Context, person string) string
}

// New returns the pages. nameOf gives the name of a person by id.
func New(set func() *pack.Set, store Store, rows Rows, nameOf func(ctx context.Context, person string) string) *Pages {
	return &Pages{store: store, set: set, preparer: attachment.NewPreparer(1), rows: rows, nameOf: nameOf}
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
