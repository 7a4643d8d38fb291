package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"jiaoheng"
	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/store"
	"jiaoheng/unit"
)

// The region: a city with counties, each with schools; every school reports every item each month.
const (
	counties   = 15
	schools    = 6000
	months     = 12
	items      = 11
	indicators = 10
	cityCode   = "990100"
)

func countyCode(k int) string  { return fmt.Sprintf("9901%02d", k+1) }
func schoolCode(k int) string  { return fmt.Sprintf("21%08d", 99000000+k) }
func itemName(k int) string    { return fmt.Sprintf("bench_item%02d", k) }
func indicatorOf(k int) string { return fmt.Sprintf("bench.rate%02d", k) }

func monthAt(k int) period.Period {
	return period.Period{Kind: period.Month, Start: period.Date{Year: 2024, Month: k + 1, Day: 1}}
}

// facts holds every number that was stored, by item, month and school: the plain computation reads nothing else.
type facts [items][months][schools]float64

// invent makes the numbers, the same ones every time.
func invent() *facts {
	chance := rand.New(rand.NewPCG(20241201, 1))
	var all facts
	for item := range items {
		for month := range months {
			for school := range schools {
				all[item][month][school] = float64(1 + chance.IntN(2000))
			}
		}
	}
	return &all
}

// totals are the sums of every item and month for each county, and for the city at the end. They are added up anew, by a
// plain loop, before a series, so that checking takes no time from the server.
type totals [items][months][counties + 1]float64

func (f *facts) totals() *totals {
	var all totals
	for item := range items {
		for month := range months {
			for school := range schools {
				all[item][month][school*counties/schools] += f[item][month][school]
				all[item][month][counties] += f[item][month][school]
			}
		}
	}
	return &all
}

// writePack writes a local pack with one monthly register and the indicators over it.
func writePack(dir string) error {
	root := filepath.Join(dir, "packs", "bench")
	var register, rates strings.Builder
	register.WriteString("bench_month:\n  name: 学校月报\n  english: Monthly report\n  of: school\n  every: month\n  source: {doc: 月报口径, clause: 全部}\n  columns:\n")
	for k := range items {
		fmt.Fprintf(&register, "    %s: {name: 数据项%d, english: Item %d, type: count, measure: 人, required: true}\n", itemName(k), k, k)
	}
	for k := range indicators {
		fmt.Fprintf(&rates, "%s:\n  name: 月度比率%d\n  english: Monthly rate %d\n  of: school\n  every: month\n  measure: '%%'\n  direction: up\n  decimals: 2\n"+
			"  formula: 100 * %s / %s\n  source: {doc: 月报口径, clause: 全部}\n", indicatorOf(k), k, k, itemName(k+1), itemName(0))
	}
	head := "pack: bench\nversion: \"1\"\nname: 月报\nenglish: Monthly reports\nabout: 测速用的月报。\nabout_english: Monthly reports for a benchmark.\n" +
		"documents:\n  月报口径: {name: 月报口径, english: Conventions of the monthly report, by: 教育局, issued: 2023-01-01}\n"
	for name, text := range map[string]string{"pack.yaml": head, "registers/month.yaml": register.String(), "indicators/month.yaml": rates.String()} {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func regionUnits() []unit.Unit {
	all := []unit.Unit{{Code: cityCode, Name: "测速市", Kind: unit.City}}
	for k := range counties {
		all = append(all, unit.Unit{Code: countyCode(k), Name: fmt.Sprintf("第%d县", k+1), Kind: unit.County, Parent: cityCode})
	}
	for k := range schools {
		all = append(all, unit.Unit{Code: schoolCode(k), Name: fmt.Sprintf("第%d小学", k+1), Kind: unit.School, Parent: countyCode(k * counties / schools),
			Stages: []unit.Stage{unit.Primary}, Ownership: unit.Public, Setting: unit.Town})
	}
	return all
}

// declarations reads the packs of the program and the local one, and returns the register of the benchmark.
func declarations(s *store.Store) (*pack.Set, *pack.Register, error) {
	set, faults := pack.Load(jiaoheng.Packs, os.DirFS(s.DataDir()))
	if err := faults.Err(); err != nil {
		return nil, nil, err
	}
	declared, known := set.Everything().Register("bench_month")
	if !known {
		return nil, nil, fmt.Errorf("the pack lacks its register")
	}
	return set, declared, nil
}

// load stores units and facts as an import does.
func load(ctx context.Context, s *store.Store, all *facts) (*pack.Register, error) {
	set, declared, err := declarations(s)
	if err != nil {
		return nil, err
	}
	if err := s.RegistersOpen(ctx, set.Everything().Registers()...); err != nil {
		return nil, err
	}
	if _, err := s.UnitsImport(ctx, action.TheProgram(), regionUnits(), false); err != nil {
		return nil, err
	}
	for month := range months {
		rows := make([]register.Row, schools)
		for school := range schools {
			cells := make([]register.Cell, items)
			for item := range items {
				cells[item] = register.Cell{Known: true, Number: all[item][month][school]}
			}
			rows[school] = register.Row{Unit: schoolCode(school), Period: monthAt(month), Cells: cells, Origin: register.Origin{Kind: "demo", At: s.Now()}}
		}
		err := action.Do(ctx, s, action.TheProgram(), action.Write{Name: "demo.action.facts", Thing: access.Thing{Class: access.Fact},
			Do: func(ctx context.Context, _ action.Tx) error {
				_, err := s.RegisterUpsert(ctx, declared, register.Batch{Rows: rows})
				return err
			}})
		if err != nil {
			return nil, err
		}
	}
	return declared, nil
}
