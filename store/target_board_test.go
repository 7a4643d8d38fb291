package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/register"
	"jiaoheng/round"
	"jiaoheng/store"
	"jiaoheng/unit"
)

const boardPack = `pack: small
version: "1"
name: 小包
english: Small
about: 试验
about_english: Trial
documents:
  口径: {name: 统计口径惯例, english: Convention, by: 试验, issued: 2020-01-01}
parameters:
  light_tolerance: {name: 容差, english: Tolerance, values: [{from: 2000-01-01, all: 0.1, source: {doc: 口径, clause: 一}}]}
  light_interval: {name: 区间, english: Interval, values: [{from: 2000-01-01, all: 0.8, source: {doc: 口径, clause: 一}}]}
  light_silent_days: {name: 静默, english: Silence, values: [{from: 2000-01-01, all: 90, source: {doc: 口径, clause: 一}}]}
  rollup_late_share: {name: 滞后, english: Late, values: [{from: 2000-01-01, all: 0.5, source: {doc: 口径, clause: 一}}]}
  rollup_risk_share: {name: 风险, english: Risk, values: [{from: 2000-01-01, all: 0.3, source: {doc: 口径, clause: 一}}]}
`

const boardRegisters = `school_figures:
  name: 学校情况
  english: Schools
  of: school
  every: year
  source: {doc: 口径, clause: 一}
  columns:
    pupils: {name: 学生数, english: Pupils, type: count, measure: 人}
    staying: {name: 巩固学生数, english: Staying, type: count, measure: 人}
other_figures:
  name: 其他
  english: Others
  of: school
  every: year
  source: {doc: 口径, clause: 一}
  columns:
    rooms: {name: 专用室, english: Rooms, type: count, measure: 间}
target_figure:
  name: 外部数据
  english: Figures
  of: [county, school]
  every: year
  key: [figure_target]
  optional: true
  source: {doc: 口径, clause: 一}
  columns:
    figure_target: {name: 名称, english: Name, type: text, required: true}
    figure_value: {name: 数值, english: Value, type: number, required: true}
parent_figure:
  name: 上级平均
  english: Averages above
  of: [county, school]
  every: year
  key: [parent_target]
  optional: true
  source: {doc: 口径, clause: 一}
  columns:
    parent_target: {name: 名称, english: Name, type: text, required: true}
    parent_value: {name: 数值, english: Value, type: number, required: true}
milestone_done:
  name: 完成
  english: Done
  of: [county, school]
  every: none
  key: [done_target]
  optional: true
  source: {doc: 口径, clause: 一}
  columns:
    done_target: {name: 名称, english: Name, type: text, required: true}
    done_on: {name: 日期, english: Date, type: date, required: true}
`

const boardIndicators = `retention:
  name: 巩固率
  english: Retention
  of: school
  every: year
  measure: '%'
  direction: up
  decimals: 1
  formula: 100 * staying / pupils
  source: {doc: 口径, clause: 一}
`

// boardRig is a city of two counties with five schools and a plan in motion.
type boardRig struct {
	*testing.T
	s      *store.Store
	set    *pack.Set
	now    time.Time
	plan   plan.Plan
	number int // of splits and rows so far
}

func boardUnits() []unit.Unit {
	units := []unit.Unit{{Code: "C", Name: "平江市", Kind: unit.City}, {Code: "C1", Name: "东县", Kind: unit.County, Parent: "C"}, {Code: "C2", Name: "西县", Kind: unit.County, Parent: "C"}}
	for k := range 5 {
		units = append(units, unit.Unit{Code: fmt.Sprint("S", k+1), Name: fmt.Sprintf("第%d小学", k+1), Kind: unit.School, Parent: []string{"C1", "C2"}[k%2], Stages: []unit.Stage{unit.Primary}})
	}
	return units
}

func newBoardRig(t *testing.T) *boardRig {
	t.Helper()
	b := &boardRig{T: t, now: start}
	b.s = mustOpen(t, store.Options{DataDir: t.TempDir(), KeyFile: testKey, Clock: func() time.Time { return b.now }})
	set, faults := pack.Load(fstest.MapFS{"packs/small/pack.yaml": {Data: []byte(boardPack)}, "packs/small/registers/all.yaml": {Data: []byte(boardRegisters)},
		"packs/small/indicators/all.yaml": {Data: []byte(boardIndicators)}}, nil)
	if faults != nil {
		t.Fatal(faults)
	}
	b.set = set
	openRegisters(t, b.s, set.Everything().Registers()...)
	if _, err := b.s.UnitsImport(context.Background(), action.TheProgram(), boardUnits(), false); err != nil {
		t.Fatal(err)
	}
	b.adopt(95)
	for _, one := range []target.Binding{{Target: "1.T1", Kind: target.FromIndicator, Name: "retention"}, {Target: "1.T2", Kind: target.FromRegister, Name: "rooms"},
		{Target: "1.T3", Kind: target.FromRows, Name: "校长负责制"}, {Target: "1.T4", Kind: target.FromIndicator, Name: "retention"}} {
		b.bind(one)
	}
	return b
}

