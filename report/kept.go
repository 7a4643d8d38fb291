package report

// Keep takes over into a report that is composed again what was written into an earlier draft of it: the texts of the narratives
// with the same id, the figures stated otherwise and why. A stated figure that is now the stored one is no longer stated.
func (r *Report) Keep(before Report) {
	written := map[string]*Narrative{}
	for _, one := range before.Narratives() {
		written[one.ID] = one
	}
	for _, one := range r.Narratives() {
		old := written[one.ID]
		if old == nil {
			continue
		}
		one.Text = old.Text
		for k := range one.Figures {
			for _, figure := range old.Figures {
				if figure.Name != one.Figures[k].Name {
					continue
				}
				one.Figures[k].Stated, one.Figures[k].Why = figure.Stated, figure.Why
				if !one.Figures[k].Differs() {
					one.Figures[k].Stated = Value{}
				}
			}
		}
	}
}

// Key is the key of the catalogue under which the kind is named.
func (k Kind) Key() string { return "report.kind." + string(k) }
