package lifecycle_test

import (
	"slices"
	"testing"

	"jiaoheng/access"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
)

type machine = *lifecycle.Machine

var schoolHeads = who(lifecycle.Own, access.SchoolHead)

// Every law has a machine that breaks it and nothing else, unless one break is two.
var badMachines = []struct {
	name  string
	spoil func(m machine)
	want  []string
}{
	{"no states", func(m machine) { m.States = nil }, []string{"lifecycle.no_states"}},
	{"a state twice", func(m machine) {
		m.States = append(m.States, &lifecycle.State{Name: "closed", Tone: lifecycle.Good, Final: true})
	}, []string{"lifecycle.state_name"}},
	{"an event twice", func(m machine) { m.Events = append(m.Events, m.Event("notice")) }, []string{"lifecycle.event_name"}},
	{"an event called created", func(m machine) { m.Event("reopen").Name = "created" }, []string{"lifecycle.event_name"}},
	{"unreachable", func(m machine) {
		m.States = append(m.States, &lifecycle.State{Name: "lost", Tone: lifecycle.Open})
		m.Event("reopen").From = append(m.Event("reopen").From, "lost")
	}, []string{"lifecycle.unreachable"}},
	{"dead end", func(m machine) {
		m.States = append(m.States, &lifecycle.State{Name: "stuck", Tone: lifecycle.Open})
		m.Event("reopen").To = "stuck"
	}, []string{"lifecycle.dead_end"}},
	{"a circle without an end", func(m machine) {
		m.States = append(m.States, &lifecycle.State{Name: "one", Tone: lifecycle.Open}, &lifecycle.State{Name: "two", Tone: lifecycle.Open})
		m.Event("reopen").To = "one"
		m.Events = append(m.Events, &lifecycle.Event{Name: "there", From: []string{"one"}, To: "two", By: schoolHeads},
			&lifecycle.Event{Name: "here", From: []string{"two"}, To: "one", By: schoolHeads})
	}, []string{"lifecycle.no_end", "lifecycle.no_end"}},
	{"no final state", func(m machine) { m.State("closed").Final = false }, []string{"lifecycle.no_final"}},
	{"the first state is final", func(m machine) { slices.Reverse(m.States) }, []string{"lifecycle.first_state", "lifecycle.unreachable"}},
	{"final and a pause", func(m machine) {
		m.States[0], m.States[1] = m.States[1], m.States[0]
		m.State("found").Final, m.State("found").Pause = true, true
	}, []string{"lifecycle.final_pause", "lifecycle.final_clock", "lifecycle.pause_clock", "lifecycle.unreachable", "lifecycle.no_way_back"}},
	{"final with somebody waited for", func(m machine) { m.State("closed").Waits = schoolHeads }, []string{"lifecycle.final_clock"}},
	{"final with a deadline", func(m machine) {
		m.State("closed").Due = &lifecycle.Due{On: "day"}
		m.State("closed").Waits = schoolHeads
	}, []string{"lifecycle.final_clock"}},
	{"pause with a deadline", func(m machine) { m.State("paused").Due = &lifecycle.Due{On: "day"} }, []string{"lifecycle.pause_clock"}},
	{"pause without a reason", func(m machine) { m.Event("pause").Note = false }, []string{"lifecycle.pause_note"}},
	{"pause without a way back", func(m machine) { m.Event("resume").To = "noticed" }, []string{"lifecycle.no_way_back"}},
	{"back from no pause", func(m machine) { m.Event("return").To = lifecycle.Back }, []string{"lifecycle.back_from"}},
	{"a closed row is not paused", func(m machine) { m.Event("pause").From = append(m.Event("pause").From, "closed") }, []string{"lifecycle.pause_from"}},
	{"deadline with nobody who waits", func(m machine) { m.State("reported").Waits = nil }, []string{"lifecycle.due_for_nobody"}},
	{"reminder without deadline", func(m machine) {
		m.State("found").Due = nil
		m.State("found").Remind = []lifecycle.Step{{Days: 1, To: schoolHeads}}
	}, []string{"lifecycle.steps_without_due"}},
	{"two ways to a deadline", func(m machine) { m.State("noticed").Due.Keep = true }, []string{"lifecycle.due_way"}},
	{"days of no kind", func(m machine) { m.State("noticed").Due.Count = "lunar" }, []string{"lifecycle.due_count"}},
	{"nothing to keep", func(m machine) {
		m.State("found").Due = nil
		m.State("noticed").Due = &lifecycle.Due{Keep: true}
		m.Event("pause").From, m.Event("resume").To = []string{"reported"}, lifecycle.Back
		m.Event("return").To = "found"
		m.Event("extend").From = []string{"noticed"}
	}, []string{"lifecycle.keep_nothing"}},
	{"the first state keeps nothing", func(m machine) { m.State("found").Due = &lifecycle.Due{Keep: true} }, []string{"lifecycle.keep_nothing"}},
	{"two steps on one day", func(m machine) { m.State("noticed").Late[1].Days = 1 }, []string{"lifecycle.step_twice"}},
	{"late on the day itself", func(m machine) { m.State("noticed").Late[0].Days = 0 }, []string{"lifecycle.step_days"}},
	{"a step that does nothing", func(m machine) { m.State("noticed").Late[0].To = nil }, []string{"lifecycle.step_idle"}},
	{"too many steps", func(m machine) {
		for i := range lifecycle.MaxSteps {
			m.State("noticed").Late = append(m.State("noticed").Late, lifecycle.Step{Days: 10 + i, To: schoolHeads})
		}
	}, []string{"lifecycle.too_many_steps"}},
	{"an unknown tone", func(m machine) { m.State("noticed").Tone = "pink" }, []string{"lifecycle.tone"}},
	{"silence below nothing", func(m machine) { m.State("noticed").Silent = -1 }, []string{"lifecycle.silent"}},
	{"edited by nobody", func(m machine) { m.State("noticed").Edit = []lifecycle.Edit{{Columns: []string{"days"}}} }, []string{"lifecycle.edit_by"}},
	{"an event of nobody", func(m machine) { m.Event("reopen").By = nil }, []string{"lifecycle.event_by"}},
	{"an event from nowhere", func(m machine) { m.Event("assign").From = nil }, []string{"lifecycle.event_from"}},
	{"from an unknown state", func(m machine) { m.Event("assign").From = []string{"nowhere"} }, []string{"lifecycle.state_unknown"}},
	{"to an unknown state", func(m machine) { m.Event("reopen").To = "nowhere" }, []string{"lifecycle.state_unknown"}},
	{"from a state twice", func(m machine) { m.Event("assign").From = []string{"noticed", "noticed"} }, []string{"lifecycle.from_twice"}},
	{"too many files", func(m machine) { m.Event("report").Attach = 21 }, []string{"lifecycle.attach"}},
	{"gives the moon", func(m machine) { m.Event("assign").Gives = "moon" }, []string{"lifecycle.gives"}},
	{"asks and takes one column", func(m machine) { m.Event("notice").Takes = []string{"days"} }, []string{"lifecycle.column_twice"}},
	{"sets a column that is asked for", func(m machine) { m.Event("notice").Set = []lifecycle.Set{{Column: "days", To: formula("1")}} }, []string{"lifecycle.column_twice"}},
	{"sets a column in two ways", func(m machine) {
		m.Event("notice").Set = []lifecycle.Set{{Column: "day", To: formula("1"), Today: true}}
	}, []string{"lifecycle.set_way"}},
	{"a guard of nothing", func(m machine) { m.Event("accept").Guards[1] = lifecycle.Guard{} }, []string{"lifecycle.guard_way"}},
	{"a guard of two kinds", func(m machine) { m.Event("accept").Guards[0].Closed = "finding_item" }, []string{"lifecycle.guard_way"}},
	{"second to an unknown event", func(m machine) { m.Event("accept").Guards[0].Second = []string{"visit"} }, []string{"lifecycle.second_unknown"}},
	{"extends no deadline", func(m machine) { m.Event("extend").From = []string{"closed"} }, []string{"lifecycle.extend_nothing"}},
	{"made by its maker", func(m machine) { m.Create = []lifecycle.Who{{Relation: lifecycle.Maker}} }, []string{"lifecycle.create_who"}},
	{"an unknown relation", func(m machine) { m.Event("reopen").By = []lifecycle.Who{{Relation: "beside"}} }, []string{"lifecycle.relation"}},
	{"an unknown role", func(m machine) { m.Event("reopen").Tell = []lifecycle.Who{{Relation: lifecycle.Own, Role: "emperor"}} }, []string{"lifecycle.role"}},
	{"a subject without office", func(m machine) {
		m.Event("reopen").By = []lifecycle.Who{{Relation: lifecycle.Own, Role: access.Teacher, Subject: "督导"}}
	}, []string{"lifecycle.subject"}},
	{"too many events", func(m machine) {
		for i := range lifecycle.MaxEvents {
			m.Events = append(m.Events, &lifecycle.Event{Name: string(rune('一' + i)), From: []string{"noticed"}, By: schoolHeads})
		}
	}, []string{"lifecycle.too_many_events"}},
	{"too many states", func(m machine) {
		for i := range lifecycle.MaxStates {
			name := string(rune('一' + i))
			m.States = append(m.States, &lifecycle.State{Name: name, Tone: lifecycle.Good, Final: true})
			m.Events = append(m.Events, &lifecycle.Event{Name: name, From: []string{"noticed"}, To: name, By: schoolHeads})
		}
	}, []string{"lifecycle.too_many_states"}},
}

