package admin

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/message"
	"jiaoheng/person"
	"jiaoheng/store"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// kindsFor returns the events that may happen to a unit; none when it has ended, or is a section.
func kindsFor(u unit.Unit) []unit.EventKind {
	if !u.Closed.IsZero() {
		return nil
	}
	switch u.Kind {
	case unit.Section:
		return nil
	case unit.School:
		return []unit.EventKind{unit.Merge, unit.Split, unit.Rename, unit.Move, unit.Restage, unit.Close}
	case unit.Kindergarten, unit.Office, unit.Training:
		return []unit.EventKind{unit.Merge, unit.Split, unit.Rename, unit.Move, unit.Close}
	}
	if u.Parent == "" {
		return []unit.EventKind{unit.Open, unit.Rename}
	}
	return []unit.EventKind{unit.Open, unit.Merge, unit.Split, unit.Rename, unit.Move, unit.Close}
}

func kindLabel(ctx context.Context, kind unit.EventKind) string {
	return shell.Text(ctx, "unit.page.do."+string(kind))
}

func eventAddress(code string, kind unit.EventKind) string {
	return unitPage(code) + "/event?kind=" + url.QueryEscape(string(kind))
}

func sectionName(ctx context.Context, one unit.Unit) string {
	if one.Kind != unit.Section {
		return one.Name
	}
	return shell.Text(ctx, "admin.units.section", message.Args{"name": one.Name, "stage": stagesText(ctx, one)})
}

func documentAndReason(ctx context.Context, e unit.Event) string {
	if e.Document != "" && e.Reason != "" {
		return shell.Text(ctx, "unit.page.document_reason", message.Args{"document": e.Document, "reason": e.Reason})
	}
	return e.Document + e.Reason
}

func countArgs(count int) message.Args { return message.Args{"count": shell.Count(count)} }

func joined(ctx context.Context, words []string) string {
	return strings.Join(words, shell.Text(ctx, "admin.and"))
}

