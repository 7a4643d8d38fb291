package paper_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"jiaoheng/assessment/paper"
	"jiaoheng/assessment/progress"
	"jiaoheng/export/docx"
	"jiaoheng/report"
)

// words is a report as plain text.
func words(r *report.Report) string {
	var out strings.Builder
	out.WriteString(r.Title + "\n")
	for _, block := range r.Blocks {
		switch {
		case block.Heading != nil:
			fmt.Fprintf(&out, "# %s\n", block.Heading.Text)
		case block.Table != nil:
			fmt.Fprintf(&out, "[%s]\n", block.Table.Caption)
			for _, row := range block.Table.Rows {
				out.WriteString(strings.Join(row, " | ") + "\n")
			}
		case block.Chart != nil:
			fmt.Fprintf(&out, "(%s) %s\n", block.Chart.Title, block.Chart.Sentence)
		default:
			out.WriteString(block.Text + block.Note + "\n")
		}
	}
	return out.String()
}

// document writes a paper as .docx; with PAPER_OUT set it is kept there, to be looked at.
func document(t *testing.T, name string, r *report.Report) {
	t.Helper()
	data, err := docx.WriteReport(*r)
	if err != nil {
		t.Fatal(err)
	}
	if folder := os.Getenv("PAPER_OUT"); folder != "" {
		if err := os.WriteFile(folder+"/"+name+".docx", data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func chartOf(t *testing.T, r *report.Report, kind report.ChartKind) report.Chart {
	t.Helper()
	for _, block := range r.Blocks {
		if block.Chart != nil && block.Chart.Kind == kind {
			return *block.Chart
		}
	}
	t.Fatalf("no chart of kind %s", kind)
	return report.Chart{}
}

func TestTheCountyReadsWhatItsSchoolsAdded(t *testing.T) {
	result := invent(t)
	r := paper.Growth(head, result, speaker)
	document(t, "growth", r)
	text := words(r)
	part, _ := result.Part(progress.Whole, "", "")
	best, _ := part.Main.Effect("H00")
	for _, want := range []string{"澄江县学生学业进步情况监测报告（2026届）", "与全县无显著差异", "样本不足", fmt.Sprintf("澄江第一中学 | 150 | %.1f", best.Effect), "入口至中段", "置信区间", "名次变化"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	chart := chartOf(t, r, report.Ranged)
	if !slices.Equal(chart.Categories, names) {
		t.Errorf("schools do not stand in the order of their codes: %v", chart.Categories)
	}
	if last := chart.Series[0].Values[len(names)-1]; last.Is {
		t.Errorf("a school of twelve pupils is drawn at %v", last)
	}
	if !strings.Contains(chart.Sentence, "1所学校的增值显著高于全县平均，1所显著低于全县平均") {
		t.Errorf("the sentence is not that of the figures: %s", chart.Sentence)
	}
	scatter := chartOf(t, r, report.Scatter)
	if len(scatter.Series[0].Values) != 7 || len(scatter.Series[1].Values) != 2 || !scatter.Series[1].Quiet {
		t.Errorf("the drawing has %d schools and a line of %d points", len(scatter.Series[0].Values), len(scatter.Series[1].Values))
	}
}

func TestASchoolReadsItselfAndAllTogether(t *testing.T) {
	result := invent(t)
	r := paper.GrowthSchool(head, result, speaker, "H02")
	document(t, "growth-school", r)
	text := words(r)
	for n, name := range names {
		if there := strings.Contains(text, name); there != (n == 2) {
			t.Errorf("%s stands in the paper of %s: %v", name, names[2], there)
		}
	}
	chart := chartOf(t, r, report.Ranged)
	if len(chart.Categories) != 3 || !strings.Contains(chart.Sentence, "3项均与全县无显著差异") {
		t.Errorf("%v: %s", chart.Categories, chart.Sentence)
	}
	small := words(paper.GrowthSchool(head, result, speaker, "H07"))
	if !strings.Contains(small, "样本不足") && !strings.Contains(small, "不足20人") {
		t.Errorf("a school of twelve pupils is judged:\n%s", small)
	}
	part, _ := result.Part(progress.Whole, "", "")
	if e, _ := part.Main.Effect("H07"); strings.Contains(small, fmt.Sprintf("%.1f（", e.Effect)) {
		t.Error("its figure is told")
	}
}