// adopt stores the next version of the plan, whose first target has this goal.
func (b *boardRig) adopt(goal int) {
	b.Helper()
	node := func(id, name string, fields ...string) plan.Node {
		n := plan.Node{ID: id, Kind: plan.Target, Fields: map[string]string{"name": name}, Places: []plan.Place{{}}, Path: []string{"主要目标"}, Stage: plan.General}
		for k := 0; k < len(fields); k += 2 {
			n.Fields[fields[k]] = fields[k+1]
		}
		return n
	}
	content := plan.Content{Title: "平江市规划", Region: "平江市", From: 2021, To: 2026, Text: "text", Nodes: []plan.Node{
		node("T1", "巩固率", "value", fmt.Sprint(goal), "unit", "%", "comparator", ">=", "baseline", "80", "baseline_year", "2020", "deadline", "2026"),
		node("T2", "专用室", "value", "40", "unit", "间", "comparator", ">="),
		node("T3", "校长负责制改革", "verbal", "完成", "deadline", "2025"),
		node("T4", "高于全省平均水平的巩固率", "verbal", "高于全省平均水平"),
		node("T5", "谁也不量的目标", "value", "3", "unit", "个"),
	}}
	do(b.T, b.s, func(ctx context.Context, tx action.Tx) error {
		b.plan.Versions++
		version, err := plan.Fix(content, b.plan.Versions, plan.Who{ID: "anna", At: tx.Now()})
		if err != nil {
			return err
		}
		if b.plan.Versions == 1 {
			b.plan = plan.Plan{ID: "plan-1", Title: content.Title, Region: content.Region, From: 2021, To: 2026, Versions: 1, Created: tx.Now(), Changed: tx.Now()}
			err = b.s.PlanInsert(ctx, b.plan)
		} else if b.plan, err = b.s.Plan(ctx, b.plan.ID); err == nil {
			b.plan.Versions = version.Number
			err = b.s.PlanUpdate(ctx, b.plan)
		}
		if err != nil {
			return err
		}
		return b.s.PlanVersionInsert(ctx, b.plan.ID, version)
	})
}

func (b *boardRig) decision() target.Decision {
	b.number++
	return target.Decision{ID: fmt.Sprint("decision-", b.number), Number: b.number, State: target.Approved, By: "anna", At: b.now, ApprovedBy: "bert", ApprovedAt: b.now.Add(time.Duration(b.number) * time.Second)}
}

func (b *boardRig) bind(one target.Binding) {
	b.Helper()
	one.Decision, one.Plan = b.decision(), b.plan.ID
	do(b.T, b.s, func(ctx context.Context, _ action.Tx) error { return b.s.BindingInsert(ctx, one) })
}

// split hands a target down from a unit to all below it, each with a goal of its own.
func (b *boardRig) split(track target.Track, parent string, goal target.Goal, more float64) {
	b.Helper()
	split := target.Split{Decision: b.decision(), Plan: b.plan.ID, Target: track, Parent: parent}
	for _, u := range boardUnits() {
		if u.Parent == parent {
			split.Shares = append(split.Shares, target.Share{Unit: u.Code, Goal: goal, Reason: "基础不同"})
			goal.Value.Number += more
		}
	}
	do(b.T, b.s, func(ctx context.Context, _ action.Tx) error { return b.s.SplitInsert(ctx, split) })
}

func (b *boardRig) put(name, code string, year int, cells ...register.Cell) {
	b.Helper()
	r, _ := b.set.Everything().Register(name)
	row := register.Row{Unit: code, Cells: cells, Origin: register.Origin{Kind: "form", Person: "anna", At: b.now}}
	if year != 0 {
		row.Period = period.Period{Kind: period.Year, Start: period.Date{Year: year, Month: 1, Day: 1}}
	}
	upsert(b.T, b.s, r, register.Batch{Rows: []register.Row{row}})
}

