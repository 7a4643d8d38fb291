package demo

import (
	"context"

	"jiaoheng/appraisal"
	"jiaoheng/attachment"
	"jiaoheng/period"
	"jiaoheng/round"
)

// AppraisalName is the appraisal of the demo that is half done.
const AppraisalName = "2025—2026学年部门教育履职考核"

// tellAppraisal opens the appraisal of the departments: one has handed in its self score and was scored by two people who differ,
// the others have not begun.
func tellAppraisal(t *tale) {
	desk := appraisal.New(round.NewDesk(t.motion.set, t.store.Store), t.store.Store, t.store.Store, t.desk,
		func(context.Context) (period.Calendar, error) { return period.NewCalendar(), nil }, nil)
	run, err := desk.OpenRun(t.ctx, t.actor("office"), appraisal.Opening{Name: AppraisalName, Sheet: "office_duty", Period: schoolYear(LastYear), Unit: CountyCode,
		Units: []string{"CZJ", "RSJ", "ZRJ"}, Scorers: []string{t.actor("inspector").Post.Person, t.actor("supervision").Post.Person}, SelfUntil: t.today.AddDays(20)})
	t.fail(err, "appraisal")
	if t.err != nil {
		return
	}
	cases, err := t.store.AppraisalCases(t.ctx, run.ID)
	t.fail(err, "appraisal")
	for _, one := range cases {
		if one.Unit == "CZJ" && t.err == nil {
			t.score(desk, one.ID)
		}
	}
}

// score hands in the self score of a department and the points of two scorers.
func (t *tale) score(desk *appraisal.Desk, id string) {
	file, err := t.preparer.Prepare(t.ctx, "履职情况.txt", []byte("教育投入、课后服务经费和教师待遇落实情况。"))
	t.fail(err, "self score")
	points := func(number float64) appraisal.Entry { return appraisal.Entry{Points: &number} }
	err = desk.SaveSelf(t.ctx, t.actor("finance"), id, appraisal.Given{Entries: map[string]appraisal.Entry{"office_duty_list": points(19), "office_cooperation": points(15)},
		Files: map[string][]attachment.Prepared{"office_duty_list": {file}}}, true)
	t.fail(err, "self score")
	clean := false
	for _, account := range []string{"inspector", "supervision"} {
		list := map[string][2]float64{"inspector": {18, 14}, "supervision": {11, 13}}[account]
		err = desk.SaveCheck(t.ctx, t.actor(account), id, appraisal.Given{Entries: map[string]appraisal.Entry{"office_duty_list": points(list[0]), "office_cooperation": points(list[1]),
			"office_criticised": points(0), "office_falsified": {Holds: &clean}}}, true)
		t.fail(err, "check", account)
	}
}
