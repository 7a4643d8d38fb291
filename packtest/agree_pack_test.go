package packtest

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"jiaoheng/pack"
)

// chance is a small generator of numbers: a case is one seed.
type chance uint64

func (c *chance) below(n int) int {
	*c = *c*6364136223846793005 + 1442695040888963407
	return int((uint64(*c) >> 33) % uint64(n))
}

func (c *chance) pick(texts ...string) string { return texts[c.below(len(texts))] }

func (c *chance) one(in int) bool { return c.below(in) == 0 }

// fixedPart declares the registers, populations and parameters of every invented pack.
const fixedPart = `pack: invented
version: "1"
name: 甲
english: invented
about: 甲
about_english: invented
documents:
  甲: {name: 甲, english: a, by: 甲, issued: 2000-01-01}
switches:
  relaxed: {name: 甲, english: a, default: off, source: {doc: 甲, clause: 一}}
parameters:
  smallest:
    name: 甲
    english: a
    values:
      - {from: 2000-01-01, all: 3, source: {doc: 甲, clause: 一}}
      - {from: 2022-10-01, all: 4, source: {doc: 甲, clause: 一}}
      - {from: 2022-10-01, all: 2, switch: relaxed, source: {doc: 甲, clause: 一}}
      - {from: 2022-10-01, all: 5, region: "990002", source: {doc: 甲, clause: 一}}
  late:
    name: 甲
    english: a
    values:
      - {from: 2023-09-01, primary: 2, junior: 3, source: {doc: 甲, clause: 一}}
  weight:
    name: 甲
    english: a
    values:
      - {from: 2000-01-01, primary: 1, junior: 1.1, source: {doc: 甲, clause: 一}}
      - {from: 2000-01-01, senior: 1.2, switch: relaxed, source: {doc: 甲, clause: 一}}
populations:
  counted: {name: 甲, english: a, of: section, stages: [primary, junior], where: not (school.point and pupils < smallest), source: {doc: 甲, clause: 一}}
  schools: {name: 甲, english: a, of: school, where: pupils >= smallest or unit.public, source: {doc: 甲, clause: 一}}
`

const registers = `section_facts:
  name: 甲
  english: a
  of: section
  stages: [primary, junior, senior]
  every: school_year
  source: {doc: 甲, clause: 一}
  columns:
    pupils: {name: 甲, english: a, type: count, measure: "1"}
    teachers: {name: 甲, english: a, type: number}
    staff: {name: 甲, english: a, type: number, least: -1000}
    ready: {name: 甲, english: a, type: flag}
    form: {name: 甲, english: a, type: choice, choices: {x: {name: 甲, english: a}, y: {name: 乙, english: b}}}
    ample: {name: 甲, english: a, type: flag, formula: teachers * smallest > pupils or form.x}
school_facts:
  name: 甲
  english: a
  of: school
  every: school_year
  source: {doc: 甲, clause: 一}
  columns:
    area: {name: 甲, english: a, type: number}
    point: {name: 甲, english: a, type: flag}
county_facts:
  name: 甲
  english: a
  of: county
  every: school_year
  source: {doc: 甲, clause: 一}
  columns:
    money: {name: 甲, english: a, type: number}
    agreed: {name: 甲, english: a, type: flag}
extra:
  name: 甲
  english: a
  of: section
  every: school_year
  optional: true
  source: {doc: 甲, clause: 一}
  columns:
    bonus: {name: 甲, english: a, type: number}
class:
  name: 甲
  english: a
  of: section
  every: school_year
  key: [label]
  source: {doc: 甲, clause: 一}
  columns:
    label: {name: 甲, english: a, type: text, required: true}
    size: {name: 甲, english: a, type: count, measure: "1"}
    sort: {name: 甲, english: a, type: choice, choices: {u: {name: 甲, english: a}, v: {name: 乙, english: b}}}
    points: {name: 甲, english: a, type: number, lookup: {table: scale, value: size}}
  items:
    classes: {name: 甲, english: a, count: all}
    large: {name: 甲, english: a, count: size >= smallest, where: not sort.v}
    largest: {name: 甲, english: a, max: size}
    narrowest: {name: 甲, english: a, min: size, where: sort.u}
    scored: {name: 甲, english: a, sum: points}
training:
  name: 甲
  english: a
  of: section
  every: none
  key: [entry]
  source: {doc: 甲, clause: 一}
  columns:
    entry: {name: 甲, english: a, type: text, required: true}
    who: {name: 甲, english: a, type: text}
    on: {name: 甲, english: a, type: date}
    hours: {name: 甲, english: a, type: number}
  items:
    trained: {name: 甲, english: a, every: school_year, per: [who], let: {sum_hours: {sum: hours, dated: on, years: smallest}}, count: sum_hours >= 10}
    in_year: {name: 甲, english: a, every: school_year, sum: hours, dated: on}
`

