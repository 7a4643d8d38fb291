//go:build !amd64

package mixed

const wideProducts = false

func products4x8(k int, a, b, c *float64) { panic("mixed: no wide products on this machine") }
