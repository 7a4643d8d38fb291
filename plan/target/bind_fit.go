package target

import (
	"regexp"
	"slices"
	"strings"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

var (
	perHead   = regexp.MustCompile(`生均|人均|每百名|百名|每名|每位|每生|每班`)
	forEach   = regexp.MustCompile(`^(为)?每(个|所|名|位|校|镇|乡|县|班)`)
	ratioWord = regexp.MustCompile(`比$|生师比|师生比|师幼比|之比`)
)

// fit lowers a proposal where the measure, the direction or the stage of the target is not that of the indicator.
func (c *candidate) fit(a sought, p *Proposal) {
	c.fitMeasure(a, p)
	c.fitStage(a, p)
	i, comparator := c.indicator, a.node.Field("comparator")
	switch {
	case comparator == "increase" || comparator == "decrease":
		p.lower(ceilPartial, "target.bind.why.change", nil)
	case comparator == ">=" && i.Direction == pack.Down && a.node.Field("value") != "" || comparator == "<=" && i.Direction == pack.Up:
		p.lower(ceilPartial, "target.bind.why.direction", nil)
	}
	if p.Stage == "" && unsettled(i) {
		p.lower(ceilPartial, "target.bind.why.stage_wanted", nil)
	}
	if c.finding {
		p.lower(ceilEvidence, "target.bind.why.finding", nil)
	}
	each := a.node.Field("per") != "" || forEach.MatchString(a.name)
	if each && !i.Worst && !strings.Contains(i.Measure.Text(message.Chinese), "/") {
		p.lower(ceilEach, "target.bind.why.each", nil)
	}
}

// fitMeasure compares what the figure of the target counts with what the indicator counts.
func (c *candidate) fitMeasure(a sought, p *Proposal) {
	written, value := a.node.Field("unit"), a.node.Field("value")
	if value == "" {
		return
	}
	own := c.indicator.Measure
	args := message.Args{"wanted": written, "given": own.Text(message.Chinese)}
	if written == "" {
		if !own.Pure() && !(strings.Contains(args["given"].(string), "/") && ratioWord.MatchString(a.name)) || own.Pure() && own.Scale() != 1 {
			p.lower(ceilScale, "target.bind.why.no_measure", args)
		}
		return
	}
	if c.indicator.Every == period.Year || c.indicator.Every == period.SchoolYear {
		written = strings.TrimSuffix(strings.TrimSuffix(written, "/学年"), "/年") // what is told for a year is for each year
	}
	wanted, err := measure.Parse(written)
	if err != nil {
		p.lower(ceilMeasure, "target.bind.why.measure", args)
		return
	}
	switch {
	case sameThing(wanted, own) && measure.Compare(wanted.Scale(), own.Scale()) == 0:
		p.Why = append(p.Why, Ground{Key: "target.bind.why.same_measure", Args: args})
	case sameThing(wanted, own):
		p.lower(ceilScale, "target.bind.why.scale", args)
	case c.perHead(a, wanted):
		p.Why = append(p.Why, Ground{Key: "target.bind.why.same_measure", Args: args})
	default:
		p.lower(ceilMeasure, "target.bind.why.measure", args)
	}
}

// perHead tells whether the indicator counts what the target counts for each of something that the name mentions: 元 of 生均
// is 元/学生, 间 of 每百名学生 is 间/百名学生, 所 of 每名督学 is 所/人.
func (c *candidate) perHead(a sought, wanted measure.Measure) bool {
	over, _, divides := strings.Cut(c.indicator.Measure.Text(message.Chinese), "/")
	if !divides || !perHead.MatchString(a.name) {
		return false
	}
	counted, err := measure.Parse(over)
	return err == nil && sameThing(wanted, counted) && measure.Compare(wanted.Scale(), counted.Scale()) == 0
}

// sameThing tells whether two measures count the same. Plans count pupils in 人, the packs in 学生.
func sameThing(wanted, own measure.Measure) bool {
	if wanted.SameDimension(own) {
		return true
	}
	people, _ := measure.Parse("人")
	pupils, _ := measure.Parse("学生")
	return wanted.SameDimension(people) && own.SameDimension(pupils)
}

// fitStage compares the stages. What the name says weighs more than the heading under which the target stands.
func (c *candidate) fitStage(a sought, p *Proposal) {
	args := func(stages []unit.Stage) message.Args { return message.Args{"stages": stageList(stages)} }
	switch {
	case len(a.stages) == 0 || len(c.stages) == 0:
	case !meet(a.stages, c.stages):
		p.lower(ceilStage, "target.bind.why.other_stage", args(c.stages))
	case p.Stage != "" && slices.ContainsFunc(a.named, func(s unit.Stage) bool { return string(s) != p.Stage }) && slices.Contains(a.named, unit.Stage(p.Stage)):
		p.lower(ceilPartial, "target.bind.why.part_stage", args([]unit.Stage{unit.Stage(p.Stage)}))
	case p.Stage != "" && len(a.named) > 0:
		p.Why = append(p.Why, Ground{Key: "target.bind.why.stage", Args: args([]unit.Stage{unit.Stage(p.Stage)})})
	case slices.Contains(c.stages, unit.Special):
	case !within(a.named, c.stages), len(c.indicator.Stages) == 0 && len(a.named) > 0 && !within(c.stages, a.named):
		p.lower(ceilPartial, "target.bind.why.part_stage", args(c.stages))
	}
}

// stageList are stages in words.
type stageList []unit.Stage

// In writes the stages with marks between them.
func (l stageList) In(language message.Language) string {
	words := make([]string, len(l))
	for k, s := range l {
		words[k] = message.Text(language, "unit.stage."+string(s), nil)
	}
	if language == message.Chinese {
		return strings.Join(words, "、")
	}
	return strings.Join(words, ", ")
}