// remove takes away the first row of a unit in a register, if it has one.
func (b *boardRig) remove(name, code string) {
	b.Helper()
	r, _ := b.set.Everything().Register(name)
	rows, err := b.s.RegisterRows(context.Background(), r, register.Query{Unit: code, Limit: 1})
	if err == nil && len(rows) > 0 {
		err = action.Do(context.Background(), b.s, action.TheProgram(), action.Write{Name: "register.action.delete", Thing: access.Thing{Class: access.Fact},
			Do: func(ctx context.Context, _ action.Tx) error { return b.s.RegisterDelete(ctx, r, rows[0].ID) }})
	}
	if err != nil {
		b.Fatal(err)
	}
}

func figure(n float64) register.Cell     { return register.Cell{Known: true, Number: n} }
func cellOf(text string) register.Cell   { return register.Cell{Known: true, Text: text} }
func (b *boardRig) board() *target.Board { return target.NewBoard(b.s, round.NewDesk(b.set, b.s)) }

// told writes down everything that a view says of every target in every unit.
func told(v *target.View) []string {
	var all []string
	for _, p := range v.Plans() {
		for t, one := range p.Targets() {
			for n := range v.Tree.Len() {
				cell := p.Cell(t, n)
				j := cell.Judgement
				all = append(all, fmt.Sprintf("%s %s %s: light %d by %d given %v goal %+v value %v gap %v needed %v expected %v silence %v %d readings %d reason %s why %s", p.Plan.ID, one.Track,
					v.Tree.At(n).Code, p.Light(t, n), j.Rule, cell.Given, cell.Goal, j.Value, j.Gap, j.Needed, j.Expected, cell.Silence.Days, cell.Silence.Unit, len(cell.Series), cell.Reason,
					j.Why(message.English)))
				if cell.Given && p.Light(t, n) != j.Light {
					all = append(all, "the light of the board is not that of the cell")
				}
			}
			for _, silent := range p.Silent(t, 0) {
				all = append(all, fmt.Sprint(one.Track, " silent ", silent.Unit, " ", silent.Days))
			}
		}
	}
	return all
}

func (b *boardRig) compare(step string, followed *target.Board) *target.View {
	b.Helper()
	ctx := context.Background()
	view, err := followed.View(ctx)
	if err != nil {
		b.Fatal(step, err)
	}
	fresh, err := b.board().Fresh(ctx)
	if err != nil {
		b.Fatal(step, err)
	}
	got, want := told(view), told(fresh)
	if !slices.Equal(got, want) {
		for k := range min(len(got), len(want)) {
			if got[k] != want[k] {
				b.Fatalf("after %s the board says\n%s\nbuilt anew it says\n%s", step, got[k], want[k])
			}
		}
		b.Fatalf("after %s the board says %d things, built anew %d", step, len(got), len(want))
	}
	return view
}

// TestBoardFollowsWhatIsWritten changes facts, splits, bindings, the plan and the day in any order: a board that follows says
// the same as one that is built anew from what is stored.
func TestBoardFollowsWhatIsWritten(t *testing.T) {
	b := newBoardRig(t)
	board := b.board()
	const seed = 20261122
	random := rand.New(rand.NewPCG(seed, 1))
	t.Logf("seed %d", seed)
	school := func() string { return fmt.Sprint("S", 1+random.IntN(5)) }
	year := func() int { return 2019 + random.IntN(7) }
	goal := func() target.Goal {
		directions := []target.Direction{target.AtLeast, target.AtLeast, target.Increase, target.Rise, target.AboveParent, target.ByDate}
		return target.Goal{Direction: directions[random.IntN(len(directions))], Value: target.Sure(float64(random.IntN(100))), Unit: "%", Baseline: target.Sure(float64(random.IntN(90)))}
	}
	tracks := []target.Track{"1.T1", "1.T2", "1.T3", "1.T4"}
	steps := map[string]func(){
		"a fact": func() { b.put("school_figures", school(), year(), figure(100), figure(float64(60+random.IntN(40)))) },
		"many facts": func() {
			for k := range 5 {
				for y := 2019; y < 2026; y++ {
					b.put("school_figures", fmt.Sprint("S", k+1), y, figure(100), figure(float64(60+random.IntN(40))))
				}
			}
		},
		"another fact":   func() { b.put("other_figures", school(), year(), figure(float64(random.IntN(20)))) },
		"a fact gone":    func() { b.remove("school_figures", school()) },
		"a figure":       func() { b.put("target_figure", "C1", year(), cellOf("外部"), figure(float64(random.IntN(100)))) },
		"a figure above": func() { b.put("parent_figure", "C1", year(), cellOf("巩固率"), figure(float64(random.IntN(100)))) },
		"a reform": func() {
			b.put("milestone_done", school(), 0, cellOf("校长负责制"), cellOf(fmt.Sprintf("%d-03-01", year())))
		},
		"a city split":   func() { b.split(tracks[random.IntN(4)], "C", goal(), 1) },
		"a county split": func() { b.split(tracks[random.IntN(4)], []string{"C1", "C2"}[random.IntN(2)], goal(), 3) },
		"a binding": func() {
			b.bind([]target.Binding{{Target: "1.T1", Kind: target.FromFigure, Name: "外部"}, {Target: "1.T1", Kind: target.FromIndicator, Name: "retention"},
				{Target: "1.T5", Kind: target.FromRegister, Name: "pupils"}, {Target: "1.T5", Kind: target.FromNothing}}[random.IntN(4)])
		},
		"a version": func() { b.adopt(90 + random.IntN(10)) },
		"a day":     func() { b.now = b.now.AddDate(0, 0, 1+random.IntN(150)) },
	}
	names := slices.Sorted(func(yield func(string) bool) {
		for name := range steps {
			if !yield(name) {
				return
			}
		}
	})
	b.compare("the beginning", board)
	for step := range 70 {
		name := names[random.IntN(len(names))]
		if step < len(names) {
			name = names[step]
		}
		steps[name]()
		b.compare(fmt.Sprintf("step %d, %s", step, name), board)
	}
}

