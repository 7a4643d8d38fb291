package assessment

import (
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// itemHeadings are the words by which the columns of a table of items are known, in the order of the template.
var itemHeadings = [][]string{{"题号", "小题", "小题号", "item"}, {"满分", "分值", "分数", "full"}, {"答案", "标准答案", "正确答案", "key"},
	{"知识点", "内容", "考查内容", "内容领域", "area"}, {"能力", "能力层级", "能力要求", "skill"}, {"锚题", "共用题", "anchor"}}

// ItemHeadings are the headings of the template of a table of items.
func ItemHeadings() []string {
	all := make([]string, len(itemHeadings))
	for n, words := range itemHeadings {
		all[n] = words[0]
	}
	return all
}

// ReadItems reads the items of a paper from a table: number, full mark, key of a choice, area, skill, and whether it is shared with
// another form. Every fault is told with its row.
func ReadItems(rows [][]string) ([]Item, fault.List) {
	var faults fault.List
	head, at := -1, make([]int, len(itemHeadings))
	for i := 0; i < len(rows) && i < maxHeadRows && head < 0; i++ {
		for n, words := range itemHeadings {
			at[n] = slices.IndexFunc(rows[i], func(cell string) bool { return slices.Contains(words, folded(cell)) })
		}
		if at[0] >= 0 && at[1] >= 0 {
			head = i
		}
	}
	if head < 0 {
		faults.Add(fault.New("assessment.items_head", message.Args{"limit": maxHeadRows}))
		return nil, faults
	}
	var items []Item
	for i := head + 1; i < len(rows); i++ {
		if emptyRow(rows[i]) {
			continue
		}
		cell := func(n int) string {
			if at[n] < 0 || at[n] >= len(rows[i]) {
				return ""
			}
			return strings.TrimSpace(rows[i][at[n]])
		}
		item := Item{Code: strings.TrimSuffix(cell(0), ".0"), Key: cell(2), Area: shortened(cell(3)), Skill: shortened(cell(4)),
			Anchor: slices.Contains([]string{"是", "1", "√", "y", "yes"}, strings.ToLower(cell(5)))}
		full, err := strconv.ParseFloat(cellText(cell(1)), 64)
		if err != nil {
			faults.Add(fault.At(fault.Place{Row: i + 1, Column: itemHeadings[1][0]}, "assessment.not_number",
				message.Args{"text": shortened(cell(1)), "what": item.Code}))
			continue
		}
		if letters := option(item.Key); letters != "" {
			item.Key = letters
		}
		item.Full = full
		items = append(items, item)
	}
	if len(items) == 0 && len(faults) == 0 {
		faults.Add(fault.New("assessment.items_none", nil))
	}
	return items, faults
}

// SubjectCode is the code of a subject by its name: the usual English word, else a number that is free.
func SubjectCode(name string, taken func(code string) bool) string {
	for _, words := range subjectWords {
		if code := words[min(len(words)-1, slices.IndexFunc(words, func(w string) bool { return w[0] < 0x80 }))]; slices.Contains(words, folded(name)) && !taken(code) {
			return code
		}
	}
	for n := 1; ; n++ {
		if code := "s" + strconv.Itoa(n); !taken(code) {
			return code
		}
	}
}
