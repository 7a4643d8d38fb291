package reading

import "testing"

func TestSentencesShowWhatAPartDoes(t *testing.T) {
	cases := []struct {
		name, heading, text   string
		facts, targets, tasks int
	}{
		{"tells what there is", "教育家底", "全县现有小学21所，在校学生9800人。\n教师学历达标率较上年提高3个百分点。\n", 3, 0, 0},
		{"tells what changed", "三年来的变化", "小学平均班额由48人下降到42人。\n先后新建幼儿园5所。\n", 2, 0, 0},
		{"tells what is lacking", "存在的不足", "一是师资偏弱。音乐教师缺口16人。\n二是校舍偏旧。仍有危房3栋。\n", 2, 0, 0},
		{"orders and tells why", "关于校舍", "目前仍有危房3栋。\n新建教学楼2栋。\n2027年底前添置课桌椅900套。\n", 1, 2, 3},
		{"tells and promises", "教育家底", "全县现有小学21所。\n教师学历达标率较上年提高3个百分点。\n到2028年，小学达到24所。\n", 2, 1, 0},
		{"orders only", "关于师资", "每年招聘教师30名。\n县教育局组织培训2场。\n", 0, 2, 2},
		{"begins with a verb", "补齐办学短板", "新建教学楼2栋。\n改造食堂4个。\n", 0, 2, 2},
	}
	for _, c := range cases {
		d := draftOf("青梧县教育提质行动计划（2026—2028年）\n一、" + c.heading + "\n" + c.text)
		if len(d.Facts) != c.facts || len(d.Targets) != c.targets || len(d.Tasks) != c.tasks {
			t.Errorf("%s: %d facts, %d targets, %d tasks, want %d, %d, %d\n%+v\n%+v\n%+v", c.name, len(d.Facts), len(d.Targets), len(d.Tasks), c.facts, c.targets, c.tasks, d.Facts, d.Targets, d.Tasks)
		}
	}
}
