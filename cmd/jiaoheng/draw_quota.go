package main

import (
	"slices"
	"strconv"
	"strings"

	"jiaoheng/draw"
	"jiaoheng/draw/quota"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
)

// drawQuotaCommand divides the places that senior schools reserve for junior schools, and admits by them.
type drawQuotaCommand struct {
	drawFlags  `embed:""`
	Schools    string   `arg:"" help:"Junior schools: code, graduates with a full record, rural or not."`
	Places     string   `arg:"" help:"Senior schools: code, places, key school or not, lines."`
	Pupils     string   `arg:"" optional:"" help:"Pupils with scores and wishes; without them only the places are divided."`
	Method     string   `enum:"hamilton,webster" default:"hamilton" help:"hamilton: largest remainder; webster: Sainte-Laguë."`
	Share      string   `placeholder:"PERCENT" help:"Least share of the places of a key school that is divided; without it that of the packs."`
	Basis      string   `placeholder:"TEXT" help:"The document that states the share."`
	Least      string   `placeholder:"N" help:"Least places of each key school for every junior school; without it that of the packs."`
	RuralLeast int      `placeholder:"N" help:"Least places of each key school for every rural junior school."`
	Unused     string   `enum:"unified,pupils,juniors" default:"unified" help:"Where empty quota places go: to the unified track, to pupils of any junior school, or divided anew among junior schools."`
	Bands      []int    `placeholder:"N,N,…" help:"Wishes in each band of the unified track; without it one band."`
	Ties       []string `placeholder:"COLUMN,…" help:"Columns that order pupils of equal score, the first counts first."`
	Data       string   `placeholder:"DIR" help:"Folder of the data; its folder packs may hold local packs."`
}

// Names of the columns of the tables; docs/draw-places.md lists them.
var (
	juniorColumns = []drawColumn{
		{"code", []string{"学校代码", "初中学校代码", "初中代码", "代码", "code", "id", "school"}, true},
		{"name", []string{"学校名称", "初中学校名称", "初中", "学校", "名称", "name"}, false},
		{"graduates", []string{"三年学籍完整的毕业生数", "完整学籍毕业生数", "毕业生数", "毕业生", "graduates"}, true},
		{"rural", []string{"农村", "农村初中", "是否农村", "城乡", "rural"}, false},
	}
	seniorColumns = []drawColumn{
		{"code", []string{"学校代码", "高中学校代码", "高中代码", "代码", "code", "id", "school"}, true},
		{"name", []string{"学校名称", "高中学校名称", "高中", "学校", "名称", "name"}, false},
		{"places", []string{"高中招生计划数", "招生计划数", "招生计划", "计划数", "places"}, true},
		{"key", []string{"优质普通高中", "优质高中", "优质", "重点", "key"}, false},
		{"share", []string{"分配到初中的比例", "分配比例", "share"}, false},
		{"quota", []string{"分配名额", "指标到校名额", "指标名额", "quota"}, false},
		{"quota_floor", []string{"指标到校最低控制线", "分配名额最低控制线", "指标线", "quota_floor"}, false},
		{"floor", []string{"最低控制线", "统招最低控制线", "floor"}, false},
	}
	pupilColumns = []drawColumn{
		{"id", []string{"考号", "考生号", "准考证号", "编号", "id"}, true},
		{"junior", []string{"初中学校代码", "毕业学校代码", "初中代码", "学校代码", "junior", "school"}, true},
		{"full", []string{"学籍完整", "完整学籍", "三年学籍完整", "full"}, false},
		{"score", []string{"总分", "录取总分", "分数", "score"}, true},
		{"quota", []string{"指标志愿", "指标到校志愿", "分配名额志愿", "quota_wishes"}, false},
		{"wishes", []string{"统招志愿", "志愿", "wishes"}, false},
	}
)

