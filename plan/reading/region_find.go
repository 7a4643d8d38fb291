package reading

import (
	"strings"
	"unicode/utf8"
)

// regionEndings are the kinds of division that a place is named by, the longer first.
var regionEndings = []string{"自治区", "自治州", "自治县", "自治旗", "特别行政区", "管理区", "开发区", "高新区", "新区", "新城", "林区", "矿区", "地区", "兵团",
	"省", "市", "县", "区", "州", "盟", "旗", "镇", "乡"}

// notRegions end like a division but are something else.
var notRegions = []string{"学区", "示范区", "片区", "城区", "校区", "园区", "社区", "小区", "山区", "边区", "县区", "市区", "先行区", "试验区", "实验区", "集团",
	"城市", "超市", "都市", "大区", "灾区", "地市", "县市", "各县", "各市", "各区", "全县", "全市", "全区", "全省", "我县", "我市", "我区", "本县", "本市", "本区", "乡镇", "城乡", "村镇", "各乡", "各镇", "集镇", "城镇"}

// firstRegion returns the place that the first of the texts begins with.
func firstRegion(texts []string) string {
	for _, t := range texts {
		t = strings.TrimPrefix(strings.TrimLeft(t, "《“\" "), "中共")
		if region := regionAt(t); region != "" {
			return region
		}
	}
	return ""
}

// regionAt returns the chain of divisions at the start of the text: 某省某市某县.
func regionAt(s string) string {
	end := 0
	for {
		size := divisionAt(s[end:])
		if size == 0 {
			return s[:end]
		}
		end += size
	}
}

// divisionAt returns the bytes of the one division that the text begins with.
func divisionAt(s string) int {
	n := 0
	for at, r := range s {
		if n++; !isHan(r) || n > 10 {
			return 0
		}
		for _, ending := range regionEndings {
			if n < 2 || !strings.HasPrefix(s[at:], ending) {
				continue
			}
			end := at + len(ending)
			name := s[:end]
			if hasAnySuffix(name, notRegions) || !nameLike(s[:at]) {
				return 0
			}
			// 某州市, 某镇市 and 某乡县: the character is part of the name.
			if next, _ := utf8.DecodeRuneInString(s[end:]); strings.Contains("州镇乡", ending) && strings.ContainsRune("市县区旗", next) {
				continue
			}
			return end
		}
	}
	return 0
}

// nameLike tells whether the characters before the ending can be a name: no words of the field.
func nameLike(name string) bool {
	return name != "" && !startsWithAction(name) && !containsAny(name, []string{"教育", "学校", "关于", "推进", "加强", "印发", "提升", "实施", "义务", "优质", "均衡", "城乡", "县域", "区域", "全面", "深化", "国家", "普通", "学前", "发展", "中小学", "乡村", "农村", "特殊", "职业", "建设", "教师", "质量"})
}

// regionInText returns the division named most often at the start of a clause of the first pages.
func regionInText(l *layout) string {
	counts := map[string]int{}
	best := ""
	text := l.text[:min(len(l.text), 12000)]
	boundary := true
	for at, r := range text {
		if boundary && isHan(r) {
			if region := regionAt(text[at:min(len(text), at+120)]); region != "" && utf8.ValidString(region) {
				counts[region]++
				if counts[region] > counts[best] || counts[region] == counts[best] && region < best {
					best = region
				}
			}
		}
		boundary = !isHan(r) && !isDigit(r)
	}
	return best
}
