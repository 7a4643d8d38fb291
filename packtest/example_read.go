package packtest

import (
	"bytes"
	"encoding/csv"
	"path"
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/indicator"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// exampleToday is the day on which example sheets are read: no period of theirs may begin after it.
var exampleToday = period.Date{Year: 2099, Month: 12, Day: 31}

// readExamples reads the example sheets of a pack as an import would, for units that have the codes of the sheet. A sheet
// that no register names is told too: nobody would ever see it.
func readExamples(scope *pack.Scope, p *pack.Pack) []FileResult {
	var all []FileResult
	for _, f := range p.Files {
		if path.Dir(f.Name) != "examples" {
			continue
		}
		result := FileResult{Name: path.Join(pack.Root, p.Name, f.Name)}
		at := slices.IndexFunc(p.Registers, func(r *pack.Register) bool { return r.Example == path.Base(f.Name) })
		if at < 0 {
			result.Faults.Add(fault.At(fault.Place{File: result.Name}, "packtest.example_unused", nil))
		} else {
			result.Faults = readExample(scope, p.Registers[at], result.Name, f.Bytes)
		}
		all = append(all, result)
	}
	return all
}

func readExample(scope *pack.Scope, r *pack.Register, name string, data []byte) fault.List {
	reading := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	reading.FieldsPerRecord = -1
	rows, err := reading.ReadAll()
	if err != nil || len(rows) < 2 {
		return fault.List{fault.At(fault.Place{File: name}, "packtest.example_unread", nil)}
	}
	tree, err := unit.Build(exampleUnits(r, rows))
	if err != nil {
		return fault.List{fault.At(fault.Place{File: name}, "packtest.example_units", message.Args{"kinds": kindsText(r.Of)})}
	}
	var p period.Period
	if r.Every != 0 {
		p = indicator.Match(period.SchoolYearOf(exampleToday), r.Every)
	}
	check, err := register.Checker(register.Ask{Scope: scope, Tree: tree}, r, p)
	if err != nil {
		return fault.Of(err)
	}
	report, err := register.Read(rows, register.Request{Register: r, Period: p, Today: exampleToday, Tree: tree, Check: check})
	if err != nil {
		return fault.Of(err)
	}
	for _, f := range report.Faults {
		f.Place.File = name
	}
	return report.Faults
}

// exampleUnits makes a unit for every code of the first column, of the first kind that keeps the register, with the name of the sheet. A section stands
// with all others of its school, so that the sheet names it by school and stage.
func exampleUnits(r *pack.Register, rows [][]string) []unit.Unit {
	county := unit.Unit{Code: "990121", Name: "示例县", Kind: unit.County}
	units := []unit.Unit{county}
	seen := map[string]bool{county.Code: true}
	name := slices.Index(rows[0], message.Text(message.Chinese, "register.form.name", nil))
	for _, row := range rows[1:] {
		code := strings.TrimSpace(row[0])
		if seen[code] || code == "" {
			continue
		}
		seen[code] = true
		made := unit.Unit{Code: code, Name: code, Kind: r.Of[0], Parent: county.Code}
		if name >= 0 && name < len(row) {
			made.Name = strings.TrimSpace(row[name])
		}
		if made.Kind == unit.Section {
			made.Kind = unit.School
		}
		if made.Kind == unit.School {
			made.Stages = unit.Stages()
		}
		units = append(units, made)
		if slices.Contains(r.Of, unit.Section) {
			units = append(units, unit.Sections(made)...)
		}
	}
	return units
}
