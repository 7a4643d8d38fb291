package reading

import (
	"fmt"
	"strings"
	"testing"

	"jiaoheng/document"
)

// readPart reads one sentence as the only one of a part with the given role, in a plan for 2021—2025.
func readPart(role Role, text string) (targets, facts []Quantity, l *layout) {
	l = &layout{text: text, headings: []Heading{{Level: 1, Title: "正文"}}, parents: []int{-1}}
	for at := 0; at < len(text); {
		end := strings.Index(text[at:], "。")
		if end < 0 {
			end = len(text)
		} else {
			end += at + len("。")
		}
		l.sentences = append(l.sentences, Sentence{Span: document.Span{From: at, To: end}, Text: text[at:end], Role: role})
		at = end
	}
	targets, facts = quantities(l, Meta{Period: []int{2021, 2025}})
	return targets, facts, l
}

// brief writes a quantity as: name comparator value unit per @time(source) <base.
func brief(q Quantity) string {
	s := q.Name + " " + q.Comparator
	if q.Value != nil {
		s += formatNumber(*q.Value)
	}
	if q.ValueMax != nil {
		s += "~" + formatNumber(*q.ValueMax)
	}
	if q.Value == nil {
		s += q.Verbal
	}
	s += q.Unit
	if q.Per != "" {
		s += " 每" + q.Per
	}
	if q.Deadline != nil {
		s += " @" + *q.Deadline
	}
	if q.Time != nil {
		s += " @" + *q.Time
	}
	if q.Baseline != nil {
		s += " <" + formatNumber(q.Baseline.Value)
		if q.Baseline.Year != nil {
			s += fmt.Sprint("@", *q.Baseline.Year)
		}
	}
	if q.Approx {
		s += " 约"
	}
	if q.Optional != "" {
		s += " " + q.Optional
	}
	return s
}

func briefs(list []Quantity) string {
	var all []string
	for _, q := range list {
		all = append(all, brief(q))
	}
	return strings.Join(all, "\n")
}

