package demo

import (
	"context"
	"math"
	"slices"

	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/unit"
)

// Targets of the demo plan that are shared out to schools.
const (
	BackboneTarget = "每百名学生拥有县级以上骨干教师数"
	ArtsTarget     = "每百名学生拥有体育、艺术专任教师数"
	AreaTarget     = "小学生均教学及辅助用房面积"
)

// tellSplits shares targets out to the schools: most get the goal of the county, village schools and crowded ones another one
// with a reason, so that two schools with the same value stand differently.
func tellSplits(t *tale) {
	desks := plan.NewDesks(t.store, func(context.Context, string) string { return "" })
	splitting := target.NewSplitting(t.store, desks)
	for _, one := range []struct {
		target string
		stages []unit.Stage
		own    func(u unit.Unit, goal *target.Goal) (reason string)
	}{
		{BackboneTarget, []unit.Stage{unit.Primary, unit.Junior}, backboneOf},
		{ArtsTarget, []unit.Stage{unit.Primary, unit.Junior}, artsOf},
		{AreaTarget, []unit.Stage{unit.Primary}, areaOf},
		{ReformTarget, []unit.Stage{unit.Primary, unit.Junior, unit.Senior, unit.Vocational}, nil},
	} {
		track := t.motion.track(plan.Target, one.target)
		sheet, err := splitting.Sheet(t.ctx, t.motion.tree, target.Where{Plan: t.motion.plan(), Target: track, Parent: CountyCode}, t.today)
		t.fail(err, "sheet", one.target)
		if t.err != nil {
			return
		}
		var codes []string
		for _, u := range sheet.Below {
			if u.Kind == unit.School && slices.ContainsFunc(u.Stages, func(s unit.Stage) bool { return slices.Contains(one.stages, s) }) {
				codes = append(codes, u.Code)
			}
		}
		shares := target.Suggest(sheet.Goal, codes, nil, target.Filling{Goal: target.FillSame})
		for i := range shares {
			u, _ := t.motion.tree.Find(shares[i].Unit)
			shares[i].Goal.Baseline, shares[i].Goal.BaselineYear = target.Known{}, 0
			if one.own != nil {
				shares[i].Reason = one.own(u, &shares[i].Goal)
			}
			t.motion.baseline(track, &shares[i])
		}
		split, err := splitting.ProposeSplit(t.ctx, t.actor("office"), t.motion.tree, target.Split{Plan: t.motion.plan(), Target: track, Parent: CountyCode, Shares: shares,
			Decision: target.Decision{Reason: "按县级目标分解到校，差异较大的学校一校一策。"}}, true)
		t.fail(err, "split", one.target)
		if t.err != nil {
			return
		}
		_, err = splitting.ApproveSplit(t.ctx, t.actor("leader"), t.motion.tree, split.ID)
		t.fail(err, "split approved", one.target)
	}
}

// backboneOf gives village schools a lower goal and the schools of the county town a higher one.
func backboneOf(u unit.Unit, goal *target.Goal) string {
	switch {
	case u.Setting == unit.Rural:
		goal.Value = target.Sure(0.9)
		return "乡村小规模学校教师总数少，按保有一名骨干教师确定，缺口由中心校走教补足。"
	case u.Setting == unit.Urban:
		goal.Value = target.Sure(1.3)
		return "县城学校骨干教师较为集中，承担向乡镇学校输出的任务。"
	}
	return ""
}

// artsOf lets the small schools share teachers of their town, and wants the crowded school to be quicker.
func artsOf(u unit.Unit, goal *target.Goal) string {
	switch {
	case u.Name == CrowdedTown:
		goal.Value, goal.Deadline = target.Sure(1.05), period.Date{Year: 2026, Month: 12, Day: 31}
		return "在校生多、缺口教师人数多，提前一年完成，并按1.05人配备。"
	case u.Name == VillageSchool:
		goal.Value = target.Sure(1.2)
		return "学校为全县乡村美育试点，按高于全县的标准配备。"
	}
	return ""
}

func areaOf(u unit.Unit, goal *target.Goal) string {
	if u.Name == CrowdedTown {
		goal.Value = target.Sure(5.2)
		return "学校扩建工程2026年完工，按扩建后面积确定。"
	}
	return ""
}

// baseline starts a school from what it had in baselineYear, where it still has to go up from there.
func (m motion) baseline(track target.Track, share *target.Share) {
	board, known := m.view.Plan(m.plan())
	if !known {
		return
	}
	number, _ := m.tree.Number(share.Unit)
	at, _ := board.Find(track)
	for _, reading := range board.Cell(at, number).Series {
		value, measured := reading.Value.Number()
		if measured && reading.Period.Start.Year == baselineYear && share.Goal.Value.Is && value < share.Goal.Value.Number {
			share.Goal.Baseline, share.Goal.BaselineYear = target.Sure(math.Round(100*value)/100), baselineYear
		}
	}
}

// baselineYear is the year before the plan begins.
const baselineYear = 2024
