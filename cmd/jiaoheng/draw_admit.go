package main

import (
	"slices"
	"strconv"
	"strings"

	"jiaoheng/draw"
	"jiaoheng/draw/admission"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// drawAdmitCommand places children at schools of compulsory education.
type drawAdmitCommand struct {
	drawFlags  `embed:""`
	Applicants string `arg:"" help:"Applicants: id, category, wishes, and what the schools order by."`
	Schools    string `arg:"" help:"Schools: code, places, order of categories, criteria, own lottery or not."`
	Basis      string `placeholder:"TEXT" help:"The document that states the rules."`
	Bands      []int  `placeholder:"N,N,…" help:"Wishes in each band; without it all wishes count alike."`
}

// Names of the columns of the tables; docs/draw-places.md lists them.
var (
	admitSchoolColumns = []drawColumn{
		{"code", []string{"学校代码", "代码", "code", "id", "school"}, true},
		{"name", []string{"学校名称", "学校", "名称", "name"}, false},
		{"places", []string{"学位数", "学位", "计划学位数", "招生计划", "places"}, true},
		{"order", []string{"招收顺序", "招生顺序", "类别顺序", "录取顺序", "order"}, false},
		{"by", []string{"排序依据", "同类排序", "by"}, false},
		{"numbers", []string{"随机号", "派位", "numbers"}, false},
	}
	admitColumns = []drawColumn{
		{"id", []string{"报名号", "申请编号", "编号", "id"}, true},
		{"twin", []string{"多胞胎", "双胞胎", "twin"}, false},
		{"category", []string{"类别", "申请类别", "申请人情形", "category"}, false},
		{"wishes", []string{"志愿", "wishes"}, false},
		{"sibling", []string{"兄姐就读学校", "兄姐学校", "sibling_school"}, false},
		{"distance", []string{"距离", "distance"}, false},
		{"points", []string{"积分", "points"}, false},
		{"years", []string{"年限", "落户年限", "years"}, false},
	}
	admitCriteria = map[string]string{"兄姐": admission.BySibling, "兄姐就读": admission.BySibling, "距离": admission.ByDistance, "由近及远": admission.ByDistance,
		"积分": admission.ByPoints, "年限": admission.ByYears, "落户年限": admission.ByYears}
)

// Run reads the tables, freezes them, places and writes.
func (c *drawAdmitCommand) Run(e *environment) error {
	in := admission.Input{Policy: admission.Policy{Basis: c.Basis, Bands: c.Bands}}
	applicants, err := e.readDrawSheet(c.Applicants, admitColumns)
	if err != nil {
		return err
	}
	schools, err := e.readDrawSheet(c.Schools, admitSchoolColumns)
	if err != nil {
		return err
	}
	names := map[string]string{}
	c.schools(schools, &in, names)
	c.applicants(applicants, &in)
	if faults := slices.Concat(schools.faults, applicants.faults); len(faults) > 0 {
		return faults
	}
	secret, err := c.secret(applicants.data, schools.data)
	if err != nil {
		return err
	}
	rules, lines, err := admission.Frozen(in, secret)
	if err != nil {
		return err
	}
	return c.finish(e, admission.Kind, rules, lines, func(a draw.Announcement, seed draw.Seed) ([]string, any, [][]string, error) {
		r, err := admission.Draw(a, lines, seed)
		if err != nil {
			return nil, nil, nil, err
		}
		certificate := r.Certificate(a.Origin(), draw.Hex(a.Commitment()), names, e.language)
		for _, sentence := range certificate.Sentences {
			e.tell(sentence)
		}
		return r.Lines(), certificate, admitTable(e, in, secret, r, names), nil
	})
}

func (c *drawAdmitCommand) schools(s *drawSheet, in *admission.Input, names map[string]string) {
	for row := range s.rows {
		school := admission.School{ID: s.needed(row, "code"), Name: s.text(row, "name"), Places: s.number(row, "places", 0, 0), Place: s.place(row, -1)}
		s.needed(row, "places")
		for _, group := range drawList(s.text(row, "order")) {
			school.Groups = append(school.Groups, strings.FieldsFunc(group, func(r rune) bool { return r == '+' || r == '＋' }))
		}
		if school.Groups == nil {
			school.Groups = [][]string{{admission.Everybody}}
		}
		for _, by := range drawList(s.text(row, "by")) {
			if known, found := admitCriteria[by]; found {
				by = known
			}
			school.By = append(school.By, by)
		}
		switch text := strings.ToLower(s.text(row, "numbers")); text {
		case "", "shared", "统一", "统一编号":
		case "own", "单独", "单独派位":
			school.Own = true
		default:
			s.faults.Add(fault.At(s.place(row, s.columnOf("numbers")), "command.draw_numbers", message.Args{"value": text}))
		}
		in.Schools = append(in.Schools, school)
		names[school.ID] = school.Name
	}
}

func (c *drawAdmitCommand) applicants(s *drawSheet, in *admission.Input) {
	numbered := map[string][]int{"wish": s.numbered("志愿", "wish"), "category": s.numbered("类别", "category"), "distance": s.numbered("距离", "distance"),
		"points": s.numbered("积分", "points"), "years": s.numbered("年限", "years")}
	in.Policy.Decimals = s.decimalsOf(admission.MaxDecimals, append(numbered["points"], s.columnOf("points"))...)
	for row := range s.rows {
		a := admission.Applicant{ID: s.needed(row, "id"), Twin: s.text(row, "twin"), Place: s.place(row, -1)}
		siblings := drawList(s.text(row, "sibling"))
		for k, school := range s.wishes(row, "wishes", numbered["wish"]) {
			w := admission.Wish{School: school, Category: s.text(row, "category"), Values: map[string]int{admission.BySibling: 0}}
			if at := numbered["category"]; k < len(at) && s.cell(row, at[k]) != "" {
				w.Category = s.cell(row, at[k])
			}
			for _, sibling := range siblings {
				if sibling == school {
					w.Values[admission.BySibling] = 1
				}
			}
			for _, by := range []string{admission.ByDistance, admission.ByPoints, admission.ByYears} {
				s.value(row, k, by, numbered[by], in.Policy.Decimals, w.Values)
			}
			a.Wishes = append(a.Wishes, w)
		}
		in.Applicants = append(in.Applicants, a)
	}
}

// value reads a criterion: of the wish, or else one for all wishes. What is not given stays unknown.
func (s *drawSheet) value(row, wish int, by string, columns []int, decimals int, values map[string]int) {
	if by != admission.ByPoints {
		decimals = 0
	}
	at := s.columnOf(by)
	if wish < len(columns) && s.cell(row, columns[wish]) != "" {
		at = columns[wish]
	}
	if s.cell(row, at) != "" {
		values[by] = s.numberAt(row, at, decimals, 0)
	}
}

// admitTable is the result, one row an applicant in the order of the input. Who has no school is listed for arrangement.
func admitTable(e *environment, in admission.Input, secret draw.Secret, r admission.Result, names map[string]string) [][]string {
	table := [][]string{{"id", "school", "name", "wish", "numbers", "arrange", "reasons"}}
	at := make(map[string]int, len(r.Applicants))
	for i, p := range r.Applicants {
		at[p.Who] = i
	}
	reasons := r.Reasons()
	for _, applicant := range in.Applicants {
		i := at[secret.Who(applicant.ID)]
		p := r.Applicants[i]
		row := []string{applicant.ID, "", "", "", "", "1", ""}
		if p.School >= 0 {
			row[1], row[2] = r.Schools[p.School].ID, names[r.Schools[p.School].ID]
			row[3], row[5] = strconv.Itoa(p.Wish), "0"
		}
		var numbers, why []string
		for _, n := range p.Numbers {
			numbers = append(numbers, strconv.Itoa(n))
		}
		for _, reason := range reasons[i] {
			why = append(why, admitReason(e, reason, r, names))
		}
		row[4], row[6] = strings.Join(numbers, ","), strings.Join(why, "；")
		table = append(table, row)
	}
	return table
}

// admitReason names the wish before its reason.
func admitReason(e *environment, reason admission.Reason, r admission.Result, names map[string]string) string {
	if reason.School < 0 {
		return reason.Text(e.language)
	}
	name := names[r.Schools[reason.School].ID]
	if name == "" {
		name = r.Schools[reason.School].ID
	}
	return message.Text(e.language, "command.draw_wish", message.Args{"track": message.Word("command.draw_track.admit"), "wish": reason.Wish,
		"school": name, "reason": reason.Text(e.language)})
}