const tables = `scale:
  name: 甲
  english: a
  by: [sort]
  points: [10, 6, 3]
  source: {doc: 甲, clause: 一}
  rows:
    - {by: [u], reach: [6, null, 2]}
`

// inventor writes formulas of the kinds that packs hold.
type inventor struct {
	*chance
	sections []string // indicators of sections that were declared already
	truths   []string // logical ones
	staged   map[string]bool
}

// number writes a formula of a section.
func (i inventor) number(depth int) string {
	if depth <= 0 {
		names := []string{"pupils", "teachers", "staff", "classes", "large", "largest", "narrowest", "scored", "trained", "in_year", "bonus", "school.area", "county.money", "smallest", "late", "2", "1", "prev(pupils)", "prev(teachers)", "part"}
		return i.pick(append(names, i.sections...)...)
	}
	x, y := i.number(depth-1-i.below(2)), i.number(depth-1)
	switch i.below(9) {
	case 0:
		return "if(" + i.truth(depth-1) + ", " + x + ", " + y + ")"
	case 1:
		return "first_non_null(" + x + ", " + y + ")"
	case 2:
		return "greatest(" + x + ", " + y + ")"
	case 3:
		return x + " - " + y
	case 4:
		return "(" + x + ") + (" + y + ")"
	case 5:
		return "100 * (" + x + ") / (" + y + ")"
	case 6:
		return "growth(" + i.pick("pupils", "teachers", "classes") + ")"
	}
	return "(" + x + ") " + i.pick("*", "/") + " (" + y + ")"
}

func (i inventor) truth(depth int) string {
	if depth <= 0 {
		names := []string{"ready", "ample", "form.x", "school.point", "county.agreed", "unit.public", "unit.has_junior", "switch.relaxed", "pupils >= smallest"}
		return i.pick(append(names, i.truths...)...)
	}
	switch i.below(4) {
	case 0:
		return "not (" + i.truth(depth-1) + ")"
	case 1:
		return "(" + i.number(depth-1) + ") " + i.pick("<", "<=", ">", ">=", "==") + " (" + i.number(depth-1) + ")"
	}
	return "(" + i.truth(depth-1) + ") " + i.pick("and", "or") + " (" + i.truth(depth-1) + ")"
}

// own leaves out what only a section may name.
var own = strings.NewReplacer("school.point", "ready", "county.agreed", "ample", "school.area", "teachers", "county.money", "staff", "unit.public", "ready", "unit.has_junior", "ample")

// above writes a formula of a county or a school over what is below it.
func (i inventor) above() string {
	s := i.pick(append([]string{"teachers", "pupils", "largest"}, i.sections...)...)
	switch i.below(8) {
	case 0:
		return "cv(" + s + ", pupils)"
	case 1:
		return "100 * sum(" + s + ") / sum(pupils)"
	case 2:
		return i.pick("mean", "min", "max", "median", "cv_unweighted", "stddev_samp") + "(" + s + ")"
	case 3:
		return "count(" + own.Replace(i.truth(1)) + ")"
	case 4:
		return "share(" + own.Replace(i.truth(0)) + ")"
	case 5:
		return "count(" + s + ")"
	case 6:
		return "sum(first_non_null(" + s + ", 1)) / " + i.pick("pupils", "classes", "smallest")
	}
	return "100 * teachers / " + i.pick("pupils", "prev(pupils)", "(pupils + staff)")
}

const declared = "\n  name: 甲\n  english: a\n  every: school_year\n  source: {doc: 甲, clause: 一}\n"

// indicators declares indicators of sections, schools and counties.
func (i *inventor) indicators() string {
	var out strings.Builder
	out.WriteString("part:" + declared + "  of: section\n  stages: [primary, junior, senior]\n  share: {item: area, by: pupils, weight: weight}\n")
	for n := range 5 {
		name := fmt.Sprintf("s%d", n)
		fmt.Fprintf(&out, "%s:%s  of: section\n%s%s  direction: %s\n%s  formula: %s\n", name, declared, i.stagesOf(name), i.counted("counted"), i.pick("up", "down"),
			i.pick("", "", "  nothing: pass\n", "  upward: worst\n"), i.number(2))
		i.sections = append(i.sections, name)
	}
	for n := range 2 {
		name := fmt.Sprintf("t%d", n)
		fmt.Fprintf(&out, "%s:%s  of: section\n%s%s  formula: %s\n", name, declared, i.stages(), i.counted("counted"), i.truth(2))
		i.truths = append(i.truths, name)
	}
	for n := range 4 {
		fmt.Fprintf(&out, "c%d:%s  of: county\n%s%s%s  formula: %s\n", n, declared, i.stagesOf(fmt.Sprint("c", n)), i.counted("counted"), i.pick("", "  nothing: pass\n"), i.above())
	}
	for n := range 2 {
		fmt.Fprintf(&out, "h%d:%s  of: school\n%s  formula: %s\n", n, declared, i.counted("schools"), i.above())
	}
	return out.String()
}

