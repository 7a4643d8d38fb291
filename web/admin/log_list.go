package admin

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"jiaoheng/access"
	"jiaoheng/audit"
	"jiaoheng/message"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// LogSource gives the audit chain.
type LogSource interface {
	AuditEntries(ctx context.Context, before, limit int64) ([]audit.Entry, error)
	Head(ctx context.Context) (audit.Head, error)
	Verify(ctx context.Context) (audit.Report, error)
}

// NameOf returns the name to show for an id of a person, "" when it is not known or may not be shown.
type NameOf func(ctx context.Context, personID string) string

// logView is what the page of the audit chain shows.
type logView struct {
	head   audit.Head
	table  shell.Table
	older  string
	newest bool
	report *audit.Report
}

// LogList shows the entries of the audit chain, the newest first.
func LogList(source LogSource, nameOf NameOf) shell.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if !shell.May(r.Context(), access.See, access.Chain) {
			return shell.NoRight
		}
		return showLog(w, r, source, nameOf, nil)
	}
}

// LogVerify walks the whole chain and the stored rows, and shows what it found above the entries.
func LogVerify(source LogSource, nameOf NameOf) shell.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if !shell.May(r.Context(), access.See, access.Chain) {
			return shell.NoRight
		}
		report, err := source.Verify(r.Context())
		if err != nil {
			return err
		}
		return showLog(w, r, source, nameOf, &report)
	}
}

func showLog(w http.ResponseWriter, r *http.Request, source LogSource, nameOf NameOf, report *audit.Report) error {
	ctx := r.Context()
	before, err := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	if err != nil || before < 0 {
		before = 0
	}
	entries, err := source.AuditEntries(ctx, before, pageRows)
	if err != nil {
		return err
	}
	head, err := source.Head(ctx)
	if err != nil {
		return err
	}
	view := logView{head: head, table: logTable(ctx, entries, shell.From(ctx).Tree, nameOf), newest: before == 0, report: report}
	if last := len(entries) - 1; last >= 0 && entries[last].Sequence > 1 {
		view.older = "/admin/log?before=" + strconv.FormatInt(entries[last].Sequence, 10)
	}
	return shell.Render(w, r, http.StatusOK, page(ctx, "log"), logList(view))
}

func logTable(ctx context.Context, entries []audit.Entry, tree *unit.Tree, nameOf NameOf) shell.Table {
	head := func(word string) string { return shell.Text(ctx, "admin.log."+word) }
	table := shell.Table{Caption: head("title"), Columns: []shell.Column{{Title: head("action")}, {Title: head("time"), Align: shell.Short},
		{Title: head("who")}, {Title: head("unit")}, {Title: head("reason")}, {Title: head("rows"), Align: shell.Figures},
		{Title: head("number"), Align: shell.Figures}}}
	for _, entry := range entries {
		where := entry.Unit
		if one, known := tree.Find(entry.Unit); known {
			where = one.Name
		}
		table.Rows = append(table.Rows, []shell.Cell{
			{Text: actionName(ctx, entry.Action)}, {Text: shell.Moment(ctx, time.UnixMilli(entry.Time))},
			{Text: actorName(ctx, entry.Actor, nameOf), Note: entry.Actor.Address}, {Text: where}, {Body: written(entry.Reason)},
			{Text: shell.Count(int(entry.RowCount))}, {Body: entryNumber(shell.Count(int(entry.Sequence)), entry.Hash[:8])}})
	}
	return table
}

// actionName is the text of an action; the name itself when an older program wrote one that this catalogue lacks.
func actionName(ctx context.Context, name string) string {
	if message.Has(name) {
		return shell.Text(ctx, name)
	}
	return name
}

func actorName(ctx context.Context, actor audit.Actor, nameOf NameOf) string {
	if actor.Person == "" {
		return shell.Text(ctx, "admin.log.program")
	}
	if name := nameOf(ctx, actor.Person); name != "" {
		return name
	}
	return shell.Text(ctx, "admin.log.somebody", message.Args{"id": actor.Person})
}

// maxFindings is how many findings the page names; the command audit verify names all of them.
const maxFindings = 50

func firstFindings(findings []audit.Finding) []audit.Finding {
	return findings[:min(len(findings), maxFindings)]
}
