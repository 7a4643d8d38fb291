package draw

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	core "jiaoheng/draw"
	"jiaoheng/draw/ceremony"
	"jiaoheng/draw/class"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// Roles of the columns of a roster of pupils.
const (
	roleID       = "id"
	roleName     = "name"
	roleBalance  = "balance"
	roleScore    = "score"
	roleQuarter  = "quarter"
	roleTogether = "together"
	roleApart    = "apart"
	roleLock     = "lock"
	roleReason   = "reason"
	roleNone     = "none"
)

var roles = []string{roleNone, roleID, roleName, roleBalance, roleScore, roleQuarter, roleTogether, roleApart, roleLock, roleReason}

// forbidden are words in titles of columns that may have no say in a class: whose child somebody is.
var forbidden = []string{"教师子女", "教职工子女", "职工子女", "关系户", "家长职务", "家长单位", "推荐人"}

// guesses are the roles that columns with such titles are proposed to have, the first that fits.
var guesses = []struct {
	role  string
	words []string
}{
	{roleReason, []string{"锁定理由", "指定理由", "理由"}},
	{roleLock, []string{"锁定班级", "指定班级", "固定班级"}},
	{roleTogether, []string{"同班", "双胞胎", "多胞胎"}},
	{roleApart, []string{"不同班", "分开"}},
	{roleID, []string{"学籍号", "报名号", "编号", "学号", "id"}},
	{roleName, []string{"姓名", "name"}},
	{roleQuarter, []string{"出生日期", "出生年月"}},
	{roleScore, []string{"成绩", "语文", "数学", "英语", "总分", "分数", "score"}},
	{roleBalance, []string{"性别", "城乡", "户籍", "留守", "随迁", "寄宿", "住宿", "民族", "特殊", "随班就读", "毕业", "幼儿园", "生源", "sex"}},
}

// guess is the role that a column is proposed to have.
func guess(head string) string {
	if taboo(head) {
		return roleNone
	}
	for _, one := range guesses {
		for _, word := range one.words {
			if strings.Contains(strings.ToLower(head), word) && !(one.role == roleTogether && strings.Contains(head, "不同班")) {
				return one.role
			}
		}
	}
	return roleNone
}

func taboo(head string) bool {
	return slices.ContainsFunc(forbidden, func(word string) bool { return strings.Contains(head, word) })
}

// classesKind is the draw of balanced classes.
type classesKind struct{}

func (classesKind) asks() []ask { return []ask{{"roster", true}} }

func (classesKind) form(v rulesView) templ.Component { return classesForm(v) }

// roleField names the choice of the role of a column, counted from 0.
func roleField(column int) string { return "role" + strconv.Itoa(column) }

// roleOf is the role of a column as it was chosen, or as it is proposed.
func roleOf(choices url.Values, column int, head string) string {
	if choices.Has(roleField(column)) {
		return choices.Get(roleField(column))
	}
	return guess(head)
}

// classInput is a roster with its columns read by their roles.
type classInput struct {
	in     class.Input
	names  map[string]string // by id
	faults fault.List
}

func (classesKind) input(table ceremony.Table, choices url.Values, secret core.Secret) classInput {
	c := classInput{in: class.Input{Classes: number(choices.Get("classes"), 0), Secret: secret}, names: map[string]string{}}
	rows := table.Rows
	for len(rows) > 0 && strings.Join(rows[0], "") == "" {
		rows = rows[1:]
	}
	rows = slices.DeleteFunc(slices.Clone(rows), func(row []string) bool { return strings.Join(row, "") == "" })
	if len(rows) == 0 {
		c.faults.Add(fault.New("draw.class_empty", nil))
		return c
	}
	at := map[string][]int{}
	for n, head := range rows[0] {
		role := roleOf(choices, n, head)
		if role != roleNone && taboo(head) {
			c.faults.Add(fault.At(fault.Place{Column: head}, "draw.page.fault.taboo", nil))
		}
		at[role] = append(at[role], n)
	}
	for _, role := range []string{roleID, roleName, roleLock, roleReason} {
		if n := len(at[role]); n > 1 || role == roleID && n != 1 {
			c.faults.Add(fault.At(fault.Place{Column: roleField(0)}, "draw.page.fault.role", message.Args{"role": message.Word("draw.page.role." + role), "count": n}))
		}
	}
	if len(c.faults) == 0 {
		c.read(rows, at, choices)
	}
	return c
}

