package admin

import (
	"context"
	"net/http"
	"strconv"

	"jiaoheng/access"
	"jiaoheng/calendar"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/web/shell"
)

// firstCalendarYear is the first year that the page shows; the packs hold nothing earlier.
const firstCalendarYear = 2018

// Calendars are the pages about working days. Shipped are the years that the packs hold.
type Calendars struct {
	Store   calendar.Store
	Shipped func() []*pack.Calendar
}

// calendarView is what the page shows: every year in a line, and the days of one.
type calendarView struct {
	years   shell.Table
	year    calendar.Year
	days    shell.Table
	unknown []int // years up to the next one that were not announced
	form    shell.Form
}

// Show shows the years with their days and sources, and which are not announced.
func (c Calendars) Show(w http.ResponseWriter, r *http.Request) error {
	if !shell.May(r.Context(), access.See, access.Structure) {
		return shell.NoRight
	}
	return c.show(w, r, http.StatusOK, shell.Form{})
}

func (c Calendars) show(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	ctx := r.Context()
	days, err := c.Store.Holidays(ctx)
	if err != nil {
		return err
	}
	now := period.DayAt(shell.From(ctx).Now)
	last := max(now.Year+1, firstCalendarYear)
	for _, d := range days {
		last = max(last, d.On.Year)
	}
	years := calendar.Years(firstCalendarYear, last, c.Shipped(), days)
	chosen, err := strconv.Atoi(r.URL.Query().Get("year"))
	if err != nil || chosen < firstCalendarYear || chosen > last {
		chosen = min(max(now.Year, firstCalendarYear), last)
	}
	view := calendarView{year: years[chosen-firstCalendarYear], years: yearTable(ctx, years, chosen), form: form}
	view.days = dayTable(ctx, view.year)
	for _, y := range years {
		if !y.Known && y.Year >= now.Year {
			view.unknown = append(view.unknown, y.Year)
		}
	}
	frame := page(ctx, "calendar")
	frame.Title, frame.Lead = shell.Text(ctx, "admin.calendar.title"), shell.Text(ctx, "admin.calendar.lead")
	return shell.Render(w, r, status, frame, calendarShow(view))
}

// yearTable shows the latest year first.
func yearTable(ctx context.Context, years []calendar.Year, chosen int) shell.Table {
	t := shell.Table{Caption: shell.Text(ctx, "admin.calendar.years"), Columns: []shell.Column{
		{Title: shell.Text(ctx, "admin.calendar.year"), Align: shell.Short}, {Title: shell.Text(ctx, "admin.calendar.state"), Align: shell.Short},
		{Title: shell.Text(ctx, "admin.calendar.worked"), Align: shell.Figures}, {Title: shell.Text(ctx, "admin.calendar.source")}}}
	for i := len(years) - 1; i >= 0; i-- {
		y := years[i]
		year := shell.Cell{Text: shell.Text(ctx, "admin.calendar.year_of", message.Args{"year": y.Year}), Address: "/admin/calendar?year=" + strconv.Itoa(y.Year)}
		if y.Year == chosen {
			year = shell.Cell{Text: year.Text, Note: shell.Text(ctx, "admin.calendar.chosen")}
		}
		condition, word := shell.Met, "admin.calendar.known"
		if !y.Known {
			condition, word = shell.Unknown, "admin.calendar.unknown"
		}
		t.Rows = append(t.Rows, []shell.Cell{year, {Body: shell.StatusWord(condition, shell.Text(ctx, word))},
			{Text: shell.Count(y.Working)}, {Text: yearSource(ctx, y), Written: true}})
	}
	return t
}

// yearSource names the notice of the year, and says when the bureau read in days of its own.
func yearSource(ctx context.Context, y calendar.Year) string {
	own := 0
	for _, d := range y.Days {
		if d.Source == nil {
			own++
		}
	}
	switch {
	case y.Shipped != nil && own > 0:
		return shell.Text(ctx, "admin.calendar.both", message.Args{"document": y.Shipped.Source.Document, "count": own})
	case y.Shipped != nil:
		return y.Shipped.Source.Document
	case own > 0:
		return shell.Text(ctx, "admin.calendar.own", message.Args{"count": own})
	}
	return shell.Text(ctx, "admin.calendar.weekdays")
}

func dayTable(ctx context.Context, y calendar.Year) shell.Table {
	t := shell.Table{Caption: shell.Text(ctx, "admin.calendar.days", message.Args{"year": y.Year}), Columns: []shell.Column{
		{Title: shell.Text(ctx, "admin.calendar.on"), Align: shell.Short}, {Title: shell.Text(ctx, "admin.calendar.name")},
		{Title: shell.Text(ctx, "admin.calendar.kind"), Align: shell.Short}, {Title: shell.Text(ctx, "admin.calendar.source")}},
		Empty: shell.Note(shell.Text(ctx, "admin.calendar.no_days"))}
	language := shell.From(ctx).Language
	for _, d := range y.Days {
		kind, source := "admin.calendar.work", shell.Text(ctx, "admin.calendar.uploaded")
		if d.Off {
			kind = "admin.calendar.off"
		}
		if d.Source != nil {
			source = shell.Text(ctx, "admin.calendar.clause", message.Args{"document": d.Source.Document, "clause": d.Source.Clause})
		}
		on := shell.Text(ctx, "admin.calendar.weekday", message.Args{"date": d.On.Text(language),
			"weekday": message.Word("admin.weekday." + strconv.Itoa(int(d.On.Time().Weekday())))})
		t.Rows = append(t.Rows, []shell.Cell{{Text: on}, {Text: d.Name.In(language)}, {Text: shell.Text(ctx, kind)}, {Text: source, Written: true}})
	}
	return t
}