// Run reads the tables, freezes them, divides, admits and writes.
func (c *drawQuotaCommand) Run(e *environment) error {
	in := quota.Input{Policy: quota.Policy{Method: c.Method, RuralLeast: c.RuralLeast, Unused: c.Unused, Bands: c.Bands, Ties: c.Ties, Basis: c.Basis}}
	if err := c.policy(e, &in.Policy); err != nil {
		return err
	}
	juniors, err := e.readDrawSheet(c.Schools, juniorColumns)
	if err != nil {
		return err
	}
	seniors, err := e.readDrawSheet(c.Places, seniorColumns)
	if err != nil {
		return err
	}
	pupils := &drawSheet{}
	if c.Pupils != "" {
		if pupils, err = e.readDrawSheet(c.Pupils, pupilColumns); err != nil {
			return err
		}
	} else {
		in.Policy.Ties = nil
	}
	names := map[string]string{}
	c.juniors(juniors, &in, names)
	c.decimals(seniors, pupils, &in)
	c.seniors(seniors, &in, names)
	c.pupils(pupils, &in)
	if faults := slices.Concat(juniors.faults, seniors.faults, pupils.faults); len(faults) > 0 {
		return faults
	}
	secret, err := c.secret(juniors.data, seniors.data, pupils.data)
	if err != nil {
		return err
	}
	rules, lines, err := quota.Frozen(in, secret)
	if err != nil {
		return err
	}
	return c.finish(e, quota.Kind, rules, lines, func(a draw.Announcement, seed draw.Seed) ([]string, any, [][]string, error) {
		r, err := quota.Draw(a, lines, seed)
		if err != nil {
			return nil, nil, nil, err
		}
		certificate := r.Certificate(a.Origin(), draw.Hex(a.Commitment()), names, e.language)
		for _, sentence := range certificate.Sentences {
			e.tell(sentence)
		}
		if len(in.Pupils) == 0 {
			return r.Lines(), certificate, shareTable(certificate), nil
		}
		return r.Lines(), certificate, quotaTable(e, in, secret, r, names), nil
	})
}

// policy takes from the packs what the flags do not state.
func (c *drawQuotaCommand) policy(e *environment, p *quota.Policy) error {
	var faults fault.List
	read := func(flag, text string, decimals int, into *int) {
		n, ok := scaled(strings.TrimSuffix(text, "%"), decimals)
		if !ok {
			faults.Add(fault.At(fault.Place{Column: flag}, "command.draw_number", message.Args{"value": text, "decimals": decimals}))
		}
		*into = n
	}
	share, least := c.Share, c.Least
	if share == "" || least == "" {
		set, err := loadPacks(c.Data)
		if err != nil {
			return err
		}
		stated := func(name string) (string, string, error) {
			parameter, found := set.Everything().Parameter(name)
			if !found {
				return "", "", fault.New("command.draw_no_parameter", message.Args{"name": name})
			}
			n, dated, found := pack.ResolveFor("", parameter.Values, e.today(), nil, nil)
			if !found {
				return "", "", fault.New("command.draw_no_parameter", message.Args{"name": name})
			}
			return strconv.FormatFloat(n, 'f', -1, 64), dated.Source.Document + " " + dated.Source.Clause, nil
		}
		if share == "" {
			source := ""
			if share, source, err = stated("quota_share_least"); err != nil {
				return err
			}
			if p.Basis == "" {
				p.Basis = source
			}
		}
		if least == "" {
			if least, _, err = stated("quota_floor"); err != nil {
				return err
			}
		}
	}
	read("--share", share, 2, &p.Share)
	read("--least", least, 0, &p.Least)
	return faults.Err()
}

func (c *drawQuotaCommand) juniors(s *drawSheet, in *quota.Input, names map[string]string) {
	for row := range s.rows {
		j := quota.Junior{ID: s.needed(row, "code"), Name: s.text(row, "name"), Graduates: s.number(row, "graduates", 0, 0), Rural: s.yes(row, "rural", false), Place: s.place(row, -1)}
		in.Juniors = append(in.Juniors, j)
		names[j.ID] = j.Name
	}
}

// decimals are as many as the finest score or line has.
func (c *drawQuotaCommand) decimals(seniors, pupils *drawSheet, in *quota.Input) {
	in.Policy.Decimals = max(seniors.decimalsOf(quota.MaxDecimals, seniors.columnOf("floor"), seniors.columnOf("quota_floor")),
		pupils.decimalsOf(quota.MaxDecimals, append(c.tieColumns(pupils), pupils.columnOf("score"))...))
}

