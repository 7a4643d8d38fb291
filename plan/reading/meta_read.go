package reading

import (
	"strings"

	"jiaoheng/document"
)

// readMeta reads what kind of document it is from its titles, its fields and the letter of issue.
func readMeta(l *layout, d document.Document) Meta {
	m := Meta{Kind: "plan"}
	for _, h := range l.headings {
		if h.Kind != "title" {
			continue
		}
		if strings.Contains(h.Title, "关于印发") {
			m.NoticeTitle = h.Title
		} else {
			m.Title = h.Title
		}
	}
	return m
}
