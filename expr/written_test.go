package expr_test

import (
	"testing"

	"pgregory.net/rapid"

	"jiaoheng/expr"
	"jiaoheng/fault"
)

func TestWritten(t *testing.T) {
	cases := []struct{ name, formula, want string }{
		{"no needless brackets", "((a + b) + if(((c and d) and e), (f), 0)) / (p)", "(a + b + if(c and d and e, f, 0)) / p"},
		{"grouped from the left", "a - (b + c) - (d)", "a - (b + c) - d"},
		{"a power is grouped from the right", "(a ^ b) ^ c ^ d", "(a ^ b) ^ c ^ d"},
		{"a sign beside a power", "-2 ^ 2 + (-2) ^ 2", "-2 ^ 2 + (-2) ^ 2"},
		{"not reaches over a comparison", "not (a == b)", "not a == b"},
		{"comparisons are never chained", "(a < b) == true", "(a < b) == true"},
		{"or inside and", "(a or b) and c", "(a or b) and c"},
	}
	for _, c := range cases {
		tree, faults := expr.Parse(fault.Place{}, c.formula)
		if faults != nil {
			t.Fatalf("%s: %v", c.name, faults)
		}
		if got := tree.Written(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// What is written is read back as the same tree.
func TestWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := source(rapid.Uint64().Draw(t, "formulas"))
		w := writer{&random}
		for range 40 {
			tree, faults := expr.Parse(fault.Place{}, w.condition(4))
			if faults != nil {
				t.Fatal(faults)
			}
			again, faults := expr.Parse(fault.Place{}, tree.Written())
			if faults != nil || again.String() != tree.String() {
				t.Fatalf("%s is written as %s: %v", tree, tree.Written(), faults)
			}
		}
	})
}
