package reading

import (
	"fmt"
	"strings"
	"testing"

	"jiaoheng/document"
)

// outlineOf writes the outline as one line a heading: level, label, title, kind.
func outlineOf(text string) []string {
	l := layOut(document.Document{Clean: document.Identity(text)})
	var lines []string
	for _, h := range l.headings {
		lines = append(lines, fmt.Sprintf("%d %s%s %s", h.Level, h.Label, h.Title, h.Kind))
	}
	return lines
}

func TestOutline(t *testing.T) {
	cases := []struct {
		name, text string
		want       []string
	}{
		{"four depths", "青梧县教育提质计划\n一、主要任务\n(一)建强队伍\n1.补充教师。每年招聘教师。\n(1)优化结构。补充音体美教师。\n", []string{
			"0 青梧县教育提质计划 title", "1 一、主要任务 numbered", "2 (一)建强队伍 numbered", "3 1.补充教师 numbered", "4 (1)优化结构 numbered"}},
		{"chapters", "青梧县教育规划\n第一章 发展环境\n第一节 现状\n成绩明显。\n一、学前教育\n入园率提高。\n第二章 目标\n", []string{
			"0 青梧县教育规划 title", "1 第一章发展环境 numbered", "2 第一节现状 numbered", "3 一、学前教育 numbered", "1 第二章目标 numbered"}},
		{"figures right below the first depth", "一、主要任务\n1.办好学校。新建校舍。\n2.办好幼儿园。改造园舍。\n", []string{
			"1 一、主要任务 numbered", "2 1.办好学校 numbered", "2 2.办好幼儿园 numbered"}},
		{"a whole sentence is an item", "一、总体要求\n(一)坚持改革创新，激发办学活力。\n(二)坚持公平普惠，补齐短板弱项。\n二、任务\n", []string{
			"1 一、总体要求 numbered", "2 (一)坚持改革创新，激发办学活力 item", "2 (二)坚持公平普惠，补齐短板弱项 item", "1 二、任务 numbered"}},
		{"title before a colon", "一、任务\n(一)优化布局：撤并小规模学校，改建寄宿制学校。\n", []string{"1 一、任务 numbered", "2 (一)优化布局 numbered"}},
		{"title before a gap", "一、任务\n(一)优化学校布局 撤并小规模学校，改建寄宿制学校，方便学生就近入学。\n", []string{"1 一、任务 numbered", "2 (一)优化学校布局 numbered"}},
		{"unnumbered leads", "一、任务\n推进校园阅读。各学校建好图书角，开展师生共读。\n改进课堂教学。推广小组合作学习，提高课堂效率。\n", []string{
			"1 一、任务 numbered", "2 推进校园阅读 run-in", "2 改进课堂教学 run-in"}},
		{"one paragraph alone has no lead", "一、任务\n推进校园阅读。各学校建好图书角，开展师生共读。\n", []string{"1 一、任务 numbered"}},
		{"points", "一、主要内容\n(一)补短板。一是扩充学位。新建学校。二是配齐设备。更新器材。\n", []string{
			"1 一、主要内容 numbered", "2 (一)补短板 numbered", "3 一是扩充学位 enum", "3 二是配齐设备 enum"}},
		{"points of one sentence are no headings", "一、主要任务\n抓好三件事：一是建学校；二是补教师；三是添设备。\n", []string{"1 一、主要任务 numbered"}},
		{"contents", "青梧县教育规划\n目录\n一、基础……1\n二、目标……3\n三、任务……5\n一、基础\n现状良好。\n二、目标\n三、任务\n", []string{
			"0 青梧县教育规划 title", "1 一、基础 toc", "1 二、目标 toc", "1 三、任务 toc", "1 一、基础 numbered", "1 二、目标 numbered", "1 三、任务 numbered"}},
		{"box with items", "一、任务\n(一)建队伍\n专栏1 教师关爱工程\n周转房项目。改造宿舍。\n体检项目。每年体检。\n(二)建学校\n", []string{
			"1 一、任务 numbered", "2 (一)建队伍 numbered", "3 专栏1教师关爱工程 box", "4 周转房项目 box-item", "4 体检项目 box-item", "2 (二)建学校 numbered"}},
		{"gap in the numbering", "一、任务\n(一)建队伍\n招聘教师。\n(三)建学校\n新建校舍。\n", []string{
			"1 一、任务 numbered", "2 (一)建队伍 numbered", "2 (二) lost", "2 (三)建学校 numbered"}},
		{"numbering begins again", "三、任务\n(一)建队伍\n招聘教师。\n(二)建学校\n新建校舍。\n(一)加强领导\n压实责任。\n", []string{
			"1 三、任务 numbered", "2 (一)建队伍 numbered", "2 (二)建学校 numbered", "1 四、 lost", "2 (一)加强领导 numbered"}},
		{"cut off before the first heading", "健全督导机构，配强督学队伍。\n(五)建队伍\n招聘教师。\n", []string{"2 (四) lost", "2 (五)建队伍 numbered"}},
		{"headings glued into one line", "青梧县教育规划\n一、任务(一)建队伍。招聘教师。(二)建学校。新建校舍。二、保障(一)强领导。压实责任。(二)强督查。定期通报。", []string{
			"0 青梧县教育规划 title", "1 一、任务 numbered", "2 (一)建队伍 numbered", "2 (二)建学校 numbered", "1 二、保障 numbered", "2 (一)强领导 numbered", "2 (二)强督查 numbered"}},
		{"chapters and boxes glued behind a table", "青梧县教育规划\n第一章 任务\n建设学校。专栏1 安全工程设岗。指标 % 9 12第二章 保障落实经费。", []string{
			"0 青梧县教育规划 title", "1 第一章任务 numbered", "2 专栏1安全工程设岗 box", "1 第二章保障落实经费 item"}},
		{"glued front", "青梧县教育局关于印发青梧县幼儿园提质行动方案的通知青教发〔2027〕3号各幼儿园:现印发给你们,请认真执行。青梧县教育局2027年5月6日青梧县幼儿园提质行动方案(2027—2029年)为办好幼儿园,制定本方案。一、目标入园更便利。二、任务新建园所。", []string{
			"0 青梧县教育局关于印发青梧县幼儿园提质行动方案的通知 title", "0 青梧县幼儿园提质行动方案(2027—2029年) title", "1 一、目标入园更便利 item", "1 二、任务新建园所 item"}},
		{"letter of issue", "青梧县教育局关于印发《青梧县幼儿园提质方案》的通知\n青教发〔2027〕3号\n各幼儿园：\n现将《青梧县幼儿园提质方案》印发给你们，请认真贯彻执行。\n附件：1.任务清单\n2.指标表\n青梧县教育局\n2027年5月6日\n青梧县幼儿园提质方案\n一、目标\n", []string{
			"0 青梧县教育局关于印发《青梧县幼儿园提质方案》的通知 title", "0 青梧县幼儿园提质方案 title", "1 一、目标 numbered"}},
		{"title over two lines", "青梧县幼儿园提质方案\n（2027—2029年）\n一、目标\n", []string{"0 青梧县幼儿园提质方案（2027—2029年） title", "1 一、目标 numbered"}},
		{"numbered programmes", "三、重点行动\n行动一：课堂提质行动\n改进教学。\n行动二：名师引领行动\n培养名师。\n", []string{
			"1 三、重点行动 numbered", "2 行动一课堂提质行动 numbered", "2 行动二名师引领行动 numbered"}},
		{"headings without numbers", "青梧县阅读推广方案\n已有家底\n全县现有图书馆十二座，藏书量连续三年增长，覆盖各乡镇。\n重点行动\n书香校园行动\n各学校每周开设一节阅读课，教师带头读书并交流心得。\n书香家庭行动\n每学期评选一批书香家庭，组织家长开展亲子共读。\n条件支撑\n县财政每年安排购书经费，专款专用，不得挤占。\n", []string{
			"0 青梧县阅读推广方案 title", "1 已有家底 numbered", "1 重点行动 numbered", "2 书香校园行动 numbered", "2 书香家庭行动 numbered", "1 条件支撑 numbered"}},
		{"leads with a span of time", "一、步骤\n启动阶段（2027年3月—6月）。县教育局印发方案，召开部署会，明确任务分工。\n总结阶段（2028年9月—12月）。各学校对照方案逐项总结，推广好的做法。\n", []string{
			"1 一、步骤 numbered", "2 启动阶段（2027年3月—6月） run-in", "2 总结阶段（2028年9月—12月） run-in"}},
	}
	for _, c := range cases {
		if got := outlineOf(c.text); strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s:\n got %s\nwant %s", c.name, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
	}
}

