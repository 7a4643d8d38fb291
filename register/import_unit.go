package register

import (
	"regexp"
	"slices"
	"strings"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// scientific is what a sheet makes of a long code: 2.199E+09.
var scientific = regexp.MustCompile(`^[0-9](\.[0-9]+)?[eE]\+?[0-9]+$`)

// totals are the words by which a row of totals is known.
var totals = []string{"合计", "总计", "小计", "共计", "累计", "平均", "平均值", "均值", "平均数", "total", "subtotal", "average", "sum"}

// notes are the words by which a row with a note below the table begins.
var notes = []string{"注:", "注1", "备注:", "说明:", "填表人", "填报人", "制表人", "单位负责人", "负责人:", "填表说明"}

// isNoRow tells whether a row is no row of the register: totals, notes below the table.
func (r *reader) isNoRow(cells []string, number int) bool {
	first := firstFilled(cells)
	looked := []int{first, r.head.code, r.head.name}
	for _, at := range looked {
		word := strings.Trim(closed(r.text(cells, at)), "：:()")
		for _, total := range totals {
			if word == total || len([]rune(word)) <= 8 && strings.HasSuffix(word, total) {
				r.fault(r.place(number, at), "register.total_row", message.Args{"text": r.text(cells, at)})
				return true
			}
		}
	}
	if r.isNote(cells) {
		r.fault(r.place(number, first), "register.note_row", message.Args{"text": shortened(r.text(cells, first))})
		return true
	}
	return false
}

// isNote tells whether a row holds a note and no facts.
func (r *reader) isNote(cells []string) bool {
	first, filled := firstFilled(cells), 0
	for _, cell := range cells {
		if folded(cell) != "" {
			filled++
		}
	}
	word := closed(r.text(cells, first))
	return (filled <= 3 || first != r.head.code) && slices.ContainsFunc(notes, func(note string) bool { return strings.HasPrefix(word, note) })
}

func firstFilled(cells []string) int {
	return slices.IndexFunc(cells, func(cell string) bool { return folded(cell) != "" })
}

// unitOf finds the unit of a row: by the code of a section, or by the code of a school and the stage. A school with one
// section needs no stage.
func (r *reader) unitOf(cells []string, number int) string {
	code := strings.TrimSuffix(strings.TrimPrefix(folded(r.text(cells, r.head.code)), "'"), ".0")
	bad := func(at int, key string, args message.Args) string {
		args["code"] = code
		r.fault(r.place(number, at), key, args)
		return ""
	}
	if code == "" {
		return bad(r.head.code, "register.unit_missing", message.Args{})
	}
	u, known := r.request.Tree.Find(code)
	if !known && scientific.MatchString(code) {
		return bad(r.head.code, "register.code_shortened", message.Args{})
	}
	if !known {
		return bad(r.head.code, "register.unit_unknown", message.Args{})
	}
	r.checkName(cells, number, u)
	stage := unit.Stage("")
	if text := folded(r.text(cells, r.head.stage)); text != "" {
		var named bool
		if stage, named = unit.StageNamed(text); !named {
			return bad(r.head.stage, "register.stage_unknown", message.Args{"text": text})
		}
	}
	if u.Kind == unit.School && slices.Contains(r.request.Register.Of, unit.Section) && (stage != "" || !slices.Contains(r.request.Register.Of, unit.School)) {
		section, key := r.sectionOf(u, stage)
		if key != "" {
			at := r.head.stage
			if at < 0 {
				at = r.head.code
			}
			return bad(at, key, message.Args{"name": u.Name, "stage": stageWords{stage}, "stages": stageWords(r.wantedStages(u.Stages))})
		}
		u = section
	}
	return r.checkUnit(u, number, stage, bad)
}

func (r *reader) checkUnit(u unit.Unit, number int, stage unit.Stage, bad func(at int, key string, args message.Args) string) string {
	register := r.request.Register
	switch {
	case !slices.Contains(register.Of, u.Kind):
		return bad(r.head.code, "register.unit_kind", message.Args{"name": u.Name, "kind": message.Word("register.of." + string(u.Kind))})
	case u.Kind == unit.Section && stage != "" && !slices.Contains(u.Stages, stage):
		return bad(r.head.stage, "register.stage_differs", message.Args{"name": u.Name, "stage": stageWords{stage}})
	case len(register.Stages) > 0 && u.Kind.Teaches() && len(r.wantedStages(u.Stages)) == 0:
		return bad(r.head.code, "register.unit_stage", message.Args{"name": u.Name, "stages": stageWords(register.Stages)})
	case !Open(u, r.request.Period):
		return bad(r.head.code, "register.unit_not_open", message.Args{"name": u.Name, "period": r.request.Period, "opened": u.Opened, "closed": u.Closed})
	case r.request.May != nil && !r.request.May(u):
		return bad(r.head.code, "register.unit_foreign", message.Args{"name": u.Name})
	}
	return u.Code
}

// Open tells whether a unit exists on any day of a period; always outside periods.
func Open(u unit.Unit, p period.Period) bool {
	return p.IsZero() || (u.Opened.IsZero() || !p.To().Before(u.Opened)) && (u.Closed.IsZero() || p.From().Before(u.Closed))
}

// sectionOf returns the section of a school that a row means, or what is wrong.
func (r *reader) sectionOf(school unit.Unit, stage unit.Stage) (unit.Unit, string) {
	n, _ := r.request.Tree.Number(school.Code)
	var sections []unit.Unit
	for _, child := range r.request.Tree.Children(n) {
		section := r.request.Tree.At(child)
		switch {
		case section.Kind != unit.Section || len(section.Stages) == 0:
		case stage != "" && section.Stages[0] == stage:
			return section, ""
		case stage == "" && len(r.wantedStages(section.Stages)) > 0 && Open(section, r.request.Period):
			sections = append(sections, section)
		}
	}
	switch {
	case stage != "":
		return unit.Unit{}, "register.stage_absent"
	case len(sections) == 1:
		return sections[0], ""
	case len(sections) == 0:
		return unit.Unit{}, "register.no_section"
	}
	return unit.Unit{}, "register.stage_needed"
}

// wantedStages returns those of the stages that the register is kept for.
func (r *reader) wantedStages(stages []unit.Stage) []unit.Stage {
	if len(r.request.Register.Stages) == 0 {
		return stages
	}
	var wanted []unit.Stage
	for _, stage := range stages {
		if slices.Contains(r.request.Register.Stages, stage) {
			wanted = append(wanted, stage)
		}
	}
	return wanted
}

// stageWords are stages in a text.
type stageWords []unit.Stage

// In returns the names of the stages in the language.
func (s stageWords) In(language message.Language) string {
	var names titles
	for _, stage := range s {
		if stage != "" {
			name := message.Text(language, "unit.stage."+string(stage), nil)
			names = append(names, pack.Text{Chinese: name, English: name})
		}
	}
	return names.In(language)
}

// checkName compares the name in the row with that of the unit. One name may be part of the other, as people leave out
// the county or write the full name.
func (r *reader) checkName(cells []string, number int, u unit.Unit) {
	text := r.text(cells, r.head.name)
	given, known := closed(text), closed(u.Name)
	if given == "" || known == "" || strings.Contains(given, known) || strings.Contains(known, given) {
		return
	}
	r.fault(r.place(number, r.head.name), "register.unit_name", message.Args{"code": u.Code, "name": u.Name, "text": shortened(text)})
}

// checkPeriodCell refuses a row that says that it belongs to another period.
func (r *reader) checkPeriodCell(cells []string, number int) {
	text := folded(r.text(cells, r.head.period))
	if text == "" || r.request.Period.IsZero() {
		return
	}
	plain := strings.NewReplacer("—", "-", "–", "-", "~", "-", "至", "-", "学年", "", "年度", "", "年", "", "--", "-", "第一学期", "/1", "第二学期", "/2").Replace(text)
	if plain != r.request.Period.String() {
		r.fault(r.place(number, r.head.period), "register.period_differs", message.Args{"text": text, "period": r.request.Period})
	}
}
