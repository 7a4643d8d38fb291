package report

import (
	"bytes"
	"net/http"

	"jiaoheng/attachment"
	"jiaoheng/export/docx"
	"jiaoheng/export/xlsx"
	"jiaoheng/report"
	registerpages "jiaoheng/web/register"
)

// fileName is how a report is called as a file.
func fileName(one report.File, ending string) string {
	return one.Report.Number + one.Title + ending
}

// Document gives out a report as a document that can be edited.
func (p *Pages) Document(w http.ResponseWriter, r *http.Request) error {
	one, err := p.one(r)
	if err != nil {
		return err
	}
	data, err := docx.WriteReport(one.Report)
	if err != nil {
		return err
	}
	return registerpages.GiveOut(w, fileName(one, ".docx"), attachment.Docx.MediaType(), data)
}

// Workbook gives out the tables of a report, one a sheet.
func (p *Pages) Workbook(w http.ResponseWriter, r *http.Request) error {
	one, err := p.one(r)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := xlsx.WriteReportTables(&out, one.Report); err != nil {
		return err
	}
	return registerpages.GiveOut(w, fileName(one, ".xlsx"), registerpages.WorkbookType, out.Bytes())
}

// JSON gives out a report as the bytes that its hash is of.
func (p *Pages) JSON(w http.ResponseWriter, r *http.Request) error {
	one, err := p.one(r)
	if err != nil {
		return err
	}
	return registerpages.GiveOut(w, fileName(one, ".json"), "application/json", one.Report.Canonical())
}
