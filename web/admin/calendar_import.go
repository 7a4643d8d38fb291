package admin

import (
	"errors"
	"io"
	"net/http"

	"jiaoheng/access"
	"jiaoheng/calendar"
	"jiaoheng/fault"
	"jiaoheng/intake"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// maxCalendarFile is the largest file of days; a table of calendar.MaxRows rows is far smaller.
const maxCalendarFile = 1 << 20

// shownCalendarFaults is how many faults of a file the page lists.
const shownCalendarFaults = 100

// Import takes a file of days. With 只检查 ticked, and with a fault, nothing is stored.
func (c Calendars) Import(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !shell.May(ctx, access.Change, access.Structure) {
		return shell.NoRight
	}
	if err := r.ParseMultipartForm(maxCalendarFile); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return err
	}
	table, err := calendarTable(r)
	faults := fault.Of(err)
	if err != nil && faults == nil {
		return err
	}
	faults = append(faults, table.Faults...)
	dry := r.FormValue("dry") != ""
	var changes calendar.Changes
	if len(faults) == 0 {
		changes, err = calendar.Import(ctx, c.Store, shell.From(ctx).Actor, table.Days, dry)
		if err != nil {
			return err
		}
	}
	if len(faults) > 0 {
		return c.show(w, r, http.StatusUnprocessableEntity, shell.Form{Values: r.Form, Faults: faults[:min(len(faults), shownCalendarFaults)]})
	}
	done := "calendar.import_done"
	if dry {
		done = "calendar.import_dry"
	}
	shell.Redirect(w, r, "/admin/calendar", done, message.Args{"rows": len(table.Days), "inserted": changes.Inserted, "updated": changes.Updated,
		"unchanged": changes.Unchanged})
	return nil
}

// calendarTable reads the table of the form.
func calendarTable(r *http.Request) (calendar.Table, error) {
	at := fault.Place{Column: "file"}
	file, header, err := r.FormFile("file")
	if err != nil {
		return calendar.Table{}, fault.At(at, "admin.calendar.file_missing", nil)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxCalendarFile+1))
	if err != nil {
		return calendar.Table{}, fault.At(at, "admin.calendar.file_missing", nil)
	}
	if len(data) > maxCalendarFile {
		return calendar.Table{}, fault.At(at, "admin.calendar.file_large", message.Args{"limit": maxCalendarFile >> 20})
	}
	rows, err := intake.ReadTable(header.Filename, data)
	if err != nil {
		return calendar.Table{}, err
	}
	return calendar.ReadTable(rows), nil
}
