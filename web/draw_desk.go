package web

import (
	"io"

	"jiaoheng/draw/ceremony"
	"jiaoheng/store"
	drawpages "jiaoheng/web/draw"
)

// Draws returns the desk that leads draws through their steps, with what computes each kind.
func Draws(s *store.Store, random io.Reader) *ceremony.Desk {
	return ceremony.New(s, random, drawpages.Runs())
}