func sortPairs(pairs [][2]string) {
	slices.SortFunc(pairs, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
}

// unitChoices returns the units of the same kind, and the regions of a higher level, that are open and not the unit itself.
func unitChoices(ctx context.Context, view unitShowView) (peers, regions []shell.Option) {
	tree := shell.From(ctx).Tree
	below := tree.SubtreeOf(view.unit.Code)
	for n := range tree.Len() {
		one := tree.At(n)
		if !one.Closed.IsZero() || below.Contains(n) {
			continue
		}
		option := shell.Option{Value: one.Code, Label: strings.Repeat("　", tree.Depth(n)) + one.Name}
		if one.Kind == view.unit.Kind {
			option.Label = one.Name
			peers = append(peers, option)
		} else if holdsOthers(one.Kind) {
			regions = append(regions, option)
		}
	}
	return peers, regions
}

func holdsOthers(kind unit.Kind) bool {
	return slices.Contains([]unit.Kind{unit.Province, unit.City, unit.County, unit.Township}, kind)
}

// newKindOptions are the kinds that may be opened below a region.
func newKindOptions(ctx context.Context, above unit.Unit) []shell.Option {
	kinds := []unit.Kind{unit.School, unit.Kindergarten, unit.Office, unit.Training}
	lower := map[unit.Kind]unit.Kind{unit.Province: unit.City, unit.City: unit.County, unit.County: unit.Township}
	if next, found := lower[above.Kind]; found {
		kinds = append(kinds, next)
	}
	options := make([]shell.Option, len(kinds))
	for i, kind := range kinds {
		options[i] = shell.Option{Value: string(kind), Label: KindName(ctx, kind)}
	}
	return options
}

func ownershipOptions(ctx context.Context) []shell.Option {
	options := []shell.Option{{Label: shell.Text(ctx, "unit.page.unsaid")}}
	for _, one := range []unit.Ownership{unit.Public, unit.Private} {
		options = append(options, shell.Option{Value: string(one), Label: shell.Text(ctx, "admin.ownership."+string(one))})
	}
	return options
}

func settingOptions(ctx context.Context) []shell.Option {
	options := []shell.Option{{Label: shell.Text(ctx, "unit.page.unsaid")}}
	for _, one := range []unit.Setting{unit.Urban, unit.Town, unit.Rural} {
		options = append(options, shell.Option{Value: string(one), Label: shell.Text(ctx, "admin.setting."+string(one))})
	}
	return options
}

func stageField(ctx context.Context, view eventView, stage unit.Stage) shell.Field {
	return shell.Field{Name: stageFieldName(stage), Kind: "check", Label: shell.Text(ctx, "unit.stage."+string(stage)),
		Checked: view.event.Kind == unit.Restage && slices.Contains(view.unit.Stages, stage)}.From(ctx, view.form)
}

// changeTable lists the units that the event changes, each with what becomes of it.
func changeTable(ctx context.Context, after *unit.History, outcome unit.Outcome) shell.Table {
	head := func(word string) string { return shell.Text(ctx, "unit.preview."+word) }
	table := shell.Table{Caption: head("units_caption"), Columns: []shell.Column{{Title: shell.Text(ctx, "admin.units.name")},
		{Title: shell.Text(ctx, "admin.units.code"), Align: shell.Short}, {Title: head("what")}}}
	for i, one := range outcome.Changed {
		table.Rows = append(table.Rows, []shell.Cell{{Text: sectionName(ctx, outcome.Event.Was[i])}, {Text: one.Code}, {Text: differences(ctx, after, outcome.Event.Was[i], one)}})
	}
	for _, one := range outcome.Created {
		table.Rows = append(table.Rows, []shell.Cell{{Text: sectionName(ctx, one)}, {Text: one.Code}, {Text: head("created")}})
	}
	return table
}

// differences tells in words what changes from one state of a unit to the next.
func differences(ctx context.Context, after *unit.History, was, is unit.Unit) string {
	var words []string
	say := func(word string, args message.Args) {
		words = append(words, shell.Text(ctx, "unit.preview."+word, args))
	}
	if was.Name != is.Name {
		say("renamed", message.Args{"name": is.Name})
	}
	if was.Parent != is.Parent {
		above, _ := after.Find(is.Parent)
		say("moved", message.Args{"name": above.Name})
	}
	if is.Kind != unit.Section && !slices.Equal(was.Stages, is.Stages) {
		say("restaged", message.Args{"stages": stagesText(ctx, is)})
	}
	if was.Opened != is.Opened {
		say("opened", message.Args{"date": dateText(ctx, is.Opened)})
	}
	if was.Closed != is.Closed && !is.Closed.IsZero() {
		say("closed", message.Args{"date": dateText(ctx, is.Closed)})
	}
	if was.Closed != is.Closed && is.Closed.IsZero() {
		say("reopened", nil)
	}
	return joined(ctx, words)
}

// moveTable lists the posts that follow, by the name of the person where it may be seen.
func (u Units) moveTable(ctx context.Context, after *unit.History, moves []store.PostMove, named bool) shell.Table {
	head := func(word string) string { return shell.Text(ctx, "unit.preview."+word) }
	table := shell.Table{Caption: head("posts_caption"), Columns: []shell.Column{{Title: head("person")}, {Title: shell.Text(ctx, "admin.posts.role")},
		{Title: head("from")}, {Title: head("into")}}, Empty: shell.Note(head("no_posts"))}
	nameOf := NamesOf(u.Store)
	for _, move := range moves {
		from, _ := after.Find(move.From)
		into := head("ends")
		if one, known := after.Find(move.Into); known {
			into = sectionName(ctx, one)
		}
		name := head("somebody")
		if named || access.May(shell.From(ctx).Actor.Post, access.See, access.Thing{Class: access.People, Unit: person.At(shell.From(ctx).Tree, move.From)}) {
			name = nameOf(ctx, move.Person)
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: name}, {Text: access.Role(move.Role).Text(shell.From(ctx).Language)}, {Text: sectionName(ctx, from)}, {Text: into}})
	}
	return table
}

// affectedNames are the units above those that change, on either side of the day: their figures change from then on.
func affectedNames(before, after *unit.History, outcome unit.Outcome) []string {
	if outcome.Event.Kind == unit.Rename {
		return nil
	}
	var names []string
	told := map[string]bool{}
	climb := func(h *unit.History, code string) {
		for u, known := h.Find(code); known; u, known = h.Find(u.Parent) {
			if !told[u.Code] && u.Kind != unit.Section {
				names = append(names, u.Name)
			}
			told[u.Code] = true
			if u.Parent == "" {
				return
			}
		}
	}
	for _, one := range append(outcome.Changed, outcome.Created...) {
		told[one.Code] = !slices.Contains(outcome.Event.Into, one.Code)
	}
	for _, one := range outcome.Event.Was {
		climb(before, one.Parent)
	}
	for _, one := range append(outcome.Changed, outcome.Created...) {
		climb(after, one.Parent)
	}
	for _, code := range outcome.Event.Into { // a successor may itself stay as it was
		climb(after, code)
	}
	return names
}
