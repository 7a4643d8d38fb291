package demo

import (
	"jiaoheng/period"
	"jiaoheng/unit"
)

// county adds what the county's offices report for a school year and for the year in which it ends.
func (f *facts) county(schools []school, year int) {
	p, progress := schoolYear(year), better(year)
	count := map[unit.Stage]int{}
	for _, s := range schools {
		for _, stage := range s.Stages {
			if s.open(year) {
				count[stage] += s.in(stage, year)
			}
		}
	}
	f.add("county_population", CountyCode, p, record{"population_total": 186400 - 900*(year-FirstYear), "population_preschool": whole(float64(count[unit.Preschool]) / (0.905 + 0.035*progress)),
		"population_primary": whole(float64(count[unit.Primary]) / 1.004), "population_junior": whole(float64(count[unit.Junior]) / 1.002),
		"population_senior": whole(float64(count[unit.Senior]+count[unit.Vocational]+60) / (0.892 + 0.03*progress)), "population_source": "县公安局户籍年报和县统计局抽样调查"})
	entrants := 2480
	f.add("county_enrolment", CountyCode, p, record{"enrolled_primary_age": whole(float64(count[unit.Primary]) * 0.994), "technical_school_pupils": 60, "nine_year_entrants": entrants,
		"nine_year_graduates": whole(float64(entrants) * (0.953 + 0.018*progress)), "nine_year_transferred_in": 40, "nine_year_transferred_out": 52, "nine_year_deaths": 1,
		"compulsory_dropouts": tern(year < 2023)})
	f.guarantee(year)
	f.add("county_finding", CountyCode, p, record{"layout_reasonable": true, "construction_unified": true, "staffing_unified": true, "funding_unified": true, "equipment_unified": year >= 2022,
		"posts_coordinated": true, "left_behind_care": true, "technology_used": year >= 2023, "workload_reasonable": true, "basic_balance_maintained": true})
	f.add("county_veto", CountyCode, p, record{"veto_exam_admission": 0, "veto_school_choice": 0, "veto_key_school": 0, "veto_posts_unfilled": 0, "veto_accident": 0, "veto_falsified": 0})
	f.add("rotation", CountyCode, p, record{"rotation_eligible": 1180, "rotation_moved": whole(1180 * (0.086 + 0.032*progress)), "rotation_moved_backbone": whole(1180 * (0.086 + 0.032*progress) * (0.17 + 0.05*progress)),
		"rotation_years": 6.0, "rotation_rule": "在同一学校任教满六年的专任教师；距法定退休不足五年、孕期哺乳期和患病治疗的除外"})
	f.add("county_special", CountyCode, p, record{"special_schools_standard": 1})
	f.add("county_inspectors", CountyCode, p, record{"inspectors_responsible": 11 + tern(year >= 2023), "schools_inspected": 60})
	f.add("basic_balance_work", CountyCode, p, record{"basic_work_score": 88.5 + progress*3, "satisfaction_valid": 3200, "satisfaction_satisfied": float64(whole(3200 * (0.87 + 0.04*progress)))})
	f.preschool(year)
	f.finance(count, year)
	if year%3 == 0 || year == FirstYear {
		f.monitoring(year)
	}
}

func (f *facts) guarantee(year int) {
	progress := better(year)
	f.add("county_guarantee", CountyCode, schoolYear(year), record{"special_school_pupils": 62, "special_school_public_funds": 62 * (6000 + 500*float64(tern(year >= 2022)) + 600*float64(tern(year >= 2023))),
		"teacher_average_pay": float64(whole(98200 + 4100*float64(year-FirstYear))), "civil_servant_average_pay": float64(whole(99100 + 3700*float64(year-FirstYear))),
		"quality_senior_plan": 1450, "quality_senior_quota": whole(1450 * (0.5 + 0.12*progress)), "migrant_children_eligible": 690, "migrant_children_public": 652 + tern(year > 2022)*12,
		"migrant_children_purchased": 0, "disabled_school_age": 118, "disabled_enrolled": 112 + whole(3*progress), "recognition_valid": 4100.0,
		"recognition_satisfied": float64(whole(4100 * (0.86 + 0.05*progress))), "basic_balance_years": float64(year - 2014)})
	f.add("county_pay", CountyCode, schoolYear(year), record{"pay_definition_same": true, "pay_definition": "国家统一规定的工资、津贴补贴、年终奖金；不含公积金和社会保险单位缴费", "pay_source": "县人力资源和社会保障局"})
}

