package main

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"jiaoheng/draw"
	"jiaoheng/draw/lists"
	"jiaoheng/fault"
	"jiaoheng/intake"
	"jiaoheng/message"
)

// drawListsCommand draws objects from a list and people to them.
type drawListsCommand struct {
	drawFlags      `embed:""`
	Objects        string   `arg:"" help:"Objects: id, name, weight, what their teams must have, columns of strata; .csv, .xlsx or -."`
	Inspectors     string   `arg:"" optional:"" help:"Inspectors, examiners or reviewers: id, name, tags, load, leader, unit, worked, home, inspected, kin."`
	Conflicts      string   `placeholder:"FILE" help:"More conflicts: inspector, object (or a second inspector), reason."`
	Pick           int      `placeholder:"K" help:"How many objects are drawn; over strata they are shared out by size."`
	Rate           []string `sep:"none" placeholder:"RATE" help:"Instead of --pick: '10%', or 'VALUE=50%' or 'VALUE=3' for the strata of a value; several times."`
	Strata         []string `placeholder:"COL,…" help:"Columns whose values make the strata."`
	Team           int      `placeholder:"M" help:"How many people each object gets; a column of the objects may say otherwise."`
	Load           int      `placeholder:"L" help:"Most objects for one person; a column of the people may say otherwise. Without it there is no limit."`
	Leader         bool     `help:"The first seat of each team needs somebody who may lead."`
	Match          []string `placeholder:"COL,…" help:"Columns of the objects whose values every member must have among the tags, such as the stage."`
	Avoid          []string `placeholder:"REASON,…" default:"own,worked,home,inspected,pair" help:"Conflicts that count: own, worked, home, inspected, pair."`
	HideObjects    bool     `help:"Objects do not stand in the proof by id and name."`
	ShowInspectors bool     `help:"People stand in the proof by id and name, where a rule says that they are public."`
	Simulate       *int     `placeholder:"N" help:"Draws of the simulation for the chances of people, whole thousands; 0 for none. Without it 100000, fewer where there are thousands of seats."`
}

// Run reads the tables, freezes them, draws and writes. chances.csv and, where people are hidden, people.csv with who is who stand beside
// the other files.
func (c *drawListsCommand) Run(e *environment) error {
	in, tables, err := c.read(e)
	if err != nil {
		return err
	}
	if in.Secret, err = c.secret(tables...); err != nil {
		return err
	}
	fixed, err := lists.Frozen(in)
	if err != nil {
		return err
	}
	var chances lists.Chances
	kind := lists.Kind
	err = c.finish(e, kind, fixed.Rules, fixed.Lines, func(a draw.Announcement, seed draw.Seed) ([]string, any, [][]string, error) {
		result, err := lists.Draw(a, fixed.Lines, seed)
		if err != nil {
			return nil, nil, nil, err
		}
		if chances, err = c.chances(e, a, fixed.Lines); err != nil {
			return nil, nil, nil, err
		}
		certificate, err := result.Certificate(a, fixed.Lines, chances, fixed.Reasons, e.language)
		if err != nil {
			return nil, nil, nil, err
		}
		for _, sentence := range certificate.Sentences {
			e.tell(sentence)
		}
		return result.Lines(), certificate, listsTable(result, fixed), nil
	})
	if err != nil || c.Out == "" {
		return err
	}
	return c.more(e, fixed, chances)
}

func (c *drawListsCommand) chances(e *environment, a draw.Announcement, lines []string) (lists.Chances, error) {
	if c.Simulate != nil {
		return lists.ChancesOf(e.context, a, lines, *c.Simulate)
	}
	usual, err := lists.UsualDraws(lines)
	if err != nil {
		return lists.Chances{}, err
	}
	return lists.ChancesOf(e.context, a, lines, usual)
}

// more writes what stands beside the draw. With an announcement alone the chances are published before the draw.
func (c *drawListsCommand) more(e *environment, fixed *lists.Fixed, chances lists.Chances) error {
	if c.AnnounceOnly {
		a, err := c.announce(e, lists.Kind, fixed.Rules, fixed.Lines)
		if err != nil {
			return err
		}
		if chances, err = c.chances(e, a, fixed.Lines); err != nil {
			return err
		}
	}
	names := map[string]string{}
	if !c.HideObjects {
		for who, o := range fixed.Objects {
			names[who] = o.Name
		}
	}
	if c.ShowInspectors {
		for who, i := range fixed.Inspectors {
			names[who] = i.Name
		}
	}
	files := map[string][]byte{}
	var err error
	if files["chances.csv"], err = csvBytes(chances.Table(names, e.language)); err != nil {
		return err
	}
	if c.Inspectors != "" && !c.ShowInspectors {
		people := [][]string{{"who", "id", "name"}}
		for _, line := range fixed.Lines {
			if fields := strings.Split(line, ";"); fields[0] == "inspector" {
				people = append(people, []string{fields[1], fixed.Inspectors[fields[1]].ID, fixed.Inspectors[fields[1]].Name})
			}
		}
		if files["people.csv"], err = csvBytes(people); err != nil {
			return err
		}
	}
	return writeAll(c.Out, files)
}