func TestTargets(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"two rates and two counts under one deadline", "到2025年，学前教育毛入园率达到92%以上，普惠性幼儿园覆盖率稳定在85%以上，新建公办幼儿园12所、新增学位3600个。",
			"学前教育毛入园率 >=92% @2025\n普惠性幼儿园覆盖率 >=85% @2025\n新建公办幼儿园数 =12所 @2025\n新增学位数 =3600个 @2025"},
		{"an old value and a new one with a rate of pay", "生均公用经费标准由每生每年650元提高到720元。", "生均公用经费标准 >=720元/年 每生 @每年 <650"},
		{"an old value with its year", "高中阶段毛入学率从2020年的88.5%提高到2025年的93%。", "高中阶段毛入学率 >=93% @2025 <88.5@2020"},
		{"an upper bound behind the number", "大班额占比控制在2%以内。", "大班额占比 <=2%"},
		{"a ratio", "教职工与幼儿比不低于1:7。", "教职工与幼儿比 >=1:7"},
		{"a rise", "骨干教师占比提高3个百分点。", "骨干教师占比提高 increase3个百分点"},
		{"a fall", "学生近视率每年降低0.5个百分点以上。", "学生近视率降低 decrease0.5个百分点/年 @每年"},
		{"a rate per hundred", "每百名学生拥有骨干教师1人以上。", "每百名学生拥有骨干教师人数 >=1人 每百名学生"},
		{"the end of a year", "力争到2025年底，义务教育巩固率达到百分之九十八以上。", "义务教育巩固率 >=98% @2025-12"},
		{"the end of the five years", "“十四五”末，高中阶段毛入学率达95%左右。", "高中阶段毛入学率 =95% @2025 约"},
		{"before a term", "2023年秋季学期前，完成12所薄弱学校改造。", "薄弱学校改造数 =12所 @2023-09"},
		{"years of the plan", "三年内建成特色学校20所。", "特色学校数 =20所 @2023"},
		{"a start is no deadline", "从2022年起，每年培训校长80名。", "培训校长人数 =80名/年 @每年"},
		{"doubled", "实训基地数量翻一番。", "实训基地数量翻 increase100%"},
		{"at least at a distance", "每个街道至少建成两所公办幼儿园。", "每个街道公办幼儿园数 >=2所 每街道"},
		{"compared with a whole", "骨干教师不低于交流教师总数的20%。", "骨干教师占交流教师总数比例 >=20%"},
		{"a range", "每所学校配备2至3名心理教师。", "每所学校心理教师人数 range2~3名 每学校"},
		{"indicators that share a value", "小学净入学率、初中净入学率和高中毛入学率均达到99%。",
			"小学净入学率 >=99%\n初中净入学率 >=99%\n高中毛入学率 >=99%"},
		{"values told off to members", "省、市、县三级示范园比例分别达到5%、15%和40%。", "省级示范园比例 >=5%\n市级示范园比例 >=15%\n县级示范园比例 >=40%"},
		{"groups under one indicator", "班额小学不超过45人、初中不超过50人。", "小学班额 <=45人\n初中班额 <=50人"},
		{"duties of one actor", "校长每学期听课不少于30节，每月主持教研活动2次。", "校长听课节数 >=30节/学期 @每学期\n校长主持教研活动次数 =2次/月 @每月"},
		{"a cycle of years", "教师每五年接受不少于360学时的全员培训。", "教师全员培训学时 >=360学时/5年 @每五年"},
		{"一 under a rhythm", "每两年开展一次质量监测。", "质量监测次数 =1次/2年 @每两年"},
		{"a number of a condition is no target", "45岁以下教师全部参加培训。", ""},
		{"an article is no target", "建成一所新学校，形成一批成果。", ""},
		{"implicit", "实现乡镇公办幼儿园全覆盖。", "乡镇公办幼儿园覆盖率 =100% implicit"},
		{"a half", "实践课时不少于一半。", "实践课时比例 >=50%"},
		{"money for something", "投入800万元为乡村学校更新设备。", "为乡村学校更新设备投入资金 =800万元"},
		{"a name that only goes on", "学生体质合格率达到95%，优良率达到50%。", "学生体质合格率 >=95%\n学生体质优良率 >=50%"},
		{"a share that is cut", "压减借调人员30%以上。", "压减借调人员 decrease30%"},
		{"indicators before a colon", "生均用房面积：小学达到4.5平方米，初中达到5.8平方米。", "小学生均用房面积 >=4.5平方米\n初中生均用房面积 >=5.8平方米"},
		{"a part of a slogan", "抓好3项改革，做到三个到位。", ""},
		{"a rank", "综合成绩进入全市前3名。", "综合成绩进入全市名次 <=3名"},
		{"a case is no target", "测评低于80分的，取消评优资格。", ""},
		{"a range of money", "给予5万元至10万元奖励。", "奖励资金 range5~10万元"},
		{"a share of what stands before", "培养骨干教师800名，占教师总数的15%。", "骨干教师人数 =800名\n骨干教师占教师总数比例 =15%"},
		{"what is used is no fact", "利用现有校舍改建幼儿园5所。", "改建幼儿园数 =5所"},
		{"a rise over the present state is no fact", "班主任津贴在目前基础上提高20%。", "班主任津贴在目前基础上提高 increase20%"},
		{"a certificate is no fact", "幼儿园教师取得资格证比例达到98%。", "幼儿园教师取得资格证比例 >=98%"},
		{"levels that share a noun", "培养50名省级、200名市级骨干教师。", "省级骨干教师人数 =50名\n培养市级骨干教师人数 =200名"},
		{"a population that describes", "20万人口以上的县建成1所特殊教育学校。", "20万人口以上的县特殊教育学校数 =1所"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			targets, facts, _ := readPart(RoleMeasure, c.text)
			if got := briefs(targets); got != c.want || len(facts) > 0 {
				t.Errorf("%s\ngot\n%s\nwant\n%s\nfacts\n%s", c.text, got, c.want, briefs(facts))
			}
		})
	}
}

