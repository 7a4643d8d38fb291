package record

import (
	"slices"

	"jiaoheng/access"
	"jiaoheng/lifecycle"
	"jiaoheng/pack"
	"jiaoheng/person"
)

// around answers whether rows wait for one post. What follows from state and unit alone is worked out once for each pair.
type around struct {
	image *image
	post  access.Post
	stand []lifecycle.Stand           // of a row of each unit of the image, without lead, owner and maker
	known map[*lifecycle.State][]int8 // of each unit: 0 not known yet, 1 fits, -1 does not
	named map[*lifecycle.State]bool   // waits name lead, owner or maker
}

func (m *image) around(post access.Post) *around {
	tree := m.desk.units()
	a := &around{image: m, post: post, known: map[*lifecycle.State][]int8{}, named: map[*lifecycle.State]bool{}}
	for _, code := range m.units {
		a.stand = append(a.stand, lifecycle.Stand{Unit: code, UnitPlace: person.At(tree, code), Subject: m.register.Subject})
	}
	for _, state := range m.register.Life.States {
		a.known[state] = make([]int8, len(m.units))
		a.named[state] = slices.ContainsFunc(state.Waits, func(w lifecycle.Who) bool { return w.Relation != lifecycle.Own && w.Relation != lifecycle.Above })
	}
	return a
}

// waits tells whether the row waits for the post, and the post may see it.
func (a *around) waits(state *lifecycle.State, i int) bool {
	unit := a.image.unit[i]
	if known := a.known[state][unit]; known != 0 && !a.named[state] {
		return known > 0
	}
	stand := a.stand[unit]
	if a.named[state] {
		stand.Lead, stand.Owner, stand.Maker = a.image.textAt(pack.ColumnLead, i), a.image.textAt(pack.ColumnOwner, i), a.image.textAt(pack.ColumnMaker, i)
	}
	fits := lifecycle.AnyFits(state.Waits, a.post, stand) && single(a.post, a.image.register, stand)
	a.known[state][unit] = -1
	if fits {
		a.known[state][unit] = 1
	}
	return fits
}