func (f *facts) preschool(year int) {
	f.add("preschool_guarantee", CountyCode, schoolYear(year), record{"preschool_party_leadership": true, "preschool_plan_in_place": true, "preschool_network_complete": true,
		"preschool_residential_ready": year >= 2023, "preschool_finance_ready": true, "preschool_fees_reasonable": true, "preschool_pay_guaranteed": year >= 2024, "preschool_safety_guarded": true,
		"preschool_supervision_ready": true, "preschool_lists_published": true, "preschool_accidents_two_years": 0, "preschool_allocation": 500.0,
		"preschool_survey_valid": 1500, "preschool_survey_satisfied": whole(1500 * (0.84 + 0.05*better(year)))})
	for _, u := range Units() {
		if u.Kind == unit.Township {
			f.add("township_year", u.Code, schoolYear(year), record{"township_central_kindergartens": 1})
		}
	}
}

// finance adds the money of the year in which the school year ends. In 2024 it grew in all and fell for each junior pupil.
func (f *facts) finance(count map[unit.Stage]int, year int) {
	spent := []float64{61200, 64100, 66900, 69800, 72400}
	before := []float64{58700, 61200, 64100, 66900, 69800}
	i := year - FirstYear
	junior := []float64{16800, 17650, 18400, 18150, 19020}[i]
	revenue := []float64{158000, 163500, 169000, 174600, 180100}
	last := []float64{152400, 158000, 163500, 169000, 174600}
	f.add("county_finance", CountyCode, calendarYear(year+1), record{"education_expenditure": spent[i] * 1e4, "education_expenditure_before": before[i] * 1e4,
		"education_appropriation": spent[i] * 0.93e4, "education_appropriation_before": before[i] * 0.93e4, "regular_revenue": revenue[i] * 1e4, "regular_revenue_before": last[i] * 1e4,
		"expenditure_per_child": 7800 + 320*float64(i), "expenditure_per_primary": 13100 + 560*float64(i), "expenditure_per_junior": junior, "expenditure_per_senior": 15900 + 610*float64(i),
		"expenditure_per_vocational": 15200 + 590*float64(i), "education_cost": spent[i] * 1.06e4, "education_cost_pupils": count[unit.Primary] + count[unit.Junior] + count[unit.Senior] + count[unit.Preschool],
		"public_funds_total": 2.31e7 + 9e5*float64(i), "teacher_pay_per_head": 97400 + 3900*float64(i)})
	f.add("county_schooling_years", CountyCode, calendarYear(year+1), record{"schooling_years_mean": 10.1 + 0.15*float64(i), "schooling_years_source": "县统计局人口变动情况抽样调查", "schooling_years_date": "2025-05-20"})
}

// monitoring adds what the national monitoring reported.
func (f *facts) monitoring(year int) {
	for _, one := range []struct{ stage, subject string }{{"grade_4", "mathematics"}, {"grade_4", "pe"}, {"grade_8", "mathematics"}, {"grade_8", "pe"}} {
		f.add("monitoring_result", CountyCode, schoolYearNone, record{"monitoring_stage": one.stage, "subject": one.subject, "reported": dayText(year+1, 4, 18),
			"level": 3, "difference_rate": 0.16 - 0.03*better(year)})
	}
}

// schoolYearNone is the period of rows outside periods.
var schoolYearNone = period.Period{}

func dayText(year, month, day int) string {
	return period.Date{Year: year, Month: month, Day: day}.String()
}