func csvBytes(table [][]string) ([]byte, error) {
	var out bytes.Buffer
	err := csv.NewWriter(&out).WriteAll(table)
	return out.Bytes(), err
}

// listsTable is the result, one row a seat in the order of the draw.
func listsTable(result lists.Result, fixed *lists.Fixed) [][]string {
	table := [][]string{{"position", "object", "object_name", "stratum", "seat", "inspector", "inspector_name", "who"}}
	for n, team := range result.Teams {
		o := fixed.Objects[team.Object]
		row := []string{strconv.Itoa(n + 1), o.ID, o.Name, strings.Join(o.Stratum, "/")}
		if len(team.Inspectors) == 0 {
			table = append(table, append(row, "", "", "", ""))
		}
		for seat, who := range team.Inspectors {
			i := fixed.Inspectors[who]
			table = append(table, append(row[:4:4], strconv.Itoa(seat+1), i.ID, i.Name, who))
		}
	}
	return table
}

// read reads the tables and the flags, all faults at once.
func (c *drawListsCommand) read(e *environment) (in lists.Input, tables [][]byte, err error) {
	var faults fault.List
	var unused []string
	in = lists.Input{Strata: c.Strata, Team: c.Team, Load: c.Load, Match: c.Match, Avoid: c.Avoid, HideObjects: c.HideObjects, ShowInspectors: c.ShowInspectors}
	if c.Leader {
		in.Leader = lists.LeaderTag
	}
	if c.Team < 0 || c.Load < 0 || c.Simulate != nil && (*c.Simulate < 0 || *c.Simulate > 10_000_000 || *c.Simulate%lists.BlockDraws != 0) {
		faults.Add(fault.New("lists.flags", message.Args{"block": lists.BlockDraws}))
	}
	in.Wanted = c.wanted(&faults)
	each := func(path string, read func([][]string) ([]string, error)) {
		if path == "" {
			return
		}
		data, rows, failed := drawTable(e, path)
		if failed == nil {
			var columns []string
			columns, failed = read(rows)
			unused = append(unused, columns...)
		}
		tables = append(tables, data)
		if found := fault.Of(failed); found != nil {
			faults.Add(fault.Of(located(path, found))...)
		} else if err == nil {
			err = failed
		}
	}
	each(c.Objects, func(rows [][]string) (columns []string, err error) {
		in.Objects, columns, err = lists.ReadObjects(rows, c.Strata, c.Match)
		for n := range in.Objects {
			in.Objects[n].At.File = dataName(c.Objects)
		}
		return columns, err
	})
	each(c.Inspectors, func(rows [][]string) (columns []string, err error) {
		in.Inspectors, in.Conflicts, columns, err = lists.ReadInspectors(rows)
		for n := range in.Inspectors {
			in.Inspectors[n].At.File = dataName(c.Inspectors)
		}
		for n := range in.Conflicts {
			in.Conflicts[n].At.File = dataName(c.Inspectors)
		}
		return columns, err
	})
	each(c.Conflicts, func(rows [][]string) ([]string, error) {
		conflicts, columns, err := lists.ReadConflicts(rows)
		for n := range conflicts {
			conflicts[n].At.File = dataName(c.Conflicts)
		}
		in.Conflicts = append(in.Conflicts, conflicts...)
		return columns, err
	})
	if err == nil {
		err = faults.Err()
	}
	if len(unused) > 0 {
		e.tell(message.Text(e.language, "lists.unused", message.Args{"columns": strings.Join(unused, ", ")}))
	}
	return in, tables, err
}

// drawTable reads a table and its bytes.
func drawTable(e *environment, path string) ([]byte, [][]string, error) {
	data, err := readInput(path, e.in)
	if err != nil {
		return nil, nil, err
	}
	name := dataName(path)
	if path == "-" {
		name = "stdin.csv"
	}
	rows, err := intake.ReadTable(name, data)
	return data, rows, err
}

// wanted reads how many are drawn.
func (c *drawListsCommand) wanted(faults *fault.List) lists.Wanted {
	w := lists.Wanted{Pick: c.Pick}
	if c.Pick < 0 {
		faults.Add(fault.New("lists.flags", message.Args{"block": lists.BlockDraws}))
	}
	for _, text := range c.Rate {
		key, value, special := strings.Cut(text, "=")
		if !special {
			value = key
		}
		quantity, ok := lists.ReadQuantity(strings.TrimSpace(value))
		switch {
		case !ok || special && strings.TrimSpace(key) == "":
			faults.Add(fault.New("lists.rate", message.Args{"text": text}))
		case special:
			w.Special = append(w.Special, lists.Special{Key: strings.TrimSpace(key), Quantity: quantity})
		case w.Rate != nil:
			faults.Add(fault.New("lists.rate_twice", nil))
		default:
			w.Rate = &quantity
		}
	}
	return w
}
