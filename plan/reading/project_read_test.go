package reading

import (
	"strings"
	"testing"
)

func TestProjects(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"named after a verb", "实施校园足球普及行动，配齐器材。\n", "校园足球普及行动"},
		{"quoted", "全面落实“阳光护苗工程”，守护成长。\n", "阳光护苗工程"},
		{"quoted with what follows", "打造“云上课堂”平台，共享资源。\n", "“云上课堂”平台"},
		{"two names", "实施名师培育计划和青年教师成长计划。\n", "名师培育计划|青年教师成长计划"},
		{"list", "实施厕所改造、食堂改造等工程，改善条件。\n", "厕所改造工程|食堂改造工程"},
		{"common nouns", "制定教学计划，丰富体育项目，开展文体活动，做好系统工程。\n", ""},
		{"slogans", "增强“四个意识”，推进“互联网+教育”。\n", ""},
		{"held", "举办全县青少年科技创新大赛。\n", "全县青少年科技创新大赛"},
		{"campaign", "开展校外托管机构专项整治，规范秩序。\n", "校外托管机构专项整治"},
		{"counted", "抓好“五大工程”，办好实事。\n", "五大工程"},
		{"document to be made", "制定《青梧县特殊教育提升行动计划（2026—2028年）》，明确分工。\n", "青梧县特殊教育提升行动计划（2026—2028年）"},
		{"behind a date", "2027年前完成溪口中学食堂改造工程，改善条件。\n", "溪口中学食堂改造工程"},
		{"behind a month", "2026年9月底前全面完成危房排查整治工程。\n", "危房排查整治工程"},
		{"once", "实施强校工程。持续推进强校工程。实施乡村强校工程。\n", "乡村强校工程"},
	}
	for _, c := range cases {
		var names []string
		for _, p := range draftOf(taskFrame + c.text).Projects {
			names = append(names, p.Name)
		}
		if got := strings.Join(names, "|"); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestBoxesAreProjects(t *testing.T) {
	draft := draftOf(taskFrame + "专栏1 校园安全工程\n护学岗项目。在路口设岗。学生上下学有人守护。\n一键报警项目。安装设备。\n")
	want := []Project{{Name: "校园安全工程", Kind: "box"}, {Name: "护学岗项目", Description: "在路口设岗。学生上下学有人守护。"}, {Name: "一键报警项目", Description: "安装设备。"}}
	if len(draft.Projects) != len(want) {
		t.Fatalf("got %+v", draft.Projects)
	}
	for i, w := range want {
		if p := draft.Projects[i]; p.Name != w.Name || p.Kind != w.Kind || p.Description != w.Description {
			t.Errorf("got %+v, want %+v", p, w)
		}
	}
}
