package figure

import (
	"cmp"
	"slices"

	"jiaoheng/assessment"
	"jiaoheng/message"
	"jiaoheng/stats/item"
)

// Says is one sentence of advice: a key of the catalogue with its values. Grave ones ask for a person's decision.
type Says struct {
	Key   string
	Args  message.Args
	Grave bool
}

// Text returns the sentence.
func (s Says) Text(language message.Language) string { return message.Text(language, s.Key, s.Args) }

// Advice is what to do about an item; the name is empty for the test as a whole.
type Advice struct {
	Item string
	Says []Says
}

// ClassesOf returns the limits of differential functioning that the rules hold; none where the pack has none.
func ClassesOf(rules assessment.Rules) item.Classes {
	small, hasSmall := rules.Find("assessment_dif_small", "")
	large, hasLarge := rules.Find("assessment_dif_large", "")
	if !hasSmall || !hasLarge {
		return item.Classes{}
	}
	return item.Classes{Small: small.Value, Large: large.Value, Level: 1 - rules.Confidence.Share()}
}

// Advise says what the figures of a test mean by the rules in force: first for the test, then for each item. An item without
// anything to be said about has the sentence that it may stay as it is.
func Advise(r item.Result, rules assessment.Rules) []Advice {
	all := []Advice{{Says: adviseTest(r.Test, rules)}}
	picks := map[string]item.Picks{}
	for _, p := range r.Choices {
		picks[p.Item] = p
	}
	for k, one := range r.Test.Item {
		says := adviseItem(one, r.Test, rules)
		if p, ok := picks[one.Name]; ok {
			says = append(says, advisePicks(p)...)
		}
		if r.Functioning != nil {
			says = append(says, adviseFunctioning(r.Functioning.Items[k])...)
		}
		if len(says) == 0 {
			says = []Says{{Key: "figure.advice.stays"}}
		}
		slices.SortStableFunc(says, func(a, b Says) int { return cmp.Compare(graveFirst(a), graveFirst(b)) })
		all = append(all, Advice{one.Name, says})
	}
	return all
}

func graveFirst(s Says) int {
	if s.Grave {
		return 0
	}
	return 1
}

func adviseTest(t item.Test, rules assessment.Rules) []Says {
	var says []Says
	if t.Full > 0 {
		p := t.Mean / t.Full
		args := message.Args{"p": round(p, 2), "low": rules.SelectionLow.Value, "high": rules.SelectionHigh.Value}
		switch {
		case p < rules.SelectionLow.Value:
			says = append(says, Says{Key: "figure.advice.test_hard", Args: args})
		case p > rules.SelectionHigh.Value:
			says = append(says, Says{Key: "figure.advice.test_easy", Args: args})
		default:
			says = append(says, Says{Key: "figure.advice.test_apt", Args: args})
		}
	}
	if t.Alpha == nil {
		return append(says, Says{Key: "figure.advice.no_alpha", Grave: true})
	}
	args := message.Args{"alpha": round(*t.Alpha, 2), "least": rules.AlphaLeast.Value, "high": rules.AlphaHigh.Value, "sem": round(value(t.Error), 1)}
	switch {
	case *t.Alpha < rules.AlphaLeast.Value:
		return append(says, Says{Key: "figure.advice.alpha_low", Args: args, Grave: true})
	case *t.Alpha < rules.AlphaHigh.Value:
		return append(says, Says{Key: "figure.advice.alpha_fair", Args: args})
	}
	return append(says, Says{Key: "figure.advice.alpha_high", Args: args})
}

func adviseItem(one item.Item, t item.Test, rules assessment.Rules) []Says {
	p, d := one.Difficulty, one.D
	args := message.Args{"p": round(p, 2), "d": round(d, 2), "easy": rules.Easy.Value, "hard": rules.Hard.Value, "fair": rules.DiscriminationFair.Value,
		"good": rules.DiscriminationGood.Value}
	if one.SD == 0 {
		return []Says{{Key: "figure.advice.constant", Args: args, Grave: true}}
	}
	var says []Says
	switch {
	case d < 0:
		says = append(says, Says{Key: "figure.advice.turned", Args: args, Grave: true})
	case d < rules.DiscriminationFair.Value && p >= rules.Easy.Value:
		says = append(says, Says{Key: "figure.advice.flat_easy", Args: args})
	case d < rules.DiscriminationFair.Value && p < rules.Hard.Value:
		says = append(says, Says{Key: "figure.advice.flat_hard", Args: args, Grave: true})
	case d < rules.DiscriminationFair.Value:
		says = append(says, Says{Key: "figure.advice.flat", Args: args, Grave: true})
	case d < rules.DiscriminationGood.Value:
		says = append(says, Says{Key: "figure.advice.weak", Args: args})
	case p >= rules.Easy.Value:
		says = append(says, Says{Key: "figure.advice.easy", Args: args})
	case p < rules.Hard.Value:
		says = append(says, Says{Key: "figure.advice.hard", Args: args})
	}
	if one.AlphaWithout != nil && t.Alpha != nil && round(*one.AlphaWithout, 3) > round(*t.Alpha, 3) {
		says = append(says, Says{Key: "figure.advice.alpha_without", Args: message.Args{"with": round(*t.Alpha, 3), "without": round(*one.AlphaWithout, 3)}})
	}
	return says
}

// advisePicks looks at the wrong options: one that draws more of the strong than of the weak, or than the key does, and one
// that nobody takes.
func advisePicks(p item.Picks) []Says {
	var says []Says
	right := 0
	for _, o := range p.Options {
		if o.Right {
			right = o.High
		}
	}
	for _, o := range p.Options {
		args := message.Args{"option": o.Option, "high": o.High, "low": o.Low, "right": right, "key": p.Key}
		switch {
		case o.Right || o.Option == "":
		case o.High > right:
			says = append(says, Says{Key: "figure.advice.other_key", Args: args, Grave: true})
		case o.High > o.Low:
			says = append(says, Says{Key: "figure.advice.draws_strong", Args: args})
		case o.All == 0:
			says = append(says, Says{Key: "figure.advice.nobody", Args: args})
		}
	}
	return says
}

func adviseFunctioning(d item.Differs) []Says {
	if d.Class != "B" && d.Class != "C" {
		return nil
	}
	key := map[string]string{"B": "figure.advice.dif_moderate", "C": "figure.advice.dif_large"}[d.Class]
	return []Says{{Key: key, Args: message.Args{"group": d.Favours, "delta": round(value(d.Delta), 2)}, Grave: d.Class == "C"}}
}

func value(x *float64) float64 {
	if x == nil {
		return 0
	}
	return *x
}