func (c *drawQuotaCommand) seniors(s *drawSheet, in *quota.Input, names map[string]string) {
	for row := range s.rows {
		one := quota.Senior{ID: s.needed(row, "code"), Name: s.text(row, "name"), Places: s.number(row, "places", 0, 0), Key: s.yes(row, "key", true),
			Quota: s.number(row, "quota", 0, 0), QuotaFloor: s.number(row, "quota_floor", in.Policy.Decimals, 0), Floor: s.number(row, "floor", in.Policy.Decimals, 0), Place: s.place(row, -1)}
		if share := s.number(row, "share", 2, 0); one.Key && one.Quota == 0 && share > 0 {
			one.Quota = quota.LeastQuota(one.Places, share)
		}
		in.Seniors = append(in.Seniors, one)
		names[one.ID] = one.Name
	}
}

// columnOf is where a named column stands, or -1.
func (s *drawSheet) columnOf(key string) int {
	if at, found := s.column[key]; found {
		return at
	}
	return -1
}

// tieColumns are the columns that order pupils of equal score.
func (c *drawQuotaCommand) tieColumns(s *drawSheet) []int {
	columns := make([]int, len(c.Ties))
	for n, name := range c.Ties {
		columns[n] = -1
		for at, title := range s.head {
			if drawHead(title) == drawHead(name) {
				columns[n] = at
			}
		}
	}
	return columns
}

func (c *drawQuotaCommand) pupils(s *drawSheet, in *quota.Input) {
	ties := c.tieColumns(s)
	for n, at := range ties {
		if at < 0 && c.Pupils != "" {
			s.faults.Add(fault.At(fault.Place{File: s.file}, "command.draw_column", message.Args{"names": c.Ties[n]}))
		}
	}
	quotas, wishes := s.numbered("指标志愿", "指标到校志愿", "分配名额志愿", "quota_wish"), s.numbered("统招志愿", "志愿", "wish")
	for row := range s.rows {
		p := quota.Pupil{ID: s.needed(row, "id"), Junior: s.needed(row, "junior"), Full: s.yes(row, "full", true), Place: s.place(row, -1),
			Quota: s.wishes(row, "quota", quotas), Wishes: s.wishes(row, "wishes", wishes)}
		s.needed(row, "score")
		p.Score = s.number(row, "score", in.Policy.Decimals, 0)
		for _, at := range ties {
			n := 0
			if at >= 0 {
				n = s.numberAt(row, at, in.Policy.Decimals, 0)
			}
			p.Ties = append(p.Ties, n)
		}
		in.Pupils = append(in.Pupils, p)
	}
}

// wishes reads a list in one cell, or a column for each wish.
func (s *drawSheet) wishes(row int, key string, columns []int) []string {
	all := drawList(s.text(row, key))
	for _, at := range columns {
		if cell := s.cell(row, at); cell != "" {
			all = append(all, cell)
		}
	}
	return all
}

// shareTable is the result where only places are divided.
func shareTable(c quota.Certificate) [][]string {
	table := [][]string{{"senior", "junior", "claim", "places", "reason"}}
	for _, share := range c.Shares {
		table = append(table, []string{share.Senior, share.Junior, share.Decimal, strconv.Itoa(share.Places), share.Sentence})
	}
	return table
}

// quotaTable is the result, one row a pupil in the order of the input.
func quotaTable(e *environment, in quota.Input, secret draw.Secret, r quota.Result, names map[string]string) [][]string {
	table := [][]string{{"id", "track", "school", "name", "number", "reasons"}}
	at := make(map[string]int, len(r.Pupils))
	for i, p := range r.Pupils {
		at[p.Who] = i
	}
	reasons := r.Reasons()
	for _, pupil := range in.Pupils {
		i := at[secret.Who(pupil.ID)]
		p := r.Pupils[i]
		school, name := "", ""
		if p.Senior >= 0 {
			school = r.Seniors[p.Senior].ID
			name = names[school]
		}
		var why []string
		for _, reason := range reasons[i] {
			why = append(why, quotaReason(e, reason, r, names))
		}
		table = append(table, []string{pupil.ID, p.Track, school, name, strconv.Itoa(p.Number), strings.Join(why, "；")})
	}
	return table
}

// quotaReason names the wish before its reason.
func quotaReason(e *environment, reason quota.Reason, r quota.Result, names map[string]string) string {
	if reason.Senior < 0 {
		return reason.Text(e.language)
	}
	name := names[r.Seniors[reason.Senior].ID]
	if name == "" {
		name = r.Seniors[reason.Senior].ID
	}
	return message.Text(e.language, "command.draw_wish", message.Args{"track": message.Word("command.draw_track." + reason.Track), "wish": reason.Wish,
		"school": name, "reason": reason.Text(e.language)})
}
