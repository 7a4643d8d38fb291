package pack_test

import (
	"os"
	"testing"
	"testing/fstest"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

func day(text string) period.Date {
	d, ok := period.ParseDate(text)
	if !ok {
		panic(text)
	}
	return d
}

func TestResolve(t *testing.T) {
	number := func(x float64) *float64 { return &x }
	values := []pack.Dated{
		{From: day("2017-04-19"), All: number(1)},
		{From: day("2017-04-19"), Region: "510000", All: number(2)},
		{From: day("2017-04-19"), Region: "510100", All: number(3)},
		{From: day("2017-04-19"), Switch: "relaxed", All: number(4)},
		{From: day("2020-01-01"), Until: day("2021-01-01"), ByStage: map[unit.Stage]float64{unit.Primary: 5}},
		{From: day("2022-01-01"), All: number(6)},
	}
	cases := []struct {
		name    string
		on      string
		stage   unit.Stage
		regions []string
		relaxed bool
		want    float64
		found   bool
	}{
		{"before any came into force", "2017-04-18", unit.Primary, nil, false, 0, false},
		{"on the first day", "2017-04-19", unit.Primary, nil, false, 1, true},
		{"elsewhere", "2018-01-01", unit.Primary, []string{"990000"}, false, 1, true},
		{"in the province", "2018-01-01", unit.Primary, []string{"510200", "510000"}, false, 2, true},
		{"the nearest region", "2018-01-01", unit.Primary, []string{"510104", "510100", "510000"}, false, 3, true},
		{"the region goes before the switch", "2018-01-01", unit.Primary, []string{"510100"}, true, 3, true},
		{"with the switch", "2018-01-01", unit.Primary, nil, true, 4, true},
		{"a later value for one stage", "2020-06-01", unit.Primary, nil, false, 5, true},
		{"leaves the other stage as it was", "2020-06-01", unit.Junior, nil, false, 1, true},
		{"on its last day", "2020-12-31", unit.Primary, nil, false, 5, true},
		{"after its end", "2021-01-01", unit.Primary, nil, false, 1, true},
		{"the latest", "2024-01-01", unit.Junior, nil, false, 6, true},
		{"the region's own value stands beyond a later national one", "2024-01-01", unit.Junior, []string{"510100"}, false, 3, true},
		{"and so does what the bureau turned on", "2024-01-01", unit.Junior, nil, true, 4, true},
	}
	for _, c := range cases {
		got, _, found := pack.ResolveFor(c.stage, values, day(c.on), c.regions, map[string]bool{"relaxed": c.relaxed})
		if got != c.want || found != c.found {
			t.Errorf("%s: %v %v, want %v %v", c.name, got, found, c.want, c.found)
		}
	}
	if d, found := pack.Resolve(values, day("2020-06-01"), nil, nil); !found || d.ByStage[unit.Primary] != 5 {
		t.Errorf("Resolve: %v %v", d, found)
	}
}

// local is a data folder that raises values of the good pack in one region.
const local = `pack: local
version: "1"
name: 本地
english: Local
about: 例
about_english: Example
extends: example
documents:
  本地〔2022〕1号: {name: 本地办法, english: Local measures, by: 本地局, issued: 2022-01-01}
standards:
  teacher.above_per_100:
    at_least:
      - {from: 2022-01-01, region: "990100", primary: 5, source: {doc: 本地〔2022〕1号, clause: 一}}
`

func TestALocalPackRaisesAValueInItsRegion(t *testing.T) {
	official := tree(t, "testdata/good", "example")
	plain, faults := pack.Load(official, nil)
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	set, faults := pack.Load(official, fstest.MapFS{"packs/local/pack.yaml": {Data: []byte(local)}})
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	standard, _ := set.Closure("example").Standard("teacher.above_per_100")
	cases := []struct {
		name    string
		stage   unit.Stage
		regions []string
		want    float64
	}{
		{"raised", unit.Primary, []string{"990121", "990100"}, 5},
		{"the other stage stays", unit.Junior, []string{"990121", "990100"}, 5.3},
		{"elsewhere", unit.Primary, []string{"990200"}, 4.2},
	}
	for _, c := range cases {
		if got, d, _ := pack.ResolveFor(c.stage, standard.Thresholds, day("2023-09-01"), c.regions, nil); got != c.want {
			t.Errorf("%s: %v (%v), want %v", c.name, got, d.Source, c.want)
		}
	}
	if plain.Digest("example") == set.Digest("example") {
		t.Error("the digest does not tell that a value was raised")
	}
	if _, isPack := set.Pack("local"); !isPack || set.Closure("local") != nil {
		t.Error("the local pack is listed and has no scope of its own")
	}
}

func TestDigest(t *testing.T) {
	digest := func(change func(files fstest.MapFS)) string {
		files := tree(t, "testdata/good", "example")
		change(files)
		set, faults := pack.Load(files, nil)
		if faults != nil {
			t.Fatal(faults.Text(message.Chinese))
		}
		return set.Digest("example")
	}
	same := digest(func(fstest.MapFS) {})
	if again := digest(func(fstest.MapFS) {}); again != same {
		t.Error("two loads give two digests")
	}
	if tests := digest(func(f fstest.MapFS) {
		f["packs/example/indicators/teacher.itest"] = &fstest.MapFile{Data: []byte("# x")}
	}); tests != same {
		t.Error("tests change the digest")
	}
	if comment := digest(func(f fstest.MapFS) {
		f["packs/example/tables/run.yaml"].Data = append(f["packs/example/tables/run.yaml"].Data, "# x\n"...)
	}); comment == same {
		t.Error("a changed file does not change the digest")
	}
}

func TestLoadWithTakesThePlaceOfAPack(t *testing.T) {
	files := tree(t, "testdata/good", "example")
	files["packs/example/pack.yaml"] = &fstest.MapFile{Data: []byte("broken: [")}
	set, faults := pack.LoadWith(files, nil, "example", os.DirFS("testdata/good"))
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	if _, known := set.Closure("example").Indicator("teacher.above_cv"); !known {
		t.Error("the pack of the folder was not loaded")
	}
}
