package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// process makes a series of yearly values of a kind; bounds are those of the figure.
type process struct {
	name   string
	bounds Bounds
	make   func(random *rand.Rand, years int) []float64
}

var percent = Bounds{Low: 0, High: 100, HasLow: true, HasHigh: true}

// processes are four kinds of series of which none is a mixture that the projector tries, and on which nothing of it was set:
// averages that remember two years, growth that levels off, a level that
// jumps now and then with heavy tails, a share counted from small cohorts whose size changes.
var processes = []process{
	{name: "memory of two years with drift", make: func(random *rand.Rand, years int) []float64 {
		values, drift, size := make([]float64, years), 0.4*random.NormFloat64(), math.Exp(0.4*random.NormFloat64())
		before, now, shock := 0.0, 0.0, 0.0
		for range 20 { // until the start is forgotten
			before, now, shock = now, 0.5*now+0.2*before+0.3*shock+size*random.NormFloat64(), size*random.NormFloat64()
		}
		for n := range values {
			fresh := size * random.NormFloat64()
			before, now = now, 0.5*now+0.2*before+fresh+0.3*shock
			shock = fresh
			values[n] = 60 + drift*float64(n) + now
		}
		return values
	}},
	{name: "growth that levels off", bounds: percent, make: func(random *rand.Rand, years int) []float64 {
		values, top, start, rate, size := make([]float64, years), 88+11*random.Float64(), 0.3+0.6*random.Float64(), 0.08+0.3*random.Float64(), 0.3+random.Float64()
		for n := range values { // Gompertz
			values[n] = min(100, top*math.Exp(-start*math.Exp(-rate*float64(n)))+size*random.NormFloat64())
		}
		return values
	}},
	{name: "jumps with heavy tails", make: func(random *rand.Rand, years int) []float64 {
		values, level := make([]float64, years), 100.0
		for n := range values {
			if random.Float64() < 0.25 {
				level += 6 * (random.Float64() - 0.4)
			}
			chi := 0.0
			for range 5 {
				z := random.NormFloat64()
				chi += z * z
			}
			values[n] = level + 0.5*float64(n) + random.NormFloat64()/math.Sqrt(chi/5)
		}
		return values
	}},
	{name: "share of changing cohorts", bounds: percent, make: func(random *rand.Rand, years int) []float64 {
		values, cohort, inner := make([]float64, years), 150+random.IntN(500), 0.5+1.2*random.Float64()
		for n := range values {
			inner += 0.03 + 0.12*random.NormFloat64()
			cohort = max(80, cohort+random.IntN(61)-32)
			share, hit := 1/(1+math.Exp(-inner)), 0
			for range cohort {
				if random.Float64() < share {
					hit++
				}
			}
			values[n] = 100 * float64(hit) / float64(cohort)
		}
		return values
	}},
}

// Of every process the last year is held back, and the interval of 80 % must hold it in 75 to 85 of 100 series.
func TestIntervalsCoverHeldBackYears(t *testing.T) {
	const each, level = 2000, 0.8
	all, allSeries := 0, 0
	for number, one := range processes {
		random := rand.New(rand.NewPCG(20261122, uint64(number)))
		inside, width := 0, 0.0
		for range each {
			years := 6 + random.IntN(9)
			values := one.make(random, years+1)
			points := make([]Point, years)
			for n := range points {
				points[n] = Point{At: float64(2010 + n), Value: values[n]}
			}
			projection, ok := Project(points, float64(2010+years), level, one.bounds)
			if !ok || projection.Low > projection.Middle || projection.Middle > projection.High {
				t.Fatalf("%s: %v gives %+v %v", one.name, values, projection, ok)
			}
			if projection.Low <= values[years] && values[years] <= projection.High {
				inside++
			}
			width += projection.High - projection.Low
		}
		all, allSeries = all+inside, allSeries+each
		share := 100 * float64(inside) / each
		t.Logf("%-32s %d series of 6 to 14 years: %.1f %% of the held-back years inside, mean width %.2f", one.name, each, share, width/each)
		if share < 75 || share > 85 {
			t.Errorf("%s: %.1f %% inside, want 75 to 85", one.name, share)
		}
	}
	t.Logf("all: %d series, %.1f %% inside", allSeries, 100*float64(all)/float64(allSeries))
}

