package document

import "jiaoheng/message"

// RuleText returns what a repair did, in words.
func (r Repair) RuleText(language message.Language) string {
	return message.Text(language, "repair.rule."+r.Rule, nil)
}
