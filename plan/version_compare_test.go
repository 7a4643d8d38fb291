package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jiaoheng/plan"
)

// node writes one item as "kind|name|scope|fields as key=value;…|sentence|path".
func node(t testing.TB, line string) plan.Node {
	t.Helper()
	parts := strings.Split(line, "|")
	if len(parts) != 6 {
		t.Fatalf("%q has %d parts", line, len(parts))
	}
	n := plan.Node{Kind: plan.Kind(parts[0]), Fields: map[string]string{"name": parts[1]}, Sentence: parts[4]}
	if parts[2] != "" {
		n.Fields["scope"] = parts[2]
	}
	for _, field := range strings.FieldsFunc(parts[3], func(r rune) bool { return r == ';' }) {
		key, value, _ := strings.Cut(field, "=")
		n.Fields[key] = value
	}
	if parts[5] != "" {
		n.Path = strings.Split(parts[5], "/")
	}
	return n
}

func content(t testing.TB, lines ...string) plan.Content {
	var c plan.Content
	for i, line := range lines {
		n := node(t, line)
		n.ID = fmt.Sprint(i)
		c.Nodes = append(c.Nodes, n)
	}
	return c
}

func describe(c plan.Change) string {
	names := []string{}
	for _, n := range []*plan.Node{c.Old, c.New} {
		if n != nil {
			names = append(names, n.Fields["name"])
		}
	}
	aspects := []string{}
	for _, a := range c.Aspects {
		aspects = append(aspects, string(a))
	}
	return strings.Join(aspects, "+") + " " + strings.Join(slices.Compact(names), "→")
}

