package reading

import "testing"

const taskFrame = "青梧县教育提质行动计划（2026—2028年）\n一、主要任务\n"

func TestTasks(t *testing.T) {
	type task struct{ title, responsible, deadline, frequency string }
	cases := []struct {
		name, text string
		want       []task
	}{
		{"an order", "规范校服选用采购工作。\n", []task{{"规范校服选用采购工作", "", "", ""}}},
		{"who has to", "县教育局要每季度通报一次作业检查情况。\n", []task{{"县教育局要每季度通报一次作业检查情况", "县教育局", "", "每季度"}}},
		{"two offices", "县委编办、县教育局共同核定教师编制。\n", []task{{"县委编办、县教育局共同核定教师编制", "县委编办、县教育局", "", ""}}},
		{"a school building is no actor", "加强学校建设，改善就餐条件。\n", []task{{"加强学校建设", "", "", ""}}},
		{"whom it serves does not act", "优化全县中小学布局。为每所村小配备校车。每所乡村小学配备2名音乐教师。健全普通高中招生指标分配办法。\n", []task{
			{"优化全县中小学布局", "", "", ""}, {"为每所村小配备校车", "", "", ""}, {"每所乡村小学配备2名音乐教师", "", "", ""}, {"健全普通高中招生指标分配办法", "", "", ""}}},
		{"entrusted", "由青梧中学托管溪口中学，选派教师任教。\n", []task{{"由青梧中学托管溪口中学", "青梧中学", "", ""}}},
		{"first party", "县政府与各乡镇签订目标书。\n", []task{{"县政府与各乡镇签订目标书", "县政府", "", ""}}},
		{"office before a colon", "(一)县财政局：负责落实校车经费。\n", []task{{"负责落实校车经费", "县财政局", "", ""}}},
		{"people in posts", "学校领导班子成员每周陪餐1次。\n", []task{{"学校领导班子成员每周陪餐1次", "学校领导班子成员", "", "每周"}}},
		{"a note for all items above it", "(一)办好食堂\n1.配齐厨具。更新餐桌椅。\n2.培训厨师。开展厨艺比武。\n责任单位：县教育局　县市场监管局\n", []task{
			{"更新餐桌椅", "县教育局、县市场监管局", "", ""}, {"开展厨艺比武", "县教育局、县市场监管局", "", ""}}},

		{"called upon", "鼓励民间博物馆向学生开放展厅，支持各中小学校开设非遗课程。\n", []task{{"鼓励民间博物馆向学生开放展厅", "各中小学校", "", ""}}},
		{"parts between semicolons", "建立家校联系卡；每月开展一次家访；县教研室编写家访手册。\n", []task{
			{"建立家校联系卡", "", "", ""}, {"每月开展一次家访", "", "", "每月"}, {"县教研室编写家访手册", "县教研室", "", ""}}},
		{"semicolons inside a description", "建成活动室，面积达标；设备先进。\n", []task{{"建成活动室", "", "", ""}}},
		{"date", "2027年6月底前完成食堂改造。\n", []task{{"2027年6月底前完成食堂改造", "", "2027-06", ""}}},
		{"year", "到2028年，建成数字图书馆。\n", []task{{"建成数字图书馆", "", "2028", ""}}},
		{"span of years", "三年内完成操场改造。\n", []task{{"三年内完成操场改造", "", "2028", ""}}},
		{"note in brackets", "推广校园阅读。(牵头单位：县教育局；责任单位：县图书馆；完成时限：2026年12月)\n", []task{{"推广校园阅读", "县教育局、县图书馆", "2026-12", ""}}},
		{"note on its own lines", "(一)推广阅读。建好图书角。办好读书节。\n责任单位：县图书馆\n完成时限：2027年\n", []task{
			{"建好图书角", "县图书馆", "2027", ""}, {"办好读书节", "县图书馆", "2027", ""}}},
		{"led by", "整治校园周边环境。（县公安局牵头，县市场监管局配合）\n", []task{{"整治校园周边环境", "县公安局", "", ""}}},
		{"a name of the paragraph is no task", "(一)办好食堂。配齐厨具。\n", []task{{"配齐厨具", "", "", ""}}},
		{"a remark is no task", "注：表内数字为三年合计数。\n联系电话：8000000。\n添置课桌椅。\n", []task{{"添置课桌椅", "", "", ""}}},
		{"an announcement is no task", "主要任务如下。\n添置课桌椅。\n", []task{{"添置课桌椅", "", "", ""}}},
	}
	for _, c := range cases {
		got := draftOf(taskFrame + c.text).Tasks
		if len(got) != len(c.want) {
			t.Errorf("%s: %d tasks, want %d: %+v", c.name, len(got), len(c.want), got)
			continue
		}
		for i, w := range c.want {
			deadline := ""
			if got[i].Deadline != nil {
				deadline = *got[i].Deadline
			}
			if g := (task{got[i].Title, got[i].Responsible, deadline, got[i].Frequency}); g != w {
				t.Errorf("%s: got %+v, want %+v", c.name, g, w)
			}
		}
	}
}

func TestOnlyMeasuresOrder(t *testing.T) {
	text := "青梧县教育规划\n一、发展基础\n建成学校3所。\n二、指导思想\n坚持立德树人。\n三、发展目标\n教育质量明显提高。\n推进优质均衡。\n"
	tasks := draftOf(text).Tasks
	if len(tasks) != 1 || tasks[0].Title != "推进优质均衡" {
		t.Errorf("got %+v", tasks)
	}
}
