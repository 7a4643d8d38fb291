package sample

import "jiaoheng/assessment"

// For leaves of a report what a viewer may see: whoever sees every school sees all of it; a county its own schools, itself and the whole;
// a school itself and the mean of its county, no levels of others, no other county and no trend.
func (r Report) For(sight assessment.Sight) Report {
	if sight.All {
		return r
	}
	var counties, schools []Group
	for _, county := range r.Counties {
		if !sight.Total(county.Code) {
			continue
		}
		if sight.Own != "" {
			county.Levels = nil
		}
		counties = append(counties, county)
	}
	for _, school := range r.Schools {
		if sight.May(school.Code) {
			if sight.Own != "" { // against the county, not the city, a school is set: see Own
				school = r.againstCounty(school, counties)
			}
			schools = append(schools, school)
		}
	}
	r.Counties, r.Schools = counties, schools
	if !sight.Total(r.Exam.Owner) || sight.Own != "" {
		if sight.Total(r.Exam.Owner) && r.Whole.Code == r.Exam.Owner { // the county's own exam: its mean is the county mean
			r.Whole.Levels = nil
		} else {
			r.Whole = Group{Code: r.Whole.Code, Hidden: true}
		}
		r.NoShare = true
	}
	return r
}

// againstCounty sets a school against the mean of its county where the viewer may see one.
func (r Report) againstCounty(school Group, counties []Group) Group {
	if len(counties) != 1 || counties[0].Hidden || school.Hidden || school.Partial {
		return school
	}
	reach := 0.0
	if school.Mean.SE > 0 {
		reach = (school.Mean.High - school.Mean.Value) / school.Mean.SE
	}
	apart := Figure{Value: school.Mean.Value - counties[0].Mean.Value, SE: school.Mean.SE, Pupils: school.Pupils}
	apart.Low, apart.High = apart.Value-reach*apart.SE, apart.Value+reach*apart.SE
	school.Apart, school.Standing = apart, standingOf(apart)
	return school
}
