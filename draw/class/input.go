package class

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// What a search is allowed where nothing else is stated.
const (
	DefaultSteps      = 25_000_000
	DefaultTries      = 3
	DefaultScoreSteps = 6_000_000
)

// Input is a draw of classes before it is frozen. Rows[0] is the head of the roster; its first column is the pupil's id.
type Input struct {
	Rows    [][]string
	Classes int
	// Balance names the attributes: a column; a column and a number of bands of equal size by rank, as in 语文/4; a column of
	// dates and its quarters, as in 出生日期/季.
	Balance  []string
	Scores   []string // columns whose means and spreads are brought together
	Together [][]string
	Apart    [][]string
	Locks    []Lock
	Special  *SpecialRule
	Secret   draw.Secret
	Steps    int // 0: DefaultSteps
	Tries    int // 0: DefaultTries
}

// Lock puts a pupil into a class, with a reason that will be public.
type Lock struct {
	ID     string
	Class  int // from 1
	Reason string
}

// SpecialRule is the rule for pupils of special needs: at most Cap of those with Value in Column in a class, which has Less fewer seats for each.
type SpecialRule struct {
	Column, Value string
	Cap, Less     int
}

// Attribute is one attribute as it was frozen: the column of codes that holds it, and what each code means. The order of columns and codes
// is hidden by the secret, so that a published line does not tell which column is which.
type Attribute struct {
	Name   string
	Column int
	Labels []string // by code
}

// Score is one column of scores: a line holds whole numbers, the score times 10^Decimals. Blank pupils had none and stand with the mean.
type Score struct {
	Name     string
	Column   int
	Decimals int
	Blank    int
}

// Fixed is a draw of classes whose lines are fixed.
type Fixed struct {
	Rules      []draw.Rule
	Lines      []string
	IDs        map[string]string // from who to id
	Attributes []Attribute
	Scores     []Score
}

// freezing is the making of lines.
type freezing struct {
	in     Input
	faults fault.List
	at     map[string]int // column of a name
	ids    []string       // in the order of the rows
	who    []string
	row    map[string]int // of an id, from 0
	fixed  *Fixed
	codes  [][]int32 // attribute × row
	scores [][]int32
}

// Frozen turns an input into rules and lines. It names every fault at once.
func Frozen(in Input) (*Fixed, error) {
	f := &freezing{in: in, at: map[string]int{}, row: map[string]int{}, fixed: &Fixed{IDs: map[string]string{}}}
	f.head()
	f.pupils()
	if len(f.faults) == 0 {
		f.attributes()
		f.columns()
	}
	if len(f.faults) > 0 {
		return nil, f.faults
	}
	f.rules()
	f.fixed.Lines = f.lines()
	if len(f.faults) > 0 {
		return nil, f.faults
	}
	a, err := draw.Announce(Kind, "-", f.fixed.Rules, nil, f.fixed.Lines)
	if err == nil {
		_, err = ReadRoster(a, f.fixed.Lines)
	}
	return f.fixed, err
}

func (f *freezing) fault(row int, column, code string, args message.Args) {
	f.faults.Add(fault.At(fault.Place{Row: row, Column: column}, code, args))
}

func (f *freezing) head() {
	if len(f.in.Rows) < 2 || len(f.in.Rows[0]) == 0 {
		f.faults.Add(fault.New("draw.class_empty", nil))
		return
	}
	for i, name := range f.in.Rows[0] {
		name = strings.TrimSpace(name)
		if _, twice := f.at[name]; twice && name != "" {
			f.fault(1, name, "draw.class_head_twice", nil)
		}
		f.at[name] = i
	}
	for _, name := range append(slices.Clone(f.in.Balance), f.in.Scores...) {
		column, _, _ := strings.Cut(name, "/")
		if at, ok := f.at[name]; ok && at == 0 || !ok && f.at[column] == 0 { // the first column is the id
			f.faults.Add(fault.New("draw.class_column", message.Args{"column": name}))
		}
	}
	if len(f.in.Rows)-1 > MaxPupils {
		f.faults.Add(fault.New("draw.class_pupils", message.Args{"count": len(f.in.Rows) - 1, "classes": f.in.Classes, "limit": MaxPupils}))
	}
	if f.in.Classes < 1 || f.in.Classes > MaxClasses {
		f.faults.Add(fault.New("draw.class_classes", message.Args{"limit": MaxClasses}))
	}
	for _, list := range [][]string{f.in.Balance, f.in.Scores} {
		seen := map[string]bool{}
		for _, name := range list {
			if seen[name] {
				f.faults.Add(fault.New("draw.class_twice", message.Args{"column": name}))
			}
			seen[name] = true
		}
	}
}

