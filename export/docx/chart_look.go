package docx

import (
	"jiaoheng/plan/target"
	"jiaoheng/report"
)

// look is how a series is told from the others, in colour and in black and white.
type look struct {
	colour  string
	pattern string // of bars; "" a plain face
	marker  string // of lines
	dash    string
	text    string // colour of labels beside lines: dark enough for white paper
	label   string // colour of labels within bars
}

// looks are those of Okabe and Ito, told apart by people who see few colours, the dark and the light in turn.
var looks = [...]look{
	{colour: "1D4F91", marker: "circle", dash: "solid", text: "1D4F91", label: "FFFFFF"},
	{colour: "E69F00", pattern: "wdUpDiag", marker: "square", dash: "dash", text: "8A5F00", label: "000000"},
	{colour: "009E73", pattern: "pct20", marker: "triangle", dash: "sysDot", text: "00664B", label: "000000"},
	{colour: "CC79A7", pattern: "dkHorz", marker: "diamond", dash: "lgDash", text: "8C3F69", label: "000000"},
	{colour: "56B4E9", pattern: "smGrid", marker: "x", dash: "dashDot", text: "1B6C9E", label: "000000"},
	{colour: "7A7A7A", pattern: "dkVert", marker: "star", dash: "sysDash", text: "4D4D4D", label: "000000"},
}

// lightLooks are the same on every chart of every report: the darker, the more it needs attention.
var lightLooks = map[target.Light]look{
	target.Reached: {colour: "009E73", marker: "circle", dash: "solid", text: "00664B", label: "000000"},
	target.Normal:  {colour: "56B4E9", pattern: "pct20", marker: "square", dash: "solid", text: "1B6C9E", label: "000000"},
	target.AtRisk:  {colour: "E69F00", pattern: "wdUpDiag", marker: "diamond", dash: "dash", text: "8A5F00", label: "000000"},
	target.Late:    {colour: "B3261E", marker: "triangle", dash: "solid", text: "B3261E", label: "FFFFFF"},
	target.NoData:  {colour: "BFBFBF", pattern: "smGrid", marker: "x", dash: "sysDot", text: "4D4D4D", label: "000000"},
}

// quietLooks are those of lines that stand behind: the path, the goal, the ends of an interval.
var quietLooks = [...]look{{colour: "7A7A7A", dash: "dash"}, {colour: "B3261E", dash: "sysDot"}, {colour: "404040", dash: "lgDashDot"}}

func lookOf(n int, series report.Series) look {
	if one, known := lightLooks[series.Light]; known {
		return one
	}
	if series.Quiet {
		return quietLooks[n%len(quietLooks)]
	}
	return looks[n%len(looks)]
}

// barFill is the face of the bars of a series.
func barFill(n int, series report.Series) string {
	one := lookOf(n, series)
	if one.pattern == "" {
		return `<a:solidFill><a:srgbClr val="` + one.colour + `"/></a:solidFill>`
	}
	return `<a:pattFill prst="` + one.pattern + `"><a:fgClr><a:srgbClr val="FFFFFF"/></a:fgClr><a:bgClr><a:srgbClr val="` + one.colour + `"/></a:bgClr></a:pattFill>`
}
