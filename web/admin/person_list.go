package admin

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/message"
	"jiaoheng/person"
	"jiaoheng/web/shell"
)

// maxUnitsListed bounds the units whose people are listed for a post that sees only its own subtree.
const maxUnitsListed = 2000

// peopleView is what the list of people shows.
type peopleView struct {
	query string
	any   bool
	table shell.Table
	next  string // address of the page after, "" on the last
	first bool
}

// List shows the people whom the present post may see, or those whose whole name was asked for.
func (p People) List(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !shell.May(ctx, access.See, access.People) {
		return shell.NoRight
	}
	name, after := strings.TrimSpace(r.URL.Query().Get("name")), r.URL.Query().Get("after")
	found, err := p.search(ctx, name, after)
	if err != nil {
		return err
	}
	view := peopleView{query: name, any: len(found) > 0 || name != "" || after != "", first: after == ""}
	if len(found) > pageRows {
		found = found[:pageRows]
		view.next = "/admin/person?" + url.Values{"after": {found[pageRows-1].ID}}.Encode()
	}
	if view.table, err = p.table(ctx, found); err != nil {
		return err
	}
	frame := page(ctx, "persons")
	if shell.May(ctx, access.Change, access.People) {
		frame.Actions = shell.Press(shell.Button{Label: shell.Text(ctx, "admin.persons.new"), Icon: "user-plus", Kind: "primary", Address: "/admin/person/new"})
	}
	return shell.Render(w, r, http.StatusOK, frame, personList(view))
}

// search returns one person more than a page holds, when there are more.
func (p People) search(ctx context.Context, name, after string) ([]person.Person, error) {
	if name != "" {
		found, err := p.Store.PersonsByName(ctx, name)
		if err != nil {
			return nil, err
		}
		return p.reachable(ctx, found)
	}
	if mayEverywhere(ctx) {
		return p.Store.Persons(ctx, after, pageRows+1)
	}
	return p.ofSubtree(ctx, after)
}

func (p People) reachable(ctx context.Context, found []person.Person) ([]person.Person, error) {
	var seen []person.Person
	for _, someone := range found {
		posts, err := p.Store.PostsOf(ctx, someone.ID)
		if err != nil {
			return nil, err
		}
		if mayReach(ctx, access.See, posts) {
			seen = append(seen, someone)
		}
	}
	return seen, nil
}

// ofSubtree returns the people with a post in the subtree of the present post, by id.
func (p People) ofSubtree(ctx context.Context, after string) ([]person.Person, error) {
	view := shell.From(ctx)
	from, to := view.Actor.Post.Unit.From, view.Actor.Post.Unit.To
	var ids []string
	for n := from; n < min(to, from+maxUnitsListed); n++ {
		posts, err := p.Store.PostsAt(ctx, view.Tree.At(n).Code)
		if err != nil {
			return nil, err
		}
		for _, post := range posts {
			if post.Person > after {
				ids = append(ids, post.Person)
			}
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	var found []person.Person
	for _, id := range ids[:min(len(ids), pageRows+1)] {
		someone, err := p.Store.Person(ctx, id)
		if err != nil {
			return nil, err
		}
		found = append(found, someone)
	}
	return found, nil
}

func (p People) table(ctx context.Context, found []person.Person) (shell.Table, error) {
	head := func(word string) string { return shell.Text(ctx, "admin.persons."+word) }
	table := shell.Table{
		Caption: head("title"),
		Columns: []shell.Column{{Title: head("name")}, {Title: head("posts")}, {Title: head("login")}, {Title: head("account"), Align: shell.Short},
			{Title: head("phone"), Align: shell.Short}},
		Count: shell.Text(ctx, "admin.persons.shown", message.Args{"count": shell.Count(len(found))}),
		Empty: shell.EmptyState(shell.Empty{Icon: "search", Title: head("none"), Text: head("none_why"),
			Next: []shell.Button{{Label: head("all"), Address: "/admin/person"}}}),
	}
	day := today(ctx)
	for _, someone := range found {
		loaded, err := p.load(ctx, someone)
		if err != nil {
			return table, err
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: someone.Name, Address: "/admin/person/" + someone.ID},
			{Body: postLines(loaded.posts, day)}, {Text: logins(loaded.accounts)}, {Body: accountState(loaded.accounts)}, {Text: loaded.phone}})
	}
	return table, nil
}

func logins(accounts []person.Account) string {
	names := make([]string, len(accounts))
	for i, account := range accounts {
		names[i] = account.Login
	}
	return strings.Join(names, ", ")
}
