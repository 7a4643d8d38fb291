package duty

import (
	"context"
	"slices"

	"jiaoheng/message"
	"jiaoheng/plan/target"
	"jiaoheng/publication"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// Listed is an item of the list of powers or of the list of duties.
type Listed struct {
	Row    string
	Number string
	Name   string
	Kind   string // of a power
	Words  string // of a duty
	Basis  string
	Unit   string // code
	Owner  string // in words
	Plan   string
	Track  target.Track
	Node   string // what the node is called, "" when the item belongs to none
}

// Lacks tells what an item wants: a node of a plan, an owner.
func (l Listed) Lacks() (node, owner bool) { return l.Node == "", l.Owner == "" }

// List is the list of powers or the list of duties of the bureau.
type List struct {
	Kind  ReleaseKind
	Items []Listed
	Tree  *unit.Tree
}

// Lacking returns the items without a node or without an owner.
func (l List) Lacking() []Listed {
	return slices.DeleteFunc(slices.Clone(l.Items), func(i Listed) bool {
		node, owner := i.Lacks()
		return !node && !owner
	})
}

// List returns the list of powers or of duties with the nodes to which its items belong.
func (d *Desk) List(ctx context.Context, kind ReleaseKind) (List, error) {
	list := List{Kind: kind}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return list, err
	}
	list.Tree = tree
	r, declared := d.plain(string(kind))
	if !declared || kind == ReleaseBook {
		return list, nil
	}
	prefix := "power"
	if kind == ReleaseDuties {
		prefix = "duty"
	}
	for row, err := range d.store.RegisterEach(ctx, r, register.Query{Sort: prefix + "_number"}) {
		if err != nil {
			return list, err
		}
		one := Listed{Row: row.ID, Unit: row.Unit, Number: register.TextOf(r, row, prefix+"_number"), Name: register.TextOf(r, row, prefix+"_name"),
			Words: register.TextOf(r, row, "duty_words"), Basis: register.TextOf(r, row, "legal_basis"), Owner: register.TextOf(r, row, "office"),
			Plan: register.TextOf(r, row, columnPlan), Track: target.Track(register.TextOf(r, row, columnTrack))}
		if n := r.At("power_kind"); n >= 0 {
			one.Kind = register.CellText(row.Cells[n], r.Columns[n], message.Chinese)
		}
		if u, known := tree.Find(row.Unit); known && one.Owner == "" && u.Kind == unit.Office {
			one.Owner = u.Name // the list of an office is its own
		}
		if one.Node, err = d.nodeOf(ctx, one.Plan, one.Track); err != nil {
			return list, err
		}
		list.Items = append(list.Items, one)
	}
	return list, nil
}

// nodeOf returns what the node is called, "" when there is none any more.
func (d *Desk) nodeOf(ctx context.Context, plan string, track target.Track) (string, error) {
	if plan == "" || track == "" {
		return "", nil
	}
	outline, err := d.Outline(ctx, plan)
	if isMissing(err) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	node, known := outline.Find(track)
	if !known {
		return "", nil
	}
	return node.Name(), nil
}

// ListHeads returns the titles of the columns of a list.
func ListHeads(language message.Language, kind ReleaseKind) []string {
	third := "duty.list.words"
	if kind == ReleasePowers {
		third = "duty.list.kind"
	}
	heads := []string{"duty.list.number", "duty.list.name", third, "duty.list.basis", "duty.list.owner", "duty.list.node"}
	for i, key := range heads {
		heads[i] = message.Text(language, key, nil)
	}
	return heads
}

// Cells returns an item in words: see ListHeads.
func (l Listed) Cells() []string {
	third := l.Words
	if third == "" {
		third = l.Kind
	}
	return []string{l.Number, l.Name, third, l.Basis, l.Owner, l.Node}
}

// Content returns what is published of a list.
func (l List) Content(title, unitName, day string) publication.Content {
	content := publication.Content{Kind: publication.KindList, Title: title, Unit: unitName, Day: day}
	for part := range slices.Chunk(l.Items, publication.MaxRows) {
		table := publication.Table{Caption: title, Columns: ListHeads(message.Chinese, l.Kind)}
		for _, item := range part {
			table.Rows = append(table.Rows, item.Cells())
		}
		content.Blocks = append(content.Blocks, publication.Block{Table: &table})
	}
	return content
}
