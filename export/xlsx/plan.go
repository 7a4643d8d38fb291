package xlsx

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/plan"
)

// WritePlan writes a version of a plan as a workbook: the table of tasks in the columns officials use, and
// the table of targets.
func WritePlan(to io.Writer, language message.Language, version plan.Version) error {
	file := excelize.NewFile()
	defer file.Close()
	style, err := newStyles(file)
	if err != nil {
		return fmt.Errorf("xlsx: styles: %w", err)
	}
	for _, s := range []sheet{taskSheet(language, version), targetSheet(language, version)} {
		if err := s.write(file, style); err != nil {
			return fmt.Errorf("xlsx: sheet %s: %w", s.name, err)
		}
	}
	if err := file.DeleteSheet("Sheet1"); err != nil {
		return fmt.Errorf("xlsx: first sheet: %w", err)
	}
	file.SetActiveSheet(0)
	if err := file.SetDocProps(&excelize.DocProperties{Title: version.Content.Title, Language: "zh-CN"}); err != nil {
		return fmt.Errorf("xlsx: properties: %w", err)
	}
	return file.Write(to)
}

func newSheet(language message.Language, version plan.Version, name, title string, widths []float64, heads ...string) sheet {
	content := version.Content
	s := sheet{name: message.Text(language, name, nil), title: message.Text(language, title, message.Args{"title": content.Title}),
		about: message.Text(language, "plan.sheet.about", message.Args{"region": content.Region, "from": content.From, "to": content.To,
			"number": version.Number, "date": plan.DateText(language, period.DayAt(version.At).String())}),
		note: message.Text(language, "plan.sheet.note", nil), mergeColumn: -1}
	for i, head := range heads {
		s.columns = append(s.columns, column{head: message.Text(language, head, nil), width: widths[i], centre: widths[i] < 20})
	}
	return s
}

func taskSheet(language message.Language, version plan.Version) sheet {
	s := newSheet(language, version, "plan.sheet.tasks", "plan.sheet.tasks_title", []float64{6, 24, 66, 16, 18, 14},
		"plan.sheet.number", "plan.sheet.goal", "plan.sheet.measure", "plan.sheet.lead", "plan.sheet.others", "plan.sheet.deadline")
	s.mergeColumn = 1
	for _, node := range version.Content.Nodes {
		if node.Kind != plan.Task {
			continue
		}
		lead, others := plan.Owners(node.Field("responsible"))
		s.rows = append(s.rows, []string{strconv.Itoa(len(s.rows) + 1), goalOf(node), measureOf(node), lead, others,
			plan.DeadlineText(language, node.Fields)})
	}
	return s
}

// goalOf names the innermost heading above a task.
func goalOf(node plan.Node) string {
	if len(node.Path) == 0 {
		return ""
	}
	return node.Path[len(node.Path)-1]
}

// measureOf is the task in the words of the document, which officials want to find again.
func measureOf(node plan.Node) string {
	if sentence := strings.TrimSpace(node.Sentence); sentence != "" {
		return sentence
	}
	return node.Field("name")
}

func targetSheet(language message.Language, version plan.Version) sheet {
	s := newSheet(language, version, "plan.sheet.targets", "plan.sheet.targets_title", []float64{6, 14, 40, 18, 18, 22, 14, 30},
		"plan.sheet.number", "plan.sheet.stage", "plan.sheet.name", "plan.sheet.scope", "plan.sheet.baseline", "plan.sheet.value", "plan.sheet.deadline", "plan.sheet.source")
	for _, group := range version.Content.ByStage(plan.Target) {
		for _, node := range group.Nodes {
			s.rows = append(s.rows, []string{strconv.Itoa(len(s.rows) + 1), plan.StageName(language, group.Stage), node.Field("name"), node.Field("scope"),
				plan.BaselineText(language, node.Fields), plan.ValueText(language, node.Fields), plan.DeadlineText(language, node.Fields), strings.Join(node.Path, " / ")})
		}
	}
	return s
}
