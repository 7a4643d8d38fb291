package main

import (
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats/item"
	"jiaoheng/stats/table"
)

// aboutPupils are names of columns that describe pupils and are never items unless --items names them.
var aboutPupils = []string{"id", "no", "group", "gender", "sex", "school", "class", "grade", "student", "pupil", "person", "county", "track", "weight", "freq",
	"total", "序号", "学号", "考号", "学籍号", "组", "组别", "性别", "学校", "学校代码", "班级", "年级", "县区", "类别", "权重", "总分"}

// maxExpanded is how many pupils the frequencies of a table may add up to.
const maxExpanded = item.MaxPupils

// answers turns a table into the data of an analysis.
func (c *assessItemsCommand) answers(e *environment, read *table.Table, answer *itemsAnswer) (item.Data, fault.List) {
	names, ignored, faults := c.names(read)
	if len(faults) > 0 {
		return item.Data{}, faults
	}
	answer.Ignored = append(answer.Ignored, ignored...)
	keys, full, faults := c.keys(e, names)
	if len(faults) > 0 {
		return item.Data{}, faults
	}
	rows, faults := c.rows(read)
	if len(faults) > 0 {
		return item.Data{}, faults
	}
	data := item.Data{}
	var columns [][]float64
	for _, name := range names {
		column, _ := read.Column(name)
		key, keyed := keys[name]
		switch {
		case keyed:
			scores, choice := scored(column, key, full[name], rows)
			columns, data.Choices = append(columns, scores), append(data.Choices, choice)
		case column.Text:
			if slices.Contains(c.Items, name) {
				faults.Add(fault.At(fault.Place{Column: name, Row: column.Line}, "item.not_a_score", message.Args{"item": name, "word": column.Word}))
			}
			answer.Ignored = append(answer.Ignored, name)
			continue
		default:
			columns, data.Choices = append(columns, spread(column, rows)), append(data.Choices, item.Choice{})
		}
		data.Names, data.Full = append(data.Names, name), append(data.Full, full[name])
	}
	if len(faults) > 0 {
		return item.Data{}, faults
	}
	for i, column := range columns {
		if p := slices.IndexFunc(column, func(x float64) bool { return x < 0 }); p >= 0 {
			return item.Data{}, fault.List{fault.At(fault.Place{Column: data.Names[i], Row: p + 2}, "item.score_below", message.Args{"item": data.Names[i], "score": column[p]})}
		}
	}
	if data.Scores, data.Scale, faults = item.Pack(data.Names, columns); len(faults) > 0 {
		return item.Data{}, faults
	}
	item.TellNotReached(data.Scores)
	return data, c.groups(read, rows, &data)
}

// names are the items and the columns that are none.
func (c *assessItemsCommand) names(read *table.Table) (names, ignored []string, faults fault.List) {
	for _, name := range slices.Concat(c.Items, c.Without, given(c.Group), given(c.Freq)) {
		if _, known := read.Column(name); !known {
			faults.Add(fault.New("item.no_column", message.Args{"column": name}))
		}
	}
	if len(c.Items) > 0 {
		return c.Items, nil, faults
	}
	for _, column := range read.Columns {
		switch {
		case slices.Contains(slices.Concat(c.Without, c.Marked, given(c.Group), given(c.Freq)), column.Name):
		case column.Name == "" || slices.Contains(aboutPupils, strings.ToLower(column.Name)):
			ignored = append(ignored, column.Name)
		default:
			names = append(names, column.Name)
		}
	}
	return names, ignored, faults
}

func given(name string) []string {
	if name == "" {
		return nil
	}
	return []string{name}
}

// keys reads the right options and the full marks of the items.
func (c *assessItemsCommand) keys(e *environment, names []string) (keys map[string]string, full map[string]float64, faults fault.List) {
	keys, full = map[string]string{}, map[string]float64{}
	for _, pair := range c.Full {
		name, text, _ := strings.Cut(pair, "=")
		marks, err := strconv.ParseFloat(text, 64)
		if !slices.Contains(names, name) || err != nil || marks <= 0 || marks > item.MaxUnits/100 {
			faults.Add(fault.New("item.bad_full", message.Args{"pair": pair}))
			continue
		}
		full[name] = marks
	}
	switch {
	case c.Key == "":
	case isFile(c.Key):
		faults.Add(c.keyFile(e, names, keys, full)...)
	case strings.Contains(c.Key, "="):
		for pair := range strings.SplitSeq(c.Key, ",") {
			name, option, _ := strings.Cut(pair, "=")
			if !slices.Contains(names, name) || option == "" {
				faults.Add(fault.New("item.bad_key", message.Args{"pair": pair}))
				continue
			}
			keys[name] = option
		}
	default:
		letters := []rune(c.Key)
		if len(letters) != len(names) {
			faults.Add(fault.New("item.key_length", message.Args{"count": len(letters), "items": len(names)}))
			break
		}
		for k, name := range names {
			keys[name] = string(letters[k])
		}
	}
	return keys, full, faults
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}

