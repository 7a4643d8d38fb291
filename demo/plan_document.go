package demo

import (
	"strings"

	"jiaoheng/export/docx"
)

// PlanDocument returns the demo plan as the file that a bureau would hand over.
func PlanDocument() []byte { return planDocument(planParagraphs) }

// RevisedPlanDocument returns the demo plan as revised a year later: some targets raised, one lowered, one dropped,
// a deadline moved, tasks with another owner.
func RevisedPlanDocument() []byte {
	revise := strings.NewReplacer(
		"学前教育毛入园率达到96%以上", "学前教育毛入园率达到97%以上",
		"普惠性幼儿园覆盖率稳定在90%以上", "普惠性幼儿园覆盖率稳定在92%以上",
		"高中阶段毛入学率达到94%", "高中阶段毛入学率达到93%",
		"到2026年底，新建公办幼儿园3所", "到2027年底，新建公办幼儿园2所",
		"组建6个城乡教育共同体", "组建8个城乡教育共同体",
		"中职毕业生初次就业率保持在92%以上。", "",
		"县教育局会同县委编办建立", "县委编办会同县教育局建立",
		"澄政办发〔2025〕6号", "澄政办发〔2026〕9号",
		"2025年3月18日", "2026年4月2日",
		"责任督学每月到挂牌学校督导不少于1次。", "责任督学每月到挂牌学校督导不少于2次。建立校园食品安全监督员制度，每校聘请家长监督员不少于5名。",
	)
	revised := make([]paragraph, len(planParagraphs))
	for i, p := range planParagraphs {
		p.text = revise.Replace(p.text)
		revised[i] = p
	}
	return planDocument(revised)
}

func planDocument(paragraphs []paragraph) []byte {
	d := docx.New(PlanTitle)
	for _, p := range paragraphs {
		switch p.kind {
		case planTitle:
			d.Title(p.text)
		case planHeading1:
			d.Heading(1, p.text)
		case planHeading2:
			d.Heading(2, p.text)
		case planHeading3:
			d.Heading(3, p.text)
		case planTable:
			d.Table(p.rows)
		case planRight:
			d.Right(p.text)
		default:
			d.Paragraph(p.text)
		}
	}
	return d.Bytes()
}
