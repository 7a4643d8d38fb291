package demo_test

import (
	"testing"

	"jiaoheng/demo"
	"jiaoheng/unit"
)

func TestTheCountyIsATreeOfAboutSixtySchools(t *testing.T) {
	tree, err := unit.Build(demo.Units())
	if err != nil {
		t.Fatal(err)
	}
	schools, kindergartens := 0, 0
	for n := range tree.Len() {
		switch tree.At(n).Kind {
		case unit.School:
			schools++
		case unit.Kindergarten:
			kindergartens++
		}
	}
	if total := schools + kindergartens; total < 55 || total > 70 || kindergartens < 12 {
		t.Errorf("%d schools and %d kindergartens", schools, kindergartens)
	}
	county, ok := tree.Number(demo.CountyCode)
	if !ok || tree.Subtree(county).To-tree.Subtree(county).From < 80 {
		t.Errorf("the county holds %v", tree.Subtree(county))
	}
}
