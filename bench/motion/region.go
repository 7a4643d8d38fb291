package main

import (
	"context"
	"crypto/rand"
	"fmt"
	random "math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"jiaoheng"
	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/register"
	"jiaoheng/round"
	"jiaoheng/store"
	"jiaoheng/unit"
	"jiaoheng/web"
)

const (
	counties   = 15
	perCounty  = 60
	schools    = counties * perCounty
	indicators = 100 // two registers with half of them each
	firstYear  = 2020
	years      = 6
	cityCode   = "990100"
	login      = "bench"
	password   = "A long enough passphrase"
)

// now is the time of the server.
var now = time.Date(2026, 9, 15, 9, 0, 0, 0, time.UTC)

func countyCode(k int) string { return fmt.Sprintf("9901%02d", k+1) }
func schoolCode(k int) string { return fmt.Sprintf("21%08d", 99000000+k) }

// bench is the store with its data. What was invented is kept apart, for the plain loop.
type bench struct {
	store    *store.Store
	set      *pack.Set
	desk     *round.Desk
	board    *target.Board
	signedIn []*http.Client
	address  string

	targets []goal
	pupils  []float64                    // by school
	counts  [][years][indicators]float64 // by school
	goals   [][]target.Goal              // by target: the city, the counties, the schools
}

// goal is one target of the plan.
type goal struct {
	direction target.Direction
	indicator int
	value     float64
}

