package plan

import "testing"

// The pairs on which pairFrom was measured: what is the same thing in other words, and what only looks alike.
func TestLikenessSeparates(t *testing.T) {
	make := func(name, scope, unit, sentence string, path ...string) Node {
		return Node{Fields: map[string]string{"name": name, "scope": scope, "unit": unit}, Sentence: sentence, Path: path}
	}
	cases := []struct {
		same bool
		a, b Node
	}{
		{true, make("学前三年毛入园率", "学前教育", "%", "学前三年毛入园率达到90%。", "一、学前教育"), make("学前教育三年毛入园率", "学前教育", "%", "学前教育三年毛入园率达到92%。", "一、学前教育")},
		{true, make("名师培养工程", "", "", "实施名师培养工程。"), make("名师名校长培养工程", "", "", "实施名师名校长培养工程。")},
		{true, make("建立教师轮岗交流制度", "", "", "建立县域内教师轮岗交流制度，每年交流比例不低于10%。", "三、教师"), make("完善教师轮岗交流制度", "", "", "完善县域内教师轮岗交流制度，每年交流比例不低于15%。", "三、教师")},
		{true, make("高中阶段教育毛入学率", "高中阶段教育", "%", "高中阶段教育毛入学率达到95%", "二、主要目标"), make("高中阶段毛入学率", "普通高中", "%", "巩固提高高中阶段毛入学率到97%", "二、发展目标")},
		{true, make("义务教育专任教师本科及以上学历比例", "义务教育教师", "%", ""), make("义务教育阶段专任教师本科以上学历占比", "教师", "%", "")},
		{false, make("新建幼儿园", "学前教育", "所", "新建幼儿园6所，新建小学2所。", "一、"), make("新建小学", "小学", "所", "新建幼儿园6所，新建小学2所。", "一、")},
		{false, make("普惠性幼儿园覆盖率", "学前教育", "%", "普惠性幼儿园覆盖率达到85%，毛入园率达到92%", "一、学前教育"), make("毛入园率", "学前教育", "%", "普惠性幼儿园覆盖率达到85%，毛入园率达到92%", "一、学前教育")},
		{false, make("公办幼儿园在园幼儿占比", "学前教育", "%", "", "一、学前教育"), make("普惠性幼儿园在园幼儿占比", "学前教育", "%", "", "一、学前教育")},
		{false, make("加强教师队伍建设", "", "", "加强教师队伍建设，提高教师待遇。", "三、教师"), make("加强校长队伍建设", "", "", "加强校长队伍建设，推行职级制。", "三、教师")},
		{false, make("省级示范高中", "普通高中", "所", "", "二、"), make("市级示范高中", "普通高中", "所", "", "二、")},
		{false, make("本科上线率", "普通高中", "%", "", "二、"), make("专科上线率", "普通高中", "%", "", "二、")},
		{false, make("骨干教师培训人次", "教师", "人次", "", "二、"), make("新任教师培训人次", "教师", "人次", "", "二、")},
		{false, make("义务教育巩固率", "义务教育", "%", "", "二、"), make("义务教育入学率", "义务教育", "%", "", "二、")},
	}
	for _, c := range cases {
		score := likeness(featuresOf(c.a), featuresOf(c.b))
		if (score >= pairFrom) != c.same {
			t.Errorf("%s ~ %s: likeness %.3f, same thing: %v", c.a.Fields["name"], c.b.Fields["name"], score, c.same)
		}
	}
}
