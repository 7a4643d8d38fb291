package paper

import (
	"strconv"
	"strings"

	"jiaoheng/assessment"
	"jiaoheng/assessment/figure"
	"jiaoheng/message"
	"jiaoheng/report"
	"jiaoheng/stats/irt"
	"jiaoheng/stats/item"
)

// Items is what the report of one paper of questions is written from, for the team of its subject.
type Items struct {
	Exam    assessment.Exam
	Subject assessment.Subject
	Rules   assessment.Rules
	Result  item.Result
	Map     *irt.PersonMap // nil where no model was fitted
	Model   string         // of the map: 2PL
	Left    int            // items that the model does not hold
}

// Report is the report on a paper of questions: how hard and how sharp it was, which items do not work, where pupils and items
// stand.
func (i Items) Report(head Head) *report.Report {
	r := head.start(ItemKind, say("paper.item.title", message.Args{"exam": i.Exam.Name, "subject": i.Subject.Name}))
	advice := figure.Advise(i.Result, i.Rules)
	r.Heading(1, say("paper.item.test", nil)).Text(i.summary())
	for _, one := range advice {
		if one.Item == "" {
			for _, says := range one.Says {
				r.Text(says.Text(message.Chinese))
			}
		}
	}
	r.Heading(1, say("paper.item.map", nil)).Chart(i.pointChart())
	if i.Map != nil {
		r.Chart(i.abilityChart())
	}
	r.Heading(1, say("paper.item.each", nil)).Table(i.table())
	r.Table(adviceTable(advice))
	i.options(r)
	table := report.Table{Caption: say("paper.growth.rule_table", nil), Columns: columns("rule", "value", "from", "source")}
	table.Columns[2].Align, table.Columns[3].Align = report.Short, report.Words
	k := i.Rules
	for _, one := range []assessment.Rule{k.GroupShare, k.Easy, k.Hard, k.DiscriminationExcellent, k.DiscriminationGood, k.DiscriminationFair, k.AlphaLeast, k.AlphaHigh} {
		table.Rows = append(table.Rows, ruleRow(one))
	}
	r.Heading(1, say("paper.growth.rules", nil)).Table(table)
	return r
}

func ruleRow(one assessment.Rule) []string {
	return []string{one.Title.Chinese, number(one.Value, 4), one.From.String(), strings.TrimSpace(one.Source.Document + " " + one.Source.Clause)}
}

func (i Items) summary() string {
	t := i.Result.Test
	return say("paper.item.summary", message.Args{"exam": i.Exam.Name, "subject": i.Subject.Name, "items": t.Items, "full": number(t.Full, 1), "pupils": t.N, "mean": number(t.Mean, 1), "sd": number(t.SD, 1),
		"facility": number(t.Mean/t.Full, 2), "alpha": plain(t.Alpha, 2), "error": plain(t.Error, 1)})
}

// pointChart shows each item by how easy it was and how well it tells pupils apart.
func (i Items) pointChart() report.Chart {
	chart := report.Chart{Title: say("paper.item.point_chart", nil), Kind: report.Scatter, Unit: say("paper.column.discrimination", nil), Across: say("paper.column.facility", nil), Decimals: 2}
	dots := report.Series{Name: say("paper.item.item", nil)}
	var weak []string
	for n, one := range i.Result.Test.Item {
		if n == report.MaxPoints {
			break
		}
		chart.Categories = append(chart.Categories, one.Name)
		dots.Across, dots.Values = append(dots.Across, report.Sure(one.Difficulty)), append(dots.Values, report.Sure(one.D))
		if one.D < i.Rules.DiscriminationFair.Value {
			weak = append(weak, one.Name)
		}
	}
	line := report.Series{Name: say("paper.item.fair", nil), Quiet: true, Across: []report.Value{report.Sure(0), report.Sure(1)},
		Values: []report.Value{report.Sure(i.Rules.DiscriminationFair.Value), report.Sure(i.Rules.DiscriminationFair.Value)}}
	chart.Series = []report.Series{dots, line}
	args := message.Args{"items": len(dots.Values), "line": number(i.Rules.DiscriminationFair.Value, 2), "count": len(weak), "names": strings.Join(weak, "、")}
	if len(weak) == 0 {
		chart.Sentence = say("paper.item.none_weak", args)
	} else {
		chart.Sentence = say("paper.item.some_weak", args)
	}
	return chart
}

