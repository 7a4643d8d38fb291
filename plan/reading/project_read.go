package reading

// readProjects reads the boxes and their items.
func readProjects(l *layout) []Project {
	var projects []Project
	for i, h := range l.headings {
		if h.Kind != "box" && h.Kind != "box-item" {
			continue
		}
		p := Project{Name: h.Title, Origin: h.Origin}
		p.Sentence, p.Path = l.text[h.CleanSpan.From:h.CleanSpan.To], l.path(l.parents[i])
		if h.Kind == "box" {
			p.Kind = "box"
		}
		projects = append(projects, p)
	}
	return projects
}
