package target

import "jiaoheng/message"

// Light tells how a target stands.
type Light uint8

// Lights, from the best to the one of which nothing is known. The zero value is no target at all.
const (
	NoTarget Light = iota
	Reached        // 已达成
	Normal         // 正常
	AtRisk         // 有风险
	Late           // 滞后
	NoData         // 无数据
)

// Lights returns every light in the order of a page.
func Lights() []Light { return []Light{Reached, Normal, AtRisk, Late, NoData} }

var lightKeys = [...]string{NoTarget: "target.light.none", Reached: "target.light.reached", Normal: "target.light.normal", AtRisk: "target.light.at_risk",
	Late: "target.light.late", NoData: "target.light.no_data"}

// Key is the key of the catalogue under which the light is named.
func (l Light) Key() string { return lightKeys[l] }

// Text names the light.
func (l Light) Text(language message.Language) string { return message.Text(language, l.Key(), nil) }
