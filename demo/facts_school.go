package demo

import (
	"fmt"
	"math"

	"jiaoheng/unit"
)

// school adds the facts of one school or kindergarten for a school year.
func (f *facts) school(s school, year int) {
	if !s.open(year) {
		return
	}
	if s.Kind == unit.Kindergarten {
		f.kindergarten(s, year)
		return
	}
	if s.Name == Silent && year == LastYear {
		return
	}
	pupils := 0
	for _, stage := range s.Stages {
		n := s.in(stage, year)
		pupils += n
		f.section(s, stage, n, year)
		if stage != unit.Vocational && stage != unit.Special {
			f.classes(s, stage, n, year)
		}
		if year == LastYear {
			f.staffList(s, stage, n)
		}
	}
	switch s.Stages[0] {
	case unit.Vocational:
		f.programmes(s, year)
	case unit.Primary, unit.Junior:
		f.assets(s, pupils, year)
		f.rooms(s, pupils, year)
		f.care(s, pupils, year)
	}
}

// teaching says how many pupils one full-time teacher has, and how many of those hold a higher degree than required.
func (s *school) teaching(stage unit.Stage, year int) (perTeacher, above float64) {
	progress := better(year)
	switch stage {
	case unit.Primary:
		perTeacher, above = 18.6-1.2*progress, 0.86+0.09*progress
	case unit.Junior:
		perTeacher, above = 13.1-0.6*progress, 0.82+0.08*progress
	case unit.Senior:
		perTeacher, above = 12.9-0.5*progress, 0.11+0.03*progress
	case unit.Vocational:
		perTeacher, above = 17.5-progress, 0.08+0.02*progress
	default:
		perTeacher, above = 4.2, 0.8
	}
	perTeacher *= between(0.95, 1.05, s.Code, "teachers")
	if s.Setting == unit.Urban && stage != unit.Special {
		perTeacher *= 1.06
	}
	return perTeacher, above * between(0.97, 1.03, s.Code, "above")
}

// section adds the yearly facts of a section.
func (f *facts) section(s school, stage unit.Stage, pupils, year int) {
	perTeacher, aboveShare := s.teaching(stage, year)
	teachers := max(2, whole(float64(pupils)/perTeacher))
	if s.village {
		teachers = max(teachers, 5, whole(float64(pupils)/14))
	}
	above := min(teachers, whole(float64(teachers)*aboveShare))
	if s.Name == OnTheLimit && year == LastYear {
		above = 21 // of 500 pupils: exactly 4.2 to 100
	}
	backbone := whole(float64(pupils) / 100 * between(1.02, 1.5, s.Code, "backbone") * (0.82 + 0.22*better(year)))
	if s.village {
		backbone = max(1, whole(float64(pupils)/100))
	}
	pe, music, art := arts(s, pupils, year)
	qualified := min(teachers, whole(float64(teachers)*(0.985+0.015*better(year))))
	values := record{
		"pupils": pupils, "pupils_new": whole(float64(pupils) / 6), "pupils_boarding": boarders(s, stage, pupils),
		"pupils_migrant": whole(float64(pupils) * between(0.01, 0.06, s.Code, "migrant")), "full_time_teachers": teachers,
		"staff": teachers + max(1, teachers/14), "staff_posts": max(teachers, whole(float64(pupils)/18)), "teachers_qualified": qualified, "teachers_above": above,
		"teachers_backbone": backbone, "teachers_pe": pe, "teachers_music": music, "teachers_art": art, "teachers_arts_general": 0,
		"teachers_middle_rank": whole(float64(teachers) * between(0.42, 0.6, s.Code, "rank")), "teachers_certified": teachers,
		"teachers_training_complete": min(teachers, whole(float64(teachers)*(0.94+0.055*better(year)))), "teachers_shared_arts": 0,
	}
	if stage == unit.Primary || stage == unit.Junior {
		values["pupils_in_catchment"] = min(pupils, whole(float64(pupils)*(0.975+0.025*better(year))))
	}
	if stage == unit.Junior {
		cohort := whole(float64(pupils) / 3)
		values["junior_cohort_entrants"], values["junior_cohort_graduates"] = cohort, cohort-whole(float64(cohort)*(0.024-0.012*better(year)))
		values["junior_cohort_transferred_in"], values["junior_cohort_transferred_out"], values["junior_cohort_deaths"] = cohort/60, cohort/50, 0
	}
	f.add("section_year", s.Code+"-"+string(stage), schoolYear(year), values)
	if stage == unit.Primary || stage == unit.Junior {
		f.money(s, stage, pupils, year)
		f.places(s, stage, pupils, year)
	}
}

