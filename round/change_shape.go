package round

import (
	"slices"

	"jiaoheng/fault"
	"jiaoheng/frame"
	"jiaoheng/indicator"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// reshape adds the sections that changes need: those that are opened, and those of stages that a school takes over.
func (w *work) reshape(changes []Change) {
	tree := w.in.Space.Tree()
	var added []unit.Unit
	add := func(school unit.Unit, stage unit.Stage) {
		for _, section := range unit.Sections(withStage(school, stage)) {
			if _, known := tree.Find(section.Code); section.Stages[0] == stage && !known && !slices.ContainsFunc(added, func(u unit.Unit) bool { return u.Code == section.Code }) {
				section.Opened, section.Closed = period.Date{}, period.Date{}
				added = append(added, section)
			}
		}
	}
	for k, c := range changes {
		before := len(w.faults)
		school, known := tree.Find(c.Unit)
		into, _ := tree.Find(c.Into)
		switch {
		case c.Kind == Open && (!known || school.Kind != unit.School || !slices.Contains(unit.Stages(), c.Stage)):
			w.faults.Add(fault.New("round.open_unfit", message.Args{"unit": c.Unit, "stage": string(c.Stage)}))
		case c.Kind == Open:
			add(school, c.Stage)
		case c.Kind == Merge && known && into.Kind == unit.School:
			for _, stage := range school.Stages {
				add(into, stage)
			}
		}
		w.mark(before, k)
	}
	if len(added) > 0 {
		w.fresh = map[string]bool{}
		for _, section := range added {
			w.fresh[section.Code] = true
		}
		w.rebuild(added)
	}
}

func withStage(school unit.Unit, stage unit.Stage) unit.Unit {
	if !slices.Contains(school.Stages, stage) {
		school.Stages = append(slices.Clone(school.Stages), stage)
	}
	return school
}

// sectionCode returns the code of the section of a school that has the stage of another section.
func sectionCode(tree *unit.Tree, school int, like unit.Unit) string {
	if len(like.Stages) != 1 {
		return ""
	}
	return tree.At(school).Code + "-" + string(like.Stages[0])
}

// rebuild makes a tree of the space, of what stands above it and of the sections that are added.
func (w *work) rebuild(added []unit.Unit) {
	old, space := w.in.Space.Tree(), w.in.Space
	units := slices.Clone(added)
	for row := range space.Len() {
		u := space.Unit(row)
		for _, section := range added {
			if section.Parent == u.Code {
				u = withStage(u, section.Stages[0])
			}
		}
		units = append(units, u)
	}
	if space.Len() > 0 {
		for number := old.Parent(space.Number(0)); number >= 0; number = old.Parent(number) {
			units = append(units, old.At(number))
		}
	}
	units = slices.DeleteFunc(units, func(u unit.Unit) bool {
		_, above := old.Find(u.Parent)
		return u.Parent != "" && !above
	})
	tree, err := unit.Build(units)
	if err != nil {
		w.faults.Add(fault.Of(err)...)
		return
	}
	moved := &movedFacts{Facts: w.in.Facts, tree: tree, from: make([]int, tree.Len()), columns: map[columnOf]*frame.Column{}}
	for number := range tree.Len() {
		moved.from[number] = -1
		if before, known := old.Number(tree.At(number).Code); known {
			moved.from[number] = before
		}
	}
	root := ""
	if w.prepared.input.Unit != "" {
		root = w.prepared.input.Unit
	}
	w.in.Facts = moved
	w.in.Space, _ = indicator.NewSpace(tree, root)
}

// movedFacts are facts over another tree: from names the unit of the old tree, -1 for a new one.
type movedFacts struct {
	indicator.Facts
	tree    *unit.Tree
	from    []int
	columns map[columnOf]*frame.Column
}

// Tree returns the new tree.
func (m *movedFacts) Tree() *unit.Tree { return m.tree }

// Column returns a column in the numbers of the new tree.
func (m *movedFacts) Column(item string, p period.Period) *frame.Column {
	key := columnOf{item, p}
	if done, known := m.columns[key]; known {
		return done
	}
	var column *frame.Column
	if before := m.Facts.Column(item, p); before != nil {
		column = frame.NewColumn(m.tree.Len())
		for number, from := range m.from {
			if from >= 0 && before.Present.Get(from) {
				column.Numbers[number] = before.Numbers[from]
				column.Present.Set(number)
			} else if from >= 0 && len(before.Reasons) > 0 {
				if _, known := before.Reasons[from]; known {
					column.Set(number, before.Get(from, item))
				}
			}
		}
	}
	m.columns[key] = column
	return column
}

// Expected returns the duty in the numbers of the new tree; a new section must report everything.
func (m *movedFacts) Expected(item string, p period.Period) frame.Bitmap {
	before := m.Facts.Expected(item, p)
	if before == nil {
		return nil
	}
	expected := frame.NewBitmap(m.tree.Len())
	for number, from := range m.from {
		if from < 0 || before.Get(from) {
			expected.Set(number)
		}
	}
	return expected
}
