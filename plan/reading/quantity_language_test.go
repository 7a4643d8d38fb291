package reading

import "testing"

// The rules of the language one by one: what a number is for, who it is promised to, when it is due.
func TestQuantitiesOfSentences(t *testing.T) {
	cases := []struct {
		name    string
		role    Role
		text    string
		targets string
		facts   string
	}{
		{"less than or equal to", RoleGoal, "班级人数极差小于或等于6人。", "班级人数极差 <=6人", ""},
		{"greater than or equal to", RoleGoal, "图书达标率大于或等于97%。", "图书达标率 >=97%", ""},
		{"a kind of room is no quantity", RoleMeasure, "住宿条件改善为6人间。", "", ""},
		{"hours of the whole week are a slogan", RoleMeasure, "值班室实行7×24小时值守。", "", ""},
		{"how long things have been used is a condition", RoleMeasure, "使用年限超过6年的校车更换完毕。", "", ""},
		{"a size that describes the schools counted", RoleSituation, "仍有9所学校规模超过2400人。", "", "规模超过2400人的学校数 =9所 @2020"},
		{"a ratio that is made better", RoleReview, "师机比由3∶1优化到2∶1。", "", "师机比 =2∶1 @2020 <3"},
		{"a time at the end of the sentence", RoleMeasure, "迁建实验中学，规划用地85亩，设计规模36个班，2023年8月底前主体完工，2024年秋季学期投入使用。",
			"迁建实验中学规划用地 =85亩 @2024-09\n迁建实验中学设计规模 =36个班 @2024-09", ""},
		{"the time of a clause with a number of its own", RoleMeasure, "新建小学4所，2023年完成投资2000万元。", "新建小学数 =4所\n完成投资资金 =2000万元 @2023", ""},
		{"years that the text spans end with the last", RoleMeasure, "2022—2024年新增学位4600个。", "新增学位数 =4600个 @2024", ""},
		{"the time of the planning is not the time of the next sentence", RoleMeasure, "编制学校布局规划，2022年10月底前报批。每所学校配备不少于3名保安。", "每所学校保安人数 >=3名 每学校", ""},
		{"a time at the head speaks for the paragraph", RoleMeasure, "2023年底前完成整合。每个镇办好2所小学。", "每个镇小学数 =2所 每镇 @2023-12", ""},
		{"an indicator before a comma", RoleGoal, "校际用房面积差距，小学不超过8%，初中不超过9%。", "小学校际用房面积差距比例 <=8%\n初中校际用房面积差距比例 <=9%", ""},
		{"who has a duty is not its name", RoleMeasure, "市教育局、市财政局每半年开展1次资金核查。", "资金核查次数 =1次/半年 @每半年", ""},
		{"a time between the project and its size", RoleMeasure, "迁建第三中学，2024年9月投入使用，总用地90亩。", "迁建第三中学总用地 =90亩", ""},
		{"a rhythm inside the unit", RoleMeasure, "培训校长25人/年。", "培训校长人数 =25人/年 @每年", ""},
		{"so much more for each more", RoleMeasure, "每增加1个班增拨3万元。", "每增加1个班增拨 increase3万元 每班", ""},
		{"two neighbours are a range", RoleMeasure, "每所学校配备2、3名保健员。", "每所学校保健员人数 range2~3名 每学校", ""},
		{"a sentence that opens in the present", RoleMeasure, "目前，全旗有小学23所，教学点9个。", "", "小学数 =23所 @2020\n教学点数 =9个 @2020"},
		{"a promise behind an opening in the present", RoleMeasure, "目前，全旗有小学23所，到2024年要达到26所。", "小学数 >=26所 @2024 <23@2020", "小学数 =23所 @2020"},
		{"two neighbours of an order are no range", RoleMeasure, "对照第2、3项要求整改。", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			targets, facts, _ := readPart(c.role, c.text)
			if got := briefs(targets); got != c.targets {
				t.Errorf("%s\ntargets\n%s\nwant\n%s", c.text, got, c.targets)
			}
			if got := briefs(facts); got != c.facts {
				t.Errorf("%s\nfacts\n%s\nwant\n%s", c.text, got, c.facts)
			}
		})
	}
}
