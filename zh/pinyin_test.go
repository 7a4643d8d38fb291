package zh_test

import (
	"testing"

	"jiaoheng/zh"
)

type repairCase struct{ name, text, want string }

func run(t *testing.T, find func(string) []zh.Edit, cases []repairCase) {
	t.Helper()
	for _, c := range cases {
		if got := zh.Apply(c.text, find(c.text)); got != c.want {
			t.Errorf("%s: %q became %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

func TestPinyin(t *testing.T) {
	run(t, zh.Pinyin, []repairCase{
		{"toned in brackets", "推进教(jiāo)育(yù)公平", "推进教育公平"},
		{"full-width brackets", "推进教（jiāo）育公平", "推进教育公平"},
		{"square brackets and blanks", "推进教[ jiāo ]育公平", "推进教育公平"},
		{"toneless", "推进教(jiao)育(yu)公平", "推进教育公平"},
		{"two brackets", "推进教(jiāo)(jiāo)育公平", "推进教育公平"},
		{"twice in one bracket", "推进教(jiāo jiāo)育公平", "推进教育公平"},
		{"toneless twice in one bracket", "推进教(jiaojiao)育公平", "推进教育公平"},
		{"of two characters", "推进教育(jiào yù)公平", "推进教育公平"},
		{"of two characters, toneless", "推进教育(jiaoyu)公平", "推进教育公平"},
		{"without brackets", "推进教jiāo育yù公平", "推进教育公平"},
		{"without brackets, toneless", "推进教jiao育yu公平", "推进教育公平"},
		{"closing bracket lost", "推进教(jiāo育公平", "推进教育公平"},
		{"look-alike letters", "规(ɡuī)范", "规范"},
		{"dots of u", "比率(lǜ)和(hé)履(lǚ)职", "比率和履职"},
		{"combining accents", "推进教(jia\u0304o)育", "推进教育"},
		{"traditional", "義務(wù)教(jiāo)育發(fā)展", "義務教育發展"},
		{"English in brackets", "人工智能(AI)和学前(KG)教育，大规模课程（MOOC）", "人工智能(AI)和学前(KG)教育，大规模课程（MOOC）"},
		{"a word that is a syllable", "名师(an)工程", "名师(an)工程"},
		{"classes and grades", "A级、B类、1+X证书、5G网络、Wi-Fi覆盖", "A级、B类、1+X证书、5G网络、Wi-Fi覆盖"},
		{"explanation of a rare character", "甪(lù)直镇小学", "甪(lù)直镇小学"},
	})
}

func TestSimplify(t *testing.T) {
	run(t, zh.Simplify, []repairCase{
		{"traditional", "縣級以上人民政府應當發展義務教育", "县级以上人民政府应当发展义务教育"},
		{"wrong forms", "實行年薪製度，全麵落實，隻增不減，動力山穀，與社會的關係，體係標準", "实行年薪制度，全面落实，只增不减，动力山谷，与社会的关系，体系标准"},
		{"着 and 著", "著力提高著名學校的顯著優勢，沿著這一方嚮，圍繞著作業設計，著作權", "着力提高著名学校的显著优势，沿着这一方向，围绕着作业设计，著作权"},
		{"a phrase that stays", "乾坤灣學校的教職員", "乾坤湾学校的教职员"},
		{"了 and 瞭望", "達到瞭標準，瞭解情況，瞭望學校發展", "达到了标准，了解情况，瞭望学校发展"},
		{"quotation marks", "「雙減」與『三個課堂』的關係", "“双减”与‘三个课堂’的关系"},
		{"sprinkled", "加强教師队伍建设，落实編製和职責要求，著名学校", "加强教师队伍建设，落实编制和职责要求，著名学校"},
		{"simplified with a name", "钱锺书、於某某参加了座谈，乾安县和著名学校，发展教育", "钱锺书、於某某参加了座谈，乾安县和著名学校，发展教育"},
		{"simplified", "面向未来，只增不减，系统推进，山谷和台湾", "面向未来，只增不减，系统推进，山谷和台湾"},
	})
}
