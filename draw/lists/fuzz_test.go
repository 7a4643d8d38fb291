package lists_test

import (
	"bytes"
	"strings"
	"testing"

	"jiaoheng/draw"
	"jiaoheng/draw/lists"
)

// Whatever stands in the lines, a draw of either kind gives a result without violations or a fault, and a proof read from any
// bytes begins a chain or not, without a panic.
func FuzzLines(f *testing.F) {
	f.Add("stratum;1;;1\nobject;A;;1;1;a,*\nobject;B;;1;2;\ninspector;P;;1;a;2;2\ninspector;Q;;2;;;1", byte(1))
	f.Add("inspector;P;;candidate\ninspector;Q;;load\ninspector;R;;candidate", byte(2))
	f.Add("stratum;1;;0\nstratum;2;x/y;2\nobject;A;;2;3;*,*\nobject;B;;2;3;b+a\ninspector;P;;2;a+b;;", byte(3))
	f.Fuzz(func(t *testing.T, text string, seed byte) {
		lines := strings.Split(text, "\n")
		if len(lines) > 30 || len(text) > 2000 {
			return
		}
		for _, kind := range []string{lists.Kind, lists.Vacancy} {
			a, err := draw.Announce(kind, "x", nil, []draw.Source{{Kind: draw.Given}}, lines)
			if err != nil {
				continue
			}
			repeat := map[string]func(draw.Announcement, []string, draw.Seed) ([]string, error){lists.Kind: lists.Lines, lists.Vacancy: lists.VacancyLines}[kind]
			result, err := repeat(a, lines, draw.Seed{seed})
			if err != nil {
				continue
			}
			if kind == lists.Kind {
				if wrong := lists.Violations(lines, result); wrong != nil {
					t.Fatalf("%v: %v", result, wrong)
				}
			}
			var wire bytes.Buffer
			if err := draw.NewProof(a, lines, []string{draw.Value(1, "00")}, result).Write(&wire); err != nil {
				t.Fatal(err)
			}
			p, err := draw.ReadProof(&wire)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := lists.NewChain(p); err == nil && kind == lists.Vacancy {
				t.Fatal("a redraw begins a chain")
			}
		}
	})
}