func TestFacts(t *testing.T) {
	cases := []struct {
		name string
		role Role
		text string
		want string
	}{
		{"a state in the review", RoleReview, "学前三年毛入园率达到91.2%。", "学前三年毛入园率 =91.2% @2020"},
		{"what was done over the years", RoleReview, "“十三五”期间，累计投入资金3.6亿元，新建学校12所。", "投入资金 =3.6亿元 @2016-2020\n新建学校数 =12所 @2016-2020"},
		{"since a year", RoleReview, "2018年以来招聘教师320名。", "招聘教师人数 =320名 @2018-2020"},
		{"years that end with the base year", RoleReview, "五年来新增学位5000个。", "新增学位数 =5000个 @2016-2020"},
		{"a rise over an earlier time", RoleReview, "高中阶段毛入学率达到90%，比“十二五”末提高6个百分点。", "高中阶段毛入学率 =90% @2020\n高中阶段毛入学率比“十二五”末提高 increase6个百分点 @2020"},
		{"an old value and a new one", RoleReview, "“双师型”教师占比由40%提高到58%。", "“双师型”教师占比 =58% @2020 <40"},
		{"a problem", RoleSituation, "全市缺编教师436名。", "缺编教师人数 =436名 @2020"},
		{"a state among the measures", RoleMeasure, "目前全县共有幼儿园86所。", "幼儿园数 =86所 @2020"},
		{"a year before the plan among the goals", RoleGoal, "2020年，毛入园率为88%。", "毛入园率 =88% @2020"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			targets, facts, _ := readPart(c.role, c.text)
			if got := briefs(facts); got != c.want || len(targets) > 0 {
				t.Errorf("%s\ngot\n%s\nwant\n%s\ntargets\n%s", c.text, got, c.want, briefs(targets))
			}
		})
	}
}

// The value that the review reports is where the target for the same indicator starts.
func TestBaselineFromReview(t *testing.T) {
	text := "学前教育三年毛入园率达88.6%。学前三年毛入园率达到93%以上。"
	l := &layout{text: text, headings: []Heading{{Level: 1, Title: "正文"}}, parents: []int{-1}}
	half := strings.Index(text, "。") + len("。")
	l.sentences = []Sentence{
		{Span: document.Span{From: 0, To: half}, Text: text[:half], Role: RoleReview},
		{Span: document.Span{From: half, To: len(text)}, Text: text[half:], Role: RoleGoal},
	}
	targets, _ := quantities(l, Meta{Period: []int{2021, 2025}})
	if want := "学前三年毛入园率 >=93% <88.6@2020"; briefs(targets) != want {
		t.Errorf("got %s, want %s", briefs(targets), want)
	}
}

func TestRepeatedTargetIsMarked(t *testing.T) {
	targets, _, _ := readPart(RoleMeasure, "高中阶段毛入学率达到95%。保证高中阶段教育毛入学率达到95%。")
	if len(targets) != 2 || targets[0].Repeat || !targets[1].Repeat {
		t.Errorf("got %+v", targets)
	}
}

func TestUnclaimedNumbers(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"claimed numbers are not listed", "到2025年新建学校12所。", ""},
		{"years, labels and conditions are not listed", "1.落实〔2020〕5号文件，45岁以下教师参加“3+2”培训。", ""},
		{"a number that nothing explains", "按照编号88执行。", "88"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			targets, facts, l := readPart(RoleMeasure, c.text)
			var got []string
			for _, u := range unclaimed(l, targets, facts) {
				got = append(got, u.Text)
				if c.text[u.CleanSpan.From:u.CleanSpan.To] != u.Text {
					t.Errorf("span %v does not hold %s", u.CleanSpan, u.Text)
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}

// FuzzQuantities: no text makes the reader panic, and every span holds words of the text.
func FuzzQuantities(f *testing.F) {
	for _, seed := range []string{"到2025年，毛入园率达到92%以上。", "由（每5年3-5名）提高到“1+X”1:7和十百千", "分别达到2%、5%、10%）每", "指标 | 单位 | 2020年 | 2025年\n近视率 | % | 50 | 45", "一、每百名每生每年一次一成半数不低于"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := Read(document.Document{Clean: document.Identity(text)})
		for _, list := range [][]Quantity{d.Targets, d.Facts} {
			for _, q := range list {
				if q.CleanSpan.From < 0 || q.CleanSpan.To > len(text) || q.CleanSpan.From > q.CleanSpan.To {
					t.Fatalf("span %v of %d bytes", q.CleanSpan, len(text))
				}
			}
		}
	})
}
