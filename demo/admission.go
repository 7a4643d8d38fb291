package demo

import (
	"context"
	"fmt"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/register"
)

// seasonDays is how long before today the season of the demo began, so that its deadlines are over or run.
const seasonDays = 34

// inSeason moves days into one calendar year: a season does not go over New Year.
func (t *tale) inSeason() int {
	if t.today.Month < 3 {
		return 90
	}
	return 0
}

// tellAdmission tells of a season: a town school that more children name than it has places, a school with places left, what is
// missing, what does not qualify; and the places of key senior schools with the graduates of every junior school.
func tellAdmission(t *tale) {
	off := t.inSeason()
	season := calendarYear(t.today.AddDays(-seasonDays - off).Year)
	t.places(season)
	t.quotas(season)
	for n := range applicants {
		t.applies(n, off)
	}
	lacking := t.at(8+off).make("clerk", "admission_application", experimental, t.child(60, "文昌社区", "household_property", 8+off))
	t.do("clerk", lacking, "ask", record{"documents_lacking": "户口簿只带首页，缺学生本人页。"}, told{})
	t.at(7+off).make("clerk", "admission_application", experimental, t.child(61, "河西社区", "migrant", 7+off))
	young := t.child(62, "临江社区", "household", 9+off)
	young["of_age"] = false
	doubted := t.at(9+off).make("clerk", "admission_application", experimental, young)
	t.do("clerk", doubted, "doubt", record{"refusal_why": "当年8月31日前未满六周岁。"}, told{})
	t.at(6+off).do("basic", doubted, "refuse", nil, told{})
}

// The schools of the season.
const (
	experimental = "澄源县实验小学"
	second       = "澄源县第二小学"
	third        = "澄源县第三小学"
)

// applicants is how many children apply in the season and qualify; the first applicantsTown of them name the town school.
const (
	applicants     = 40
	applicantsTown = 34
)

// placesTown is fewer than there are children who name the school.
const placesTown = 30

// seasonAreas of the town and the schools whose catchment they lie in; 文昌社区 lies in two.
var seasonAreas = []struct {
	name    string
	schools []string
}{
	{"临江社区", []string{experimental}}, {"文昌社区", []string{experimental, second}}, {"河西社区", []string{second}}, {"南门村", []string{third}},
}

// seasonOrder is the county's order of admission.
var seasonOrder = []string{"preferred", "in_household_property", "in_household", "in_property", "in_migrant", "sibling", "outside"}

// places reports places, catchments and the order.
func (t *tale) places(season period.Period) {
	var plans, catchments, orders []seasonRow
	for n, school := range []string{experimental, second, third} {
		places := []int{placesTown, 8, 45}[n]
		plans = append(plans, seasonRow{school, record{"plan_grade": "g1", "plan_classes": 1.0, "plan_places": places, "plan_document": fmt.Sprintf("澄教〔%d〕10号（城区扩招班）", season.Start.Year)}})
	}
	for _, one := range seasonAreas {
		for _, school := range one.schools {
			catchments = append(catchments, seasonRow{school, record{"catchment_grade": "g1", "catchment_area": one.name, "catchment_document": fmt.Sprintf("澄教〔%d〕11号", season.Start.Year)}})
		}
	}
	for n, class := range seasonOrder {
		orders = append(orders, seasonRow{"澄源县", record{"order_grade": "g1", "order_class": class, "order_rank": n + 1, "order_by": "lottery",
			"order_document": fmt.Sprintf("澄教〔%d〕9号", season.Start.Year)}})
	}
	t.hand("admission_plan", season, plans)
	t.hand("catchment", season, catchments)
	t.hand("admission_order", season, orders)
}