// With noise of the year alone the interval is that of every textbook for a line, with a level that wanders that of a random
// walk with drift.
func TestSingleMixturesAreTheTextbooks(t *testing.T) {
	values := []float64{88.2, 89.9, 90.1, 92.4, 92.8, 94.9}
	moments := []float64{2019, 2020, 2021, 2022, 2023, 2024}
	const at, quantile = 2026.0, 1.5332062737 // of t with 4 degrees of freedom at 0.9
	made := func(one noise) (Projection, bool) {
		single, ok := mixtureOf(one, moments, at)
		p := &Projector{length: 6, level: 0.8, student: studentOf(4), mixtures: []mixture{single}}
		projection, done := p.Project(values, Bounds{})
		return projection, ok && done
	}
	meanTime, meanValue := 2021.5, 0.0
	for _, value := range values {
		meanValue += value / 6
	}
	along, across, squares := 0.0, 0.0, 0.0
	for n, value := range values {
		along += (moments[n] - meanTime) * (value - meanValue)
		across += (moments[n] - meanTime) * (moments[n] - meanTime)
	}
	slope := along / across
	for n, value := range values {
		rest := value - meanValue - slope*(moments[n]-meanTime)
		squares += rest * rest
	}
	middle := meanValue + slope*(at-meanTime)
	half := quantile * math.Sqrt(squares/4*(1+1.0/6+(at-meanTime)*(at-meanTime)/across))
	line, ok := made(noise{year: 1, weight: 1})
	if !ok || !near(line.Middle, middle, 1e-5) || !near(line.Low, middle-half, 1e-4) || !near(line.High, middle+half, 1e-4) {
		t.Errorf("line %+v, want %v ± %v", line, middle, half)
	}
	drift := (values[5] - values[0]) / 5
	squares = 0
	for n := 1; n < 6; n++ {
		rest := values[n] - values[n-1] - drift
		squares += rest * rest
	}
	// The covariance of the first point is nothing: a trace of noise stands for it.
	walk, ok := made(noise{year: 1e-9, wander: 1, weight: 1})
	half = quantile * math.Sqrt(squares/4*(2+4.0/5))
	if middle = values[5] + 2*drift; !ok || !near(walk.Middle, middle, 1e-4) || !near(walk.High, middle+half, 1e-3) {
		t.Errorf("walk %+v, want %v ± %v", walk, middle, half)
	}
}

func near(got, want, within float64) bool { return math.Abs(got-want) <= within }

func TestStudentIsThatOfTables(t *testing.T) {
	for _, one := range []struct {
		freedom int
		at      float64
	}{{1, 3.0776835372}, {2, 1.8856180831}, {3, 1.6377443572}, {10, 1.3721836411}, {30, 1.3104150254}} { // 0.9 of every table
		if got := studentOf(one.freedom).below(one.at); !near(got, 0.9, 2e-6) {
			t.Errorf("t of %d at %v: %v", one.freedom, one.at, got)
		}
		if got := studentOf(one.freedom).below(-one.at); !near(got, 0.1, 2e-6) {
			t.Errorf("t of %d at %v: %v", one.freedom, -one.at, got)
		}
	}
}

