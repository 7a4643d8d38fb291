package progress

import (
	"context"
	"net/http"
	"net/url"

	"jiaoheng/assessment/paper"
	"jiaoheng/assessment/progress"
	"jiaoheng/attachment"
	"jiaoheng/export/docx"
	"jiaoheng/letter"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/report"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// Letterheads tells what stands at the head of the official papers of a unit.
type Letterheads interface {
	HeadFor(ctx context.Context, unit string) (letter.Head, error)
}

// Paper shows the report of a study as it prints: of all schools, or of the one that the address names.
func (p *Pages) Paper(w http.ResponseWriter, r *http.Request) error {
	v, one, err := p.paper(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	frame := shell.ChartFiles(page(ctx, text(ctx, "paper")))
	frame.Styles, frame.Lead = append(frame.Styles, "report.css"), v.Study.Name
	frame.Trail = append(frame.Trail, shell.Link{Label: v.Study.Name, Address: v.base()})
	address := v.base() + "/paper/document"
	if v.unit != "" {
		address += "?" + unitPart + "=" + v.unit
	}
	frame.Actions = shell.Press(shell.Button{Label: text(ctx, "paper_document"), Icon: "download", Address: address})
	return shell.Render(w, r, http.StatusOK, frame, shell.Paper(*one))
}

// PaperDocument gives out the same report as a document that can be edited.
func (p *Pages) PaperDocument(w http.ResponseWriter, r *http.Request) error {
	_, one, err := p.paper(r)
	if err != nil {
		return err
	}
	data, err := docx.WriteReport(*one)
	if err != nil {
		return err
	}
	return registerpages.GiveOut(w, one.Title+".docx", attachment.Docx.MediaType(), data)
}

// base is the address of a study.
func (v showView) base() string { return "/progress/" + url.PathEscape(v.Study.ID) }

// paper composes the report. It is in Chinese whatever the language of the page.
func (p *Pages) paper(r *http.Request) (showView, *report.Report, error) {
	v, err := p.view(r)
	if err != nil {
		return v, nil, err
	}
	ctx := r.Context()
	owner := unitName(ctx, v.Study.Owner)
	head := paper.Head{Unit: v.Study.Owner, UnitName: owner, Day: period.DayAt(v.Kept.At)}
	letterhead, err := p.heads.HeadFor(ctx, v.Study.Owner)
	if err != nil {
		return v, nil, err
	}
	head.Bureau = letterhead.Bureau
	speaker := progress.Speaker{Language: message.Chinese, Name: v.speaker.Name, Region: progress.RegionWord(message.Chinese, owner)}
	if v.unit != "" {
		return v, paper.GrowthSchool(head, v.Result, speaker, v.unit), nil
	}
	return v, paper.Growth(head, v.Result, speaker), nil
}
