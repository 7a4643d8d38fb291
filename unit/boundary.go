package unit

import (
	"encoding/json"
	"math"
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
)

// Limits of boundaries.
const (
	MaxBoundaryBytes  = 10 << 20
	MaxBoundaryPoints = 400_000
)

// Point is a place: longitude and latitude in degrees, east and north positive.
type Point [2]float64

// Area is a unit on the map: the rings of a region, outer and inner ones alike (a place inside an even number of rings lies
// outside), or the place where a school stands.
type Area struct {
	Code  string
	Rings [][]Point
	Place *Point
}

// Boundaries is what the bureau knows of the shapes of its units. The program ships none.
type Boundaries struct {
	Source string      // who published the boundaries
	Dated  period.Date // the day of which they are
	Areas  []Area      // in order of code
}

type geoFile struct {
	Type     string
	Features []geoFeature
}

type geoFeature struct {
	ID         any
	Properties map[string]any
	Geometry   *struct {
		Type        string
		Coordinates json.RawMessage
	}
}

// ReadBoundaries reads a GeoJSON file: a FeatureCollection whose features are named by the code of a unit of tree, or by
// its name where that belongs to one unit only. Regions are Polygon or MultiPolygon, schools may be Point.
//
// Errors: every feature that has no unit, no shape, or coordinates that are no longitudes and latitudes; limits.
func ReadBoundaries(data []byte, tree *Tree) ([]Area, fault.List) {
	if len(data) > MaxBoundaryBytes {
		return nil, fault.List{fault.New("unit.boundary_large", message.Args{"limit": MaxBoundaryBytes >> 20})}
	}
	var file geoFile
	if err := json.Unmarshal(data, &file); err != nil || file.Type != "FeatureCollection" || len(file.Features) == 0 {
		return nil, fault.List{fault.New("unit.boundary_format", nil)}
	}
	names := uniqueNames(tree)
	var areas []Area
	var faults fault.List
	taken, points := map[string]int{}, 0
	for i, feature := range file.Features {
		place := fault.Place{Row: i + 1}
		code, called := feature.unit(tree, names)
		area, count, problem := feature.area(code)
		points += count
		switch {
		case code == "":
			faults.Add(fault.At(place, "unit.boundary_unknown", message.Args{"name": called}))
		case problem != "":
			faults.Add(fault.At(place, problem, message.Args{"name": called}))
		case taken[code] > 0:
			faults.Add(fault.At(place, "unit.boundary_twice", message.Args{"name": called, "row": taken[code]}))
		default:
			taken[code] = i + 1
			areas = append(areas, area)
		}
	}
	if points > MaxBoundaryPoints {
		faults.Add(fault.New("unit.boundary_points", message.Args{"points": points, "limit": MaxBoundaryPoints}))
	}
	slices.SortFunc(areas, func(a, b Area) int { return strings.Compare(a.Code, b.Code) })
	return areas, faults
}

// uniqueNames maps the names that belong to one unit only to its code; sections do not count.
func uniqueNames(tree *Tree) map[string]string {
	codes := map[string]string{}
	for n := range tree.Len() {
		one := tree.At(n)
		if one.Kind == Section {
			continue
		}
		if _, twice := codes[one.Name]; twice {
			codes[one.Name] = ""
		} else {
			codes[one.Name] = one.Code
		}
	}
	return codes
}

// unit returns the code of the unit that the feature is about, "" when none is, and what the feature is called.
func (f geoFeature) unit(tree *Tree, names map[string]string) (code, called string) {
	values := []any{f.ID}
	for _, key := range []string{"code", "adcode", "gb", "id", "代码", "单位代码", "name", "NAME", "名称", "单位名称"} {
		values = append(values, f.Properties[key])
	}
	for _, value := range values {
		text := ""
		switch v := value.(type) {
		case string:
			text = strings.TrimSpace(v)
		case float64:
			if v == math.Trunc(v) && v > 0 && v < 1e15 {
				text = string(mustMarshal(int64(v)))
			}
		}
		if text == "" {
			continue
		}
		called = text
		if _, known := tree.Find(text); known {
			return text, text
		}
		if strings.TrimLeft(text, "0123456789") == "" { // 156330301 is the national form of 330301
			if short, cut := strings.CutPrefix(text, "156"); cut {
				if _, known := tree.Find(short); known {
					return short, text
				}
			}
		}
		if code := names[text]; code != "" {
			return code, text
		}
	}
	return "", called
}

func mustMarshal(n int64) []byte {
	data, err := json.Marshal(n)
	if err != nil {
		panic(err)
	}
	return data
}

// area reads the shape of the feature and counts its points. problem names what is wrong with it.
func (f geoFeature) area(code string) (area Area, points int, problem string) {
	area.Code = code
	if f.Geometry == nil {
		return area, 0, "unit.boundary_shape"
	}
	var err error
	switch f.Geometry.Type {
	case "Polygon":
		err = json.Unmarshal(f.Geometry.Coordinates, &area.Rings)
	case "MultiPolygon":
		var parts [][][]Point
		err = json.Unmarshal(f.Geometry.Coordinates, &parts)
		for _, part := range parts {
			area.Rings = append(area.Rings, part...)
		}
	case "Point":
		area.Place = &Point{}
		err = json.Unmarshal(f.Geometry.Coordinates, area.Place)
		area.Rings = [][]Point{{*area.Place}}
	default:
		return area, 0, "unit.boundary_shape"
	}
	if err != nil || len(area.Rings) == 0 {
		return area, 0, "unit.boundary_shape"
	}
	for _, ring := range area.Rings {
		points += len(ring)
		if len(ring) < 4 && area.Place == nil {
			return area, points, "unit.boundary_shape"
		}
		for _, p := range ring {
			if math.Abs(p[0]) > 180 || math.Abs(p[1]) > 90 {
				return area, points, "unit.boundary_degrees"
			}
		}
	}
	if area.Place != nil {
		area.Rings = nil
	}
	return area, points, ""
}