// arts returns the teachers of PE, music and art: towns have them, villages are short of music.
func arts(s school, pupils, year int) (pe, music, art int) {
	need := float64(pupils) / 100
	rate := between(0.94, 1.15, s.Code, "arts") * (0.86 + 0.16*better(year))
	switch {
	case s.Name == NoMusic:
		return 0, 0, 0
	case s.village:
		return max(1, whole(need*0.6)), 0, 0
	}
	all := max(2, int(math.Ceil(need*rate)))
	pe = (all + 1) / 2
	music = (all - pe + 1) / 2
	return pe, music, all - pe - music
}

func boarders(s school, stage unit.Stage, pupils int) int {
	if !s.boarding || stage == unit.Primary {
		return 0
	}
	return whole(float64(pupils) * between(0.35, 0.6, s.Code, "board"))
}

// classes adds the classes of a section. Those of the town's largest school were too large at first.
func (f *facts) classes(s school, stage unit.Stage, pupils, year int) {
	first, grades, most := 1, 6, 45
	switch stage {
	case unit.Junior:
		first, grades, most = 7, 3, 50
	case unit.Senior:
		first, grades, most = 10, 3, 52
	}
	if s.Name == CrowdedTown {
		most = []int{66, 65, 50, 46, 45}[year-FirstYear]
	}
	names := []string{"一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级", "高一", "高二", "高三"}
	for g := range grades {
		inGrade := pupils/grades + tern(g < pupils%grades)
		classes := (inGrade + most - 1) / most
		for c := range classes {
			f.add("class_list", s.Code+"-"+string(stage), schoolYear(year), record{
				"class": fmt.Sprintf("%s（%d）班", names[first-1+g], c+1), "grade": fmt.Sprintf("g%d", first+g), "class_pupils": inGrade/classes + tern(c < inGrade%classes),
			})
		}
	}
}