func (i inventor) stages() string {
	return i.pick("  stages: [primary, junior]\n", "  stages: [junior]\n", "")
}

// stagesOf notes for the standards whether an indicator is computed by stage.
func (i inventor) stagesOf(name string) string {
	text := i.stages()
	i.staged[name] = text != ""
	return text
}

func (i inventor) counted(population string) string {
	return i.pick("", "  population: "+population+"\n")
}

// standards declares a rule for most indicators, and k of n and all over some.
func (i inventor) standards() string {
	var out strings.Builder
	for _, name := range []string{"s0", "s1", "s2", "s3", "s4", "c0", "c1", "c2", "c3", "h0", "h1"} {
		fmt.Fprintf(&out, "%s:\n  %s:\n    - {from: %s, all: %d, source: {doc: 甲, clause: 一}}\n", name,
			i.pick("at_least", "at_most", "above", "below", "exactly"), i.pick("2000-01-01", "2000-01-01", "2023-01-01", "2023-08-31"), i.below(4))
		if i.one(3) {
			where := i.pick("junior", `region: "990002", all`, "switch: relaxed, all")
			if where == "junior" && !i.staged[name] {
				where = "all"
			}
			fmt.Fprintf(&out, "    - {from: 2023-09-%s, %s: %d.5, source: {doc: 甲, clause: 一}}\n", i.pick("01", "02"), where, i.below(4))
		}
		if i.one(3) {
			fmt.Fprintf(&out, "  shortfall: {lack: %s, whole: %s}\n", i.pick("numerator", "value", "denominator"), i.pick("true", "false"))
		}
	}
	for _, name := range []string{"t0", "t1"} {
		fmt.Fprintf(&out, "%s:\n  holds:\n    - {from: %s, source: {doc: 甲, clause: 一}}\n", name, i.pick("2000-01-01", "2024-01-01"))
	}
	fmt.Fprintf(&out, "k:\n  name: 甲\n  english: a\n  of: section\n%s%s  k_of_n:\n    of: [s0, s1, s2]\n    values:\n      - {from: %s, at_least: %d, floor: 0.%d, source: {doc: 甲, clause: 一}}\n",
		i.pick("  stages: [primary, junior]\n", "  stages: [junior]\n"), i.counted("counted"), i.pick("2000-01-01", "2024-01-01"), 1+i.below(3), 5+i.below(4))
	fmt.Fprintf(&out, "whole:\n  name: 甲\n  english: a\n  of: county\n%s%s  all:\n    of: [c0, c1]\n    each: [k, %s]\n    none: [c2]\n", i.stages(), i.counted("counted"), i.pick("s3", "t0", "h0"))
	return out.String()
}

// invent returns an invented pack; the formulas that a seed gives may not be well-formed by measure or name, then it is nil.
func invent(t *testing.T, c *chance) *pack.Scope {
	t.Helper()
	i := &inventor{chance: c, staged: map[string]bool{}}
	files := fstest.MapFS{}
	for name, text := range map[string]string{"pack.yaml": fixedPart, "registers/all.yaml": registers, "tables/all.yaml": tables,
		"indicators/all.yaml": i.indicators(), "standards/all.yaml": i.standards()} {
		files["packs/invented/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	set, faults := pack.Load(files, nil)
	for try := 0; faults != nil && try < 20; try++ { // a formula may name what its unit cannot have, or two may be alike
		again := &inventor{chance: c, staged: map[string]bool{}}
		files["packs/invented/indicators/all.yaml"].Data = []byte(again.indicators())
		files["packs/invented/standards/all.yaml"].Data = []byte(again.standards())
		set, faults = pack.Load(files, nil)
	}
	if faults != nil {
		t.Fatalf("the invented pack is refused:\n%s\n%s", faults.Text("en"), files["packs/invented/indicators/all.yaml"].Data)
	}
	return set.Closure("invented")
}