func TestBadMachinesAreRefused(t *testing.T) {
	for _, c := range badMachines {
		m := rectification()
		c.spoil(m)
		faults := m.Check()
		if got := codes(faults); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v\n%s", c.name, got, c.want, faults.Text(message.Chinese))
		}
	}
}

func TestDiagram(t *testing.T) {
	cases := map[message.Language]string{
		message.Chinese: `● 待下达 〔起点〕 〔待局机关科室办理〕 〔5 个工作日内〕
  └─ 下达整改通知 → 整改中（局机关科室）〔须满足 days <= most〕
○ 整改中 〔待本单位校（园）长办理〕 〔days 个工作日内〕
  ├─ 报告整改结果 → 待核查（本单位校（园）长）〔须写明理由或意见、至少附 1 个文件〕
  ├─ 同意延期（局机关科室）〔须写明理由或意见、期限延长 more 天〕
  ├─ 暂缓办理 → 暂缓（局机关科室）〔须写明理由或意见〕
  └─ 交办（本单位校（园）长）
○ 待核查 〔待督学办理〕 〔沿用原期限〕
  ├─ 退回 → 整改中（督学）〔须写明理由或意见〕
  ├─ 核查通过 → 已销号（督学、局机关科室）〔不得与“登记、报告整改结果、下达整改通知”为同一人、下级事项（finding_item）全部办结〕
  └─ 暂缓办理 → 暂缓（局机关科室）〔须写明理由或意见〕
‖ 暂缓 〔暂停计时〕 〔待局机关科室办理〕
  └─ 恢复办理 → 暂停前的状态（局机关科室）
◎ 已销号 〔终结〕
  └─ 重新打开 → 整改中（督学）〔须写明理由或意见〕
`,
		message.English: `● To be noticed [start] [waits for Office of the bureau] [within 5 working days]
  └─ Give notice → In rectification (Office of the bureau) [days <= most must hold]
`,
	}
	for language, want := range cases {
		if got := rectification().Diagram(language); got[:min(len(got), len(want))] != want {
			t.Errorf("%s:\n%s", language, got)
		}
	}
}
