package reading

import (
	"strings"
	"testing"
)

func TestMechanisms(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"named", "健全食堂陪餐检查制度，保障安全。\n", "食堂陪餐检查制度 检查"},
		{"two named", "建立教学质量监测机制和校长考核制度。\n", "教学质量监测机制 监测|校长考核制度 考核"},
		{"teaches, watches nothing", "完善教师培训制度，健全课后服务机制。\n", ""},
		{"problems", "问责机制不健全，要尽快解决。\n", ""},
		{"watching by rule", "县教育局每半年开展一次专项督导。\n", "专项督导 督导"},
		{"of something", "对民办学校进行年度检查。\n", "民办学校年度检查 检查"},
		{"penalties", "对整改不力的予以通报、约谈。\n", "通报、约谈 问责"},
		{"leading body", "成立教育强县建设领导小组，压实责任。\n", "教育强县建设领导小组 领导协调"},
		{"meetings", "建立教育工作联席会议制度。\n", "教育工作联席会议制度 领导协调"},
		{"watchword", "推行“双随机、一公开”，减轻学校负担。\n", "双随机、一公开 监管"},
		{"rules", "落实《青梧县教师师德考核办法》，规范行为。\n", "青梧县教师师德考核办法 考核"},
		{"sanctions without a name", "对虚报数据的学校取消评先资格、核减招生计划。\n", "取消评先资格 问责|核减招生计划 问责"},
		{"a rhythm of steps", "实行周调度、月通报，压实责任。\n", "周调度、月通报 督查"},
		{"a paper that is signed", "县政府与各乡镇签订食堂安全责任书。\n", "食堂安全责任书 责任"},
		{"a list that is worked off", "建立危房改造台账。\n", "危房改造台账 督查"},
		{"somebody else measures", "委托高校开展第三方评估。\n", "第三方评估 评估"},
		{"admission is watched", "建立招生秩序巡查制度。\n", "招生秩序巡查制度 检查"},
		{"schools that help each other", "健全城乡学校对口帮扶机制。\n", "城乡学校对口帮扶机制 联系指导"},
		{"into the assessment", "将阅读工作纳入学校年度考核。\n", "学校年度考核 考核"},
	}
	for _, c := range cases {
		var names []string
		for _, m := range draftOf(taskFrame + c.text).Mechanisms {
			names = append(names, m.Name+" "+m.Type)
		}
		if got := strings.Join(names, "|"); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