func tern(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// assets adds buildings, grounds and equipment of a school, for all its stages together.
func (f *facts) assets(s school, pupils, year int) {
	weight, n := 1.0, float64(pupils)
	switch {
	case s.Stages[0] == unit.Junior:
		weight = 1.33
	case len(s.Stages) > 1:
		weight = 1.24
	}
	roomy := between(1.06, 1.3, s.Code, "area") * (0.93 + 0.07*better(year))
	ground := between(1.08, 1.34, s.Code, "ground")
	switch {
	case s.village:
		roomy, ground = between(1.25, 1.6, s.Code, "area"), between(1.4, 1.9, s.Code, "ground")
	case s.Name == TooGood:
		ground = 4.6
	case s.Name == CrowdedTown:
		ground = 0.78
	case s.Name == NineYear:
		roomy, ground = 0.93, 0.9
	case s.Setting == unit.Urban:
		ground = between(0.99, 1.12, s.Code, "ground")
	}
	aux := n * 4.5 * weight * roomy
	indoor := 0.0
	if s.Setting == unit.Urban {
		indoor = float64(whole(n * 0.35))
	}
	funded := pupils
	if s.village {
		funded = max(100, pupils)
	}
	budget := float64(funded) * 720 * weight
	f.add("school_year", s.Code, schoolYear(year), record{
		"teaching_point": s.point, "village_school": s.village, "boarding": s.boarding, "county_run": true, "dense_core": s.Name == CrowdedTown,
		"area_teaching_auxiliary": float64(whole(aux + indoor)), "area_indoor_sports": indoor, "area_sports_ground": float64(whole(n*7.5*weight*ground - indoor)),
		"area_sports_substitute": 0.0, "equipment_value": float64(whole(n*2000*between(1.04, 1.35, s.Code, "equipment")*math.Pow(weight, 0.9)*(0.8+0.22*better(year))/100)) * 100,
		"multimedia_rooms": int(math.Ceil(n / 100 * 2.4 * between(0.99, 1.25, s.Code, "rooms") * (0.88 + 0.13*better(year)))),
		"computers":        whole(n / 100 * between(13, 19, s.Code, "computers") * (0.85 + 0.15*better(year))), "books": whole(n * between(19, 32, s.Code, "books")),
		"public_funds_budget": float64(whole(budget)), "training_budget": float64(whole(budget * (0.046 + 0.008*better(year)))), "funded_headcount": funded,
	})
}

// rooms adds the rooms for music and art, and those for pupils with special needs.
func (f *facts) rooms(s school, pupils, year int) {
	need := max(1, whole(float64(pupils)/44/12+0.4))
	for _, one := range []struct {
		kind, name string
		area       float64
	}{{"music", "音乐教室", 96}, {"art", "美术教室", 90}} {
		count := need
		if s.Name == NoMusic && one.kind == "music" {
			count = 0
		}
		for i := range count {
			area := one.area + float64(whole(between(0, 14, s.Code, one.kind, i)))
			if s.village && better(year) < 1 {
				area = one.area - 23
			}
			f.add("special_room", s.Code, schoolYear(year), record{"room": fmt.Sprintf("%s%d", one.name, i+1), "kind": one.kind, "room_area": area, "built_year": 2006 + i*7})
		}
	}
}

// care adds the people beside teachers, pupils with special needs and what inspectors found.
func (f *facts) care(s school, pupils, year int) {
	guards := max(1, whole(float64(pupils)/700+0.3))
	life := 0
	if s.boarding {
		life = max(1, pupils/130)
	}
	f.add("school_staffing", s.Code, schoolYear(year), record{"life_teachers": life, "health_workers": tern(pupils >= 150), "security_guards": guards})
	f.add("inclusive", s.Code, schoolYear(year), record{"inclusive_pupils": whole(float64(pupils) * 0.004)})
	f.add("school_finding", s.Code, schoolYear(year), record{"charter_adopted": true, "management_digital": year > FirstYear || !s.village, "culture_good": true,
		"curriculum_full": s.Name != NoMusic, "provincial_standard_met": year >= 2023 || !s.village})
}

// places adds what the planning of places looks at.
func (f *facts) places(s school, stage unit.Stage, pupils, year int) {
	size := 45
	if stage == unit.Junior {
		size = 50
	}
	classes := max(1, int(math.Ceil(float64(pupils)*between(1.02, 1.2, s.Code, "places")/float64(size))))
	f.add("siting_year", s.Code+"-"+string(stage), schoolYear(year), record{"incomplete_primary": s.point, "home_distance_longest": float64(whole(between(400, 2600, s.Code, "far"))),
		"design_places": classes * size, "design_classes": classes, "class_rooms": classes + 1, "forecast_pupils": s.in(stage, year+1)})
}

// money adds the operating funds that a section was paid in the year in which the school year ends.
func (f *facts) money(s school, stage unit.Stage, pupils, year int) {
	base := map[unit.Stage]float64{unit.Primary: 650, unit.Junior: 850}[stage]
	top := 200.0
	if year+1 >= 2023 {
		base, top = base+70+float64(20*tern(stage == unit.Junior)), 300
	}
	funded, board := pupils, boarders(s, stage, pupils)
	if s.village {
		funded = max(100, pupils)
	}
	f.add("section_funding", s.Code+"-"+string(stage), calendarYear(year+1), record{"funding_pupils": pupils, "funding_small": s.village && pupils < 100, "funding_minority": false,
		"funding_boarders": board, "funding_inclusive": 0, "funds_base_paid": base * float64(funded), "funds_boarding_paid": top * float64(board), "funds_special_paid": 0.0})
}

// programmes adds the programmes of the vocational school.
func (f *facts) programmes(s school, year int) {
	for i, name := range []string{"幼儿保育", "机电技术应用", "计算机应用", "现代农艺技术", "旅游服务与管理"} {
		graduates := 70 + whole(between(0, 50, name, year))
		f.add("vocational_programme", s.Code+"-vocational", schoolYear(year), record{"programme": name, "programme_graduates": graduates,
			"programme_employed": whole(float64(graduates) * (0.87 + 0.02*float64(i) + 0.03*better(year))), "programme_hours": 3200.0,
			"programme_hours_practical": float64(whole(3200 * (0.46 + 0.012*float64(i) + 0.03*better(year)))), "programme_placement_months": float64(5 + tern(i != 3 || year > 2023))})
	}
}