// writePack writes the pack of the bench: two registers of schools, and an indicator for each of their columns.
func writePack(dir string) error {
	var registers, formulas strings.Builder
	for half := range 2 {
		fmt.Fprintf(&registers, "bench_figures_%d:\n  name: 测速表%d\n  english: Bench figures %d\n  of: school\n  every: year\n  source: {doc: 口径, clause: 一}\n  columns:\n    bench_pupils_%d: {name: 学生数, english: Pupils, type: count, measure: 人}\n",
			half, half, half, half)
		for k := half * indicators / 2; k < (half+1)*indicators/2; k++ {
			fmt.Fprintf(&registers, "    bench_count_%d: {name: 达到人数%d, english: Count %d, type: count, measure: 人}\n", k, k, k)
			fmt.Fprintf(&formulas, "bench_rate_%d:\n  name: 测速率%d\n  english: Bench rate %d\n  of: school\n  every: year\n  measure: '%%'\n  direction: up\n  decimals: 2\n  formula: 100 * bench_count_%d / bench_pupils_%d\n  source: {doc: 口径, clause: 一}\n",
				k, k, k, k, half)
		}
	}
	about := "pack: bench\nversion: \"1\"\nname: 测速包\nenglish: Bench\nabout: 测速用\nabout_english: For the bench\ndocuments:\n  口径: {name: 测速口径, english: Bench definition, by: 测速, issued: 2020-01-01}\n"
	root := filepath.Join(dir, "packs", "bench")
	for name, text := range map[string]string{"pack.yaml": about, "registers/bench.yaml": registers.String(), "indicators/bench.yaml": formulas.String()} {
		at := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// open fills the store and makes the desk and the board.
func open(ctx context.Context, s *store.Store, dir string, targets int) (*bench, error) {
	set, faults := pack.Load(jiaoheng.Packs, os.DirFS(dir))
	if faults != nil {
		return nil, faults
	}
	if err := s.RegistersOpen(ctx, set.Everything().Registers()...); err != nil {
		return nil, err
	}
	units := []unit.Unit{{Code: cityCode, Name: "测速市", Kind: unit.City}}
	for k := range counties {
		units = append(units, unit.Unit{Code: countyCode(k), Name: fmt.Sprintf("测速第%d县", k+1), Kind: unit.County, Parent: cityCode})
	}
	for k := range schools {
		units = append(units, unit.Unit{Code: schoolCode(k), Name: fmt.Sprintf("测速学校%d", k), Kind: unit.School, Parent: countyCode(k / perCounty), Stages: []unit.Stage{unit.Primary},
			Ownership: unit.Public, Setting: unit.Rural, Opened: period.Date{Year: 1985, Month: 9, Day: 1}})
	}
	if _, err := s.UnitsImport(ctx, action.TheProgram(), units, false); err != nil {
		return nil, err
	}
	b := &bench{store: s, set: set, desk: round.NewDesk(set, s)}
	b.board = web.Board(b.desk, s)
	b.invent(targets)
	for _, step := range []func(context.Context) error{b.leader, b.facts, b.adopt, b.split} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// invent makes targets and figures, the same ones every time: rates that rise, rest or fall, each school with its own.
func (b *bench) invent(targets int) {
	chance := random.New(random.NewPCG(20260915, 5))
	directions := []target.Direction{target.AtLeast, target.AtLeast, target.AtLeast, target.AtLeast, target.AtLeast, target.AtLeast, target.AtMost, target.Increase, target.Rise, target.AboveParent}
	for t := range targets {
		b.targets = append(b.targets, goal{direction: directions[t%len(directions)], indicator: t % indicators, value: float64(60 + chance.IntN(40))})
	}
	b.pupils, b.counts = make([]float64, schools), make([][years][indicators]float64, schools)
	for s := range schools {
		b.pupils[s] = float64(200 + chance.IntN(1500))
		for k := range indicators {
			rate, step := 40+50*chance.Float64(), 3*chance.NormFloat64()
			for y := range years {
				b.counts[s][y][k] = float64(int(b.pupils[s] * min(100, max(0, rate+float64(y)*step+1.5*chance.NormFloat64())) / 100))
			}
		}
	}
	b.goals = make([][]target.Goal, targets)
	for t, one := range b.targets {
		base := target.Goal{Direction: one.direction, Unit: "%", Deadline: period.Date{Year: 2027, Month: 12, Day: 31}}
		for u := range 1 + counties + schools {
			given := base
			switch one.direction {
			case target.AboveParent, target.Rise:
			case target.Increase:
				given.Value = target.Sure(float64(3 + chance.IntN(5)))
			default:
				given.Value = target.Sure(one.value)
			}
			if u > 0 && given.Value.Is && one.direction != target.Increase {
				given.Value.Number += float64(chance.IntN(9) - 4)
			}
			if one.direction != target.AboveParent {
				given.Baseline, given.BaselineYear = target.Sure(float64(int(100*b.rate(u, 0, one.indicator)))/100), firstYear
			}
			b.goals[t] = append(b.goals[t], given)
		}
	}
}

// leader stores the leader of the bureau of the city, with an account.
func (b *bench) leader(ctx context.Context) error {
	hasher, err := person.NewHasher(person.Cost{Memory: 8, Passes: 1, Threads: 1}, 1, rand.Reader)
	if err != nil {
		return err
	}
	where := access.Unit{Code: cityCode}
	someone, err := person.Create(ctx, b.store, action.TheProgram(), where, person.Person{Name: "测速局长"})
	if err != nil {
		return err
	}
	if _, err = person.CreatePost(ctx, b.store, action.TheProgram(), where, person.Post{Person: someone.ID, Unit: cityCode, Role: access.BureauLeader, From: "2020-01-01"}); err != nil {
		return err
	}
	_, err = person.CreateAccountWithPassword(ctx, b.store, hasher, action.TheProgram(), where, someone.ID, login, password)
	return err
}

// facts stores the figures through the write path of imports.
func (b *bench) facts(ctx context.Context) error {
	for half := range 2 {
		for y := range years {
			rows := make([]register.Row, schools)
			for s := range rows {
				rows[s] = b.row(half, y, s)
			}
			if err := b.put(ctx, half, rows); err != nil {
				return err
			}
		}
	}
	return nil
}

func yearOf(y int) period.Period {
	return period.Period{Kind: period.Year, Start: period.Date{Year: firstYear + y, Month: 1, Day: 1}}
}

// row is what a school reports in a year in one of the registers.
func (b *bench) row(half, y, school int) register.Row {
	row := register.Row{Unit: schoolCode(school), Period: yearOf(y), Origin: register.Origin{Kind: "file", File: "测速.xlsx", Person: "bench", At: now}}
	row.Cells = append(row.Cells, register.Cell{Known: true, Number: b.pupils[school]})
	for k := half * indicators / 2; k < (half+1)*indicators/2; k++ {
		row.Cells = append(row.Cells, register.Cell{Known: true, Number: b.counts[school][y][k]})
	}
	return row
}

func (b *bench) put(ctx context.Context, half int, rows []register.Row) error {
	r, _ := b.set.Everything().Register(fmt.Sprint("bench_figures_", half))
	return action.Do(ctx, b.store, action.TheProgram(), action.Write{Name: "register.action.import", Thing: access.Thing{Class: access.Fact},
		Do: func(ctx context.Context, _ action.Tx) error {
			_, err := b.store.RegisterUpsert(ctx, r, register.Batch{Rows: rows})
			return err
		}})
}

const planID = "plan-of-the-bench"

// adopt stores the plan with its targets.
func (b *bench) adopt(ctx context.Context) error {
	content := plan.Content{Title: "测速市教育事业发展规划", Region: "测速市", From: 2021, To: 2027, About: map[string]string{}, Text: "bench"}
	for t, one := range b.targets {
		own := b.goals[t][0]
		fields := map[string]string{"name": fmt.Sprintf("第%d项测速目标", t+1), "unit": "%", "deadline": "2027"}
		if own.Value.Is {
			fields["value"], fields["comparator"] = fmt.Sprint(own.Value.Number), map[target.Direction]string{target.AtLeast: ">=", target.AtMost: "<=", target.Increase: "increase"}[one.direction]
		}
		switch one.direction {
		case target.Rise:
			fields["verbal"] = "只增不减"
		case target.AboveParent:
			fields["verbal"] = "高于全省平均水平"
		}
		if own.Baseline.Is {
			fields["baseline"], fields["baseline_year"] = fmt.Sprint(own.Baseline.Number), fmt.Sprint(own.BaselineYear)
		}
		content.Nodes = append(content.Nodes, plan.Node{ID: fmt.Sprint("T", t+1), Kind: plan.Target, Fields: fields, Places: []plan.Place{{}}, Sentence: fields["name"],
			Path: []string{fmt.Sprintf("第%d章", t/20+1)}, Stage: plan.Stages()[t%len(plan.Stages())]})
	}
	return action.Do(ctx, b.store, action.TheProgram(), action.Write{Name: "plan.action.adopt", Thing: access.Thing{Class: access.Plan}, Do: func(ctx context.Context, tx action.Tx) error {
		version, err := plan.Fix(content, 1, plan.Who{ID: "bench", At: tx.Now()})
		if err != nil {
			return err
		}
		err = b.store.PlanInsert(ctx, plan.Plan{ID: planID, Title: content.Title, Region: content.Region, From: content.From, To: content.To, Versions: 1, Created: tx.Now(), Changed: tx.Now()})
		if err != nil {
			return err
		}
		return b.store.PlanVersionInsert(ctx, planID, version)
	}})
}

// split stores what measures each target, and how the city hands it to its counties and each county to its schools.
func (b *bench) split(ctx context.Context) error {
	for t, one := range b.targets {
		track := target.Track(fmt.Sprintf("1.T%d", t+1))
		decided := func(name string) target.Decision {
			return target.Decision{ID: fmt.Sprintf("%s-%d", name, t), Number: 1, State: target.Approved, By: "anna", At: now, ApprovedBy: "bert", ApprovedAt: now}
		}
		err := action.Do(ctx, b.store, action.TheProgram(), action.Write{Name: "plan.action.adopt", Thing: access.Thing{Class: access.Plan}, Do: func(ctx context.Context, _ action.Tx) error {
			err := b.store.BindingInsert(ctx, target.Binding{Decision: decided("binding"), Plan: planID, Target: track, Kind: target.FromIndicator, Name: fmt.Sprint("bench_rate_", one.indicator), Confidence: 1})
			for c := -1; err == nil && c < counties; c++ {
				sheet := target.Split{Decision: decided(fmt.Sprint("split-", c)), Plan: planID, Target: track, Parent: cityCode}
				from, to := 1, 1+counties
				if c >= 0 {
					sheet.Parent, from, to = countyCode(c), 1+counties+c*perCounty, 1+counties+(c+1)*perCounty
				}
				for u := from; u < to; u++ {
					sheet.Shares = append(sheet.Shares, target.Share{Unit: b.code(u), Goal: b.goals[t][u], Reason: "基础不同"})
				}
				err = b.store.SplitInsert(ctx, sheet)
			}
			return err
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

// code is the code of a unit by its place: the city, the counties, the schools.
func (b *bench) code(u int) string {
	switch {
	case u == 0:
		return cityCode
	case u <= counties:
		return countyCode(u - 1)
	}
	return schoolCode(u - 1 - counties)
}
