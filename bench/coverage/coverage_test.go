package main

import "testing"

// TestIntervalsHold tries a few counties of those kinds in which intervals are most likely to fail: few schools, which differ little,
// and small ones. The command tries all kinds with more counties.
func TestIntervalsHold(t *testing.T) {
	for n, k := range kinds() {
		if k.Schools > 20 {
			continue
		}
		c := trial(k, 60, uint64(n)+100)
		if c.failed != nil {
			t.Errorf("%s: %v", k.Name, c.failed)
			continue
		}
		// 1,200 intervals of 60 counties: two standard errors of the share are near 2 where all schools of a county fail together
		if covered := share(c.covered, c.intervals); covered < 91.5 || covered > 98.5 && k.Between > 0 {
			t.Errorf("%s: %.1f %% of the intervals hold", k.Name, covered)
		}
		if flagged := share(c.flagged, c.none); flagged > 6 {
			t.Errorf("%s: %.1f %% of the schools without an effect are flagged", k.Name, flagged)
		}
	}
}
