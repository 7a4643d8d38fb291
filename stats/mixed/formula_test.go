package mixed

import (
	"strings"
	"testing"

	"jiaoheng/fault"
)

// letters are the variables of the tests of coding: factors a, b and f, numbers x, y, z, groups g and h.
func letters() []Variable {
	return []Variable{{Name: "a", Text: true, Levels: []string{"p", "q"}}, {Name: "b", Text: true, Levels: []string{"u", "v", "w"}}, {Name: "x", Levels: []string{"1", "2", "3"}},
		{Name: "y"}, {Name: "z"}, {Name: "g", Text: true}, {Name: "h", Text: true}, {Name: "one", Text: true, Levels: []string{"z"}}}
}

func design(t *testing.T, text string) *Design {
	t.Helper()
	f, err := Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	d, err := NewDesign(f, letters())
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return d
}

func effectNames(effects []Effect) string {
	var names []string
	for _, e := range effects {
		names = append(names, e.Name)
	}
	return strings.Join(names, " ")
}

// The names are those that R 4.2 gives to the columns of model.matrix.
func TestColumnsAreCodedAndNamedAsInR(t *testing.T) {
	cases := map[string]string{
		"a*b":                  "(Intercept) aq bv bw aq:bv aq:bw",
		"0 + a*b":              "ap aq bv bw aq:bv aq:bw",
		"a:b":                  "(Intercept) ap:bu aq:bu ap:bv aq:bv ap:bw aq:bw",
		"z + a:z":              "(Intercept) z z:aq",
		"0 + z + z:a":          "z z:ap z:aq",
		"a/b":                  "(Intercept) aq ap:bv aq:bv ap:bw aq:bw",
		"a/z":                  "(Intercept) aq ap:z aq:z",
		"b:a + a":              "(Intercept) aq bv:ap bw:ap bv:aq bw:aq",
		"z:a + b:a":            "(Intercept) z:ap z:aq ap:bv aq:bv ap:bw aq:bw",
		"0 + a + b":            "ap aq bv bw",
		"(a + b + z)^2":        "(Intercept) aq bv bw z aq:bv aq:bw aq:z bv:z bw:z",
		"I(z*2)+I(z/10)+I(-z)": "(Intercept) I(z * 2) I(z/10) I(-z)",
		"I((z+1)^2)+log(z+1)":  "(Intercept) I((z + 1)^2) log(z + 1)",
		"factor(x) + a":        "(Intercept) factor(x)2 factor(x)3 aq",
		"a %in% b":             "(Intercept) ap:bu aq:bu ap:bv aq:bv ap:bw aq:bw",
		"(a + b)/z":            "(Intercept) aq bv bw ap:bu:z aq:bu:z ap:bv:z aq:bv:z ap:bw:z aq:bw:z",
		"a*b - a":              "(Intercept) bv bw aq:bu aq:bv aq:bw",
		"z:b + a:b:z":          "(Intercept) z:bu z:bv z:bw z:bu:aq z:bv:aq z:bw:aq",
		"a:b:z + a":            "(Intercept) aq ap:bu:z aq:bu:z ap:bv:z aq:bv:z ap:bw:z aq:bw:z",
		"1 + z - 1":            "z",
		"-1 + b:z + a:z":       "bu:z bv:z bw:z z:aq",
		"log(z, 2) + z^2":      "(Intercept) log(z, 2) z",
		"I(z^2 * 3 - 1)":       "(Intercept) I(z^2 * 3 - 1)",
		"exp(-z) + sqrt(z)":    "(Intercept) exp(-z) sqrt(z)",
		"x":                    "(Intercept) x",
	}
	for right, want := range cases {
		if got := effectNames(design(t, "y ~ "+right+" + (1|g)").Fixed); got != want {
			t.Errorf("%s:\n got %s\nwant %s", right, got, want)
		}
	}
}

func TestRandomTermsAreSplitAsInLme4(t *testing.T) {
	cases := map[string]string{
		"(1|a/b/g)":               "(Intercept) | g:(b:a); (Intercept) | b:a; (Intercept) | a",
		"(z||a/b)":                "(Intercept) | b:a; (Intercept) | a; z | b:a; z | a",
		"(1+a||g)":                "(Intercept) | g; ap aq | g",
		"(a+z:b||g)":              "(Intercept) | g; ap aq | g; z:bu z:bv z:bw | g",
		"(0+z||g)":                "z | g",
		"(1|a:b)":                 "(Intercept) | a:b",
		"(1|factor(g))":           "(Intercept) | factor(g)",
		"((1|g)+(0+z|g))":         "(Intercept) | g; z | g",
		"(1+z|g)+(1|h)":           "(Intercept) z | g; (Intercept) | h",
		"（1＋z｜g）":                 "(Intercept) z | g",
		"(0 + a | g) + (1 | a:g)": "ap aq | g; (Intercept) | a:g",
	}
	for bars, want := range cases {
		d := design(t, "y ~ z + "+bars)
		var terms []string
		for _, term := range d.Terms {
			terms = append(terms, effectNames(term.Effects)+" | "+d.Groups[term.Group].Name)
		}
		if got := strings.Join(terms, "; "); got != want {
			t.Errorf("%s:\n got %s\nwant %s", bars, got, want)
		}
	}
	if len(design(t, "y ~ (1+a||g)").Notes) != 1 || len(design(t, "y ~ (1+z||g)").Notes) != 0 {
		t.Error("a factor within double bars deserves a note, a number none")
	}
}