// first is the only column of a role, -1 without one.
func first(columns []int) int {
	if len(columns) == 0 {
		return -1
	}
	return columns[0]
}

// read takes the columns by their roles. The id becomes the first column, as package class wants it.
func (c *classInput) read(rows [][]string, at map[string][]int, choices url.Values) {
	id, name := first(at[roleID]), first(at[roleName])
	cell := func(row []string, column int) string {
		if column < 0 || column >= len(row) {
			return ""
		}
		return strings.TrimSpace(row[column])
	}
	for n, row := range rows {
		moved := append([]string{cell(row, id)}, row...)
		if n == 0 {
			moved[id+1] = "" // stands in front
		} else if key := cell(row, id); key != "" {
			c.names[key] = cell(row, name)
		}
		c.in.Rows = append(c.in.Rows, moved)
	}
	heads := rows[0]
	for _, n := range at[roleBalance] {
		c.in.Balance = append(c.in.Balance, heads[n])
	}
	for _, n := range at[roleQuarter] {
		c.in.Balance = append(c.in.Balance, heads[n]+"/季")
	}
	bands := number(choices.Get("bands"), 0)
	for _, n := range at[roleScore] {
		c.in.Scores = append(c.in.Scores, heads[n])
		if bands > 1 {
			c.in.Balance = append(c.in.Balance, heads[n]+"/"+strconv.Itoa(bands))
		}
	}
	for _, n := range at[roleTogether] {
		c.in.Together = append(c.in.Together, c.groups(rows, id, n, cell)...)
	}
	for _, n := range at[roleApart] {
		c.in.Apart = append(c.in.Apart, c.groups(rows, id, n, cell)...)
	}
	c.locks(rows, id, first(at[roleLock]), first(at[roleReason]), cell)
	if value := strings.TrimSpace(choices.Get("special_value")); value != "" {
		c.in.Special = &class.SpecialRule{Column: choices.Get("special_column"), Value: value, Cap: number(choices.Get("special_cap"), 0), Less: number(choices.Get("special_less"), 0)}
	}
}

// groups are the pupils with the same mark in a column; who stands alone makes no group.
func (c *classInput) groups(rows [][]string, id, column int, cell func([]string, int) string) [][]string {
	members := map[string][]string{}
	var marks []string
	for _, row := range rows[1:] {
		mark := cell(row, column)
		if mark == "" {
			continue
		}
		if members[mark] == nil {
			marks = append(marks, mark)
		}
		members[mark] = append(members[mark], cell(row, id))
	}
	var all [][]string
	for _, mark := range marks {
		if len(members[mark]) < 2 {
			c.faults.Add(fault.At(fault.Place{Column: rows[0][column]}, "draw.page.fault.alone", message.Args{"mark": mark}))
			continue
		}
		all = append(all, members[mark])
	}
	return all
}

func (c *classInput) locks(rows [][]string, id, lock, reason int, cell func([]string, int) string) {
	for n, row := range rows[1:] {
		text := cell(row, lock)
		if text == "" {
			continue
		}
		why := cell(row, reason)
		if why == "" {
			c.faults.Add(fault.At(fault.Place{Row: n + 2, Column: rows[0][lock]}, "draw.page.fault.lock_reason", nil))
		}
		digits := strings.Trim(text, "第班（）() ")
		c.in.Locks = append(c.in.Locks, class.Lock{ID: cell(row, id), Class: number(digits, 0), Reason: why})
	}
}

func (k classesKind) freeze(_ context.Context, tables map[string]ceremony.Table, choices url.Values, secret core.Secret) (ceremony.Frozen, error) {
	c := k.input(tables["roster"], choices, secret)
	faults := c.faults
	if len(faults) > 0 {
		return ceremony.Frozen{}, faults
	}
	fixed, err := class.Frozen(c.in)
	if err != nil {
		return ceremony.Frozen{}, err
	}
	out := ceremony.Frozen{Rules: fixed.Rules, Lines: fixed.Lines, Labels: labelsOf(fixed)}
	for _, row := range c.in.Rows[1:] {
		out.Roster = append(out.Roster, ceremony.Person{ID: row[0], Name: c.names[row[0]]})
	}
	return out, nil
}