func (c *assessItemsCommand) keyFile(e *environment, names []string, keys map[string]string, full map[string]float64) (faults fault.List) {
	read, err := readData(c.Key, e.in)
	if err != nil {
		if faults = fault.Of(err); faults == nil {
			faults = fault.List{fault.At(fault.Place{File: dataName(c.Key)}, "command.cannot_open", message.Args{"error": err})}
		}
		return faults
	}
	which, hasItem := read.Column("item")
	option, hasKey := read.Column("key")
	if !hasItem || !hasKey {
		return fault.List{fault.At(fault.Place{File: dataName(c.Key)}, "item.key_columns", nil)}
	}
	marks, hasFull := read.Column("full")
	whichWords, optionWords := which.Factor(), option.Factor()
	for row := range read.Rows {
		if whichWords.Codes[row] < 0 {
			continue
		}
		name := whichWords.Levels[whichWords.Codes[row]]
		if !slices.Contains(names, name) {
			faults.Add(fault.At(fault.Place{File: dataName(c.Key), Row: row + 2}, "item.no_column", message.Args{"column": name}))
			continue
		}
		if code := optionWords.Codes[row]; code >= 0 {
			keys[name] = optionWords.Levels[code]
		}
		if hasFull && !marks.Text && !marks.IsMissing(row) {
			full[name] = marks.Numbers[row]
		}
	}
	return faults
}

// rows repeats each row as often as its frequency says; nil means each once.
func (c *assessItemsCommand) rows(read *table.Table) ([]int32, fault.List) {
	if c.Freq == "" {
		return nil, nil
	}
	counts, faults := numbers(read, c.Freq)
	var rows []int32
	for row, count := range counts {
		if count != count || count < 0 || count != math.Trunc(count) || float64(len(rows))+count > maxExpanded {
			return nil, fault.List{fault.At(fault.Place{Column: c.Freq, Row: row + 2}, "item.bad_freq", message.Args{"most": maxExpanded})}
		}
		for range int(count) {
			rows = append(rows, int32(row))
		}
	}
	if rows == nil {
		rows = []int32{}
	}
	return rows, faults
}

// numbers is a column of numbers; not a number is missing.
func numbers(read *table.Table, name string) ([]float64, fault.List) {
	column, known := read.Column(name)
	if !known {
		return nil, fault.List{fault.New("item.no_column", message.Args{"column": name})}
	}
	if column.Text {
		return nil, fault.List{fault.At(fault.Place{Column: name, Row: column.Line}, "item.not_a_score", message.Args{"item": name, "word": column.Word})}
	}
	return spread(column, nil), nil
}

func spread(column *table.Column, rows []int32) []float64 {
	if rows == nil && column.Missing == nil {
		return column.Numbers
	}
	return each(len(column.Numbers), rows, func(row int) float64 {
		if column.IsMissing(row) {
			return math.NaN()
		}
		return column.Numbers[row]
	})
}

func each[T any](n int, rows []int32, of func(row int) T) []T {
	if rows == nil {
		out := make([]T, n)
		for row := range out {
			out[row] = of(row)
		}
		return out
	}
	out := make([]T, len(rows))
	for k, row := range rows {
		out[k] = of(int(row))
	}
	return out
}

// scored gives full marks, 1 unless said, to those who took the key.
func scored(column *table.Column, key string, full float64, rows []int32) ([]float64, item.Choice) {
	words := column.Factor()
	if full == 0 {
		full = 1
	}
	choice := item.Choice{Key: key, Options: words.Levels}
	if len(choice.Options) > item.NoGroup {
		choice.Options = choice.Options[:item.NoGroup]
	}
	choice.Picked = each(len(words.Codes), rows, func(row int) uint8 {
		if code := words.Codes[row]; code >= 0 && int(code) < item.NoGroup {
			return uint8(code)
		}
		return item.NoGroup
	})
	scores := each(len(words.Codes), rows, func(row int) float64 {
		switch code := words.Codes[row]; {
		case code < 0:
			return math.NaN()
		case words.Levels[code] == key:
			return full
		}
		return 0
	})
	return scores, choice
}

// groups fills in which of two groups each pupil belongs to; the group that is first in byte order is the first.
func (c *assessItemsCommand) groups(read *table.Table, rows []int32, data *item.Data) fault.List {
	if c.Group == "" {
		return nil
	}
	column, _ := read.Column(c.Group)
	words := column.Factor()
	data.Groups = words.Levels
	if len(data.Groups) != 2 {
		return fault.List{fault.At(fault.Place{Column: c.Group}, "item.two_groups", message.Args{"count": len(data.Groups)})}
	}
	data.Group = each(len(words.Codes), rows, func(row int) uint8 {
		if words.Codes[row] < 0 {
			return item.NoGroup
		}
		return uint8(words.Codes[row])
	})
	return nil
}