// abilityChart lays where pupils stand beside where the steps of items stand, in classes of half a logit.
func (i Items) abilityChart() report.Chart {
	const each = 2 // classes of the map in one bar
	m := i.Map
	chart := report.Chart{Title: say("paper.item.ability_chart", message.Args{"model": i.Model}), Kind: report.Bars, Unit: "%", Across: say("paper.item.ability", nil), Decimals: 1, Source: say("paper.item.ability_note", nil)}
	persons, steps := make([]float64, (len(m.Persons)+each-1)/each), make([]float64, (len(m.Persons)+each-1)/each)
	all := m.Below + m.Above
	for n, count := range m.Persons {
		persons[n/each] += count
		all += count
	}
	persons[0] += m.Below
	persons[len(persons)-1] += m.Above
	outside := 0
	for _, one := range m.Items {
		class := int((one.Difficulty - m.From) / (m.Width * each))
		if one.Difficulty < m.From || class >= len(steps) {
			outside++
			continue
		}
		steps[class]++
	}
	people, things := report.Series{Name: say("paper.item.persons", nil)}, report.Series{Name: say("paper.item.steps", nil)}
	weightLow, weightHigh := 0.0, 0.0
	for n := range persons {
		from := m.From + float64(n)*m.Width*each
		chart.Categories = append(chart.Categories, fixed(from, 1)+"—"+fixed(from+m.Width*each, 1))
		people.Values = append(people.Values, shareOf(persons[n], all))
		things.Values = append(things.Values, shareOf(steps[n], float64(len(m.Items))))
		if from < 0 {
			weightLow += steps[n]
		} else {
			weightHigh += steps[n]
		}
	}
	chart.Series = []report.Series{people, things}
	key := "paper.item.easier"
	if weightHigh > weightLow {
		key = "paper.item.harder"
	}
	chart.Sentence = say(key, message.Args{"steps": len(m.Items), "low": number(weightLow, 0), "high": number(weightHigh, 0), "outside": outside})
	if i.Left > 0 {
		chart.Sentence += say("paper.item.map_left", message.Args{"left": i.Left})
	}
	return chart
}

func shareOf(part, whole float64) report.Value {
	if whole == 0 {
		return report.Value{}
	}
	return report.Sure(100 * part / whole)
}

func (i Items) table() report.Table {
	table := report.Table{Caption: say("paper.item.table", nil), Columns: columns("item", "full", "facility", "high", "lower", "discrimination", "rest", "alpha_without", "omitted"), Note: say("paper.item.note", message.Args{"share": number(i.Rules.GroupShare.Value, 0)})}
	for _, one := range i.Result.Test.Item {
		table.Rows = append(table.Rows, []string{one.Name, number(one.Full, 1), fixed(one.Difficulty, 2), fixed(one.High, 2), fixed(one.Low, 2), fixed(one.D, 2), plain(one.RestR, 2), plain(one.AlphaWithout, 3), strconv.Itoa(one.Omitted + one.NotReached)})
	}
	return table
}

func adviceTable(advice []figure.Advice) report.Table {
	table := report.Table{Caption: say("paper.item.advice", nil), Columns: columns("item", "says")}
	table.Columns[1].Align = report.Words
	for _, one := range advice {
		if one.Item == "" {
			continue
		}
		var says []string
		for _, each := range one.Says {
			says = append(says, each.Text(message.Chinese))
		}
		table.Rows = append(table.Rows, []string{one.Item, strings.Join(says, "")})
	}
	return table
}

// options are who chose what, of the items that are choices.
func (i Items) options(r *report.Report) {
	table := report.Table{Caption: say("paper.item.options", nil), Columns: columns("item", "option", "key", "picked", "share_all", "count_high", "count_low")}
	for _, one := range i.Result.Choices {
		for _, picked := range one.Options {
			key := ""
			if picked.Right {
				key = "✓"
			}
			option := picked.Option
			if option == "" {
				option = say("paper.item.blank", nil)
			}
			table.Rows = append(table.Rows, []string{one.Item, option, key, strconv.Itoa(picked.All), fixed(100*picked.Share, 1), strconv.Itoa(picked.High), strconv.Itoa(picked.Low)})
		}
	}
	r.Table(table)
}