// labelMark begins the one label that tells what the columns and codes of the lines stand for.
const labelMark = "class"

// labelsOf keeps what the columns and codes of the lines stand for.
func labelsOf(fixed *class.Fixed) []ceremony.Label {
	kept, err := json.Marshal(class.Fixed{Attributes: fixed.Attributes, Scores: fixed.Scores})
	if err != nil {
		panic(err) // texts and numbers only
	}
	return []ceremony.Label{{Code: labelMark, Text: string(kept)}}
}

// fixedOf reads it back; without it columns and codes stand for themselves.
func fixedOf(labels []ceremony.Label) *class.Fixed {
	var fixed class.Fixed
	for _, one := range labels {
		if one.Code == labelMark {
			_ = json.Unmarshal([]byte(one.Text), &fixed) // what cannot be read names nothing
		}
	}
	return &fixed
}

// classCertificate tells everybody and the office what was reached: attributes stand by their codes for everybody, as some are
// sensitive.
type classCertificate struct {
	result *class.Result
	a      core.Announcement
}

// Certify returns the certificate for everybody and the one for the office.
func (c classCertificate) Certify(labels []ceremony.Label) (public, inside any) {
	fixed := fixedOf(labels)
	return c.result.Certificate(c.a, &class.Fixed{Scores: fixed.Scores}, message.Chinese), c.result.Certificate(c.a, fixed, message.Chinese)
}

func runClasses(a core.Announcement, lines []string, seed core.Seed) ([]string, any, error) {
	roster, err := class.ReadRoster(a, lines)
	if err != nil {
		return nil, nil, err
	}
	result := class.Draw(roster, seed)
	return result.Lines(), classCertificate{result, a}, nil
}

func (classesKind) certificate(s shown) class.Certificate {
	var c class.Certificate
	_ = json.Unmarshal(s.certificate, &c) // what cannot be read is not shown
	return c
}

// bounds is what the rules and lines allow at best, before there is a seed: sizes of classes and the least spread of each level.
func bounds(s shown) (class.Certificate, bool) {
	rules := slices.Clone(s.rules)
	for n, rule := range rules {
		if rule.Key == "steps" || rule.Key == "score_steps" {
			rules[n].Value = "0" // the bounds need no search
		}
	}
	a, err := core.Announce(class.Kind, "-", rules, nil, s.lines)
	if err != nil {
		return class.Certificate{}, false
	}
	roster, err := class.ReadRoster(a, s.lines)
	if err != nil {
		return class.Certificate{}, false
	}
	return class.Draw(roster, core.Seed{}).Certificate(a, fixedOf(s.labels), message.Chinese), true
}

func (k classesKind) figures(ctx context.Context, s shown) []shell.Figure {
	c := k.certificate(s)
	reached := 0
	for _, level := range c.Levels {
		if level.Avoidable == 0 {
			reached++
		}
	}
	figures := []shell.Figure{{Label: text(ctx, "counted.pupils"), Value: shell.Count(c.Pupils)}, {Label: text(ctx, "counted.classes"), Value: shell.Count(c.Classes)},
		{Label: text(ctx, "counted.reached"), Value: strconv.Itoa(reached) + "/" + strconv.Itoa(len(c.Levels))}}
	for _, score := range c.Scores {
		figures = append(figures, shell.Figure{Label: text(ctx, "counted.mean", message.Args{"score": score.Name}), Value: decimal(score.MeanSpread)})
	}
	return figures
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }

func (k classesKind) said(_ context.Context, s shown) []string { return k.certificate(s).Sentences }

func (classesKind) given(ctx context.Context, result []string) map[string]string {
	got := pairs(result)
	for who, number := range got {
		got[who] = text(ctx, "class_number", message.Args{"class": number})
	}
	return got
}
