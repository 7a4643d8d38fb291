package sample

import (
	"fmt"
	"math"
	"slices"
	"unicode/utf8"

	"jiaoheng/assessment"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// tallied is what a sheet holds of one school.
type tallied struct {
	pupils, bad int
	weight      float64
	others      []string // strata that rows name, other than that of the table
}

// Check compares marks with the sampling table: weights are there and positive and add up to the pupils of each stratum but for a share gap,
// every stratum has two drawn schools or was taken whole, drawn schools sat and no others. What does not agree is told, all at once;
// names tells schools for people.
func Check(sheet assessment.Sheet, frame Frame, gap float64, names func(code string) string) fault.List {
	var faults fault.List
	if utf8.RuneCountInString(frame.Note) > MaxText || utf8.RuneCountInString(frame.Supplier) > MaxText {
		faults.Add(fault.New("sample.long", message.Args{"limit": MaxText}))
	}
	if len(frame.Strata) == 0 {
		faults.Add(fault.New("sample.no_frame", nil))
		return faults
	}
	stratumOf, found := frame.strata(), map[string]*tallied{}
	for _, p := range sheet.Pupils {
		t := found[p.Unit]
		if t == nil {
			t = &tallied{}
			found[p.Unit] = t
		}
		t.pupils++
		t.weight += p.Weight
		if !(p.Weight > 0) || math.IsInf(p.Weight, 0) || sheet.Exam.Design != assessment.Sample && p.Weight != 1 {
			t.bad++
		}
		if at, known := stratumOf[p.Unit]; known && p.Stratum != "" && p.Stratum != frame.Strata[at].Name && !slices.Contains(t.others, p.Stratum) {
			t.others = append(t.others, p.Stratum)
		}
	}
	for _, code := range sheet.Units() {
		t := found[code]
		if _, drawn := stratumOf[code]; !drawn {
			faults.Add(fault.New("sample.not_drawn", message.Args{"school": names(code), "pupils": t.pupils}))
		}
		if t.bad > 0 {
			key := "sample.weight"
			if sheet.Exam.Design != assessment.Sample {
				key = "sample.beside_weight"
			}
			faults.Add(fault.New(key, message.Args{"school": names(code), "pupils": t.bad}))
		}
		for _, other := range t.others {
			faults.Add(fault.New("sample.other_stratum", message.Args{"school": names(code), "stratum": frame.Strata[stratumOf[code]].Name, "other": other}))
		}
	}
	for _, stratum := range frame.Strata {
		faults.Add(checkStratum(sheet.Exam, stratum, found, gap, names)...)
	}
	return faults
}

func checkStratum(exam assessment.Exam, stratum Stratum, found map[string]*tallied, gap float64, names func(string) string) fault.List {
	var faults fault.List
	weight, sat := 0.0, 0
	for _, school := range stratum.Drawn {
		t := found[school.Code]
		if t == nil {
			faults.Add(fault.New("sample.drawn_absent", message.Args{"school": names(school.Code), "stratum": stratum.Name}))
			continue
		}
		sat++
		weight += t.weight
		if school.Enrolled > 0 && t.pupils > school.Enrolled {
			faults.Add(fault.New("sample.too_many_pupils", message.Args{"school": names(school.Code), "pupils": t.pupils, "enrolled": school.Enrolled}))
		}
	}
	switch drawn := len(stratum.Drawn); {
	case drawn > stratum.Schools:
		faults.Add(fault.New("sample.too_many", message.Args{"stratum": stratum.Name, "drawn": drawn, "schools": stratum.Schools}))
	case exam.Design != assessment.Sample && drawn < stratum.Schools:
		faults.Add(fault.New("sample.not_whole", message.Args{"stratum": stratum.Name, "drawn": drawn, "schools": stratum.Schools}))
	case drawn == 1 && stratum.Schools > 1:
		faults.Add(fault.New("sample.one_school", message.Args{"stratum": stratum.Name, "schools": stratum.Schools}))
	}
	if apart := weight/float64(stratum.Pupils) - 1; sat > 0 && math.Abs(apart) > gap {
		faults.Add(fault.New("sample.weight_sum", message.Args{"stratum": stratum.Name, "sum": fmt.Sprintf("%.0f", weight), "pupils": stratum.Pupils,
			"percent": fmt.Sprintf("%+.1f", 100*apart), "gap": fmt.Sprintf("%.0f", 100*gap)}))
	}
	return faults
}

// strata tells the stratum of each drawn school by its place.
func (f Frame) strata() map[string]int {
	out := map[string]int{}
	for k, stratum := range f.Strata {
		for _, school := range stratum.Drawn {
			out[school.Code] = k
		}
	}
	return out
}
