//go:build slow

package main

import "testing"

// TestBarsAreMet holds the bars of the command, on counties with other seeds than its own.
func TestBarsAreMet(t *testing.T) {
	all := kinds()
	for n, k := range all {
		c := trial(k, 200, uint64(n)+5000)
		if c.failed != nil || !c.met(k) {
			t.Errorf("%s, %d schools: %.1f %% hold, %s %% flagged, %v", k.Name, k.Schools, share(c.covered, c.intervals), c.flags(), c.failed)
		}
	}
}
