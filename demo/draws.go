package demo

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"time"

	"jiaoheng/draw"
	"jiaoheng/draw/ceremony"
	"jiaoheng/period"
	drawpages "jiaoheng/web/draw"
)

// The draw of classes that the town school has announced: pupils, classes, days until it is held.
const (
	drawnPupils  = 138
	drawnClasses = 3
	drawnAhead   = 2
)

// tellDraw tells of a draw of classes that is announced and waits for its day: families can look at it, and whoever tries the demo can
// let witnesses come and hold it.
func tellDraw(t *tale) {
	if t.err != nil {
		return
	}
	desk := ceremony.New(t.store.Store, rand.NewChaCha8([32]byte([]byte("the draw of the demo is repeatable"[:32]))), drawpages.Runs())
	secret, err := desk.NewSecret()
	if err != nil {
		t.err = err
		return
	}
	roster := ceremony.Table{Name: "roster", File: "一年级新生名册.xlsx", Rows: drawnRoster(t.today.Year - 6)}
	choices := url.Values{"classes": {fmt.Sprint(drawnClasses)}, "special_column": {"随班就读"}, "special_value": {"是"}, "special_cap": {"2"}, "special_less": {"2"}}
	made, err := drawpages.Freeze(ceremony.Classes, []ceremony.Table{roster}, choices, secret)
	if err != nil {
		t.err = fmt.Errorf("draw of classes: %w", err)
		return
	}
	day := t.today.AddDays(drawnAhead)
	one, err := desk.Prepare(t.ctx, t.actors["clerk"], ceremony.Draft{Kind: ceremony.Classes, Unit: "2199000001", Title: "澄源县实验小学一年级均衡编班", Place: "学校礼堂",
		Held: time.Date(day.Year, time.Month(day.Month), day.Day, 9, 0, 0, 0, period.Beijing), Sources: []ceremony.Source{{Kind: draw.Witness, Text: "3"}},
		Tables: []ceremony.Table{roster}, Setup: made.Setup, Rules: made.Rules, Lines: made.Lines, Secret: made.Secret, Roster: made.Roster, Labels: made.Labels})
	if err == nil {
		one, err = desk.Fix(t.ctx, t.actors["clerk"], one.ID, one.Version)
	}
	if err == nil {
		_, err = desk.Announce(t.ctx, t.actors["head"], one.ID, one.Version)
	}
	if err != nil {
		t.err = fmt.Errorf("draw of classes: %w", err)
	}
}

// drawnRoster are pupils of first grade as a school keeps them: two pairs of twins who stay together, two boys who had better not, a child in
// a wheelchair whose class is on the ground floor.
func drawnRoster(born int) [][]string {
	rows := [][]string{{"学籍号", "姓名", "性别", "户籍所在", "留守儿童", "随迁子女", "毕业幼儿园", "出生日期", "随班就读", "同班", "不同班", "指定班级", "指定理由"}}
	pick := func(n int, name string, choices ...string) string {
		return choices[int(part(fmt.Sprint("draw", n), name)*float64(len(choices)))]
	}
	rarely := func(n int, name string, share float64) string {
		if part(fmt.Sprint("draw", n), name) < share {
			return "是"
		}
		return "否"
	}
	for n := range drawnPupils {
		family, given := childSurnames[n%len(childSurnames)], childNames[(n*7+n/len(childNames))%len(childNames)]
		row := []string{fmt.Sprintf("G9901%d%04d", born, n+1), family + given, pick(n, "sex", "男", "女"), pick(n, "home", "县城", "县城", "乡镇", "农村"), rarely(n, "left", 0.12),
			rarely(n, "moved", 0.15), pick(n, "nursery", "实验幼儿园", "第二幼儿园", "童心幼儿园", "其他"), fmt.Sprintf("%d-%02d-%02d", born, 1+n%12, 1+n%28),
			"否", "", "", "", ""}
		switch n {
		case 10, 11:
			row[9] = "甲"
		case 40, 41:
			row[9] = "乙"
		case 5, 77:
			row[10] = "甲"
		case 90:
			row[11], row[12] = "1", "行动不便，需在一楼教室"
		case 23, 90 + 1, 120:
			row[8] = "是"
		}
		rows = append(rows, row)
	}
	return rows
}
