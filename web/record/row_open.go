package record

import (
	"context"
	"errors"
	"net/http"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// refused says that somebody may not do something with a register, and who may.
type refused struct {
	register *pack.Register
	sees     bool // it is about looking, not about making
	names    bool // the register holds personal columns: counts are all that the post sees
}

// Error names the refusal in logs; people see its page.
func (refused) Error() string { return "record pages: refused" }

// asking shows what refused says in place of a bare refusal.
func (p *Pages) asking(handler shell.Handler) shell.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		err := handler(w, r)
		var no refused
		if !errors.As(err, &no) {
			return err
		}
		ctx := r.Context()
		page := shell.Page{Title: no.register.Title.In(shell.From(ctx).Language), Word: "register", Trail: trail(ctx), Styles: []string{"record-row.css"}}
		return shell.Render(w, r, http.StatusForbidden, page, refusedPage(no.empty(ctx)))
	}
}

// empty says why, what to do next and whom to ask.
func (no refused) empty(ctx context.Context) shell.Empty {
	language := shell.From(ctx).Language
	args := message.Args{"register": no.register.Title, "post": shell.From(ctx).Post}
	empty := shell.Empty{Icon: "lock", Next: []shell.Button{{Label: shell.Text(ctx, "record.row.read_rules"), Icon: "list-details", Address: shell.Here(ctx, address(no.register, "rules"))}}}
	switch {
	case no.names:
		args["who"] = namesText(ctx, no.register)
		empty.Title, empty.Text = shell.Text(ctx, "record.refused.counts"), shell.Text(ctx, "record.refused.counts_why", args)
		empty.Ask = shell.Text(ctx, "record.refused.ask", args)
	case no.sees:
		empty.Title, empty.Text = shell.Text(ctx, "record.refused.see"), shell.Text(ctx, "record.refused.see_why", args)
		args["who"] = lifecycle.TextOf(no.register.Life.Create, language)
		empty.Ask = shell.Text(ctx, "record.refused.ask", args)
	default:
		args["who"] = lifecycle.TextOf(no.register.Life.Create, language)
		empty.Title, empty.Text = shell.Text(ctx, "record.refused.create"), shell.Text(ctx, "record.refused.create_why", args)
		empty.Ask = shell.Text(ctx, "record.refused.ask", args)
	}
	return empty
}

// absent makes of the fault that a row is not there the answer of a page.
func absent(err error) error {
	for _, one := range fault.Of(err) {
		if one.Code == "record.row_gone" || one.Code == "register.not_found" {
			return shell.NotFound
		}
	}
	return err
}

// opened is the row of the address, for somebody who may see it.
type opened struct {
	register *pack.Register
	row      register.Row // personal cells masked
	state    *lifecycle.State
	post     access.Post
}

// openRow returns the row of the address.
//
// Errors: shell.NotFound; shell.NoRight for whoever has no business with rows at all; refused for who may not see this one.
func (p *Pages) openRow(r *http.Request) (opened, error) {
	ctx := r.Context()
	of, known := p.records.Register(r.PathValue("register"))
	if !known {
		return opened{}, shell.NotFound
	}
	o := opened{register: of, post: shell.From(ctx).Actor.Post}
	if !shell.May(ctx, access.See, access.Record) && !shell.MayStand(ctx, access.Record) {
		return o, shell.NoRight
	}
	row, err := p.records.Find(ctx, of, r.PathValue("row"))
	if err != nil {
		return o, absent(err)
	}
	o.row, o.state = row, of.Life.State(register.TextOf(of, row, pack.ColumnState))
	if o.state == nil {
		return o, shell.NotFound
	}
	if !p.records.MaySee(o.post, of, row) {
		return o, refused{register: of, sees: true, names: record.HasPersonal(of) && !p.records.Single(o.post, of, row.Unit)}
	}
	return o, nil
}

// rowAddress is where a row of a register is shown.
func rowAddress(ctx context.Context, of *pack.Register, id string, parts ...string) string {
	return shell.Here(ctx, address(of, append([]string{"row", id}, parts...)...))
}

// namesText names the posts that look at the rows of a register with personal columns one by one.
func namesText(ctx context.Context, of *pack.Register) string {
	return lifecycle.TextOf(append([]lifecycle.Who{{Relation: lifecycle.Own}}, of.Names...), shell.From(ctx).Language)
}
