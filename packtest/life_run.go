package packtest

import (
	"fmt"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// lives tells the stories of rows of a case, each on its own, by the functions that the program uses and without a store.
func (r *runner) lives() {
	for _, life := range r.now.Lives {
		reg, known := r.story.Scope.Register(life.Register)
		if !known || !reg.Living() {
			r.results = append(r.results, Result{Place: life.Place, Case: r.now.Name, What: "life", Name: life.Register,
				Fault: fault.At(life.Place, "packtest.not_living", message.Args{"name": life.Register})})
			continue
		}
		teller := &lifeTeller{runner: r, register: reg, units: map[string]access.Unit{}, rows: map[string]*lifeRow{}, rules: map[string]*register.Rules{}, calendar: calendarOf(r.story.Scope)}
		teller.place(life)
		for i := range life.Steps {
			r.results = append(r.results, teller.step(&life.Steps[i]))
		}
	}
}

// lifeTeller tells one story.
type lifeTeller struct {
	*runner
	register *pack.Register
	day      period.Date
	calendar period.Calendar
	units    map[string]access.Unit
	rows     map[string]*lifeRow
	order    []*lifeRow
	rules    map[string]*register.Rules
}

// calendarOf makes the calendar of the packs of a scope.
func calendarOf(scope *pack.Scope) period.Calendar {
	dates := func(days []pack.CalendarDay) []period.Date {
		var all []period.Date
		for _, day := range days {
			all = append(all, day.On)
		}
		return all
	}
	var years []period.YearOff
	for _, c := range scope.Calendars() {
		years = append(years, period.YearOff{Year: c.Year, Holidays: dates(c.Holidays), Workdays: dates(c.Workdays)})
	}
	return period.NewCalendar(years...)
}

// atTheUnit are the roles whose posts stand at the unit of the rows themselves, or beside them as a department does. All
// others stand above all units of the story.
var atTheUnit = []access.Role{access.SchoolHead, access.SchoolClerk, access.Teacher, access.Manager, access.OtherDepartment}

// region is the interval of whoever stands above all units of a story.
const region = 1 << 20

// place gives every unit that the story names its place: those of bureau and inspectors above all, the others side by side.
func (t *lifeTeller) place(life *Life) {
	for _, step := range life.Steps {
		if post, known := postOf(step.By.Text); known && !slices.Contains(atTheUnit, post.Role) {
			t.units[post.Unit.Code] = access.Unit{Code: post.Unit.Code, From: 0, To: region}
		}
	}
	for _, step := range life.Steps {
		if post, known := postOf(step.By.Text); known {
			t.unitAt(post.Unit.Code)
		}
	}
}

func (t *lifeTeller) unitAt(code string) access.Unit {
	if _, known := t.units[code]; !known {
		from := len(t.units) + 1
		t.units[code] = access.Unit{Code: code, From: from, To: from + 1}
	}
	return t.units[code]
}

// postOf reads "role@unit[/subject][#person]". Whoever is written alike is one person.
func postOf(text string) (access.Post, bool) {
	who, _, _ := strings.Cut(text, "#")
	role, at, found := strings.Cut(who, "@")
	code, subject, _ := strings.Cut(at, "/")
	post := access.Post{ID: text, Person: text, Role: access.Role(role), Unit: access.Unit{Code: code}, Subject: subject}
	return post, found && code != "" && slices.Contains(access.Roles(), post.Role)
}

// step carries out one step.
func (t *lifeTeller) step(step *LifeStep) Result {
	result := Result{Place: step.Place, Case: t.now.Name, What: strings.TrimSpace(step.What + " " + step.Event), Unit: step.ID.Text, Passed: true}
	var faults fault.List
	switch step.What {
	case LifeAt:
		if t.day = step.Day; step.Day.IsZero() {
			result.Passed = false
		}
		return result
	case LifeCreate, LifeDo:
		faults = t.attempt(step)
	case LifeRefuse:
		t.refused(step, &result)
		return result
	case LifeExpect:
		faults = t.stands(step, &result)
	case LifeAlarms:
		faults = t.alarms(step, &result)
	}
	if len(faults) > 0 {
		result.Passed = false
		result.Fault = fault.At(step.Place, "packtest.step_failed", message.Args{"step": result.What, "row": step.ID.Text, "faults": reasons(faults)})
	}
	return result
}

// reasons are faults as one text in each language.
func reasons(faults fault.List) message.Pair {
	chinese, english := make([]string, len(faults)), make([]string, len(faults))
	for i, f := range faults {
		chinese[i], english[i] = f.Reason(message.Chinese), f.Reason(message.English)
	}
	return message.Pair{Chinese: strings.Join(chinese, "；"), English: strings.Join(english, "; ")}
}

// attempt makes a row or causes an event. Rows change only when nothing speaks against it.
func (t *lifeTeller) attempt(step *LifeStep) fault.List {
	if t.day.IsZero() {
		return fault.List{fault.At(step.Place, "packtest.no_day", nil)}
	}
	post, known := postOf(step.By.Text)
	if !known {
		return fault.List{fault.At(step.By.Place, "packtest.bad_who", message.Args{"word": step.By.Text})}
	}
	post.Unit = t.unitAt(post.Unit.Code)
	if step.What == LifeCreate || step.Event == LifeCreate {
		return t.create(step, post)
	}
	return t.do(step, post)
}

// refused passes when what is tried is refused with the words that the step names, in either language, or with their key.
func (t *lifeTeller) refused(step *LifeStep, result *Result) {
	var words []string
	for _, w := range step.Words {
		words = append(words, w.Text)
	}
	result.Wanted = strings.Join(words, " ")
	faults := t.attempt(step)
	result.Passed = false
	for _, f := range faults {
		if strings.HasPrefix(f.Code, "packtest.") {
			result.Fault = f
			return
		}
		result.Passed = result.Passed || f.Code == result.Wanted || strings.Contains(f.Text(message.Chinese), result.Wanted) ||
			strings.Contains(f.Text(message.English), result.Wanted)
	}
	if result.Found = reasons(faults).Chinese; len(faults) == 0 {
		result.Found = message.Text(message.Chinese, "packtest.was_done", nil)
	}
}

// stands compares how a row stands: its state, and columns by their values. A column that is empty is written "-".
func (t *lifeTeller) stands(step *LifeStep, result *Result) fault.List {
	row, wrong := t.find(step)
	if wrong != nil {
		return fault.List{wrong}
	}
	row = row.copied()
	row.row = t.grid(row).Rows()[0]
	var wanted, found []string
	compare := func(name, want, got string) {
		wanted, found = append(wanted, name+want), append(found, name+got)
		result.Passed = result.Passed && want == got
	}
	compare("", step.Words[0].Text, row.text(pack.ColumnState))
	for _, given := range step.Given {
		got, known := row.shown(given.Name.Text)
		if !known {
			return fault.List{fault.At(given.Name.Place, "packtest.unknown_row_column", message.Args{"name": given.Name.Text, "register": row.register.Name})}
		}
		compare(given.Name.Text+"=", given.Value.Text, got)
	}
	result.Wanted, result.Found = strings.Join(wanted, " "), strings.Join(found, " ")
	return nil
}

// alarms compares the reminders and escalations of a row that are due by the day: "none", or their keys in order.
func (t *lifeTeller) alarms(step *LifeStep, result *Result) fault.List {
	row, wrong := t.find(step)
	if wrong != nil {
		return fault.List{wrong}
	}
	var wanted, found []string
	for _, w := range step.Words {
		wanted = append(wanted, w.Text)
	}
	for _, alarm := range row.register.Life.Alarms(t.life(row), t.day, t.calendar) {
		word := map[bool]string{true: "late", false: "remind"}[alarm.Late]
		found = append(found, fmt.Sprintf("%s:%d", word, alarm.Step.Days))
	}
	if len(found) == 0 {
		found = []string{"none"}
	}
	result.Wanted, result.Found = strings.Join(wanted, " "), strings.Join(found, " ")
	result.Passed = slices.Equal(wanted, found)
	return nil
}

func (t *lifeTeller) find(step *LifeStep) (*lifeRow, *fault.Fault) {
	if row, known := t.rows[step.ID.Text]; known {
		return row, nil
	}
	return nil, fault.At(step.ID.Place, "packtest.unknown_row", message.Args{"id": step.ID.Text})
}

// stand says how a row stands to people.
func (t *lifeTeller) stand(row *lifeRow) lifecycle.Stand {
	return lifecycle.Stand{Unit: row.row.Unit, UnitPlace: t.unitAt(row.row.Unit), Lead: row.text(pack.ColumnLead), Owner: row.text(pack.ColumnOwner),
		Maker: row.text(pack.ColumnMaker), Subject: row.register.Subject}
}
