package standard_test

import (
	"testing"

	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/standard"
)

func TestRoundIsHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct{ points, want float64 }{{1.005, 1.01}, {2.675, 2.68}, {0.125, 0.13}, {-1.005, -1.01}, {4.494999, 4.49}, {3, 3}} {
		if got := standard.Round(c.points); got != c.want {
			t.Errorf("%v: %v, want %v", c.points, got, c.want)
		}
	}
}

func TestTheLowestStageCounts(t *testing.T) {
	none, silent := measure.InvalidBecause("indicator.not_concerned"), measure.MissingFor("pupils")
	cases := []struct {
		name   string
		points []measure.Value
		want   measure.Value
	}{
		{"one", []measure.Value{measure.Of(3)}, measure.Of(3)},
		{"the lower", []measure.Value{measure.Of(3), measure.Of(2), measure.Of(4)}, measure.Of(2)},
		{"nothing known is nothing told", []measure.Value{measure.Of(3), silent}, silent},
		{"not concerned is left aside", []measure.Value{none, measure.Of(3), none}, measure.Of(3)},
		{"none concerned", []measure.Value{none, none}, none},
		{"no stage at all", nil, none},
	}
	for _, c := range cases {
		if got := standard.Lowest(c.points); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// Of two scales the one in force on the day counts, and one of the region before that of everybody.
func TestPointsFollowTheScaleInForce(t *testing.T) {
	day := func(year int) period.Date { return period.Date{Year: year, Month: 9, Day: 1} }
	item := &pack.SheetItem{Points: 10, Automatic: &pack.Automatic{Kind: pack.Linear, Scales: []pack.Scale{
		{From: day(2020), None: 0, Full: 100}, {From: day(2022), None: 50, Full: 100}, {From: day(2021), Region: "990100", None: 100, Full: 50}}}}
	for _, c := range []struct {
		year    int
		regions []string
		value   float64
		want    measure.Value
	}{{2019, nil, 80, measure.InvalidBecause(standard.NotInForce)}, {2020, nil, 80, measure.Of(8)}, {2022, nil, 80, measure.Of(6)}, {2022, nil, 50, measure.Of(0)}, {2022, nil, 40, measure.Of(0)},
		{2022, nil, 101, measure.Of(10)}, {2022, []string{"990101", "990100"}, 80, measure.Of(4)}} {
		got, _, _ := standard.Points(item, measure.Of(c.value), standard.Setting{On: day(c.year), Regions: c.regions})
		if !got.Equal(c.want) {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
