package packtest_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"jiaoheng"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/packtest"
)

// What a story of a row gets wrong is told at its step.
func TestStoriesOfRowsFailWhereTheyAreWrong(t *testing.T) {
	set := goodPack(t, nil)
	made := "life finding\n    at 2025-03-03\n    create F1 unit=S001 title=门 by inspector@990121\n"
	cases := []struct{ name, text, want string }{
		{"all right", made + "    expect F1 found number=问题〔2025〕1号 found_on=2025-03-03 repeats=0 due=-", ""},
		{"another state", made + "    expect F1 noticed", "found"},
		{"another deadline", made + "    expect F1 found due=2025-03-04", "due=-"},
		{"alarms that are not due", made + "    alarms F1 late:1", "none"},
		{"what is refused is done", made + "    do notice F1 by bureau_office@990121/督导", "整改要求"},
		{"another office", made + "    do notice F1 requirement=清理 rectify_days=3 by bureau_office@990121/财务", "岗位"},
		{"refused for something else", made + "    refuse notice F1 by bureau_office@990121/督导: 第二人", "整改要求"},
		{"not refused", made + "    refuse notice F1 requirement=清理 rectify_days=3 by bureau_office@990121/督导: 第二人", "办成了"},
		{"a column that the event does not take", made + "    do notice F1 requirement=清理 rectify_days=3 closed_on=2025-03-04 by bureau_office@990121", "closed_on"},
		{"a required column", "life finding\n    at 2025-03-03\n    create F1 unit=S001 by inspector@990121", "问题概述"},
		{"no right to make rows", "life finding\n    at 2025-03-03\n    create F1 unit=S001 title=门 by teacher@S001", "督学"},
		{"no day", "life finding\n    create F1 unit=S001 title=门 by inspector@990121", "日期"},
		{"no unit", "life finding\n    at 2025-03-03\n    create F1 title=门 by inspector@990121", "没有写单位"},
		{"twice", made + "    create F1 unit=S001 title=门 by inspector@990121", "已经有了"},
		{"nobody", made + "    do notice F1 by inspektor@990121", "inspektor@990121"},
		{"no such row", made + "    expect F2 found", "F2"},
		{"no such event", made + "    do notise F1 by inspector@990121", "notise"},
		{"no such column", made + "    expect F1 found colour=red", "colour"},
		{"another register", "life training\n    at 2025-03-03", "training"},
		{"a register of the step", made + "    create T1 register=training unit=S001 by inspector@990121", "training"},
	}
	for _, c := range cases {
		file := packtest.RunFile(set.Everything(), "a.itest", []byte(c.text+"\n"))
		if len(file.Faults) > 0 {
			t.Errorf("%s: %s", c.name, file.Faults.Text(message.Chinese))
			continue
		}
		var told []string
		for _, r := range file.Results {
			if !r.Passed {
				told = append(told, r.Text(message.Chinese))
			}
		}
		if all := strings.Join(told, "; "); c.want == "" && all != "" || !strings.Contains(all, c.want) || len(told) > 1 {
			t.Errorf("%s: %s", c.name, all)
		}
	}
}

func TestStepsThatCannotBeRead(t *testing.T) {
	cases := []struct{ name, text, code string }{
		{"no register", "life\n    at 2025-03-03", "packtest.bad_life"},
		{"no steps", "life finding\n", "packtest.empty_table"},
		{"another word", "life finding\n    make F1 by owner", "packtest.bad_step"},
		{"no date", "life finding\n    at noon", "packtest.bad_date"},
		{"nobody does it", "life finding\n    do notice F1 note=门 files=1", "packtest.bad_step"},
		{"a value without a name", "life finding\n    do notice F1 门 by inspector@990121", "packtest.bad_step"},
		{"refused without words", "life finding\n    refuse notice F1 by inspector@990121:", "packtest.bad_step"},
		{"words behind what is done", "life finding\n    do notice F1 by inspector@990121: 门", "packtest.bad_step"},
	}
	for _, c := range cases {
		_, faults := packtest.Read("a.itest", []byte(c.text))
		if len(faults) != 1 || faults[0].Code != c.code {
			t.Errorf("%s: %s", c.name, faults.Text(message.English))
		}
	}
}

// Every event of every lifecycle is done at least once and refused at least once in the tests of its pack.
func TestEveryEventIsShownToBeDoneAndToBeRefused(t *testing.T) {
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	for _, p := range set.Packs {
		shown := stepsOf(t, p)
		for _, r := range p.Registers {
			if !r.Living() {
				continue
			}
			events := []string{packtest.LifeCreate}
			for _, event := range r.Life.Events {
				events = append(events, event.Name)
			}
			for _, event := range events {
				for _, what := range []string{packtest.LifeDo, packtest.LifeRefuse} {
					if !slices.Contains(shown, r.Name+" "+what+" "+event) {
						t.Errorf("%s: no test of %s shows: %s %s", p.Name, r.Name, what, event)
					}
				}
			}
		}
	}
}

// stepsOf gathers what the tests of a pack do and refuse: "finding do notice".
func stepsOf(t *testing.T, p *pack.Pack) []string {
	t.Helper()
	var all []string
	for _, f := range p.Files {
		if path.Ext(f.Name) != packtest.Extension {
			continue
		}
		file, faults := packtest.Read(path.Join(p.Name, f.Name), f.Bytes)
		if faults != nil {
			t.Fatal(faults.Text(message.English))
		}
		for _, c := range file.Cases {
			for _, life := range c.Lives {
				of := map[string]string{}
				for _, step := range life.Steps {
					all = append(all, toldOf(life, of, step))
				}
			}
		}
	}
	return all
}

func toldOf(life *packtest.Life, of map[string]string, step packtest.LifeStep) string {
	id, what, event := step.ID.Text, step.What, step.Event
	if what == packtest.LifeCreate || event == packtest.LifeCreate {
		of[id] = life.Register
		for _, given := range step.Given {
			if given.Name.Text == "register" {
				of[id] = given.Value.Text
			}
		}
		event = packtest.LifeCreate
	}
	if at := strings.LastIndex(id, "/"); at >= 0 {
		of[id] = id[at+1:]
	}
	if what == packtest.LifeCreate {
		what = packtest.LifeDo
	}
	return of[id] + " " + what + " " + event
}
