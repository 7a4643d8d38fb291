package pack

import (
	"strings"

	"jiaoheng/message"
)

// SheetDescription is a score sheet.
type SheetDescription struct {
	Name       string             `json:"name"`
	Title      string             `json:"title"`
	Rule       string             `json:"rule"`
	Sections   []SheetSectionText `json:"sections"`
	Deductions []RuleDescription  `json:"deductions"`
	Bonus      []RuleDescription  `json:"bonus"`
	Vetoes     []RuleDescription  `json:"vetoes"`
	Cards      string             `json:"cards"`
	Levels     []ValueDescription `json:"levels"`
	Source     SourceDescription  `json:"source"`
}

// SheetSectionText is a section of a sheet with its items.
type SheetSectionText struct {
	Title string            `json:"title"`
	Items []RuleDescription `json:"items"`
}

// sheet describes a score sheet: who is appraised, every item with how its points follow, what decides alone, the cards.
func (d describer) sheet(s *Sheet) SheetDescription {
	described := SheetDescription{Name: s.Name, Title: s.Title.In(d.language), Sections: []SheetSectionText{}, Deductions: d.extras(s.Deductions, "pack.doc.extra_minus"),
		Bonus: d.extras(s.Bonus, "pack.doc.extra_plus"), Vetoes: []RuleDescription{}, Levels: []ValueDescription{}, Source: d.source(s.Source),
		Rule: d.say("pack.doc.sheet", message.Args{"of": d.say("pack.sheet.of."+string(s.Of), nil), "every": d.every(s.Every), "total": plain(s.Total),
			"scorers": s.Scorers, "difference": s.Difference, "appeal": s.Appeal})}
	for _, part := range s.Parts {
		section := SheetSectionText{Title: d.say("pack.doc.sheet_section", message.Args{"name": part.Title.In(d.language), "points": plain(rounded(part.Points))})}
		for _, item := range part.Items {
			section.Items = append(section.Items, d.sheetItem(item))
		}
		described.Sections = append(described.Sections, section)
	}
	for _, veto := range s.Vetoes {
		rule := d.say("pack.doc.veto_finding", nil)
		if veto.Indicator != "" {
			rule = d.say("pack.doc.veto_indicator", message.Args{"name": veto.Indicator})
		}
		described.Vetoes = append(described.Vetoes, RuleDescription{Name: veto.Name, Title: veto.Title.In(d.language),
			Rule: rule + " → " + s.Card(veto.Card).Title.In(d.language), Values: []ValueDescription{{Source: d.source(veto.Source)}}})
	}
	var cards []string
	for _, card := range s.Cards {
		cards = append(cards, card.Title.In(d.language))
	}
	described.Cards = strings.Join(cards, " > ")
	for _, levels := range s.Levels {
		var least []string
		for _, card := range s.Cards {
			if limit, given := levels.Least[card.Name]; given {
				least = append(least, card.Title.In(d.language)+" ≥ "+plain(limit))
			}
		}
		described.Levels = append(described.Levels, ValueDescription{levels.From.String(), levels.Until.String(), levels.Region, levels.Switch, d.several(least), d.source(levels.Source)})
	}
	return described
}

func (d describer) sheetItem(item *SheetItem) RuleDescription {
	described := RuleDescription{Name: item.Name, Title: item.Title.In(d.language), Values: []ValueDescription{}}
	ways := []string{d.say("pack.doc.points", message.Args{"points": plain(item.Points)})}
	if a := item.Automatic; a != nil {
		ways = append(ways, d.say("pack.doc.sheet_automatic", message.Args{"name": a.Indicator + a.Figure}))
	}
	if item.Self {
		ways = append(ways, d.say("pack.doc.sheet_self", nil))
	}
	if item.Checked {
		ways = append(ways, d.say("pack.doc.sheet_checked", nil))
	}
	if item.Evidence.Chinese != "" {
		ways = append(ways, d.say("pack.doc.sheet_evidence", message.Args{"text": item.Evidence.In(d.language)}))
	}
	described.Rule = strings.Join(ways, d.say("pack.doc.sheet_between", nil))
	if item.Automatic != nil {
		for _, scale := range item.Automatic.Scales {
			described.Values = append(described.Values, ValueDescription{scale.From.String(), scale.Until.String(), scale.Region, scale.Switch,
				scale.Text(d.language, item.Automatic.Kind, item.Points), d.source(scale.Source)})
		}
	}
	described.Values = append(described.Values, ValueDescription{Source: d.source(item.Source)})
	return described
}

// Text says in words how a value becomes points of an item.
func (s Scale) Text(language message.Language, kind ScaleKind, points float64) string {
	switch kind {
	case Linear:
		return message.Text(language, "pack.doc.scale_linear", message.Args{"none": plain(s.None), "full": plain(s.Full), "points": plain(points)})
	case OfShare:
		return message.Text(language, "pack.doc.scale_share", message.Args{"points": plain(points)})
	}
	sign := "≥"
	if s.Down {
		sign = "≤"
	}
	var all []string
	for _, step := range s.Steps {
		all = append(all, message.Text(language, "pack.doc.scale_step", message.Args{"sign": sign, "limit": plain(step.Limit), "points": plain(step.Points)}))
	}
	return strings.Join(all, message.Text(language, "pack.doc.sheet_between", nil))
}

func (d describer) extras(group *SheetExtras, key string) []RuleDescription {
	all := []RuleDescription{}
	if group == nil {
		return all
	}
	for _, extra := range group.Items {
		rule := d.say(key, message.Args{"cap": plain(extra.Cap), "all": plain(group.Cap)})
		if extra.Indicator != "" {
			rule += d.say("pack.doc.extra_each", message.Args{"each": plain(extra.Each), "name": extra.Indicator})
		}
		all = append(all, RuleDescription{Name: extra.Name, Title: extra.Title.In(d.language), Rule: rule, Values: []ValueDescription{{Source: d.source(extra.Source)}}})
	}
	return all
}

// sheets writes the score sheets of a pack.
func (w *writer) sheets(all []SheetDescription) {
	w.head("pack.doc.sheets", len(all))
	for _, sheet := range all {
		w.line(1, sheet.Name, sheet.Title, sheet.Rule)
		w.source(2, sheet.Source)
		for _, section := range sheet.Sections {
			w.line(2, section.Title)
			for _, item := range section.Items {
				w.rule(3, item)
			}
		}
		for _, group := range [][]RuleDescription{sheet.Deductions, sheet.Bonus, sheet.Vetoes} {
			for _, one := range group {
				w.rule(2, one)
			}
		}
		w.rule(2, RuleDescription{Title: sheet.Cards, Values: sheet.Levels})
	}
}
