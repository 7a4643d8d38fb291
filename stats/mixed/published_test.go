package mixed

import (
	"strconv"
	"strings"
	"testing"

	"jiaoheng/stats/table"
)

// tableOf builds a table from a list of responses and what names the levels of each row.
func tableOf(heads []string, values string, levels func(i int) []string) *table.Table {
	cells := [][]string{append([]string{"y"}, heads...)}
	for i, v := range strings.Fields(values) {
		cells = append(cells, append([]string{v}, levels(i)...))
	}
	t, err := table.FromRows(cells, table.Limits{})
	if err != nil {
		panic(err)
	}
	return t
}

func letter(i int) []string { return []string{string(rune('A' + i))} }

// The data and the published estimates are those of O. L. Davies, P. L. Goldsmith: Statistical Methods in Research and Production,
// 4th edition 1972 (dyestuff, penicillin, pastes), of G. E. P. Box, G. C. Tiao: Bayesian Inference in Statistical Analysis, 1973
// (the simulated dyestuff whose between-batch variance is zero), as analysed by D. Bates with lme4.
func TestPublishedExamples(t *testing.T) {
	dyestuff := tableOf([]string{"batch"}, `1545 1440 1440 1520 1580 1540 1555 1490 1560 1495 1595 1550 1605 1510 1560
		1445 1440 1595 1465 1545 1595 1630 1515 1635 1625 1520 1455 1450 1480 1445`, func(i int) []string { return letter(i / 5) })
	simulated := tableOf([]string{"batch"}, `7.298 3.846 2.434 9.566 7.99 5.22 6.556 0.608 11.788 -0.892 0.11 10.386 13.434 5.51 8.166
		2.212 4.852 7.092 9.288 4.98 0.282 9.014 4.458 9.446 7.198 1.722 4.782 8.106 0.758 3.758`, func(i int) []string { return letter(i / 5) })
	pastes := tableOf([]string{"batch", "cask"}, `62.8 62.6 60.1 62.3 62.7 63.1 60 61.4 57.5 56.9 61.1 58.9 58.7 57.5 63.9 63.1 65.4 63.7 57.1 56.4
		56.9 58.6 64.7 64.5 55.1 55.1 54.7 54.2 58.8 57.5 63.4 64.9 59.3 58.1 60.5 60 62.5 62.6 61 58.7 56.9 57.7 59.2 59.4 65.2 66 64.8
		64.1 54.8 54.8 64 64 57.7 56.8 58.3 59.3 59.2 59.2 58.9 56.6`, func(i int) []string { return append(letter(i/6), strconv.Itoa(i/2%3)) })
	penicillin := tableOf([]string{"plate", "sample"}, `27 23 26 23 23 21 27 23 26 23 23 21 25 21 25 24 24 20 26 23 25 23 23 20 25 22 26 22 23 20
		24 22 25 23 22 19 24 20 23 21 22 19 26 22 26 24 24 21 24 21 24 22 22 20 24 21 24 23 22 19 26 23 26 24 24 21 25 22 26 24 24 20 26 24
		26 24 25 22 26 23 26 23 23 20 26 23 25 24 24 22 25 22 25 23 23 20 25 21 24 23 23 20 25 22 24 23 23 19 24 21 23 21 21 19 26 23 26 24
		24 21 25 21 24 22 22 18 25 22 25 22 22 20 24 21 24 22 24 19 24 21 24 22 21 18`, func(i int) []string { return append(letter(i/6), letter(i%6)...) })
	cases := []struct {
		name, formula string
		method        Method
		data          *table.Table
		logLik        float64
		variances     []float64
	}{
		{"dyestuff", "y ~ 1 + (1 | batch)", REML, dyestuff, -159.8271384, []float64{1764.05, 2451.25}},
		{"dyestuff", "y ~ 1 + (1 | batch)", ML, dyestuff, -163.6635299, []float64{1388.33333, 2451.25}},
		{"simulated dyestuff", "y ~ 1 + (1 | batch)", REML, simulated, -80.9141389, []float64{0, 13.8063096}},
		{"pastes", "y ~ 1 + (1 | batch/cask)", REML, pastes, -123.495372927, []float64{8.43366661, 1.65730907, 0.67799999}},
		{"penicillin", "y ~ 1 + (1 | plate) + (1 | sample)", REML, penicillin, -165.430294496, []float64{0.71690818, 3.73091759, 0.30241546}},
	}
	for _, c := range cases {
		r := fitted(t, sumsOf(t, c.formula, c.data), c.method)
		name := c.name + " " + string(c.method)
		near(t, name+" logLik", r.LogLik, c.logLik, 1e-6)
		for i, want := range c.variances {
			near(t, name+" variance "+strconv.Itoa(i), r.VarComp[i].VCov, want, 1e-6*(1e-3+want))
		}
	}
}
