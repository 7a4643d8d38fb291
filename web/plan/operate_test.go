package plan_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"jiaoheng/access"
)

// Without scripts every act is a form whose answer leads back to the desk.
func TestEveryActWorksAsAForm(t *testing.T) {
	cases := []struct {
		name   string
		before [][]string
		form   []string
		want   string // stands on the desk afterwards
		absent string
	}{
		{"accept", nil, []string{"act", "accept", "items", "t1", "seen", "0"}, `id="item-t1" class="item item-target is-accepted"`, ""},
		{"ignore a number", nil, []string{"act", "ignore", "items", "U001", "seen", "0"}, `id="item-U001" class="item item-number is-ignored"`, ""},
		{"reopen", [][]string{{"act", "ignore", "items", "t1"}}, []string{"act", "reopen", "items", "t1", "seen", "1"}, `id="item-t1" class="item item-target is-open"`, ""},
		{"correct", nil, []string{"act", "correct", "items", "t1", "seen", "0", "name", "学前三年毛入园率", "value", "９６．５"}, "不低于 96.5%", ""},
		{"correct and accept", nil, []string{"act", "save_accept", "items", "t1", "seen", "0", "name", "新名称"}, `id="item-t1" class="item item-target is-accepted"`, "学前三年毛入园率</a>"},
		{"untick a flag", [][]string{{"act", "correct", "items", "t1", "name", "率", "approx", "1"}}, []string{"act", "correct", "items", "t1", "name", "率"}, "不低于 96%", "约不低于"},
		{"merge", nil, []string{"act", "merge", "items", "t2", "items", "t1"}, `id="item-t1"`, `id="item-t2"`},
		{"split", nil, []string{"act", "split", "items", "t2", "seen", "0", "parts", "2", "1.name", "甲占比", "1.value", "1", "2.name", "乙占比", "2.value", "2"}, "乙占比", `id="item-t2"`},
		{"move", nil, []string{"act", "move:fact", "items", "t1", "seen", "0"}, `id="item-t1" class="item item-fact is-open"`, ""},
		{"claim a number", nil, []string{"act", "move:target", "items", "U001", "seen", "0", "name", "青年骨干教师", "value", "60", "unit", "名"}, `id="item-U001" class="item item-target is-open"`, ""},
		{"undo", [][]string{{"act", "ignore", "items", "t1"}}, []string{"act", "undo"}, `id="item-t1" class="item item-target is-open"`, ""},
		{"accept what is sure", nil, []string{"act", "accept_confident", "kind", "target"}, `id="item-t3" class="item item-target is-accepted"`, `id="item-t2" class="item item-target is-accepted"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			desk := s.first()
			for _, form := range append(c.before, c.form) {
				s.post(http.StatusSeeOther, desk+"/operation", form...)
			}
			page := s.get(http.StatusOK, desk)
			if !strings.Contains(page, c.want) {
				t.Errorf("the desk does not hold %q", c.want)
			}
			if c.absent != "" && strings.Contains(page, c.absent) {
				t.Errorf("the desk holds %q", c.absent)
			}
		})
	}
}

type answer struct {
	Head   int
	Cards  []struct{ ID, After, HTML string }
	Gone   []string
	Text   bool
	Faults []string
	Fields []string
	Others []string
}

// script sends a form as the script does.
func (s *site) script(status int, address string, form string) answer {
	s.Helper()
	r := httptest.NewRequest("POST", address, strings.NewReader(form))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	recorded := s.serve(r)
	var got answer
	if err := json.Unmarshal(recorded.Body.Bytes(), &got); err != nil || recorded.Code != status {
		s.Fatalf("%s: status %d, want %d, %v\n%s", form, recorded.Code, status, err, recorded.Body)
	}
	return got
}

func (a answer) ids() []string {
	var ids []string
	for _, card := range a.Cards {
		ids = append(ids, card.ID)
	}
	return ids
}

func TestTheScriptGetsWhatChanged(t *testing.T) {
	s := newSite(t)
	desk := s.first()
	operation := desk + "/operation"
	if got := s.script(http.StatusOK, operation, "act=accept&items=t1&seen=0&head=0"); !slices.Equal(got.ids(), []string{"t1"}) || got.Text || got.Head != 1 {
		t.Errorf("accept: %+v", got)
	}
	// Another person at the same item: refused, named, and the newest card comes with the answer.
	s.person = "bert"
	got := s.script(http.StatusUnprocessableEntity, operation, "act=correct&items=t1&seen=0&value=99&head=0")
	if len(got.Faults) != 1 || !strings.Contains(got.Faults[0], "王安") || !slices.Equal(got.ids(), []string{"t1"}) {
		t.Errorf("conflict: %+v", got)
	}
	// At another item they do not get in each other's way, and the answer tells what the first one did.
	got = s.script(http.StatusOK, operation, "act=ignore&items=t2&seen=0&head=0")
	if !slices.Equal(got.ids(), []string{"t1", "t2"}) || len(got.Others) != 1 || !got.Text {
		t.Errorf("ignore: %+v", got)
	}
	got = s.script(http.StatusOK, operation, "act=split&items=t3&seen=0&parts=2&1.name=a&2.name=b&head=2&once=x")
	if !slices.Equal(got.ids(), []string{"N3-1", "N3-2"}) || !slices.Equal(got.Gone, []string{"t3"}) {
		t.Errorf("split: %+v", got)
	}
	if again := s.script(http.StatusOK, operation, "act=split&items=t3&parts=2&1.name=a&2.name=b&head=3&once=x"); again.Head != 3 {
		t.Errorf("sent again: %+v", again)
	}
	got = s.script(http.StatusOK, operation, "act=undo&head=3")
	if !slices.Equal(got.ids(), []string{"t3"}) || !slices.Equal(got.Gone, []string{"N3-1", "N3-2"}) {
		t.Errorf("undo: %+v", got)
	}
	got = s.script(http.StatusUnprocessableEntity, operation, "act=correct&items=t3&seen=4&value=x&baseline_year=1&head=4")
	if !slices.Equal(got.Fields, []string{"baseline_year", "value"}) {
		t.Errorf("fields: %+v", got)
	}
	var changes answer
	if err := json.Unmarshal([]byte(s.get(http.StatusOK, desk+"/changes?since=1")), &changes); err != nil || !slices.Equal(changes.ids(), []string{"t2", "t3"}) {
		t.Errorf("changes: %+v, %v", changes, err)
	}
}

func TestAddFromSelectedWords(t *testing.T) {
	s := newSite(t)
	desk := s.first()
	at := strings.Index(planText, "培养青年骨干教师60名")
	form := s.get(http.StatusOK, desk+"/add?part=1&from="+itoa(at)+"&to="+itoa(at+len("培养青年骨干教师60名")))
	if !strings.Contains(form, "培养青年骨干教师60名") || strings.Contains(form, "<main") {
		t.Error("the form does not hold the words")
	}
	got := s.script(http.StatusOK, desk+"/operation", "act=add&kind=target&span_from="+itoa(at)+"&span_to="+itoa(at+len("培养青年骨干教师60名"))+"&name=青年骨干教师&value=60&unit=名&head=0")
	if !slices.Equal(got.ids(), []string{"N1-1"}) || !strings.Contains(got.Cards[0].HTML, "二、重点任务") {
		t.Errorf("got %+v", got)
	}
	s.script(http.StatusUnprocessableEntity, desk+"/operation", "act=add&kind=target&span_from=1&span_to=5&name=x&head=1")
	s.get(http.StatusUnprocessableEntity, desk+"/add?from=0&to=999999")
}

func TestWhoMaySeeAndDoWhat(t *testing.T) {
	s := newSite(t)
	desk := s.first()
	adopted := s.adopt(s.first())
	for role, want := range map[access.Role][4]int{ // desk, operation, adopt, plan
		access.BureauOffice:        {200, 303, 200, 200},
		access.BureauLeader:        {200, 303, 200, 200},
		access.Auditor:             {200, 403, 403, 200},
		access.Teacher:             {403, 403, 403, 200},
		access.SystemAdministrator: {403, 403, 403, 200},
		access.Public:              {403, 403, 403, 403},
	} {
		s.role = role
		s.get(want[0], desk)
		s.post(want[1], desk+"/operation", "act", "correct", "items", "t1", "name", string(role))
		s.get(want[2], desk+"/adopt")
		s.get(want[3], adopted)
		if list := want[3]; list == 200 && want[0] != 200 && strings.Contains(s.get(200, "/plan"), desk) {
			t.Errorf("%s sees drafts in the list", role)
		}
	}
}

func TestAbsentThings(t *testing.T) {
	s := newSite(t)
	adopted := s.adopt(s.first())
	for _, address := range []string{"/plan/draft/none", "/plan/draft/none/report", "/plan/adopted/none", adopted + "?version=9", adopted + "/node/none", adopted + "/compare", "/plan/import/none"} {
		s.get(http.StatusNotFound, address)
	}
}

func TestExports(t *testing.T) {
	s := newSite(t)
	adopted := s.adopt(s.first())
	recorded := s.serve(httptest.NewRequest("GET", adopted+"/xlsx", nil))
	if !strings.HasPrefix(recorded.Body.String(), "PK") || !strings.Contains(recorded.Header().Get("Content-Disposition"), "filename*=utf-8''") {
		t.Errorf("xlsx: %v", recorded.Header())
	}
	var data struct {
		Targets []struct {
			Name string `json:"name_zh"`
		}
	}
	if err := json.Unmarshal([]byte(s.get(http.StatusOK, adopted+"/json")), &data); err != nil || len(data.Targets) != 3 || data.Targets[0].Name != "学前三年毛入园率" {
		t.Errorf("json: %+v, %v", data, err)
	}
}
