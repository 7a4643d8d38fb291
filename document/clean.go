package document

import (
	"sort"

	"jiaoheng/zh"
)

// Clean repairs a source: it runs the passes of package zh one after the other and composes their maps, so that
// every span of the clean text still leads to the bytes of the original.
//
// The same source gives the same document. Time and memory grow linearly with the text.
func Clean(source Source) Document {
	clean := source.Text
	var repairs []Repair
	for _, pass := range zh.Passes() {
		if hasLines(source.Format) && (pass.Name == "pages" || pass.Name == "wraps") {
			continue
		}
		edits := pass.Find(clean.Text)
		if len(edits) == 0 {
			continue
		}
		var made []Repair
		clean, made = Revise(clean, edits)
		repairs = append(repairs, made...)
	}
	sort.SliceStable(repairs, func(i, j int) bool { return repairs[i].Span.From < repairs[j].Span.From })
	return Document{Source: source, Clean: clean, Repairs: repairs}
}

// hasLines tells whether a format keeps paragraphs and cells apart by itself and leaves out headers and footers, so
// that joining lines and looking for page numbers could only harm.
func hasLines(format string) bool { return format == "docx" || format == "xlsx" || format == "csv" }

// Revise makes edits, which are in order of position and do not overlap, and returns the new text and the repairs.
func Revise(old Mapped, edits []zh.Edit) (Mapped, []Repair) {
	editor := Edit(old)
	for _, e := range edits {
		editor.Keep(e.From)
		editor.Replace(e.To, e.After, e.Rule)
	}
	return editor.Done()
}