// Moving a series or counting it in other units moves and scales its projection, and the order of the points is nothing.
func TestProjectionsMoveWithTheSeries(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		points, moved := make([]Point, 4+random.IntN(12)), []Point(nil)
		value := 50.0
		for n := range points {
			value += random.NormFloat64()
			points[n] = Point{At: 2000 + float64(n) + 0.3*random.Float64(), Value: value}
			moved = append(moved, Point{At: points[n].At - 1000, Value: 1000 - 20*value})
		}
		random.Shuffle(len(moved), func(i, j int) { moved[i], moved[j] = moved[j], moved[i] })
		at := 2000 + float64(len(points)+1)
		one, ok := Project(points, at, 0.8, Bounds{})
		other, done := Project(moved, at-1000, 0.8, Bounds{})
		tolerance := 1e-3 * (one.High - one.Low) * 20
		if !ok || !done || !near(other.Middle, 1000-20*one.Middle, tolerance) || !near(other.Low, 1000-20*one.High, tolerance) || !near(other.High, 1000-20*one.Low, tolerance) {
			t.Fatalf("%+v and %+v", one, other)
		}
	}
}

func TestProjectionsOfEdges(t *testing.T) {
	at := func(values ...float64) []Point {
		points := make([]Point, len(values))
		for n, value := range values {
			points[n] = Point{At: float64(n), Value: value}
		}
		return points
	}
	still, ok := Project(at(100, 100, 100, 100), 6, 0.8, percent)
	if !ok || !near(still.Low, 100, 1e-4) || !near(still.High, 100, 1e-4) {
		t.Errorf("a figure that never moved: %+v", still)
	}
	straight, ok := Project(at(10, 20, 30, 40), 5, 0.8, Bounds{})
	if !ok || !near(straight.Middle, 60, 1e-3) {
		t.Errorf("a line: %+v", straight)
	}
	full, ok := Project(at(90, 94, 97, 99.5), 6, 0.8, percent)
	if !ok || full.High > 100 || full.Low < 0 {
		t.Errorf("beyond the bounds: %+v", full)
	}
	long := make([]float64, 300)
	if _, ok := Project(at(long...), 301, 0.8, Bounds{}); !ok {
		t.Error("a long series is not projected")
	}
	for name, points := range map[string][]Point{"two": at(1, 2), "none": nil, "no number": at(1, math.NaN(), 3), "infinite": at(1, 2, math.Inf(1)),
		"twice": append(at(1, 2, 3), Point{At: 2, Value: 4})} {
		if _, ok := Project(points, 9, 0.8, Bounds{}); ok {
			t.Errorf("%s: projected", name)
		}
	}
	for _, moment := range []float64{2, 1, math.NaN()} {
		if _, ok := Project(at(1, 2, 3), moment, 0.8, Bounds{}); ok {
			t.Errorf("projected to %v", moment)
		}
	}
	for _, level := range []float64{0, 1, -1, math.NaN()} {
		if _, ok := Project(at(1, 2, 3), 5, level, Bounds{}); ok {
			t.Errorf("projected with level %v", level)
		}
	}
}

func FuzzProject(f *testing.F) {
	f.Add(1.0, 2.0, 3.5, 3.0, 5.0)
	f.Add(99.9, 100.0, 0.0, 1e300, 0.1)
	f.Fuzz(func(t *testing.T, a, b, c, d, ahead float64) {
		points := []Point{{0, a}, {1, b}, {2, c}, {3, d}}
		projection, ok := Project(points, 3+ahead, 0.8, percent)
		if ok && (slices.ContainsFunc([]float64{projection.Low, projection.Middle, projection.High}, func(x float64) bool { return math.IsNaN(x) || x < 0 || x > 100 }) ||
			projection.Low > projection.Middle || projection.Middle > projection.High) {
			t.Fatalf("%v to %v: %+v", points, 3+ahead, projection)
		}
	})
}

func BenchmarkProject(b *testing.B) {
	projector, _ := NewProjector([]float64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 12, 0.8)
	values := []float64{90, 90.5, 91.2, 91, 92, 92.4, 93, 93.1, 94, 94.2}
	for b.Loop() {
		if _, ok := projector.Project(values, percent); !ok {
			b.Fatal("not projected")
		}
	}
}
