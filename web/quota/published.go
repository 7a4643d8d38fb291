package quota

import (
	"net/http"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/publication"
	"jiaoheng/web/shell"
)

// Published counts how many people of each school stand how to a quota, as it may be made public: no names, and only of schools
// that have a list of people. The rule of the quota must allow that something is shown.
//
// Errors: shell.NotFound for an unknown quota, shell.NoRight where the rule shows nothing.
func (p *Pages) Published(r *http.Request, name string) (publication.Counts, error) {
	s, err := p.openNamed(r, name)
	if err != nil {
		return publication.Counts{}, err
	}
	if s.quota.Show == pack.ShowNobody {
		return publication.Counts{}, shell.NoRight
	}
	text := func(key string, args message.Args) string { return message.Text(message.Chinese, key, args) }
	found := publication.Counts{Total: text("quota.page.bound", nil),
		Columns: []string{text("quota.page.school", nil), text("quota.state.met", nil), text("quota.state.unmet", nil), text("quota.state.unknown", nil)},
		Caption: text("quota.page.published", message.Args{"unit": s.Unit.Name, "period": s.Period.Text(message.Chinese), "quota": s.quota.Title}),
		Source:  text("quota.page.published_source", message.Args{"people": s.people.Title, "done": s.done.Title, "day": p.store.Today().Text(message.Chinese)})}
	without := 0
	for _, one := range counts(r.Context(), s) {
		if !one.listed {
			without++
			continue
		}
		found.Names, found.Numbers = append(found.Names, one.name), append(found.Numbers, []int{one.Met, one.Unmet, one.Unknown})
	}
	if without > 0 {
		found.Note = text("quota.page.published_without", message.Args{"count": without, "people": s.people.Title})
	}
	if len(found.Names) == 0 {
		found.Names, found.Numbers = []string{s.Unit.Name}, [][]int{{0, 0, 0}}
	}
	return found, nil
}
