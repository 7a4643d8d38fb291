package record

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"

	"jiaoheng/export/xlsx"
	"jiaoheng/fault"
	"jiaoheng/record"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// geoPoint is one unit of an exported map.
type geoPoint struct {
	Type     string `json:"type"`
	Geometry struct {
		Type        string     `json:"type"`
		Coordinates [2]float64 `json:"coordinates"`
	} `json:"geometry"`
	Properties geoCounts `json:"properties"`
}

type geoCounts struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	Open   int    `json:"open"`
	Late   int    `json:"overdue"`
	Silent int    `json:"silent"`
	All    int    `json:"all"`
}

// MapExport gives out the units below the standing one with their places and counts, for the map of a county. Of registers with
// personal columns nothing is given out: a single row at a small school may tell who it is about.
func (p *Pages) MapExport(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	s, err := p.openWide(r)
	if err != nil {
		return err
	}
	if record.HasPersonal(s.register) {
		return fault.List{fault.New("record.map.personal", nil)}
	}
	counts, err := p.countUnits(ctx, s)
	if err != nil {
		return err
	}
	shapes, err := p.store.Boundaries(ctx)
	if err != nil {
		return err
	}
	points := map[string][2]float64{}
	for _, area := range shapes.Areas {
		if area.Place != nil {
			points[area.Code] = *area.Place
		}
	}
	name := s.register.Title.In(shell.From(ctx).Language) + "-" + s.Unit.Name
	tree, below := shell.From(ctx).Tree, shell.From(ctx).Tree.Subtree(s.Number)
	titles := []string{shell.Text(ctx, "register.form.unit"), shell.Text(ctx, "register.form.name"), shell.Text(ctx, "record.map.longitude"), shell.Text(ctx, "record.map.latitude"),
		shell.Text(ctx, "record.only.open"), shell.Text(ctx, "record.only.late"), shell.Text(ctx, "record.only.silent"), shell.Text(ctx, "record.only.all")}
	var lines [][]string
	features := []geoPoint{}
	for n := below.From; n < below.To; n++ {
		u := tree.At(n)
		count, known := counts[u.Code]
		if !known {
			continue
		}
		line := []string{u.Code, u.Name, "", ""}
		if at, placed := points[u.Code]; placed {
			line[2], line[3] = strconv.FormatFloat(at[0], 'f', -1, 64), strconv.FormatFloat(at[1], 'f', -1, 64)
			one := geoPoint{Type: "Feature", Properties: geoCounts{u.Code, u.Name, count.open, count.late, count.silent, count.all}}
			one.Geometry.Type, one.Geometry.Coordinates = "Point", at
			features = append(features, one)
		}
		lines = append(lines, append(line, strconv.Itoa(count.open), strconv.Itoa(count.late), strconv.Itoa(count.silent), strconv.Itoa(count.all)))
	}
	if r.URL.Query().Get("format") == "geojson" {
		var out bytes.Buffer
		err := json.NewEncoder(&out).Encode(map[string]any{"type": "FeatureCollection", "features": features})
		if err != nil {
			return err
		}
		return registerpages.GiveOut(w, name+".geojson", "application/geo+json", out.Bytes())
	}
	file := registerpages.File{Name: name + "-" + shell.Text(ctx, "record.way.map"), CSV: true}
	for i, title := range titles {
		file.Head = append(file.Head, xlsx.TableColumn{Heading: title, Number: i > 1})
	}
	return file.GiveOut(w, ctx, func(write func(line []string) error) error {
		for _, line := range lines {
			if err := write(line); err != nil {
				return err
			}
		}
		return nil
	})
}
