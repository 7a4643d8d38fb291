package shell

import (
	"math"
	"strconv"
	"strings"

	"jiaoheng/unit"
)

// MaxClasses is the most classes of a map; eyes tell no more shades apart.
const MaxClasses = 5

// Size of the drawing of a map, in units of its view box.
const (
	mapWidth  = 640
	mapHeight = 460
	mapMargin = 12
)

// NoClass is the class of an area without a value: it is hatched.
const NoClass = -1

// MapArea is one area or place of a map.
type MapArea struct {
	Code    string
	Name    string
	Text    string // the value with its unit, or why there is none
	Class   int    // place in Classes, or NoClass
	Address string // where a click leads, "" nowhere
}

// AreaMap shows a value for each area: on the boundaries that the bureau uploaded, else as a grid of equal tiles that
// claims nothing about distances. It needs no script and prints as it is shown.
type AreaMap struct {
	ID       string
	Sentence string
	Classes  []string // their names, from low to high
	Areas    []MapArea
	Shapes   unit.Boundaries // may be empty
	Table    Table
}

// mapShape is an area as it is drawn. Places have a circle instead of a path.
type mapShape struct {
	MapArea
	Path string
	X, Y string
}

// drawn returns the shapes of the areas whose boundaries are known, and the areas without.
func (m AreaMap) drawn() (shapes []mapShape, rest []MapArea) {
	known := map[string]unit.Area{}
	for _, area := range m.Shapes.Areas {
		known[area.Code] = area
	}
	scale := fit(m.Areas, known)
	for _, area := range m.Areas {
		shape, ok := known[area.Code]
		switch {
		case !ok:
			rest = append(rest, area)
		case shape.Place != nil:
			x, y := scale.place(*shape.Place)
			shapes = append(shapes, mapShape{MapArea: area, X: short(x), Y: short(y)})
		default:
			x, y := scale.middle(shape.Rings)
			shapes = append(shapes, mapShape{MapArea: area, Path: scale.path(shape.Rings), X: short(x), Y: short(y)})
		}
	}
	return shapes, rest
}

// projection maps degrees to the view box: straight meridians, shortened by the cosine of the middle latitude. Over a
// province the error is smaller than the line.
type projection struct{ west, north, across, down float64 }

func fit(areas []MapArea, known map[string]unit.Area) projection {
	west, east, south, north := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	reach := func(p unit.Point) {
		west, east, south, north = min(west, p[0]), max(east, p[0]), min(south, p[1]), max(north, p[1])
	}
	for _, area := range areas {
		shape, ok := known[area.Code]
		if ok && shape.Place != nil {
			reach(*shape.Place)
		}
		for _, ring := range shape.Rings {
			for _, p := range ring {
				reach(p)
			}
		}
	}
	narrow := math.Cos((south + north) / 2 * math.Pi / 180)
	wide, high := (east-west)*narrow, north-south
	scale := min((mapWidth-2*mapMargin)/max(wide, 1e-9), (mapHeight-2*mapMargin)/max(high, 1e-9))
	return projection{west: west - (mapWidth/scale-wide)/2/narrow, north: north + (mapHeight/scale-high)/2, across: narrow * scale, down: scale}
}

func (p projection) place(at unit.Point) (x, y float64) {
	return (at[0] - p.west) * p.across, (p.north - at[1]) * p.down
}

// path draws rings; points that lie less than half a unit from the last one are left out, as nobody could see them.
func (p projection) path(rings [][]unit.Point) string {
	var out strings.Builder
	for _, ring := range rings {
		lastX, lastY := math.Inf(1), math.Inf(1)
		for i, at := range ring {
			x, y := p.place(at)
			if i > 0 && math.Abs(x-lastX)+math.Abs(y-lastY) < 0.5 {
				continue
			}
			if i == 0 {
				out.WriteByte('M')
			} else {
				out.WriteByte('L')
			}
			out.WriteString(short(x) + " " + short(y))
			lastX, lastY = x, y
		}
		out.WriteByte('Z')
	}
	return out.String()
}

// middle is the centre of gravity of the largest ring, where the name of the area stands.
func (p projection) middle(rings [][]unit.Point) (x, y float64) {
	largest := 0.0
	for _, ring := range rings {
		size, sumX, sumY := 0.0, 0.0, 0.0
		for i := range ring {
			ax, ay := p.place(ring[i])
			bx, by := p.place(ring[(i+1)%len(ring)])
			cross := ax*by - bx*ay
			size, sumX, sumY = size+cross, sumX+(ax+bx)*cross, sumY+(ay+by)*cross
		}
		if math.Abs(size) > largest {
			largest, x, y = math.Abs(size), sumX/(3*size), sumY/(3*size)
		}
	}
	return x, y
}

func short(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// classOf names the style of a class.
func classOf(class int) string {
	if class < 0 || class >= MaxClasses {
		return "class-none"
	}
	return "class-" + strconv.Itoa(class)
}
