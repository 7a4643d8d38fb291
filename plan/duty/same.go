package duty

import "slices"

// same tells whether two drafts say the same, whatever their reasons.
func same(a, b Draft) bool {
	return a.Node == b.Node && a.Lead == b.Lead && slices.Equal(a.Helpers, b.Helpers) && a.Start == b.Start && a.Due == b.Due &&
		slices.Equal(a.Deliverables, b.Deliverables) && slices.Equal(a.Milestones, b.Milestones) && a.Money == b.Money && slices.Equal(a.Projects, b.Projects)
}