func TestBoardJudgesEveryUnitByItsOwnGoal(t *testing.T) {
	b := newBoardRig(t)
	board := b.board()
	for k := range 5 {
		for y := 2021; y < 2026; y++ {
			b.put("school_figures", fmt.Sprint("S", k+1), y, figure(100), figure(float64(85+y-2021)))
		}
	}
	goal := target.Goal{Direction: target.AtLeast, Value: target.Sure(88), Unit: "%", Baseline: target.Sure(80), BaselineYear: 2020}
	b.split("1.T1", "C", goal, 0)
	b.split("1.T1", "C1", goal, 6)
	view := b.compare("a split", board)
	p := view.Plans()[0]
	at := func(code string) int { n, _ := view.Tree.Number(code); return n }
	t1, _ := p.Find("1.T1")
	for _, c := range []struct {
		code  string
		light target.Light
	}{{"C1", target.Reached}, {"S1", target.Reached}, {"S3", target.Late}, {"S2", target.NoTarget}} {
		if got := p.Light(t1, at(c.code)); got != c.light {
			t.Errorf("%s: %s, want %s: %s", c.code, got.Key(), c.light.Key(), p.Cell(t1, at(c.code)).Judgement.Why(message.English))
		}
	}
	if below := p.Below(t1, at("C1")); len(below) != 3 {
		t.Errorf("units below the county: %v", below)
	}
	if cell := p.Cell(t1, at("S3")); cell.Reason != "基础不同" || cell.Goal.Value.Number != 94 || len(cell.Series) != 5 {
		t.Errorf("cell: %+v", cell)
	}
	look := view.Look("anna", "C", b.now)
	if turned := view.Since(look); len(turned) != 0 {
		t.Errorf("nothing turned since now: %v", turned)
	}
	b.put("school_figures", "S1", 2025, figure(100), figure(10))
	view = b.compare("a fall", board)
	turned := view.Since(look)
	if len(turned) == 0 || turned[len(turned)-1].Before != target.Reached || turned[len(turned)-1].After == target.Reached {
		t.Errorf("what turned: %+v", turned)
	}
	if rollup := view.Plans()[0].Rollup(0, nil); rollup.Counts.Targets() != 5 || rollup.Light == target.NoTarget {
		t.Errorf("together: %+v", rollup)
	}
}

func TestALookIsKept(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		if _, known, err := s.TargetLook(ctx, "anna"); known || err != nil {
			t.Fatalf("before the first look: %v, %v", known, err)
		}
		for _, lights := range []string{"12345", "54321"} {
			look := target.Look{Person: "anna", Unit: "C1", At: start, Plans: []target.Seen{{Plan: "plan-1", Tracks: []target.Track{"1.T1"}, Units: []string{"C1"}, Lights: lights}}}
			do(t, s, func(ctx context.Context, _ action.Tx) error { return s.TargetLookPut(ctx, look) })
			got, known, err := s.TargetLook(ctx, "anna")
			if err != nil || !known || got.Plans[0].Lights != lights || got.Unit != "C1" || !got.At.Equal(start) {
				t.Errorf("got %+v, %v, %v", got, known, err)
			}
		}
		mustVerify(t, s)
	})
}

func fillLook(t *testing.T, s *store.Store) {
	do(t, s, func(ctx context.Context, _ action.Tx) error {
		return s.TargetLookPut(ctx, target.Look{Person: "anna", Unit: "C1", At: start, Plans: []target.Seen{{Plan: "plan-1"}}})
	})
}
