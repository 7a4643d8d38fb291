package appraisal

import (
	"context"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/attachment"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/record"
	"jiaoheng/register"
)

// Given is what somebody types for a case: entries by name, and rows that they cite as register/row. Names of Files are those of
// entries; files are added to those that are there.
type Given struct {
	Entries map[string]Entry
	Rows    map[string][]string
	Files   map[string][]attachment.Prepared
}

// SaveSelf stores the self score of a unit; with done it is handed in, and the scorers begin.
func (d *Desk) SaveSelf(ctx context.Context, actor action.Actor, id string, given Given, done bool) error {
	return d.saveMark(ctx, actor, id, OfSelf, given, done)
}

// SaveCheck stores the points of a scorer; with done they are handed in. When all scorers of the sheet have, the case goes on: to
// what differs, or to scored.
func (d *Desk) SaveCheck(ctx context.Context, actor action.Actor, id string, given Given, done bool) error {
	return d.saveMark(ctx, actor, id, OfScorer, given, done)
}

func (d *Desk) saveMark(ctx context.Context, actor action.Actor, id string, kind MarkKind, given Given, done bool) error {
	before, sheet, run, err := d.known(ctx, id)
	if err != nil {
		return err
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return err
	}
	name, from := map[bool]string{false: "appraisal.action.self_save", true: "appraisal.action.self_done"}[done], Self
	may := IsOf(actor.Post, before)
	if kind == OfScorer {
		name, from = map[bool]string{false: "appraisal.action.check_save", true: "appraisal.action.check_done"}[done], Checking
		may = IsScorer(actor.Post, run, before)
	}
	if !may && actor.Post.Role != access.Program {
		return action.Refused(name)
	}
	entries, faults := d.clean(ctx, actor, sheet, kind, given)
	if err := faults.Err(); err != nil {
		return err
	}
	on := thing(tree, before.Unit, actor.Post.Person)
	on.Owner = actor.Post.Person
	return d.carry(ctx, actor, change{name: name, thing: on, id: id, from: []State{from},
		do: func(ctx context.Context, tx action.Tx, run Run, one *Case) error {
			mark, err := d.putMark(ctx, tx, actor, *one, kind, entries, given.Files)
			if err != nil {
				return err
			}
			if !done {
				return nil
			}
			return d.handIn(ctx, tx, sheet, one, mark)
		}})
}

// known returns a case with its sheet and run.
func (d *Desk) known(ctx context.Context, id string) (Case, *pack.Sheet, Run, error) {
	one, err := d.store.AppraisalCase(ctx, id)
	if err != nil {
		return one, nil, Run{}, err
	}
	run, err := d.store.AppraisalRun(ctx, one.Run)
	if err != nil {
		return one, nil, run, err
	}
	sheet, err := d.Sheet(run.Sheet)
	return one, sheet, run, err
}

// wanted are the entries that a mark of a kind has: name and the most points, nothing for a veto.
func wanted(sheet *pack.Sheet, kind MarkKind) map[string]float64 {
	all := map[string]float64{}
	for _, item := range sheet.Items() {
		if kind == OfSelf && item.Self || kind != OfSelf && item.Checked {
			all[item.Name] = item.Points
		}
	}
	if kind == OfSelf {
		return all
	}
	for _, extra := range sheet.Extras() {
		if extra.Indicator == "" {
			all[extra.Name] = extra.Cap
		}
	}
	for _, veto := range sheet.Vetoes {
		if veto.Indicator == "" {
			all[veto.Name] = 0
		}
	}
	return all
}

// clean checks entries and reads the rows that they cite. Whether all are there is asked when they are handed in.
func (d *Desk) clean(ctx context.Context, actor action.Actor, sheet *pack.Sheet, kind MarkKind, given Given) (map[string]Entry, fault.List) {
	var faults fault.List
	most, entries := wanted(sheet, kind), map[string]Entry{}
	for _, name := range slices.Sorted(maps.Keys(given.Entries)) {
		entry := given.Entries[name]
		at := func(code string, args message.Args) { faults.Add(fault.At(fault.Place{Column: name}, code, args)) }
		limit, known := most[name]
		entry.Note = strings.TrimSpace(entry.Note)
		switch {
		case !known:
			at("appraisal.entry_unknown", message.Args{"name": name})
			continue
		case utf8.RuneCountInString(entry.Note) > MaxNote:
			at("appraisal.note_long", message.Args{"item": titleOf(sheet, name), "limit": MaxNote})
		case isVeto(sheet, name):
			entry.Points = nil
		case entry.Points != nil:
			entry.Holds = nil
			if p := *entry.Points; math.IsNaN(p) || p < 0 || p > limit || math.Abs(p*100-math.Round(p*100)) > 1e-6 {
				at("appraisal.points_wanted", message.Args{"item": titleOf(sheet, name), "most": limit})
			}
		}
		cited, wrong := d.cite(ctx, actor.Post, name, given.Rows[name])
		faults.Add(wrong...)
		entry.Cited = cited
		entries[name] = entry
	}
	return entries, faults
}

