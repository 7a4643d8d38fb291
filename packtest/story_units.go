package packtest

import (
	"maps"
	"slices"
	"strings"

	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// above are the columns that name units above, from near to far.
var above = []unit.Kind{unit.School, unit.Township, unit.County, unit.City, unit.Province}

// attributes are the columns of a table of units that are no items.
var attributes = []string{"id", "stage", "stages", "school", "township", "county", "city", "province", "name", "ownership", "setting", "opened", "closed"}

// makeUnits makes the units of a table, or adds to what is known of them.
func (t *teller) makeUnits(load *Load) {
	for _, row := range load.Rows {
		cells := map[string]Word{}
		for i, column := range load.Head {
			if slices.Contains(attributes, column.Text) && row[i].Text != silent {
				cells[column.Text] = row[i]
			}
		}
		if _, named := cells["id"]; !named {
			t.fault(row[0].Place, "packtest.bad_unit", nil)
			continue
		}
		t.makeUnit(unit.Kind(load.Kind), cells)
	}
}

func (t *teller) makeUnit(kind unit.Kind, cells map[string]Word) {
	id := cells["id"]
	stages := t.stages(cells)
	if kind == unit.Section {
		if len(stages) != 1 && t.story.sections[id.Text] == "" {
			t.fault(id.Place, "packtest.stage_wanted", message.Args{"id": id.Text})
			return
		}
		t.makeSection(id, stages, cells)
		return
	}
	code := t.codeOf(id.Text)
	u := t.units[code]
	if u == nil {
		u = &unit.Unit{Code: code, Name: id.Text, Kind: kind}
		t.units[code] = u
	} else if u.Kind != kind {
		t.fault(id.Place, "packtest.other_kind", message.Args{"id": id.Text, "kind": u.Kind})
		return
	}
	t.under(u, cells)
	t.describe(u, stages, cells)
}

// makeSection makes a section and, where no other is named, a school with its id above it.
func (t *teller) makeSection(id Word, stages []unit.Stage, cells map[string]Word) {
	if code, known := t.story.sections[id.Text]; known {
		u := t.units[code]
		if len(stages) > 0 && u.Stages[0] != stages[0] {
			t.fault(id.Place, "packtest.other_stage", message.Args{"id": id.Text, "stage": u.Stages[0]})
		}
		t.describe(u, nil, cells)
		return
	}
	if _, named := cells["school"]; !named {
		cells["school"] = id
	}
	section := &unit.Unit{Name: id.Text, Kind: unit.Section, Stages: stages}
	t.under(section, cells)
	section.Code = section.Parent + "-" + string(stages[0])
	if t.units[section.Code] != nil {
		t.fault(id.Place, "packtest.section_twice", message.Args{"id": id.Text, "stage": stages[0]})
		return
	}
	t.units[section.Code] = section
	t.story.sections[id.Text] = section.Code
	t.describe(section, nil, cells)
	if school := t.units[section.Parent]; !slices.Contains(school.Stages, stages[0]) {
		school.Stages = append(school.Stages, stages[0])
	}
}

// codeOf returns the code of an id, which is itself unless the case gives another.
func (t *teller) codeOf(id string) string {
	if code, given := t.story.codes[id]; given {
		return code
	}
	t.story.codes[id] = id
	return id
}

// under puts a unit below the nearest unit that its row names, and makes that unit and those above it where they are new.
func (t *teller) under(u *unit.Unit, cells map[string]Word) {
	parent := ""
	own := slices.Index(above, u.Kind)
	for at := len(above) - 1; at > own; at-- {
		kind := above[at]
		word, named := cells[string(kind)]
		if kind == unit.County && !named && own < slices.Index(above, unit.County) && t.needsCounty(cells) {
			word, named = Word{Text: defaultCounty}, true
		}
		if !named {
			continue
		}
		code := t.codeOf(word.Text)
		known := t.units[code]
		switch {
		case known == nil:
			t.units[code] = &unit.Unit{Code: code, Name: word.Text, Kind: kind, Parent: parent}
		case known.Kind != kind:
			t.fault(word.Place, "packtest.other_kind", message.Args{"id": word.Text, "kind": known.Kind})
		case known.Parent == "" && parent != "":
			known.Parent = parent
		}
		parent = code
	}
	if u.Parent == "" {
		u.Parent = parent
	}
}

// needsCounty tells whether a row names no unit above whose own place is known already.
func (t *teller) needsCounty(cells map[string]Word) bool {
	for _, kind := range []unit.Kind{unit.School, unit.Township} {
		if word, named := cells[string(kind)]; named {
			known := t.units[t.story.codes[word.Text]]
			return known == nil || known.Parent == ""
		}
	}
	return true
}

// stages reads the columns stage and stages.
func (t *teller) stages(cells map[string]Word) []unit.Stage {
	var stages []unit.Stage
	for _, column := range []string{"stage", "stages"} {
		word, given := cells[column]
		if !given {
			continue
		}
		for _, name := range strings.Split(word.Text, "+") {
			if !slices.Contains(unit.Stages(), unit.Stage(name)) {
				t.fault(word.Place, "packtest.unknown_stage", message.Args{"word": name})
				continue
			}
			stages = append(stages, unit.Stage(name))
		}
	}
	return stages
}

// describe takes the other columns of a unit.
func (t *teller) describe(u *unit.Unit, stages []unit.Stage, cells map[string]Word) {
	for _, stage := range stages {
		if !slices.Contains(u.Stages, stage) {
			u.Stages = append(u.Stages, stage)
		}
	}
	for column, word := range cells {
		switch column {
		case "name":
			u.Name = word.Text
		case "ownership":
			u.Ownership = unit.Ownership(word.Text)
			t.oneOf(word, string(unit.Public), string(unit.Private))
		case "setting":
			u.Setting = unit.Setting(word.Text)
			t.oneOf(word, string(unit.Urban), string(unit.Town), string(unit.Rural))
		case "opened":
			u.Opened = t.date(word)
		case "closed":
			u.Closed = t.date(word)
		}
	}
}

func (t *teller) oneOf(word Word, words ...string) {
	if !slices.Contains(words, word.Text) {
		t.fault(word.Place, "packtest.bad_choice", message.Args{"word": word.Text, "choices": strings.Join(words, "、")})
	}
}

func (t *teller) date(word Word) period.Date {
	day, known := period.ParseDate(word.Text)
	if !known {
		t.fault(word.Place, "packtest.bad_date", message.Args{"word": word.Text})
	}
	return day
}

// inherit gives sections what is said of their school, and schools what is said of their sections only.
func (t *teller) inherit() {
	codes := slices.Sorted(maps.Keys(t.units))
	for _, code := range codes {
		u := t.units[code]
		if school := t.units[u.Parent]; u.Kind == unit.Section && school != nil {
			pass(&school.Ownership, &u.Ownership)
			pass(&school.Setting, &u.Setting)
		}
	}
	for _, code := range codes {
		u := t.units[code]
		if school := t.units[u.Parent]; u.Kind == unit.Section && school != nil {
			pass(&u.Ownership, &school.Ownership)
			pass(&u.Setting, &school.Setting)
			if u.Opened.IsZero() {
				u.Opened = school.Opened
			}
			if u.Closed.IsZero() {
				u.Closed = school.Closed
			}
		}
	}
}

// pass fills what is not known of above from below.
func pass[T ~string](above, below *T) {
	if *above == "" {
		*above = *below
	}
}
