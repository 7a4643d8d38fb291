package lists_test

import (
	"context"
	"testing"

	"jiaoheng/draw"
	"jiaoheng/draw/lists"
)

func BenchmarkSimulatedDraws(b *testing.B) {
	in := county(300, 120, 12, 50)
	in.Leader = lists.LeaderTag
	a, fixed, _ := drawn(b, in, draw.Seed{})
	b.ResetTimer()
	if _, err := lists.ChancesOf(context.Background(), a, fixed.Lines, b.N*lists.BlockDraws); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*lists.BlockDraws), "µs/draw")
}
