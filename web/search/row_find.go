package search

import (
	"context"
	"net/url"
	"strings"

	"jiaoheng/pack"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// Rows finds rows that live.
type Rows interface {
	Registers() []*pack.Register
	List(ctx context.Context, r *pack.Register, query record.Query) (record.List, error)
}

// rows are the living rows whose heading, or whose number, holds every word, among those that the post may see: the first of
// each register, and how many there are.
func rows(ctx context.Context, source Rows, words []string) (group, error) {
	found := group{word: "row"}
	for _, of := range source.Registers() {
		known := map[string]bool{}
		for _, name := range searched(of) {
			post := shell.From(ctx).Actor.Post
			query := record.Query{Seen: &post, Query: register.Query{Limit: maxHits}}
			for _, word := range words {
				query.Filters = append(query.Filters, register.Filter{Column: name, Contains: word})
			}
			list, err := source.List(ctx, of, query)
			if err != nil {
				return found, err
			}
			found.all += list.Count
			for _, row := range list.Rows {
				if known[row.ID] {
					found.all--
					continue
				}
				known[row.ID] = true
				if len(found.hits) < maxHits {
					found.hits = append(found.hits, rowHit(ctx, of, row))
				}
			}
		}
	}
	return found, nil
}

// searched are the columns in which words are looked for: what a row is about, and its number.
func searched(of *pack.Register) []string {
	var names []string
	for _, c := range of.Columns {
		if !c.Personal && (c.Name == of.Heading || of.Serial != nil && of.Serial.Column == c.Name) {
			names = append(names, c.Name)
		}
	}
	return names
}

func rowHit(ctx context.Context, of *pack.Register, row register.Row) hit {
	note := []string{of.Title.In(shell.From(ctx).Language)}
	if u, known := shell.From(ctx).Tree.Find(row.Unit); known {
		note = append(note, u.Name)
	}
	for n, c := range of.Columns {
		if c.Name == pack.ColumnState && c.Kept {
			note = append(note, register.CellText(row.Cells[n], c, shell.From(ctx).Language))
		}
	}
	return hit{name: record.HeadingOf(of, row), note: strings.Join(note, " · "), address: "/record/" + of.Name + "/row/" + url.PathEscape(row.ID)}
}
