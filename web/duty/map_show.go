package duty

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/plan/duty"
	"jiaoheng/web/shell"
)

// Map shows the same lines as a road map: one bar a node from beginning to deadline, milestones as marks.
func (p *Pages) Map(w http.ResponseWriter, r *http.Request) error {
	view, err := p.look(r, address(r.PathValue("plan"), "map"))
	if err != nil {
		return err
	}
	ctx := r.Context()
	view.Tabs = p.tabs(ctx, view.Table.Outline, "map")
	page := frame(ctx, view.Table.Outline, text(ctx, "map.title"))
	return shell.Render(w, r, http.StatusOK, page, mapPage(view, roadOf(view.Table)))
}

// road is the line of time of a map: from the first day of its first year to the last of its last.
type road struct {
	from, to period.Date
	day      period.Date
}

func roadOf(table *duty.Table) road {
	from, to := table.Outline.Plan.From, table.Outline.Plan.To
	if from == 0 || to < from || to-from > 30 {
		from, to = table.Day.Year, table.Day.Year
	}
	for _, line := range table.Lines {
		if year := line.Due.Year; year > to && year <= from+30 {
			to = year
		}
	}
	return road{period.Date{Year: from, Month: 1, Day: 1}, period.Date{Year: to, Month: 12, Day: 31}, table.Day}
}

// at returns where a day stands on the road, from 0 to 1000; days outside stand at its ends.
func (r road) at(day period.Date) float64 {
	length := r.to.Time().Sub(r.from.Time()).Hours()
	return min(max(day.Time().Sub(r.from.Time()).Hours()/length, 0), 1) * 1000
}

func position(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// tick is where a year begins.
type tick struct {
	year     int
	x, label string
}

func (r road) years() []tick {
	var ticks []tick
	for year := r.from.Year; year <= r.to.Year; year++ {
		x := r.at(period.Date{Year: year, Month: 1, Day: 1})
		ticks = append(ticks, tick{year, position(x), position(x + 6)})
	}
	return ticks
}

func (r road) today() (string, bool) {
	inside := !r.day.Before(r.from) && !r.to.Before(r.day)
	return position(r.at(r.day)), inside
}

// bar is the time from the beginning of a line to its deadline.
type bar struct{ x, width string }

func (r road) bar(line duty.Line) (bar, bool) {
	if line.Start.IsZero() || line.Due.IsZero() {
		return bar{}, false
	}
	from, to := r.at(line.Start), r.at(line.Due)
	return bar{position(from), position(max(to-from, 4))}, true
}

// drawn is a milestone on the road: a square where it is late, a disc-like rhomb where it is done, else an outline.
type drawn struct {
	kind, path string
	mark       duty.Mark
}

func (r road) marks(line duty.Line) []drawn {
	var marks []drawn
	for _, m := range line.Marks {
		x := min(max(r.at(m.Due), 7), 993)
		one := drawn{kind: "open", mark: m, path: fmt.Sprintf("M%.1f 7L%.1f 14L%.1f 21L%.1f 14z", x, x+7, x, x-7)}
		switch {
		case m.Done:
			one.kind = "done"
		case m.Late:
			one.kind, one.path = "late", fmt.Sprintf("M%.1f 8h12v12h-12z", x-6)
		}
		marks = append(marks, one)
	}
	return marks
}

func (d drawn) title(ctx context.Context) string {
	return text(ctx, "map.mark", message.Args{"name": d.mark.Name, "day": d.mark.Due.Text(shell.From(ctx).Language), "state": text(ctx, "mark."+d.kind)})
}

// words says the line for those who do not see it.
func (r road) words(ctx context.Context, line duty.Line) string {
	said := text(ctx, "map.line", message.Args{"from": line.Start.Text(shell.From(ctx).Language), "to": dayOf(ctx, line)})
	for _, mark := range r.marks(line) {
		said += " " + mark.title(ctx)
	}
	return said
}