// cite reads the rows that an entry rests on, as they stand.
func (d *Desk) cite(ctx context.Context, post access.Post, name string, rows []string) ([]Cited, fault.List) {
	var faults fault.List
	var all []Cited
	if len(rows) > MaxCited {
		return nil, fault.List{fault.At(fault.Place{Column: name}, "appraisal.cited_many", message.Args{"limit": MaxCited})}
	}
	for _, ref := range rows {
		head, id, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(ref), "/record/"), "/")
		id = strings.TrimPrefix(id, "row/")
		unknown := fault.At(fault.Place{Column: name}, "appraisal.cited_unknown", message.Args{"row": ref})
		of, known := d.records.Register(head)
		if !known {
			faults.Add(unknown)
			continue
		}
		row, err := d.records.Find(ctx, of, id)
		if err != nil || !d.records.MaySee(post, of, row) {
			faults.Add(unknown)
			continue
		}
		cited := Cited{Register: head, Row: id, Title: of.Title, Heading: record.HeadingOf(of, row), On: d.store.Today().String()}
		if state := of.Life.State(register.TextOf(of, row, pack.ColumnState)); state != nil {
			cited.State = state.Title
		}
		all = append(all, cited)
	}
	return all, faults
}

func isVeto(sheet *pack.Sheet, name string) bool {
	return slices.ContainsFunc(sheet.Vetoes, func(v *pack.SheetVeto) bool { return v.Name == name })
}

// titleOf is the title of whatever a sheet calls by the name.
func titleOf(sheet *pack.Sheet, name string) pack.Text {
	if item := sheet.Item(name); item != nil {
		return item.Title
	}
	for _, extra := range sheet.Extras() {
		if extra.Name == name {
			return extra.Title
		}
	}
	for _, veto := range sheet.Vetoes {
		if veto.Name == name {
			return veto.Title
		}
	}
	return pack.Text{Chinese: name, English: name}
}

// putMark stores the mark of a person on a case with its files. Entries that are not given stay as they were.
func (d *Desk) putMark(ctx context.Context, tx action.Tx, actor action.Actor, one Case, kind MarkKind, entries map[string]Entry,
	files map[string][]attachment.Prepared) (Mark, error) {
	marks, err := d.store.AppraisalMarks(ctx, one.ID)
	if err != nil {
		return Mark{}, err
	}
	at := slices.IndexFunc(marks, func(m Mark) bool {
		return m.Kind == kind && (kind != OfScorer || m.Person == actor.Post.Person)
	})
	mark := Mark{Case: one.ID, Unit: one.Unit, Kind: kind, Entries: map[string]Entry{}, Version: 1}
	if at >= 0 {
		mark = marks[at]
	} else {
		mark.ID = tx.NewID()
	}
	if mark.Done {
		return mark, fault.New("appraisal.mark_done", nil)
	}
	mark.Person, mark.At = actor.Post.Person, tx.Now()
	for name, entry := range entries {
		mark.Entries[name] = entry
	}
	if at >= 0 {
		err = d.store.AppraisalMarkUpdate(ctx, mark)
		mark.Version++
	} else {
		err = d.store.AppraisalMarkInsert(ctx, mark)
	}
	if err != nil {
		return mark, err
	}
	return mark, d.putFiles(ctx, tx, actor, mark, files)
}

// putFiles stores files of the entries of a mark.
func (d *Desk) putFiles(ctx context.Context, tx action.Tx, actor action.Actor, mark Mark, files map[string][]attachment.Prepared) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for _, file := range files[name] {
			owner := FileOwner(mark.ID, name)
			if held, err := d.files.AttachmentsOf(ctx, owner); err != nil {
				return err
			} else if len(held) >= MaxFiles {
				return fault.At(fault.Place{Column: name}, "attachment.too_many", message.Args{"limit": MaxFiles})
			}
			if _, err := file.Put(ctx, d.files, tx, actor, owner, mark.Unit, false); err != nil {
				return err
			}
		}
	}
	return nil
}