// quotas reports places of senior schools and graduates of junior schools. One small rural school claims less than one place of
// the smaller key school and gets its least number.
func (t *tale) quotas(season period.Period) {
	document := fmt.Sprintf("澄教〔%d〕12号", season.Start.Year)
	seniors := []seasonRow{
		{"澄源县第一中学", record{"senior_places": 600, "senior_key": true, "senior_share": 60.0, "senior_document": document}},
		{"澄源县第三中学", record{"senior_places": 250, "senior_key": true, "senior_share": 50.0, "senior_document": document}},
		{"澄源县城北高级中学", record{"senior_places": 500, "senior_key": false, "senior_document": document}},
	}
	var juniors []seasonRow
	for _, one := range []struct {
		name            string
		graduates, full int
	}{{"澄源县实验中学", 412, 396}, {"澄源县第二中学", 386, 371}, {"澄阳镇初级中学", 248, 239}, {"澄源县第三中学", 196, 187}, {"枫坞镇初级中学", 131, 127}, {"白芷镇初级中学", 118, 115},
		{"鹤汀镇初级中学", 96, 93}, {"苔溪镇初级中学", 88, 84}, {"望禾镇初级中学", 74, 71}, {"柳湾镇初级中学", 63, 61}, {"砚池镇九年一贯制学校", 47, 45}, {"青崖乡九年一贯制学校", 31, 29},
		{"松岚乡九年一贯制学校", 11, 9}} {
		juniors = append(juniors, seasonRow{one.name, record{"graduates": one.graduates, "graduates_full": one.full, "graduates_document": fmt.Sprintf("%d年毕业生学籍核查表", season.Start.Year)}})
	}
	t.hand("senior_plan", season, seniors)
	t.hand("junior_graduates", season, juniors)
}

// seasonRow is one row of a register of the season.
type seasonRow struct {
	unit   string
	values record
}

// hand stores rows of one register as the office for basic education would.
func (t *tale) hand(name string, season period.Period, rows []seasonRow) {
	if t.err != nil {
		return
	}
	f := &facts{scope: t.desk.Scope(), rows: map[string][]register.Row{}}
	for _, one := range rows {
		f.add(name, t.code(one.unit), season, one.values)
	}
	of, _ := f.scope.Register(name)
	actor := t.actor("basic")
	tree, err := t.store.Tree(t.ctx)
	t.fail(err, name)
	if err != nil {
		return
	}
	err = action.Do(t.ctx, t.store, actor, action.Write{Name: "register.action.import", Thing: access.Thing{Class: access.Fact, Unit: person.At(tree, CountyCode), Subject: "基础教育"},
		Do: func(ctx context.Context, _ action.Tx) error {
			_, err := t.store.RegisterUpsert(ctx, of, register.Batch{Rows: f.rows[name]})
			return err
		}})
	t.fail(err, name)
}

// childSurnames and childNames make the names of invented children.
var (
	childSurnames = []string{"丁", "于", "卫", "方", "尹", "石", "卢", "史", "白", "任", "向", "庄", "江", "汤", "孙", "花", "严", "芦", "苏", "杜"}
	childNames    = []string{"小满", "雨桐", "子衿", "云起", "知秋", "长风", "听雪", "若谷", "星河", "远山", "青禾", "晚晴"}
)

// child is the application of the n-th child.
func (t *tale) child(n int, area, category string, daysAgo int) record {
	surname := childSurnames[n%len(childSurnames)]
	values := record{"received_on": t.daysAgo(daysAgo), "entry_grade": "g1", "child_name": surname + childNames[n%len(childNames)],
		"child_identity": fmt.Sprintf("990121%04d0%d%02d%04d", t.today.Year-6, 1+n%8, 1+n%27, 1000+n), "guardian_name": surname + "立" + string([]rune("冬春夏秋")[n%4]),
		"guardian_phone": fmt.Sprintf("199000%05d", 2000+n), "household_place": area, "home_place": fmt.Sprintf("%s%d栋", area, 1+n), "address_unit": area, "of_age": true,
		"category": category, "preferred": n == 3, "sibling": n%11 == 5, "distance": float64(300 + 45*(n%20)), "second_wish": second, "third_wish": third}
	if n%3 == 0 { // names one school only: whoever is not placed there waits for the bureau
		delete(values, "second_wish")
		delete(values, "third_wish")
	}
	if category == "migrant" {
		delete(values, "household_place")
	}
	return values
}

// applies plays one application that qualifies: received, documents seen, confirmed by a second person.
func (t *tale) applies(n, off int) {
	school, clerk, head := experimental, "clerk", "head"
	area, category := seasonAreas[n%2].name, []string{"household_property", "household_property", "household", "property", "migrant"}[n%5]
	if n >= applicantsTown {
		school, clerk, head, area = second, "second", "basic", seasonAreas[2].name
	}
	daysAgo := seasonDays - n/2 + off
	values := t.child(n, area, category, daysAgo)
	if school == second {
		values["second_wish"] = third
		delete(values, "third_wish")
	}
	row := t.at(daysAgo).make(clerk, "admission_application", school, values)
	t.at(daysAgo-2).do(clerk, row, "check", record{"document_household": category == "household_property" || category == "household", "document_home": category != "migrant",
		"document_residence": category == "migrant", "document_entitled": n == 3}, told{})
	t.at(daysAgo-3).do(head, row, "confirm", nil, told{})
}
