package admin

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/message"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// maxQuery is the longest text that a list is searched for, in characters.
const maxQuery = 50

// unitView is what the page of units shows. Sections are shown when asked for: they repeat their schools.
type unitView struct {
	total int
	query string
	kinds []shell.Chip
	table shell.Table
	pages shell.Pages
}

// UnitList shows the tree of units, one kind of them, or those whose name or code holds a text.
func UnitList(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !shell.May(ctx, access.See, access.Structure) {
		return shell.NoRight
	}
	view := newUnitView(ctx, shell.From(ctx).Tree, r.URL.Query())
	return shell.Render(w, r, http.StatusOK, page(ctx, "units"), unitList(view))
}

func newUnitView(ctx context.Context, tree *unit.Tree, query url.Values) unitView {
	kind, text := unit.Kind(query.Get("kind")), strings.TrimSpace(query.Get("text"))
	if utf8.RuneCountInString(text) > maxQuery {
		text = string([]rune(text)[:maxQuery])
	}
	view := unitView{query: text}
	counts := map[unit.Kind]int{}
	var found []int
	for n := range tree.Len() {
		one := tree.At(n)
		counts[one.Kind]++
		if one.Kind != unit.Section {
			view.total++
		}
		if (one.Kind == kind || kind == "" && one.Kind != unit.Section) && (text == "" || strings.Contains(one.Name, text) || strings.Contains(one.Code, text)) {
			found = append(found, n)
		}
	}
	view.kinds = kindChips(ctx, counts, view.total, kind, text)
	number, from, to := cut(query.Get("page"), len(found))
	view.pages = shell.Pages{Page: number, Of: (len(found) + pageRows - 1) / pageRows}
	if number > 1 {
		view.pages.Before = unitAddress(kind, text, number-1)
	}
	if number < view.pages.Of {
		view.pages.After = unitAddress(kind, text, number+1)
	}
	view.table = unitTable(ctx, tree, found[from:to], len(found))
	return view
}

// cut returns the number of the page that is asked for, and the interval of rows on it.
func cut(text string, rows int) (number, from, to int) {
	number, err := strconv.Atoi(text)
	last := max(1, (rows+pageRows-1)/pageRows)
	if err != nil || number < 1 {
		number = 1
	}
	number = min(number, last)
	from = (number - 1) * pageRows
	return number, from, min(from+pageRows, rows)
}

func unitAddress(kind unit.Kind, text string, number int) string {
	query := url.Values{}
	if kind != "" {
		query.Set("kind", string(kind))
	}
	if text != "" {
		query.Set("text", text)
	}
	if number > 1 {
		query.Set("page", strconv.Itoa(number))
	}
	if len(query) == 0 {
		return "/admin/unit"
	}
	return "/admin/unit?" + query.Encode()
}

func kindChips(ctx context.Context, counts map[unit.Kind]int, total int, current unit.Kind, text string) []shell.Chip {
	chips := []shell.Chip{{Label: shell.Text(ctx, "admin.units.all"), Count: shell.Count(total), Address: unitAddress("", text, 1), Current: current == ""}}
	for _, kind := range unit.Kinds() {
		if counts[kind] > 0 {
			chips = append(chips, shell.Chip{Label: KindName(ctx, kind), Count: shell.Count(counts[kind]),
				Address: unitAddress(kind, text, 1), Current: kind == current})
		}
	}
	return chips
}

// KindName returns the word for a kind of units.
func KindName(ctx context.Context, kind unit.Kind) string {
	return shell.Text(ctx, "admin.kind."+string(kind))
}

func unitTable(ctx context.Context, tree *unit.Tree, numbers []int, found int) shell.Table {
	head := func(word string) string { return shell.Text(ctx, "admin.units."+word) }
	table := shell.Table{
		Caption: shell.Text(ctx, "admin.units.title"),
		Columns: []shell.Column{{Title: head("name")}, {Title: head("code"), Align: shell.Short}, {Title: head("kind"), Align: shell.Short},
			{Title: head("above")}, {Title: head("stages")}, {Title: head("running")}, {Title: head("below"), Align: shell.Figures}},
		Count: shell.Text(ctx, "admin.rows", message.Args{"shown": shell.Count(len(numbers)), "count": shell.Count(found)}),
		Empty: shell.EmptyState(shell.Empty{Icon: "search", Title: head("none"), Text: head("none_why"),
			Next: []shell.Button{{Label: head("all_again"), Address: "/admin/unit"}}}),
	}
	for _, n := range numbers {
		one := tree.At(n)
		above := ""
		if parent := tree.Parent(n); parent >= 0 {
			above = tree.At(parent).Name
		}
		count := ""
		if size := below(tree, n); size > 0 {
			count = shell.Count(size)
		}
		name := one.Name
		if one.Kind == unit.Section {
			name = shell.Text(ctx, "admin.units.section", message.Args{"name": name, "stage": stagesText(ctx, one)})
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: name, Address: unitPage(one.Code), Note: closedNote(ctx, one)}, {Text: one.Code}, {Text: KindName(ctx, one.Kind)}, {Text: above},
			{Text: stagesText(ctx, one)}, {Text: runningText(ctx, one)}, {Text: count}})
	}
	return table
}

// below counts the units in the subtree of n without n and without sections.
func below(tree *unit.Tree, n int) int {
	count := 0
	for number := n + 1; number < tree.Subtree(n).To; number++ {
		if tree.At(number).Kind != unit.Section {
			count++
		}
	}
	return count
}

func stagesText(ctx context.Context, one unit.Unit) string {
	words := make([]string, len(one.Stages))
	for i, stage := range one.Stages {
		words[i] = shell.Text(ctx, "unit.stage."+string(stage))
	}
	return strings.Join(words, shell.Text(ctx, "admin.and"))
}

func runningText(ctx context.Context, one unit.Unit) string {
	var words []string
	if one.Ownership != "" {
		words = append(words, shell.Text(ctx, "admin.ownership."+string(one.Ownership)))
	}
	if one.Setting != "" {
		words = append(words, shell.Text(ctx, "admin.setting."+string(one.Setting)))
	}
	return strings.Join(words, shell.Text(ctx, "admin.and"))
}
