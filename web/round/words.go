package round

import (
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/round"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// valueText writes the value of a line; a value that would look like the threshold gets more decimals.
func (a *asked) valueText(l round.Line) string {
	number, known := l.Value.Number()
	switch {
	case !l.HasValue && l.Judged > 1:
		return a.text("round.met_of", message.Args{"met": l.Coverage.Reported - l.Failing, "count": l.Judged})
	case !l.HasValue:
		return ""
	case !known:
		return a.reasonText(l)
	case l.Logical && number != 0:
		return a.text("round.yes")
	case l.Logical:
		return a.text("round.no")
	}
	if threshold, set := l.Threshold.Number(); set && l.Comparator != "" {
		return shell.CloseNumber(number, threshold, l.Decimals, shell.Number)
	}
	return shell.Number(number, l.Decimals)
}

// reasonText says shortly why a line has no value: what is not reported stands in its panel.
func (a *asked) reasonText(l round.Line) string {
	if l.Value.Reason().Kind == measure.Missing {
		return a.text("round.silent")
	}
	return l.Value.Text(a.language)
}

// unitText is what a value counts; pure numbers and conditions have none.
func unitText(m measure.Measure, logical bool, language message.Language) string {
	if logical {
		return ""
	}
	return shell.MeasureText(language, m)
}

// thresholdText writes what is asked of a line.
func (a *asked) thresholdText(l round.Line) string {
	switch number, known := l.Threshold.Number(); {
	case l.Comparator == "":
		return ""
	case l.NotInForce:
		return a.text("standard.not_in_force")
	case l.Comparator == pack.Holds:
		return a.text("round.holds")
	case known:
		return shell.ComparatorSign(l.Comparator) + " " + shell.Number(number, shell.ThresholdDecimals)
	}
	return ""
}

// lackText says what is to be added, or taken away where less is asked for.
func (a *asked) lackText(l round.Line) string {
	if !l.Lacks {
		return ""
	}
	key := "round.lacks"
	if l.Comparator == pack.AtMost || l.Comparator == pack.Below {
		key = "round.exceeds"
	}
	return a.text(key, message.Args{"amount": shell.AmountText(a.ctx, l.Shortfall, l.Decimals)})
}

// moneyText writes an amount of yuan, large ones in ten thousands.
func moneyText(a *asked, yuan float64) string {
	if yuan >= 10_000 && a.language == message.Chinese {
		return a.text("round.money_wan", message.Args{"amount": shell.Number(yuan/10_000, 1)})
	}
	return a.text("round.money", message.Args{"amount": shell.Number(yuan, 0)})
}

// coverageText says how many reported; "" where there is only one who could.
func (a *asked) coverageText(l round.Line) string {
	c := l.Coverage
	if c.Expected == 0 || !l.HasValue || c.Expected == 1 && c.Reported == 1 {
		return ""
	}
	return a.text("round.reported", message.Args{"reported": c.Reported, "expected": c.Expected})
}

func (a *asked) stageText(stage unit.Stage) string {
	if stage == "" {
		return ""
	}
	return a.text("unit.stage." + string(stage))
}

// titleOf is the title of a line with its stage.
func (a *asked) titleOf(title pack.Text, stage unit.Stage) string {
	text := title.In(a.language)
	if stage != "" {
		text = a.text("round.titled", message.Args{"title": text, "stage": a.stageText(stage)})
	}
	return text
}

// codeText is the official number of a line, "" where it has none.
func codeText(code, name string) string {
	if code == name {
		return ""
	}
	return code
}

// doubt returns the source of a line that was not compared with a published page.
func doubt(l round.Line) (pack.Source, bool) {
	for _, source := range []pack.Source{l.ThresholdFrom.Source, l.Source} {
		if source.Checked == pack.Uncertain || source.Checked == pack.Memory {
			return source, true
		}
	}
	return pack.Source{}, false
}

func (a *asked) doubtText(source pack.Source) string {
	if source.Checked == "" {
		return ""
	}
	return a.text("round.checked." + string(source.Checked))
}