// pupils reads the ids.
func (f *freezing) pupils() {
	if len(f.faults) > 0 {
		return
	}
	for i, row := range f.in.Rows[1:] {
		id := ""
		if len(row) > 0 {
			id = strings.TrimSpace(row[0])
		}
		if before, twice := f.row[id]; twice && id != "" {
			f.fault(i+2, f.in.Rows[0][0], "draw.class_id_twice", message.Args{"row": before + 2})
		} else if id == "" {
			f.fault(i+2, f.in.Rows[0][0], "draw.class_id_none", nil)
		}
		f.row[id] = i
		f.ids = append(f.ids, id)
		who := f.in.Secret.Who(id)
		f.who = append(f.who, who)
		f.fixed.IDs[who] = id
	}
}

func (f *freezing) cell(row, column int) string {
	if cells := f.in.Rows[row+1]; column < len(cells) {
		return strings.TrimSpace(cells[column])
	}
	return ""
}

// hidden sorts names by a hash that only the secret tells.
func (f *freezing) hidden(prefix string, names []string) []string {
	out := slices.Clone(names)
	slices.SortFunc(out, func(a, b string) int {
		x, y := f.in.Secret.Sum(prefix+a), f.in.Secret.Sum(prefix+b)
		return slices.Compare(x[:], y[:])
	})
	return out
}

// attributes gives every level of every attribute its code.
func (f *freezing) attributes() {
	for column, name := range f.hidden("column\n", f.in.Balance) {
		values := f.values(name)
		labels := slices.Compact(slices.Sorted(slices.Values(values)))
		if len(labels) > MaxLevels {
			f.faults.Add(fault.New("draw.class_levels", message.Args{"column": name, "count": len(labels), "limit": MaxLevels}))
			continue
		}
		labels = f.hidden("level\n"+name+"\n", labels)
		code := map[string]int32{}
		for i, label := range labels {
			code[label] = int32(i)
		}
		codes := make([]int32, len(values))
		for i, value := range values {
			codes[i] = code[value]
		}
		f.codes = append(f.codes, codes)
		f.fixed.Attributes = append(f.fixed.Attributes, Attribute{Name: name, Column: column, Labels: labels})
	}
}

// values are the levels of an attribute, row by row.
func (f *freezing) values(name string) []string {
	out := make([]string, len(f.ids))
	if column, ok := f.at[name]; ok {
		for i := range out {
			out[i] = f.cell(i, column)
		}
		return out
	}
	column, how, _ := strings.Cut(name, "/")
	switch bands, err := strconv.Atoi(how); {
	case how == "季" || how == "quarter":
		for i := range out {
			out[i] = f.quarter(i, column)
		}
	case err == nil && bands >= 2 && bands <= 20:
		f.bands(out, column, bands)
	default:
		f.faults.Add(fault.New("draw.class_column", message.Args{"column": name}))
	}
	return out
}

// quarter reads the month of a date written 2018-03-15, 2018/3/15, 20180315 or 2018年3月15日.
func (f *freezing) quarter(row int, column string) string {
	text := f.cell(row, f.at[column])
	month := 0
	if digits := strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' }); len(digits) >= 2 {
		month, _ = strconv.Atoi(digits[1])
	} else if len(text) == 8 {
		month, _ = strconv.Atoi(text[4:6])
	}
	if text == "" {
		return ""
	}
	if month < 1 || month > 12 {
		f.fault(row+2, column, "draw.class_date", nil)
		return ""
	}
	return strconv.Itoa((month-1)/3 + 1)
}

// bands divides pupils by rank: the band of a score is that of the best rank that has it. Who has none is a level of its own.
func (f *freezing) bands(out []string, column string, bands int) {
	type one struct {
		row   int
		score *big.Rat
	}
	var all []one
	for i := range out {
		text := f.cell(i, f.at[column])
		if text == "" {
			continue
		}
		score, ok := readScore(text)
		if !ok {
			f.fault(i+2, column, "draw.class_score", message.Args{"limit": MaxScore})
			continue
		}
		all = append(all, one{i, score})
	}
	slices.SortStableFunc(all, func(a, b one) int { return b.score.Cmp(a.score) })
	first := 0
	for rank, o := range all {
		if o.score.Cmp(all[first].score) != 0 {
			first = rank
		}
		out[o.row] = strconv.Itoa(first*bands/len(all) + 1)
	}
}

