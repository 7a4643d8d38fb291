package unit

import (
	"strings"
	"testing"
)

func boundaryTree(t testing.TB) *Tree {
	t.Helper()
	tree, err := Build([]Unit{
		{Code: "330301", Name: "澄源县", Kind: County},
		{Code: "330301001", Name: "城关镇", Kind: Township, Parent: "330301"},
		{Code: "330301002", Name: "柳溪乡", Kind: Township, Parent: "330301"},
		{Code: "3133000001", Name: "中心小学", Kind: School, Parent: "330301001"},
		{Code: "3133000002", Name: "中心小学", Kind: School, Parent: "330301002"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func collection(features ...string) string {
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
}

const square = `{"type":"Polygon","coordinates":[[[120,30],[121,30],[121,31],[120,31],[120,30]]]}`

func feature(properties, geometry string) string {
	return `{"type":"Feature","properties":` + properties + `,"geometry":` + geometry + `}`
}

func TestReadBoundaries(t *testing.T) {
	cases := []struct{ name, file, code, fault string }{
		{"by code", collection(feature(`{"code":"330301001"}`, square)), "330301001", ""},
		{"by a number", collection(feature(`{"adcode":330301}`, square)), "330301", ""},
		{"by the national form", collection(feature(`{"gb":"156330301"}`, square)), "330301", ""},
		{"by name", collection(feature(`{"name":"柳溪乡"}`, square)), "330301002", ""},
		{"several parts", collection(feature(`{"name":"柳溪乡"}`, `{"type":"MultiPolygon","coordinates":[[[[120,30],[121,30],[121,31],[120,30]]],[[[122,30],[123,30],[123,31],[122,30]]]]}`)), "330301002", ""},
		{"a school as a point", collection(feature(`{"code":"3133000001"}`, `{"type":"Point","coordinates":[120.5,30.5]}`)), "3133000001", ""},
		{"a name of two schools", collection(feature(`{"name":"中心小学"}`, square)), "", "unit.boundary_unknown"},
		{"an unknown unit", collection(feature(`{"name":"没有的乡"}`, square)), "", "unit.boundary_unknown"},
		{"nothing to go by", collection(feature(`{}`, square)), "", "unit.boundary_unknown"},
		{"twice", collection(feature(`{"code":"330301"}`, square), feature(`{"name":"澄源县"}`, square)), "330301", "unit.boundary_twice"},
		{"a line", collection(feature(`{"code":"330301"}`, `{"type":"LineString","coordinates":[[120,30],[121,30]]}`)), "", "unit.boundary_shape"},
		{"no shape", collection(feature(`{"code":"330301"}`, `null`)), "", "unit.boundary_shape"},
		{"metres", collection(feature(`{"code":"330301"}`, `{"type":"Polygon","coordinates":[[[500000,3300000],[500100,3300000],[500100,3300100],[500000,3300000]]]}`)), "", "unit.boundary_degrees"},
		{"no collection", `{"type":"Topology"}`, "", "unit.boundary_format"},
		{"no JSON", `<kml/>`, "", "unit.boundary_format"},
		{"empty", collection(), "", "unit.boundary_format"},
		{"too large", strings.Repeat(" ", MaxBoundaryBytes+1), "", "unit.boundary_large"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			areas, faults := ReadBoundaries([]byte(c.file), boundaryTree(t))
			code, problem := "", ""
			if len(areas) > 0 {
				code = areas[0].Code
			}
			if len(faults) > 0 {
				problem = faults[0].Code
			}
			if code != c.code || problem != c.fault {
				t.Errorf("code %q fault %q, want %q %q", code, problem, c.code, c.fault)
			}
		})
	}
}

func FuzzReadBoundaries(f *testing.F) {
	f.Add(collection(feature(`{"code":"330301001"}`, square)))
	tree := boundaryTree(f)
	f.Fuzz(func(t *testing.T, file string) { ReadBoundaries([]byte(file), tree) })
}