func TestRoles(t *testing.T) {
	text := "青梧县教育规划\n为建设教育强县，特制定本规划。\n一、发展背景\n(一)发展基础\n学位充足。\n(二)存在问题\n师资不足。\n二、总体要求\n(一)指导思想\n全面贯彻方针。\n(二)主要目标\n到2030年，建成教育强县。\n三、主要任务\n(一)强化目标管理\n分解任务。\n四、保障措施\n落实经费。\n青梧县教育局\n2026年3月1日\n"
	want := map[string]Role{"青梧县教育规划": RoleFront, "为建设教育强县，特制定本规划。": RolePreface, "学位充足。": RoleReview, "师资不足。": RoleSituation, "全面贯彻方针。": RoleIdeology,
		"到2030年，建成教育强县。": RoleGoal, "分解任务。": RoleMeasure, "落实经费。": RoleSafeguard, "2026年3月1日": RoleBack}
	l := layOut(document.Document{Clean: document.Identity(text)})
	seen := 0
	for _, s := range l.sentences {
		if role, ok := want[s.Text]; ok {
			seen++
			if s.Role != role {
				t.Errorf("%s: role %s, want %s", s.Text, s.Role, role)
			}
		}
	}
	if seen != len(want) {
		t.Errorf("%d of %d sentences found", seen, len(want))
	}
}
