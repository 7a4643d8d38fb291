package unit

import (
	"strings"
	"unicode/utf8"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// The words a table may use for kinds, stages, ownership and setting.
var (
	kindNames = map[string]Kind{
		"省": Province, "自治区": Province, "直辖市": Province, "市": City, "地市": City, "州": City, "盟": City, "县": County, "区": County, "县区": County, "县市区": County, "旗": County, "县级市": County,
		"乡镇": Township, "镇": Township, "乡": Township, "街道": Township, "苏木": Township, "学校": School, "小学": School, "初中": School, "高中": School, "中职": School, "特殊教育学校": School,
		"幼儿园": Kindergarten, "机关": Office, "科室": Office, "部门": Office, "校外培训机构": Training, "培训机构": Training,
		"province": Province, "city": City, "county": County, "township": Township, "school": School, "kindergarten": Kindergarten, "office": Office, "training": Training,
	}
	stageNames = map[string]Stage{
		"学前": Preschool, "学前教育": Preschool, "幼儿园": Preschool, "小学": Primary, "初中": Junior, "高中": Senior, "普通高中": Senior, "中职": Vocational, "中等职业": Vocational, "特教": Special, "特殊教育": Special,
		"preschool": Preschool, "primary": Primary, "junior": Junior, "senior": Senior, "vocational": Vocational, "special": Special,
	}
	ownershipNames = map[string]Ownership{"公办": Public, "民办": Private, "public": Public, "private": Private}
	settingNames   = map[string]Setting{
		"城区": Urban, "镇区": Town, "乡村": Rural, "111": Urban, "112": Urban, "121": Town, "122": Town, "210": Rural, "220": Rural,
		"urban": Urban, "town": Town, "rural": Rural,
	}
)

func checkName(name string, bad func(column, code string, args message.Args)) {
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		bad("name", "unit.name_missing", nil)
	case n > MaxNameLength:
		bad("name", "unit.name_too_long", message.Args{"length": n, "limit": MaxNameLength})
	}
}

// checkCode checks the code against the kind: digits of a division, ten digits with a fitting type for places that teach.
func checkCode(u Unit, bad func(column, code string, args message.Args)) {
	code := u.Code
	if code == "" {
		bad("code", "unit.code_missing", nil)
		return
	}
	if u.Kind == Office || u.Kind == Training {
		if len(code) > 30 || strings.ContainsAny(code, " \t\n") {
			bad("code", "unit.code_office", message.Args{"code": code})
		}
		return
	}
	if strings.Trim(code, "0123456789") != "" {
		bad("code", "unit.code_not_digits", message.Args{"code": code})
		return
	}
	switch u.Kind {
	case Province, City, County, Township:
		if n := len(code); n != 6 && n != 9 && n != 12 {
			bad("code", "unit.code_division", message.Args{"code": code, "length": n})
		}
	case School, Kindergarten:
		if n := len(code); n != 10 {
			bad("code", "unit.code_school", message.Args{"code": code, "length": n})
			return
		}
		kindergarten := strings.HasPrefix(code, "11")
		if kindergarten != (u.Kind == Kindergarten) {
			bad("code", "unit.code_type", message.Args{"code": code, "type": code[:2]})
		}
	}
}

// checkParent looks for the unit above once every row is read, so that the order of rows does not matter.
func (r *tableReader) checkParent(row *rowUnit) {
	u := row.unit
	bad := func(code string, args message.Args) {
		row.faults.Add(fault.At(fault.Place{Row: row.row, Column: headName("parent")}, code, args))
	}
	if u.Code == "" || u.Kind == "" {
		return
	}
	if u.Parent == "" {
		if u.Kind != Province && u.Kind != City && u.Kind != County {
			bad("unit.parent_missing", nil)
		}
		return
	}
	above, known := r.kinds[u.Parent]
	switch {
	case !known:
		bad("unit.parent_unknown", message.Args{"code": u.Parent, "name": u.Name})
	case above == "":
		// the row of the unit above has a fault of its own
	case regionRank[above] == 0 || above == School || regionRank[u.Kind] != 0 && regionRank[above] >= regionRank[u.Kind]:
		bad("unit.parent_lower", message.Args{"code": u.Parent})
	}
}

// StageNamed returns the stage that a word of a table means: 小学, 普通高中, primary.
func StageNamed(text string) (Stage, bool) {
	stage, known := stageNames[strings.ToLower(strings.TrimSpace(text))]
	return stage, known
}
