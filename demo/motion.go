package demo

import (
	"context"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/round"
	"jiaoheng/unit"
)

// motion is what the tales about the plan in motion work with: the adopted plan and the desks that move it.
type motion struct {
	set     *pack.Set
	tree    *unit.Tree
	outline *duty.Outline
	duties  *duty.Desk
	where   access.Unit // of the county
	view    *target.View
}

// openMotion opens the plan that was adopted first.
func (t *tale) openMotion(set *pack.Set, tree *unit.Tree) error {
	plans, err := t.store.Plans(t.ctx)
	if err != nil || len(plans) == 0 {
		return err
	}
	t.motion = motion{set: set, tree: tree, duties: duty.New(t.store, t.desk), where: person.At(tree, CountyCode)}
	if t.motion.outline, err = t.motion.duties.Outline(t.ctx, plans[0].ID); err != nil {
		return err
	}
	t.desk.Elsewhere(duty.PlanEnd, t.motion.nodeNamed)
	return nil
}

// nodeNamed tells what a node of the plan is called to whom links a row to it.
func (m motion) nodeNamed(_ context.Context, address string) (string, bool, error) {
	_, id, _ := strings.Cut(address, "/")
	at := slices.IndexFunc(m.outline.Nodes, func(n duty.Node) bool { return n.ID == id })
	if at < 0 {
		return address, false, nil
	}
	return m.outline.Nodes[at].Name(), true, nil
}

// plan is the id of the plan of the demo.
func (m motion) plan() string { return m.outline.Plan.ID }

// track returns the track of the node of a kind that has the name.
func (m motion) track(kind plan.Kind, name string) target.Track {
	at := slices.IndexFunc(m.outline.Nodes, func(n duty.Node) bool { return n.Kind == kind && n.Field("name") == name })
	if at < 0 {
		panic("demo: the plan has no " + string(kind) + " " + name)
	}
	return m.outline.Nodes[at].Track
}

// tellBindings confirms what measures the targets. Some are left: nobody has confirmed them yet.
func tellBindings(t *tale) {
	m := t.motion
	wishes := []target.Wish{}
	for _, one := range []struct {
		target, name, stage string
		kind                target.SourceKind
	}{
		{"学前教育毛入园率", "preschool.gross_enrolment", "", target.FromIndicator},
		{"普惠性幼儿园覆盖率", "preschool.inclusive_share", "", target.FromIndicator},
		{"公办幼儿园在园幼儿占比", "preschool.public_share", "", target.FromIndicator},
		{"九年义务教育巩固率", "retention.nine_years", "", target.FromIndicator},
		{"高中阶段毛入学率", "enrolment.senior_gross", "", target.FromIndicator},
		{"中等职业学校“双师型”教师占专业课教师的比例", "dual.of_professional", "", target.FromIndicator},
		{"义务教育学校大班额", "class.large_share", "", target.FromIndicator},
		{BackboneTarget, "teacher.backbone_per_100", "", target.FromIndicator},
		{ArtsTarget, "teacher.pe_arts_per_100", "", target.FromIndicator},
		{AreaTarget, "area.teaching_per_pupil", "primary", target.FromIndicator},
		{"学生体质健康合格率", "fitness.pass_rate", "", target.FromIndicator},
		{"优质高中招生指标分配到初中的比例", "enrolment.senior_quota_share", "", target.FromIndicator},
		{"中职毕业生初次就业率", "vocational.employment_rate", "", target.FromIndicator},
		{AverageTarget, "enrolment.schooling_years", "", target.FromIndicator},
		{"中小学宽带接入率", BroadbandFigure, "", target.FromFigure},
		{"多媒体教室普及率", MultimediaFigure, "", target.FromFigure},
		{"乡村教师生活补助标准", AllowanceFigure, "", target.FromFigure},
		{"乡镇学校结对帮扶覆盖率", PairedFigure, "", target.FromFigure},
		{ReformTarget, ReformTarget, "", target.FromRows},
	} {
		wishes = append(wishes, target.Wish{Target: m.track(plan.Target, one.target), Kind: one.kind, Name: one.name, Stage: one.stage, Confidence: 1,
			Reason: "经与统计口径逐项核对，名称、单位和学段一致。"})
	}
	wishes = append(wishes, target.Wish{Target: m.track(plan.Target, "联合教研次数"), Kind: target.FromNothing, Reason: "现有台账不登记联合教研，待下学期开设台账后再挂接。"})
	_, err := target.NewBinder(t.store).Confirm(t.ctx, t.actor("office"), m.where, m.plan(), wishes...)
	t.fail(err, "bindings")
}

// tellLook lets the leader look at the lights before the targets are shared out to schools: what turned since then is new.
func tellLook(t *tale) {
	view, err := target.NewBoard(t.store.Store, round.NewDesk(t.motion.set, t.store.Store)).View(t.ctx)
	if err != nil {
		t.fail(err, "lights")
		return
	}
	t.motion.view = view
	leader := t.actor("leader")
	err = action.Do(t.ctx, t.store, leader, action.Write{Name: "target.action.look", Operation: access.See, Thing: access.Thing{Class: access.Plan, Unit: t.motion.where},
		Do: func(ctx context.Context, tx action.Tx) error {
			return t.store.TargetLookPut(ctx, view.Look(leader.Post.Person, CountyCode, tx.Now().AddDate(0, 0, -7)))
		}})
	t.fail(err, "look")
}
