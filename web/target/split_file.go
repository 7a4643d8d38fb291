package target

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/export/xlsx"
	"jiaoheng/fault"
	"jiaoheng/intake"
	"jiaoheng/message"
	"jiaoheng/plan/target"
	"jiaoheng/web/shell"
)

// maxSheetFile is the largest file of a sheet; target.MaxShares lines are far smaller.
const maxSheetFile = 8 << 20

// headScan is in how many of the first rows of a file the head is looked for.
const headScan = 12

// sheetColumns are the columns of the file, in its order; the first two name the unit.
var sheetColumns = []string{"code", "unit", columnBaseline, columnGoal, columnMost, columnDeadline, columnReason}

func columnTitle(language message.Language, column string) string {
	return message.Text(language, "target.split.column."+column, nil)
}

// Export sends the sheet as a table to be filled in: what waits for approval, else what holds, else the units concerned.
func (p *Splits) Export(w http.ResponseWriter, r *http.Request) error {
	s, err := p.open(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	language := shell.From(ctx).Language
	view := p.viewOf(s, r.URL.Query().Get("all") != "")
	shares := p.first(s)
	if s.Proposed != nil {
		shares = s.Proposed.Shares
	}
	view.fill(shares)
	title := shell.Text(ctx, "target.split.file", message.Args{"unit": s.Parent.Name, "target": nodeName(s.Node)})
	table := xlsx.FigureTable{Name: shell.Text(ctx, "target.split.sheet"), Title: title, About: target.GoalText(language, s.Goal), Language: language,
		Note: shell.Text(ctx, "target.split.file_note", message.Args{"measure": s.Goal.Unit})}
	for _, column := range sheetColumns {
		width := map[string]float64{"unit": 34, columnReason: 40}[column]
		table.Columns = append(table.Columns, xlsx.FigureColumn{Head: columnTitle(language, column), Width: max(width, 14)})
	}
	for _, one := range view.lines {
		row := []xlsx.FigureCell{{Text: one.Unit.Code}, {Text: one.Unit.Name}}
		for _, column := range sheetColumns[2:] {
			row = append(row, xlsx.FigureCell{Text: one.Cells[column]})
		}
		table.Rows = append(table.Rows, row)
	}
	var body bytes.Buffer
	if err := xlsx.WriteFigures(&body, table); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(title+".xlsx"))
	w.Header().Set("Cache-Control", "no-store")
	_, err = w.Write(body.Bytes())
	return err
}

// Import reads a table into the form and says what is wrong with it. Nothing is stored: the person looks at the sheet and proposes it.
func (p *Splits) Import(w http.ResponseWriter, r *http.Request) error {
	if !shell.May(r.Context(), access.Change, access.Plan) {
		return shell.NoRight
	}
	if err := r.ParseMultipartForm(maxSheetFile); err != nil {
		return fault.List{fault.At(fault.Place{Column: "file"}, "target.split.file_missing", nil)}
	}
	s, err := p.open(r)
	if err != nil {
		return err
	}
	if !s.may {
		return shell.NoRight
	}
	ctx := r.Context()
	view := p.viewOf(s, true)
	view.editing = true
	view.fill(p.first(s))
	rows, err := readSheetFile(r)
	var faults fault.List
	if err == nil {
		faults = view.take(rows)
	} else if faults = fault.Of(err); faults == nil {
		return err
	}
	if len(faults) > 0 {
		for _, f := range faults {
			view.faults = append(view.faults, f.Text(shell.From(ctx).Language))
		}
		view.faults = view.faults[:min(len(view.faults), shownFaults)]
		return p.show(w, r, http.StatusUnprocessableEntity, view)
	}
	shares, wrong := sharesOf(view.lines, s.Goal, view.year)
	checked, warnings := target.Check(target.Split{Shares: shares}, s.Goal, s.Codes())
	view.wrong(ctx, append(wrong, checked...), warnings, shares)
	view.add(shares)
	before := []target.Share{}
	if s.InForce != nil {
		before = s.InForce.Shares
	}
	same := 0
	for _, share := range shares {
		if slices.ContainsFunc(before, func(b target.Share) bool { return b.Unit == share.Unit && sameShare(b, share) }) {
			same++
		}
	}
	view.notice = shell.Text(ctx, "target.split.read", message.Args{"count": len(shares), "same": same, "changed": len(shares) - same})
	return p.show(w, r, http.StatusOK, view)
}

// sameShare tells whether two shares hand out the same, whatever the slices.
func sameShare(a, b target.Share) bool {
	return a.Goal.Value == b.Goal.Value && a.Goal.Most == b.Goal.Most && a.Goal.Baseline == b.Goal.Baseline && a.Goal.Deadline == b.Goal.Deadline && a.Reason == b.Reason
}

func readSheetFile(r *http.Request) ([][]string, error) {
	at := fault.Place{Column: "file"}
	file, header, err := r.FormFile("file")
	if err != nil {
		return nil, fault.List{fault.At(at, "target.split.file_missing", nil)}
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxSheetFile+1))
	if err != nil {
		return nil, fault.List{fault.At(at, "target.split.file_missing", nil)}
	}
	if len(data) > maxSheetFile {
		return nil, fault.List{fault.At(at, "target.split.file_large", message.Args{"limit": maxSheetFile >> 20})}
	}
	return intake.ReadTable(header.Filename, data)
}

// take reads the rows of a file into the lines: units that the file does not name are left out of the split. A row without any figure
// leaves its unit out too.
func (v *splitView) take(rows [][]string) fault.List {
	head, at := findHead(rows)
	if head < 0 {
		return fault.List{fault.New("target.split.no_head", nil)}
	}
	var faults fault.List
	lines := map[string]*line{}
	for i := range v.lines {
		v.lines[i].In = false
		lines[v.lines[i].Unit.Code] = &v.lines[i]
	}
	seen := map[string]bool{}
	for n := head + 1; n < len(rows); n++ {
		cell := func(column string) string {
			if k, ok := at[column]; ok && k < len(rows[n]) {
				return strings.TrimSpace(rows[n][k])
			}
			return ""
		}
		code := cell("code")
		if code == "" || cell(columnGoal)+cell(columnBaseline)+cell(columnDeadline)+cell(columnReason) == "" {
			continue
		}
		one, known := lines[code]
		if !known {
			faults.Add(fault.At(fault.Place{Row: n + 1}, "target.share_not_below", message.Args{"unit": code}))
			continue
		}
		if seen[code] {
			faults.Add(fault.At(fault.Place{Row: n + 1}, "target.share_twice", message.Args{"unit": code}))
			continue
		}
		seen[code], one.In = true, true
		for _, column := range sheetColumns[2:] {
			one.Cells[column] = cell(column)
		}
	}
	return faults
}

// findHead finds the row that names the columns, in either language, and where they stand; -1 when there is none.
func findHead(rows [][]string) (int, map[string]int) {
	for n := range min(len(rows), headScan) {
		at := map[string]int{}
		for k, text := range rows[n] {
			for _, column := range sheetColumns {
				for _, language := range []message.Language{message.Chinese, message.English} {
					if strings.TrimSpace(text) == columnTitle(language, column) {
						at[column] = k
					}
				}
			}
		}
		if _, named := at["code"]; named && len(at) > 1 {
			return n, at
		}
	}
	return -1, nil
}
