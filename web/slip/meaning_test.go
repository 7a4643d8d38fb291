package slip

import (
	"encoding/json"
	"strings"
	"testing"

	"jiaoheng/draw/ceremony"
	"jiaoheng/draw/class"
)

func TestALineIsToldInWords(t *testing.T) {
	kept, err := json.Marshal(class.Fixed{Attributes: []class.Attribute{{Name: "性别", Column: 1, Labels: []string{"男", "女"}}, {Name: "城乡", Column: 0, Labels: []string{"城镇", "农村"}}},
		Scores: []class.Score{{Name: "语文", Column: 0, Decimals: 1}, {Name: "数学", Column: 1}}})
	if err != nil {
		t.Fatal(err)
	}
	classes := []ceremony.Label{{Code: classLabel, Text: string(kept)}}
	cases := []struct {
		name, line string
		labels     []ceremony.Label
		want       string
	}{
		{"classes", "p;5a;0,1;905,80", classes, "性别：女|城乡：城镇|语文：90.5|数学：80"},
		{"a small score", "p;5a;1,0;5,0", classes, "性别：男|城乡：农村|语文：0.5|数学：0"},
		{"fewer columns", "p;5a;1;", classes, "城乡：农村"},
		{"another line", "t;5a,5b", classes, ""},
		{"one word for a field", "applicant;5a;-;P1:户籍:0", []ceremony.Label{{Code: "P1", Text: "实验小学"}}, "实验小学"},
		{"no words", "p;5a;1,0;5", nil, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(meaning(c.line, c.labels), "|"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
