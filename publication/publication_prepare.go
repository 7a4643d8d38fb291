package publication

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
)

// Fields of the forms, as faults name them.
const (
	FieldTitle  = "title"
	FieldKind   = "kind"
	FieldDay    = "day"
	FieldText   = "text"
	FieldTable  = "table"
	FieldReason = "reason"
)

// thing is a publication as rights see it.
func thing(unit string) access.Thing {
	return access.Thing{Class: access.Publication, Unit: access.Unit{Code: unit}}
}

// Prepare stores a new draft and returns it.
func Prepare(ctx context.Context, store Store, actor action.Actor, unit string, content Content) (Publication, error) {
	content = cleaned(content)
	one := Publication{State: Draft, Unit: unit, Content: content, Preparer: actor.Post.Person, Editor: actor.Post.Person, Version: 1}
	err := action.Do(ctx, store, actor, action.Write{Name: "publication.action.prepare", Thing: thing(unit),
		Check: func(context.Context) error { return append(byHand(content), check(content)...).Err() },
		Do: func(ctx context.Context, tx action.Tx) error {
			one.ID, one.PreparedAt, one.EditedAt = tx.NewID(), tx.Now(), tx.Now()
			return store.PublicationInsert(ctx, one)
		}})
	return one, err
}

// Change changes a draft. version is the one that was read.
func Change(ctx context.Context, store Store, actor action.Actor, id string, version int64, content Content) error {
	content = cleaned(content)
	return change(ctx, store, actor, step{name: "publication.action.change", operation: access.Change, id: id, version: version, from: Draft,
		check: func(Publication) fault.List { return append(byHand(content), check(content)...) },
		do: func(one *Publication, tx action.Tx) {
			one.Content, one.Editor, one.EditedAt = content, actor.Post.Person, tx.Now()
		}})
}

// byHand refuses the kinds that are not made at the desk.
func byHand(c Content) fault.List {
	if c.Kind == KindDraw {
		return fault.List{fault.New("publication.of_draw", nil)}
	}
	return nil
}

// cleaned takes away what canonical JSON and a page should not hold: control characters and the separators U+2028 and U+2029.
func cleaned(c Content) Content {
	clean := func(text string) string {
		return strings.TrimSpace(strings.Map(func(r rune) rune {
			if r == '\t' || r == '\n' {
				return ' '
			}
			if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == utf8.RuneError {
				return -1
			}
			return r
		}, text))
	}
	c.Title, c.Unit = clean(c.Title), clean(c.Unit)
	blocks := []Block{}
	for _, block := range c.Blocks {
		if block.Table == nil {
			if block.Text = clean(block.Text); block.Text != "" {
				blocks = append(blocks, block)
			}
			continue
		}
		table := *block.Table
		table.Caption, table.Note, table.Source = clean(table.Caption), clean(table.Note), clean(table.Source)
		table.Columns = cleanAll(table.Columns, clean)
		rows := [][]string{}
		for _, row := range table.Rows {
			rows = append(rows, cleanAll(row, clean))
		}
		table.Rows = rows
		blocks = append(blocks, Block{Table: &table})
	}
	c.Blocks = blocks
	return c
}

func cleanAll(texts []string, clean func(string) string) []string {
	all := make([]string, len(texts))
	for n, text := range texts {
		all[n] = clean(text)
	}
	return all
}

// check tells everything that is wrong with a content.
func check(c Content) fault.List {
	var faults fault.List
	at := func(field, code string, args message.Args) {
		faults.Add(fault.At(fault.Place{Column: field}, code, args))
	}
	if n := utf8.RuneCountInString(c.Title); n == 0 || n > MaxTitle {
		at(FieldTitle, "publication.title_wanted", message.Args{"limit": MaxTitle})
	}
	if !slices.Contains(Kinds(), c.Kind) && c.Kind != KindDraw {
		at(FieldKind, "publication.kind.wanted", nil)
	}
	if _, ok := period.ParseDate(c.Day); !ok {
		at(FieldDay, "publication.day_wanted", nil)
	}
	length, tables := 0, 0
	for _, block := range c.Blocks {
		length += utf8.RuneCountInString(block.Text)
		if block.Table != nil {
			tables++
			faults.Add(checkTable(*block.Table)...)
		}
	}
	if length > MaxText {
		at(FieldText, "publication.text_long", message.Args{"limit": MaxText})
	}
	if length == 0 && tables == 0 {
		at(FieldText, "publication.empty", nil)
	}
	if tables > MaxTables {
		at(FieldTable, "publication.tables", message.Args{"limit": MaxTables})
	}
	return faults
}

func checkTable(t Table) fault.List {
	var faults fault.List
	if len(t.Rows) == 0 || len(t.Rows) > MaxRows || len(t.Columns) < 2 || len(t.Columns) > MaxColumns {
		faults.Add(fault.At(fault.Place{Column: FieldTable}, "publication.table_size", message.Args{"rows": MaxRows, "columns": MaxColumns}))
	}
	for n, row := range t.Rows {
		if len(row) != len(t.Columns) {
			faults.Add(fault.At(fault.Place{Column: FieldTable}, "publication.table_row", message.Args{"row": n + 1, "cells": len(row), "columns": len(t.Columns)}))
		}
		if slices.ContainsFunc(row, func(cell string) bool { return utf8.RuneCountInString(cell) > MaxCell }) {
			faults.Add(fault.At(fault.Place{Column: FieldTable}, "publication.table_cell", message.Args{"row": n + 1, "limit": MaxCell}))
		}
	}
	return faults
}
