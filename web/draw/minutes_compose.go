package draw

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"jiaoheng/draw/ceremony"
	"jiaoheng/export/docx"
	"jiaoheng/letter"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/report"
	"jiaoheng/web/shell"
)

// Minutes gives out the minutes of a draw as .docx, with places for the signatures of those present.
func (p *Pages) Minutes(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.one(r)
	if err != nil {
		return err
	}
	if !d.Finished() {
		return shell.NotFound
	}
	head, err := p.heads.HeadFor(ctx, d.Unit)
	if err != nil {
		return err
	}
	s, err := p.shown(ctx, d)
	if err != nil {
		return err
	}
	witnesses, err := p.desk.Witnesses(ctx, actorOf(ctx), d.ID)
	if err != nil {
		return err
	}
	var sentences []string
	var figures []shell.Figure
	if one, known := kinds[d.Kind]; known {
		chinese := inChinese(ctx)
		sentences, figures = one.said(chinese, s), one.figures(chinese, s)
	}
	m := minutes{d: d, head: head, unit: unitName(ctx, d.Unit), witnesses: witnesses, sentences: sentences, figures: figures,
		nameOf: func(person string) string { return p.nameOf(ctx, person) }}
	file, err := docx.WriteReport(m.compose())
	if err != nil {
		return err
	}
	return answerFile(w, d.Title+say("file", nil)+".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", file)
}

// inChinese is the context of a page in Chinese: minutes are, whoever asks for them.
func inChinese(ctx context.Context) context.Context {
	view := *shell.From(ctx)
	view.Language = message.Chinese
	return shell.With(ctx, &view)
}

// minutes are what the minutes of a draw are made of.
type minutes struct {
	d         ceremony.Draw
	head      letter.Head
	unit      string
	witnesses []ceremony.Witness
	sentences []string
	figures   []shell.Figure
	nameOf    func(person string) string
	blocks    []report.Block
}

func say(key string, args message.Args) string {
	return message.Text(message.Chinese, "draw.minutes."+key, args)
}

func moment(at time.Time) string {
	return period.DayAt(at).Text(message.Chinese) + at.In(period.Beijing).Format(" 15:04")
}

func (m *minutes) heading(key string) {
	m.blocks = append(m.blocks, report.Block{Heading: &report.Heading{Level: 1, Text: say(key, nil)}})
}

func (m *minutes) text(key string, args message.Args) {
	m.blocks = append(m.blocks, report.Block{Text: say(key, args)})
}

func (m *minutes) table(caption string, columns []report.Column, rows [][]string) {
	if len(rows) > 0 {
		m.blocks = append(m.blocks, report.Block{Table: &report.Table{Caption: caption, Columns: columns, Rows: rows}})
	}
}

// compose writes the minutes in the order of the event.
func (m *minutes) compose() report.Report {
	d := m.d
	drawn := d.Steps[ceremony.StepRun].At
	m.text("opening", message.Args{"held": moment(d.Held), "place": d.Place, "unit": m.unit, "title": d.Title, "kind": message.Word("draw.kind." + d.Kind)})
	m.heading("announced")
	m.text("announcement", message.Args{"at": moment(d.Steps[ceremony.StepAnnounce].At), "lines": d.Lines, "commitment": d.Commitment,
		"prepared": m.nameOf(d.Steps[ceremony.StepFix].Person), "approved": m.nameOf(d.Steps[ceremony.StepAnnounce].Person)})
	for n, source := range d.Sources {
		m.text("source", message.Args{"source": n + 1, "text": ceremony.SourceText(message.Chinese, source)})
	}
	if d.Witnessed() > 0 {
		m.heading("witnessed")
		m.text("witnesses", message.Args{"count": len(m.witnesses), "least": least(d), "told": told(m.witnesses), "closing": d.Closing})
	}
	m.heading("seeded")
	m.text("seed", message.Args{"seed": d.SeedHash, "entered": m.nameOf(d.Steps[ceremony.StepSeed].Person), "confirmed": m.nameOf(d.Steps[ceremony.StepConfirm].Person)})
	m.seedLines()
	m.heading("result")
	m.text("drawn", message.Args{"at": moment(drawn), "digest": d.Digest})
	var rows [][]string
	for _, figure := range m.figures {
		rows = append(rows, []string{figure.Label, figure.Value + figure.Unit})
	}
	m.table("", []report.Column{{Title: say("item", nil)}, {Title: say("value", nil), Align: report.Short}}, rows)
	for _, sentence := range m.sentences {
		m.blocks = append(m.blocks, report.Block{Text: sentence})
	}
	m.text("check", message.Args{"id": d.ID})
	m.heading("signed")
	m.signatures()
	return report.Report{Loose: true, Title: say("title", message.Args{"title": d.Title}), Organ: m.head.Organ, Signed: m.unit, Unit: d.Unit, UnitName: m.unit,
		Day: period.DayAt(drawn).String(), Dated: period.DayAt(drawn).String(), Period: period.DayAt(drawn).Text(message.Chinese), Blocks: m.blocks}
}

// maxSeedRows is how many lines of the seed stand in the minutes; all stand in the proof.
const maxSeedRows = 40

// seedLines are the values of the sources, and the words of witnesses as far as there is room.
func (m *minutes) seedLines() {
	var rows [][]string
	for n, line := range m.d.Seed[:min(len(m.d.Seed), maxSeedRows)] {
		rows = append(rows, []string{strconv.Itoa(n + 1), line})
	}
	m.table(say("seed_lines", nil), []report.Column{{Title: say("number", nil), Align: report.Short}, {Title: say("line", nil)}}, rows)
	if more := len(m.d.Seed) - maxSeedRows; more > 0 {
		m.text("more", message.Args{"count": more})
	}
}

// Rows for signatures: the two who ran the draw, the one who keeps the minutes, and the witnesses that the announcement asks for.
const (
	leastSigned = 5
	mostSigned  = 30
)

// signatures are empty places for names.
func (m *minutes) signatures() {
	columns := []report.Column{{Title: say("role", nil)}, {Title: say("name", nil)}, {Title: say("signature", nil)}, {Title: say("date", nil)}}
	var rows [][]string
	for _, role := range []string{"host", "operator", "checker", "keeper"} {
		rows = append(rows, []string{say(role, nil), "", "", ""})
	}
	for n := range min(mostSigned, max(leastSigned, least(m.d))) {
		rows = append(rows, []string{say("witness", message.Args{"number": n + 1}), "", "", ""})
	}
	m.table("", columns, rows)
}