func TestFormulaIsPrintedAsInR(t *testing.T) {
	cases := map[string]string{
		"y~z*a+I(z^2)+(1+z|g)+(1|a/h)": "y ~ z * a + I(z^2) + (1 + z | g) + (1 | a/h)",
		"log(y)~0+a:z-1+(1||g)":        "log(y) ~ 0 + a:z - 1 + (1 || g)",
		"y ~ -1 + `my x` + (1|g)":      "y ~ -1 + `my x` + (1 | g)",
		"成绩 ~ 入学^2 + (1 | 学校)":         "成绩 ~ 入学^2 + (1 | 学校)",
	}
	for text, want := range cases {
		f, err := Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		} else if f.Text() != want {
			t.Errorf("%s: got %s", text, f.Text())
		}
	}
}

func TestFaultsOfFormulas(t *testing.T) {
	cases := map[string]string{
		"y ~ poly(z, 2) + (1|g)":          "mixed.basis",
		"y ~ ns(z) + (1|g)":               "mixed.basis",
		"y ~ offset(z) + (1|g)":           "mixed.offset",
		"y ~ sin(z) + (1|g)":              "mixed.function_unknown",
		"y ~ . + (1|g)":                   "mixed.dot",
		"y ~ z":                           "mixed.no_random",
		"y ~ z + 1|g":                     "mixed.bar_without_paren",
		"y ~ z*(1|g)":                     "mixed.bar_misplaced",
		"y ~ z - (1|g)":                   "mixed.bar_misplaced",
		"y ~ (1|z|g)":                     "mixed.bar_misplaced",
		"y ~ (0|g)":                       "mixed.bar_empty",
		"y ~ (1|a+b)":                     "mixed.group_unclear",
		"y ~ (1|a*b)":                     "mixed.group_unclear",
		"y ~ (1|log(z))":                  "mixed.group_unclear",
		"y ~ 2*z + (1|g)":                 "mixed.number_term",
		"y ~ z^z + (1|g)":                 "mixed.power",
		"y + (1|g)":                       "mixed.no_tilde",
		"y ~ z + (1|g":                    "mixed.syntax",
		"y ~ ":                            "mixed.syntax",
		"":                                "mixed.syntax",
		"y ~ z @ (1|g)":                   "mixed.syntax",
		"y ~ log(z,2,3) + (1|g)":          "mixed.function_arguments",
		"y ~ factor(z+1) + (1|g)":         "mixed.factor_call",
		"y ~ I(z:a) + (1|g)":              "mixed.arithmetic",
		"y ~ w + (1|g)":                   "mixed.column_unknown",
		"y ~ z + (1|w)":                   "mixed.column_unknown",
		"a ~ z + (1|g)":                   "mixed.response_text",
		"y ~ z + y + (1|g)":               "mixed.response_right",
		"y ~ I(a^2) + (1|g)":              "mixed.text_arithmetic",
		"y ~ one + (1|g)":                 "mixed.factor_levels",
		"y ~ " + strings.Repeat("(", 100): "mixed.deep",
		"y ~ " + strings.Repeat("z+", 3000) + "z": "mixed.formula_long",
	}
	for text, want := range cases {
		f, err := Parse(text)
		if err == nil {
			_, err = NewDesign(f, letters())
		}
		faults := fault.Of(err)
		if len(faults) == 0 || faults[0].Code != want {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}

func FuzzParseNeverPanics(f *testing.F) {
	for _, seed := range []string{"y ~ z*a + (1|g/h)", "y~(((", "`", "y ~ -(-(a-1)-0)^2 + (a||b:(c/d))", "y~a%in%b/c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		formula, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(formula.Text())
		if err != nil {
			t.Fatalf("%q is printed as %q, which cannot be read: %v", text, formula.Text(), err)
		}
		if again.Text() != formula.Text() {
			t.Fatalf("%q is printed as %q and then as %q", text, formula.Text(), again.Text())
		}
		_, _ = NewDesign(formula, letters())
	})
}
