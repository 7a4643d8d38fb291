package register

import (
	"context"
	"jiaoheng/access"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// The states of a finding, in the order of the chips.
const (
	findingOpen    = "open"    // nobody has found anything yet
	findingMet     = "met"     // found to be so, with an attachment
	findingUnmet   = "unmet"   // found not to be so, with an attachment
	findingLacking = "lacking" // found without any attachment, such as by an import
)

var findingStates = []string{findingOpen, findingLacking, findingMet, findingUnmet}

// finding is one requirement of one unit.
type finding struct {
	register *pack.Register
	column   *pack.Column
	period   period.Period
	unit     unit.Unit
	row      register.Row // zero when there is none
	cell     register.Cell
	files    int
}

func (f finding) state() string {
	switch {
	case !f.cell.Known:
		return findingOpen
	case f.files == 0:
		return findingLacking
	case f.cell.Number != 0:
		return findingMet
	}
	return findingUnmet
}

// findingsView is what the list of findings shows.
type findingsView struct {
	shell.Standing
	state  string
	counts map[string]int
	shown  []finding
	page   int
	of     int
	count  int
}

// FindingList shows what persons have to find below the standing unit, and what they found.
func (p *Pages) FindingList(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	standing, err := p.stand(r, period.SchoolYear, access.Fact)
	if err != nil {
		return err
	}
	view := findingsView{Standing: standing, counts: map[string]int{}, state: r.URL.Query().Get("state")}
	if !slices.Contains(findingStates, view.state) {
		view.state = ""
	}
	var all []finding
	for _, one := range p.desk.Scope().Registers() {
		found, err := p.findings(ctx, one, standing)
		if err != nil {
			return err
		}
		for _, f := range found {
			view.counts[f.state()]++
			view.counts[""]++
			if view.state == "" || f.state() == view.state {
				all = append(all, f)
			}
		}
	}
	view.count, view.of = len(all), max(1, (len(all)+PageRows-1)/PageRows)
	number, _ := strconv.Atoi(r.URL.Query().Get(PagePart))
	view.page = min(max(number, 1), view.of)
	view.shown = all[(view.page-1)*PageRows : min(view.page*PageRows, len(all))]
	page := shell.Page{Title: shell.Text(ctx, "register.page.findings"), Lead: shell.Text(ctx, "register.page.findings_lead"), Word: "register", Wide: true,
		Trail: trail(ctx), Styles: []string{"register.css"}, Source: shell.Text(ctx, "register.page.source")}
	return shell.Render(w, r, http.StatusOK, page, findingList(view))
}

// findings are the requirements of one register for the units below the standing one.
func (p *Pages) findings(ctx context.Context, of *pack.Register, standing shell.Standing) ([]finding, error) {
	if !hasFindings(of) || of.Every == 0 {
		return nil, nil
	}
	in, tree := p.fitting(standing.Period, of.Every), shell.From(ctx).Tree
	rows := map[string]register.Row{}
	query := register.Query{Period: in}
	if standing.Number > 0 {
		query.Under = standing.Unit.Code
	}
	for row, err := range p.store.RegisterEach(ctx, of, query) {
		if err != nil {
			return nil, err
		}
		rows[row.Unit] = row
	}
	counts, err := p.store.AttachmentCounts(ctx, ownerTable(of))
	if err != nil {
		return nil, err
	}
	var all []finding
	below := tree.Subtree(standing.Number)
	for n := below.From; n < below.To; n++ {
		u := tree.At(n)
		row, has := rows[u.Code]
		if !register.Keeps(of, u) || !has && !u.OpenOn(register.Day(in)) {
			continue
		}
		for at, c := range of.Columns {
			if !c.Attach {
				continue
			}
			f := finding{register: of, column: c, period: in, unit: u, row: row}
			if has {
				f.cell, f.files = row.Cells[at], counts[ownerRow(row.ID, c)]
			}
			all = append(all, f)
		}
	}
	return all, nil
}

func findingAddress(ctx context.Context, of *pack.Register, column *pack.Column, code string) string {
	return shell.There(address(of, "finding", column.Name), code, shell.From(ctx).Standing.Period)
}

func findingTable(ctx context.Context, view findingsView) shell.Table {
	language := shell.From(ctx).Language
	table := shell.Table{Caption: shell.Text(ctx, "register.page.findings"), Count: shell.Text(ctx, "register.page.findings_count", message.Args{"count": shell.Count(view.count)}),
		Empty: shell.EmptyState(shell.Empty{Icon: "clipboard-check", Title: shell.Text(ctx, "register.page.findings_none"), Text: shell.Text(ctx, "register.page.findings_none_why")}),
		Columns: []shell.Column{{Title: shell.Text(ctx, "register.page.requirement")}, {Title: shell.Text(ctx, "register.page.unit")}, {Title: shell.Text(ctx, "register.page.verdict"), Align: shell.Short},
			{Title: shell.Text(ctx, "register.page.evidence"), Align: shell.Short}, {Title: shell.Text(ctx, "register.page.last"), Align: shell.Short}}}
	for _, f := range view.shown {
		last := shell.Text(ctx, "register.page.none_yet")
		if f.cell.Known {
			last = shell.Date(ctx, f.row.Origin.At)
		}
		table.Rows = append(table.Rows, []shell.Cell{
			{Text: f.column.Title.In(language), Address: shell.There(address(f.register, "finding", f.column.Name), f.unit.Code, f.period), Note: f.register.Title.In(language)},
			{Text: f.unit.Name},
			{Body: findingStatus(f)},
			{Text: shell.Text(ctx, "register.page.files", message.Args{"count": f.files})},
			{Text: last},
		})
	}
	return table
}

func findingChips(ctx context.Context, view findingsView) []shell.Chip {
	var chips []shell.Chip
	for _, state := range append([]string{""}, findingStates...) {
		chip := shell.Chip{Label: shell.Text(ctx, "register.page.state.all"), Count: shell.Count(view.counts[state]), Current: state == view.state, Address: shell.Here(ctx, "/register/finding")}
		if state != "" {
			chip.Label = shell.Text(ctx, "register.page.state."+state)
			chip.Address = shell.Here(ctx, "/register/finding?state="+url.QueryEscape(state))
		}
		chips = append(chips, chip)
	}
	return chips
}

func findingPages(ctx context.Context, view findingsView) shell.Pages {
	turn := func(to int) string {
		return shell.Here(ctx, "/register/finding?"+url.Values{"state": {view.state}, PagePart: {strconv.Itoa(to)}}.Encode())
	}
	pages := shell.Pages{Page: view.page, Of: view.of}
	if view.page > 1 {
		pages.Before = turn(view.page - 1)
	}
	if view.page < view.of {
		pages.After = turn(view.page + 1)
	}
	return pages
}