func TestCompareTellsWhatARevisionChanges(t *testing.T) {
	cases := []struct {
		name     string
		old, new []string
		want     []string
	}{
		{"equal", []string{"target|毛入园率|学前教育|value=90;unit=%|句|一、"}, []string{"target|毛入园率|学前教育|value=90;unit=%|句|一、"}, nil},
		{"raised", []string{"target|毛入园率|学前教育|value=90;unit=%||"}, []string{"target|毛入园率|学前教育|value=92.5;unit=%||"}, []string{"raised 毛入园率"}},
		{"lowered", []string{"target|毛入园率|学前教育|value=92;unit=%||"}, []string{"target|毛入园率|学前教育|value=90;unit=%||"}, []string{"lowered 毛入园率"}},
		{"a lower ceiling demands more", []string{"target|辍学率||comparator=<=;value=1.2;unit=%||"}, []string{"target|辍学率||comparator=<=;value=1;unit=%||"}, []string{"raised 辍学率"}},
		{"wider range", []string{"target|班额||comparator=range;value=40;value_max=45;unit=人||"}, []string{"target|班额||comparator=range;value=40;value_max=50;unit=人||"}, []string{"raised 班额"}},
		{"other unit is no raise", []string{"target|新建幼儿园||value=6;unit=所||"}, []string{"target|新建幼儿园||value=1200;unit=平方米||"}, []string{"rewritten 新建幼儿园"}},
		{"same unit in other words", []string{"target|新建幼儿园||value=6;unit=所||"}, []string{"target|新建幼儿园||value=8;unit=个||"}, []string{"raised+rewritten 新建幼儿园"}},
		{"deadline and baseline", []string{"target|巩固率|义务教育|value=95;unit=%;deadline=2025;baseline=93||"}, []string{"target|巩固率|义务教育|value=95;unit=%;deadline=2026;baseline=93.4||"}, []string{"deadline+baseline 巩固率"}},
		{"reworded name", []string{"target|学前三年毛入园率|学前教育|value=90;unit=%|学前三年毛入园率达到90%。|一、学前教育"}, []string{"target|学前教育三年毛入园率|学前教育|value=92;unit=%|学前教育三年毛入园率达到92%。|一、学前教育"}, []string{"raised+rewritten 学前三年毛入园率→学前教育三年毛入园率"}},
		{"opposite stage is another target", []string{"target|小学净入学率|小学|value=99;unit=%||二、义务教育"}, []string{"target|初中净入学率|初中|value=99;unit=%||二、义务教育"}, []string{"new 初中净入学率", "dropped 小学净入学率"}},
		{"public is not private", []string{"target|公办幼儿园占比|学前教育|value=55;unit=%||一、"}, []string{"target|民办幼儿园占比|学前教育|value=45;unit=%||一、"}, []string{"new 民办幼儿园占比", "dropped 公办幼儿园占比"}},
		{"another indicator of the same stage", []string{"target|普惠性幼儿园覆盖率|学前教育|value=85;unit=%||一、学前教育"}, []string{"target|学前三年毛入园率|学前教育|value=92;unit=%||一、学前教育"}, []string{"new 学前三年毛入园率", "dropped 普惠性幼儿园覆盖率"}},
		{"new one between old ones", []string{"target|甲率||value=1;unit=%||", "target|乙率||value=2;unit=%||"}, []string{"target|甲率||value=1;unit=%||", "target|丙数||value=3;unit=个||", "target|乙率||value=2;unit=%||"}, []string{"new 丙数"}},
		{"repeated name pairs by path", []string{"target|培训学时||value=10;unit=学时||一、校长", "target|培训学时||value=20;unit=学时||二、教师"}, []string{"target|培训学时||value=20;unit=学时||二、教师", "target|培训学时||value=12;unit=学时||一、校长"}, []string{"raised 培训学时"}},
		{"owner of a task", []string{"task|新建城东幼儿园||responsible=教育局|新建城东幼儿园。|"}, []string{"task|新建城东幼儿园||responsible=教育局、住建局|新建城东幼儿园。|"}, []string{"owner 新建城东幼儿园"}},
		{"task reworded", []string{"task|建立教师轮岗交流制度|||建立县域内教师轮岗交流制度，每年交流比例不低于10%。|三、教师"}, []string{"task|完善教师轮岗交流制度|||完善县域内教师轮岗交流制度，每年交流比例不低于15%。|三、教师"}, []string{"rewritten 建立教师轮岗交流制度→完善教师轮岗交流制度"}},
		{"task dropped and added", []string{"task|推进食堂改造|||推进农村学校食堂改造。|四、保障"}, []string{"task|建设智慧校园|||建设智慧校园20所。|四、保障"}, []string{"new 建设智慧校园", "dropped 推进食堂改造"}},
		{"project renamed", []string{"project|名师培养工程|||实施名师培养工程。|"}, []string{"project|名师名校长培养工程|||实施名师名校长培养工程。|"}, []string{"rewritten 名师培养工程→名师名校长培养工程"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, change := range plan.Compare(content(t, c.old...), content(t, c.new...)).Changes {
				got = append(got, describe(change))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// A plan compared with itself changes nothing, and the two directions of a comparison mirror each other.
func TestCompareMirrors(t *testing.T) {
	old := content(t, "target|毛入园率|学前教育|value=90;unit=%||", "target|巩固率|义务教育|value=95;unit=%||", "task|建设学校|||建设学校三所。|")
	revised := content(t, "target|毛入园率|学前教育|value=91;unit=%||", "task|建设学校|||建设学校四所。|", "task|培训校长|||每年培训校长。|")
	if same := plan.Compare(old, old); len(same.Changes) != 0 || same.Same[plan.Target] != 2 {
		t.Errorf("itself: %+v", same)
	}
	there, back := plan.Compare(old, revised), plan.Compare(revised, old)
	for _, pair := range [][2]plan.Aspect{{plan.Raised, plan.Lowered}, {plan.New, plan.Dropped}, {plan.Rewritten, plan.Rewritten}} {
		for _, kind := range plan.Kinds() {
			if there.Count(kind, pair[0]) != back.Count(kind, pair[1]) || there.Count(kind, pair[1]) != back.Count(kind, pair[0]) {
				t.Errorf("%s %s: %+v against %+v", kind, pair[0], there, back)
			}
		}
	}
}
