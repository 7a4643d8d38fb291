package record

import (
	"context"
	"slices"

	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/notice"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// successors is the key under which a tree keeps which unit took over the rows of which.
type successors struct{}

// successorsOf returns, by unit, those into which it was merged.
func successorsOf(tree *unit.Tree) map[string][]string {
	return tree.Keep(successors{}, func() any {
		into := map[string][]string{}
		for n := range tree.Len() {
			for _, before := range tree.Before(tree.At(n).Code) {
				into[before] = append(into[before], tree.At(n).Code)
			}
		}
		return into
	}).(map[string][]string)
}

// unitsAround returns the units at which somebody who is meant may hold a post: the unit of the row, its school, every unit
// above, those that took over, and the lead.
func unitsAround(tree *unit.Tree, stand lifecycle.Stand) []string {
	codes := []string{""} // posts over the whole region
	add := func(code string) {
		if code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	into := successorsOf(tree)
	for _, code := range append([]string{stand.Unit}, into[stand.Unit]...) {
		n, known := tree.Number(code)
		for add(code); known && n >= 0; n = tree.Parent(n) {
			add(tree.At(n).Code)
			for _, later := range into[tree.At(n).Code] {
				add(later)
			}
		}
	}
	add(stand.Lead)
	for _, later := range into[stand.Lead] {
		add(later)
	}
	return codes
}

// persons returns who is meant by a lifecycle, by post and day; nobody twice, in order.
func (w *writing) persons(ctx context.Context, tree *unit.Tree, who []lifecycle.Who, stand lifecycle.Stand) ([]string, error) {
	if len(who) == 0 {
		return nil, nil
	}
	var posts []person.Post
	for _, code := range unitsAround(tree, stand) {
		held, known := w.posts[code]
		if !known {
			var err error
			if held, err = w.desk.store.PostsAt(ctx, code); err != nil {
				return nil, err
			}
			w.posts[code] = held
		}
		posts = append(posts, held...)
	}
	for _, one := range []string{stand.Owner, stand.Maker} {
		if one == "" {
			continue
		}
		held, known := w.posts["person "+one]
		if !known {
			var err error
			if held, err = w.desk.store.PostsOf(ctx, one); err != nil {
				return nil, err
			}
			w.posts["person "+one] = held
		}
		posts = append(posts, held...)
	}
	today := w.desk.store.Today().String()
	var persons []string
	for _, p := range posts {
		if !p.On(today) || slices.Contains(persons, p.Person) || !lifecycle.AnyFits(who, p.Rights(tree), stand) {
			continue
		}
		persons = append(persons, p.Person)
	}
	slices.Sort(persons)
	return persons, nil
}

// tell tells those whom the event names, except the one who caused it.
func (w *writing) tell(ctx context.Context, s *scene, event *lifecycle.Event, number string) error {
	if w.desk.notices == nil || len(event.Tell) == 0 {
		return nil
	}
	persons, err := w.persons(ctx, s.ask.Tree, event.Tell, s.stand())
	if err != nil {
		return err
	}
	persons = slices.DeleteFunc(persons, func(p string) bool { return p == w.actor.Post.Person })
	if len(persons) == 0 {
		return nil
	}
	args := s.words()
	args["event"], args["number"] = event.Title, number
	kind := "record.told.event"
	if number != "" {
		kind = "record.told.letter"
	}
	return w.desk.notices.Tell(ctx, w.tx, notice.Draft{Persons: persons, Kind: kind, Args: args, Register: s.register.Name, Row: s.row.ID, Urgent: true})
}

// words are what notices say about the row of the scene.
func (s *scene) words() message.Args {
	args := message.Args{"register": s.register.Title, "heading": HeadingOf(s.register, s.row), "unit": s.row.Unit, "state": message.Pair{}, "due": "—"}
	if u, known := s.ask.Tree.Find(s.row.Unit); known {
		args["unit"] = u.Name
	}
	if state := s.register.Life.State(s.text(pack.ColumnState)); state != nil {
		args["state"] = state.Title
	}
	if due := register.DateOf(s.register, s.row, pack.ColumnDue); !due.IsZero() {
		args["due"] = message.Pair{Chinese: due.Text(message.Chinese), English: due.Text(message.English)}
	}
	return args
}