func readScore(text string) (*big.Rat, bool) {
	if len(text) > 20 || strings.Trim(text, "0123456789.") != "" {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}

// columns reads the scores.
func (f *freezing) columns() {
	for column, name := range f.hidden("score\n", f.in.Scores) {
		score := Score{Name: name, Column: column}
		values := make([]*big.Rat, len(f.ids))
		sum, count := new(big.Rat), int64(0)
		for i := range values {
			text := f.cell(i, f.at[name])
			if text == "" {
				score.Blank++
				continue
			}
			value, ok := readScore(text)
			if !ok {
				f.fault(i+2, name, "draw.class_score", message.Args{"limit": MaxScore})
				continue
			}
			_, after, _ := strings.Cut(text, ".")
			score.Decimals = max(score.Decimals, min(len(strings.TrimRight(after, "0")), 2))
			values[i] = value
			sum.Add(sum, value)
			count++
		}
		scale := big.NewRat([]int64{1, 10, 100}[score.Decimals], 1)
		mean := new(big.Rat)
		if count > 0 {
			mean.Quo(sum, big.NewRat(count, 1))
		}
		f.scores = append(f.scores, f.whole(name, values, mean, scale))
		f.fixed.Scores = append(f.fixed.Scores, score)
	}
}

// whole scales and rounds scores, half up; who has none gets the mean.
func (f *freezing) whole(name string, values []*big.Rat, mean, scale *big.Rat) []int32 {
	out := make([]int32, len(values))
	half, most := big.NewRat(1, 2), big.NewRat(MaxScore, 1)
	for i, value := range values {
		if value == nil {
			value = mean
		}
		scaled := new(big.Rat).Mul(value, scale)
		if scaled.Add(scaled, half).Cmp(most) > 0 {
			f.fault(i+2, name, "draw.class_score", message.Args{"limit": MaxScore})
			continue
		}
		out[i] = int32(new(big.Int).Quo(scaled.Num(), scaled.Denom()).Int64())
	}
	return out
}

// rules states everything that enters the computation, and the names for the reader, in the order in which they were given.
func (f *freezing) rules() {
	add := func(key string, n int) {
		f.fixed.Rules = append(f.fixed.Rules, draw.Rule{Key: key, Value: strconv.Itoa(n)})
	}
	add("classes", f.in.Classes)
	add("attributes", len(f.codes))
	add("scores", len(f.scores))
	if s := f.in.Special; s != nil {
		f.special(*s)
	}
	add("steps", cmp.Or(f.in.Steps, DefaultSteps))
	add("tries", cmp.Or(f.in.Tries, DefaultTries))
	add("score_steps", min(DefaultScoreSteps, cmp.Or(f.in.Steps, DefaultSteps)))
	names := strings.Join(f.in.Balance, "、") + "；" + strings.Join(f.in.Scores, "、")
	f.fixed.Rules = append(f.fixed.Rules, draw.Rule{Key: "names", Value: names})
}

func (f *freezing) special(s SpecialRule) {
	for _, attribute := range f.fixed.Attributes {
		if code := slices.Index(attribute.Labels, s.Value); attribute.Name == s.Column && code >= 0 {
			text := []string{strconv.Itoa(attribute.Column + 1), strconv.Itoa(code), strconv.Itoa(s.Cap), strconv.Itoa(s.Less)}
			f.fixed.Rules = append(f.fixed.Rules, draw.Rule{Key: "special", Value: strings.Join(text, " ")})
			return
		}
	}
	f.faults.Add(fault.New("draw.class_special_none", message.Args{"column": s.Column, "value": s.Value}))
}

// lines puts pupils into the order of their who.
func (f *freezing) lines() []string {
	order := make([]int, len(f.ids))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(f.who[a], f.who[b]) })
	r := &Roster{Classes: f.in.Classes, Columns: len(f.codes), Scores: make([][]int32, len(f.scores))}
	place := map[string]int{}
	for at, row := range order {
		place[f.ids[row]] = at
		r.Who, r.Locked = append(r.Who, f.who[row]), append(r.Locked, -1)
		for _, codes := range f.codes {
			r.Codes = append(r.Codes, codes[row])
		}
		for i, scores := range f.scores {
			r.Scores[i] = append(r.Scores[i], scores[row])
		}
	}
	r.Together, r.Apart = f.groups(place, f.in.Together), f.groups(place, f.in.Apart)
	reasons := map[int]string{}
	for _, lock := range f.in.Locks {
		at, known := place[lock.ID]
		switch {
		case !known:
			f.faults.Add(fault.New("draw.class_unknown", message.Args{"id": lock.ID}))
		case lock.Class < 1 || lock.Class > f.in.Classes:
			f.faults.Add(fault.New("draw.class_lock_class", message.Args{"id": lock.ID, "classes": f.in.Classes}))
		case r.Locked[at] >= 0:
			f.faults.Add(fault.New("draw.class_lock_twice", message.Args{"id": lock.ID}))
		case strings.Contains(lock.Reason, ";"):
			f.faults.Add(fault.New("draw.class_lock_reason", message.Args{"id": lock.ID}))
		default:
			r.Locked[at], reasons[at] = int32(lock.Class-1), lock.Reason
		}
	}
	return r.Lines(reasons)
}

func (f *freezing) groups(place map[string]int, groups [][]string) (out [][]int) {
	for _, ids := range groups {
		var group []int
		for _, id := range ids {
			at, known := place[id]
			if !known {
				f.faults.Add(fault.New("draw.class_unknown", message.Args{"id": id}))
				continue
			}
			group = append(group, at)
		}
		slices.Sort(group)
		if len(slices.Compact(slices.Clone(group))) < max(len(group), 2) {
			f.faults.Add(fault.New("draw.class_group", message.Args{"ids": strings.Join(ids, "、")}))
			continue
		}
		out = append(out, group)
	}
	return out
}
