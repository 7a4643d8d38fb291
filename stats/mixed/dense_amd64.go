package mixed

// products4x8 sums k products of 4 values of a with 8 values of b into c (4 × 8); k is at least 1. See dense_amd64.s.
//
//go:noescape
func products4x8(k int, a, b, c *float64)

func cpuHasAVX2() bool

// wideProducts tells whether products4x8 can run on this machine.
var wideProducts = cpuHasAVX2()
