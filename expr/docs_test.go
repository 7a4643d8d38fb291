package expr_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jiaoheng/expr"
)

// Every function stands in the table of docs/formulas.md, and the table names no other.
func TestEveryFunctionIsDocumented(t *testing.T) {
	data, err := os.ReadFile("../docs/formulas.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(data), "\n## Functions\n")
	table, _, also := strings.Cut(table, "\n**Over what.**")
	if !found || !also {
		t.Fatal("docs/formulas.md has no table of functions")
	}
	var documented []string
	for _, line := range strings.Split(table, "\n") {
		cell, _, _ := strings.Cut(strings.TrimPrefix(line, "| "), " | ")
		for _, m := range regexp.MustCompile("`([a-z_0-9]+)").FindAllStringSubmatch(cell, -1) {
			documented = append(documented, m[1])
		}
	}
	slices.Sort(documented)
	if documented = slices.Compact(documented); !slices.Equal(documented, expr.FunctionNames()) {
		t.Errorf("documented: %v\nfunctions:  %v", documented, expr.FunctionNames())
	}
	for _, limit := range []int{expr.MaxText, expr.MaxNodes, expr.MaxDepth} {
		if !strings.Contains(string(data), " "+fmt.Sprint(limit)+" ") {
			t.Errorf("docs/formulas.md does not name the limit %d", limit)
		}
	}
}
