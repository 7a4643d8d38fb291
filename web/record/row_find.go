package record

import (
	"context"
	"strings"

	"jiaoheng/pack"
	"jiaoheng/record"
	"jiaoheng/register"
)

// Limits of the search for a row to tie to.
const (
	foundRows    = 10 // rows that are offered
	searchedRows = 50 // rows of one register that are looked at
)

// findRow finds the row that somebody means: the one chosen before, the one whose number was typed, or the only one whose
// heading holds the words; nodes of plans are found by their names too. Several are returned to choose from.
func (p *Pages) findRow(ctx context.Context, o opened, chosen, typed string) (record.Ref, []record.Tie, error) {
	if name, id, ok := strings.Cut(chosen, "/"); ok {
		return record.Ref{Register: name, Row: id}, nil, nil
	}
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return record.Ref{}, nil, nil
	}
	var found []record.Tie
	for _, exact := range []bool{true, false} {
		for _, of := range p.records.Registers() {
			ties, err := p.searched(ctx, o, of, typed, exact)
			if err != nil {
				return record.Ref{}, nil, err
			}
			found = append(found, ties...)
		}
		if len(found) > 0 {
			break
		}
	}
	if len(found) < foundRows {
		nodes, err := p.plansSearched(ctx, typed)
		if err != nil {
			return record.Ref{}, nil, err
		}
		found = append(found, nodes...)
	}
	if len(found) == 1 {
		return found[0].Other, nil, nil
	}
	return record.Ref{}, found[:min(len(found), foundRows)], nil
}

// searched looks through one register for rows that the post may see: by the number they carry, or by words of their heading.
func (p *Pages) searched(ctx context.Context, o opened, of *pack.Register, typed string, exact bool) ([]record.Tie, error) {
	column := of.Heading
	if exact {
		if of.Serial == nil {
			return nil, nil
		}
		column = of.Serial.Column
	}
	filter := register.Filter{Column: column, Contains: typed}
	if exact {
		filter = register.Filter{Column: column, Is: &register.Cell{Known: true, Text: typed}}
	}
	for _, c := range of.Columns {
		if c.Name == column && (c.Personal || c.Type != pack.Line) {
			return nil, nil
		}
	}
	if column == "" {
		return nil, nil
	}
	rows, err := p.store.RegisterRows(ctx, of, register.Query{Filters: []register.Filter{filter}, Limit: searchedRows})
	if err != nil {
		return nil, err
	}
	var ties []record.Tie
	for _, row := range rows {
		if len(ties) == foundRows || !p.records.MaySee(o.post, of, row) || of == o.register && row.ID == o.row.ID {
			continue
		}
		ties = append(ties, record.Tie{Other: record.Ref{Register: of.Name, Row: row.ID}, Name: record.HeadingOf(of, row), State: register.TextOf(of, row, pack.ColumnState), Known: true})
	}
	return ties, nil
}
