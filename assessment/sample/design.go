package sample

import (
	"jiaoheng/assessment"
	"jiaoheng/stats/survey"
)

// marked is the design of an exam with the marks of one subject: one entry per pupil of the sheet.
type marked struct {
	sheet  assessment.Sheet
	design *survey.Sample
	marks  []float64
	sat    []bool
	units  []int32 // of schools
	codes  []string
}

// marksOf takes the marks of a subject, of the total for "".
func marksOf(sheet assessment.Sheet, subject string) (marks []float64, sat []bool) {
	marks, sat = make([]float64, len(sheet.Pupils)), make([]bool, len(sheet.Pupils))
	_, at, _ := sheet.Exam.Subject(subject)
	for p := range sheet.Pupils {
		switch {
		case subject == "":
			marks[p], sat[p] = sheet.Total(p)
		case at >= 0 && sheet.Status[at][p] == assessment.Present:
			marks[p], sat[p] = sheet.Marks[at][p], true
		}
	}
	return marks, sat
}

// newMarked builds the design: strata of the table, schools as clusters, as many schools in all as the table says; without a table every
// school was tested and the sample is the whole.
func newMarked(sheet assessment.Sheet, frame Frame, subject string) (*marked, error) {
	m := &marked{sheet: sheet, codes: sheet.Units()}
	m.marks, m.sat = marksOf(sheet, subject)
	number := map[string]int32{}
	for k, code := range m.codes {
		number[code] = int32(k)
	}
	stratumOf := frame.strata()
	spec := survey.Spec{Weights: make([]float64, len(sheet.Pupils))}
	for p, pupil := range sheet.Pupils {
		m.units = append(m.units, number[pupil.Unit])
		stratum, schools := 0, float64(len(m.codes))
		if len(frame.Strata) > 0 {
			stratum = stratumOf[pupil.Unit]
			schools = float64(frame.Strata[stratum].Schools)
		}
		spec.Strata, spec.Clusters = append(spec.Strata, int32(stratum)), append(spec.Clusters, m.units[p])
		spec.Population = append(spec.Population, schools)
		spec.Weights[p] = pupil.Weight
	}
	for _, stratum := range frame.Strata {
		spec.Names = append(spec.Names, stratum.Name)
	}
	spec.Weights = adjusted(spec.Weights, m.units, spec.Strata, m.sat)
	var err error
	m.design, err = survey.New(spec)
	return m, err
}

// adjusted gives the weight of the absent to those of their school who sat, and of schools nobody sat in to the others of the stratum.
func adjusted(weights []float64, schools, strata []int32, sat []bool) []float64 {
	type sums struct{ all, sat, after float64 }
	bySchool, byStratum := map[int32]*sums{}, map[int32]*sums{}
	at := func(in map[int32]*sums, k int32) *sums {
		if in[k] == nil {
			in[k] = &sums{}
		}
		return in[k]
	}
	for i, w := range weights {
		school := at(bySchool, schools[i])
		school.all += w
		at(byStratum, strata[i]).all += w
		if sat[i] {
			school.sat += w
		}
	}
	out := make([]float64, len(weights))
	for i, w := range weights {
		if school := bySchool[schools[i]]; sat[i] && school.sat > 0 {
			out[i] = w * school.all / school.sat
			byStratum[strata[i]].after += out[i]
		}
	}
	for i := range out {
		if stratum := byStratum[strata[i]]; stratum.after > 0 {
			out[i] *= stratum.all / stratum.after
		}
	}
	return out
}
