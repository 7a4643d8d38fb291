package round_test

import (
	"context"
	"testing/fstest"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// miniPack is a pack with one of everything that the pages show: a verdict, a k of n, a difference coefficient, a condition of the
// county, a veto, a switch, a price, and a threshold that is uncertain.
var miniPack = fstest.MapFS{
	"packs/mini/pack.yaml": {Data: []byte(`pack: mini
version: "1.0"
name: 小规则
english: Mini rules
about: 测试用规则。
about_english: Rules for tests.
documents:
  试行办法: {name: 试行评估办法, english: Trial measures, by: 某局, issued: 2017-01-01}
switches:
  relaxed:
    name: 偏远学校放宽
    english: Remote schools are let off
    default: off
    source: {doc: 试行办法, clause: 八, checked: uncertain, note: 待本省规定。, note_english: Waits for the province.}
parameters:
  cost_area:
    name: 每平方米单价
    english: Price of a square metre
    measure: 元/m²
    values:
      - {from: 2017-01-01, all: 4000, source: {doc: 试行办法, clause: 九}}
populations:
  counted: {name: 规模以上学校, english: Schools that count, of: section, stages: [primary], where: pupils >= 100, source: {doc: 试行办法, clause: 一}}
`)},
	"packs/mini/registers/section.yaml": {Data: []byte(`section_year:
  name: 学段部年报
  english: Yearly return of a section
  of: section
  stages: [primary]
  every: school_year
  source: {doc: 试行办法, clause: 二}
  columns:
    pupils: {name: 在校生数, english: Pupils, type: count, measure: 学生, required: true}
    teachers: {name: 教师数, english: Teachers, type: count, measure: 人}
    area: {name: 运动场面积, english: Sports ground, type: number, measure: m²}
county_year:
  name: 县级年报
  english: Yearly return of a county
  of: county
  every: school_year
  source: {doc: 试行办法, clause: 二}
  columns:
    layout_good: {name: 布局合理, english: The layout is sound, type: flag}
    accidents: {name: 责任事故数, english: Accidents, type: count, measure: 起}
`)},
	"packs/mini/indicators/all.yaml": {Data: []byte(`mini.teachers:
  code: R1
  name: 每百名学生教师数
  english: Teachers for 100 pupils
  of: section
  stages: [primary]
  every: school_year
  measure: 人/百名学生
  direction: up
  population: counted
  formula: 100 * teachers / pupils
  source: {doc: 试行办法, clause: 三}
mini.area:
  code: R2
  name: 生均运动场面积
  english: Sports ground for a pupil
  of: section
  stages: [primary]
  every: school_year
  measure: m²/学生
  direction: up
  population: counted
  formula: area / pupils
  source: {doc: 试行办法, clause: 四}
mini.area_cv:
  code: CV2
  name: 运动场差异系数
  english: Difference coefficient of sports grounds
  of: county
  stages: [primary]
  every: school_year
  measure: 比
  direction: down
  decimals: 4
  population: counted
  variant: 按学生数加权，总体形式
  variant_english: weighted by pupils, population form
  formula: cv(mini.area, pupils)
  source: {doc: 试行办法, clause: 五}
mini.layout:
  code: G1
  name: 布局合理
  english: Sound layout
  of: county
  every: school_year
  formula: layout_good
  source: {doc: 试行办法, clause: 六}
mini.accidents:
  code: X1
  name: 责任事故
  english: Accidents
  of: county
  every: school_year
  measure: 起
  formula: accidents
  source: {doc: 试行办法, clause: 七}
`)},
	"packs/mini/standards/all.yaml": {Data: []byte(`mini.teachers:
  at_least:
    - {from: 2017-01-01, primary: 5, source: {doc: 试行办法, clause: 三, checked: uncertain, note: 各地四到五人。, note_english: Four to five.}}
  shortfall: {lack: numerator, measure: 人, whole: true}
mini.area:
  at_least:
    - {from: 2017-01-01, primary: 7.5, source: {doc: 试行办法, clause: 四}}
  shortfall: {lack: numerator, measure: m², cost: cost_area}
mini.area_cv:
  at_most:
    - {from: 2017-01-01, primary: 0.4, source: {doc: 试行办法, clause: 五}}
mini.layout:
  holds: [{from: 2017-01-01, source: {doc: 试行办法, clause: 六}}]
mini.accidents:
  exactly:
    - {from: 2017-01-01, all: 0, source: {doc: 试行办法, clause: 七}}
mini.school:
  code: R-SCH
  name: 学校达标（两项至少一项达标，另一项不低于85%）
  english: A school meets one of two
  of: section
  stages: [primary]
  population: counted
  k_of_n:
    of: [mini.teachers, mini.area]
    values:
      - {from: 2017-01-01, at_least: 1, floor: 0.85, source: {doc: 试行办法, clause: 四}}
mini.resource:
  name: 资源结论
  english: Resources
  of: county
  stages: [primary]
  population: counted
  all:
    of: [mini.area_cv]
    each: [mini.school]
mini.county:
  name: 全县结论
  english: Verdict of the county
  verdict: true
  of: county
  all:
    of: [mini.resource, mini.layout]
    none: [mini.accidents]
`)},
}

// The units of the sample. The third school is too small to count; the fourth is silent in the second year.
const (
	county  = "330100"
	schoolA = "3133010001"
	schoolB = "3133010002"
	schoolC = "3133010003"
	schoolD = "3133010004"
)

func sampleUnits() []unit.Unit {
	all := []unit.Unit{{Code: county, Name: "青溪县", Kind: unit.County}}
	for k, code := range []string{schoolA, schoolB, schoolC, schoolD} {
		school := unit.Unit{Code: code, Name: []string{"甲小学", "乙小学", "丙<b>教学点", "丁小学"}[k], Kind: unit.School, Parent: county, Stages: []unit.Stage{unit.Primary}, Ownership: unit.Public}
		all = append(append(all, school), unit.Sections(school)...)
	}
	return all
}

// fillFacts reports two school years.
func (s *site) fillFacts(set *pack.Set) {
	s.Helper()
	ctx := context.Background()
	scope := set.Everything()
	if err := s.store.RegistersOpen(ctx, scope.Registers()...); err != nil {
		s.Fatal(err)
	}
	rows := map[string][]register.Row{}
	add := func(name, code, year string, numbers ...float64) {
		p, _ := period.Parse(year)
		row := register.Row{Unit: code, Period: p, Origin: register.Origin{Kind: "file", File: "年报.xlsx", Row: 2, Person: "anna", At: now}}
		for _, number := range numbers {
			row.Cells = append(row.Cells, register.Cell{Known: true, Number: number})
		}
		rows[name] = append(rows[name], row)
	}
	for _, year := range []string{"2024-2025", "2025-2026"} {
		add("section_year", schoolA+"-primary", year, 500, 26, 4000)
		add("section_year", schoolC+"-primary", year, 20, 4, 400)
		add("county_year", county, year, 1, 0)
	}
	add("section_year", schoolB+"-primary", "2024-2025", 300, 10, 1200)
	add("section_year", schoolB+"-primary", "2025-2026", 300, 16, 1500)
	add("section_year", schoolD+"-primary", "2024-2025", 200, 12, 1700)
	err := action.Do(ctx, s.store, action.TheProgram(), action.Write{Name: "register.action.import", Thing: access.Thing{Class: access.Fact}, Do: func(ctx context.Context, _ action.Tx) error {
		for name, some := range rows {
			r, _ := scope.Register(name)
			if _, err := s.store.RegisterUpsert(ctx, r, register.Batch{Rows: some}); err != nil {
				return err
			}
		}
		return nil
	}})
	if err != nil {
		s.Fatal(err)
	}
}
