package main

import (
	"bytes"
	"strconv"
	"strings"

	"jiaoheng/draw"
	"jiaoheng/draw/class"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// drawClassesCommand puts pupils into balanced classes.
type drawClassesCommand struct {
	drawFlags   `embed:""`
	Roster      string   `arg:"" help:"Pupils: the first column is the id; .csv, .xlsx or -."`
	Classes     int      `required:"" placeholder:"K" help:"How many classes."`
	Balance     []string `placeholder:"A,B,…" help:"Columns whose values are spread evenly; 'COLUMN/4' for four bands by rank, 'COLUMN/quarter' for quarters of birth."`
	Scores      []string `placeholder:"S,…" help:"Columns whose means and spreads are brought together."`
	Together    string   `placeholder:"FILE" help:"Ids that stay in one class, a group on each line; or two columns, id and group."`
	Apart       string   `placeholder:"FILE" help:"Ids of whom no two may share a class, written alike."`
	Locks       string   `placeholder:"FILE" help:"Id, class, reason (public)."`
	Special     string   `placeholder:"COLUMN=VALUE" help:"Pupils of special needs, for --special-cap and --special-less."`
	SpecialCap  int      `default:"2" placeholder:"N" help:"Most pupils of special needs in a class."`
	SpecialLess int      `default:"0" placeholder:"N" help:"Fewer seats in a class for each of them."`
	Steps       int      `placeholder:"N" help:"Most steps of a search."`
	Tries       int      `placeholder:"N" help:"Searches, of which the first that succeeds counts."`
}

// Run reads the roster and the wishes, freezes them, draws and writes.
func (c *drawClassesCommand) Run(e *environment) error {
	in, tables, err := c.read(e)
	if err != nil {
		return err
	}
	if in.Secret, err = c.secret(tables...); err != nil {
		return err
	}
	fixed, err := class.Frozen(in)
	if err != nil {
		return located(c.Roster, fault.Of(err))
	}
	kind := class.Kind
	return c.finish(e, kind, fixed.Rules, fixed.Lines, func(a draw.Announcement, seed draw.Seed) ([]string, any, [][]string, error) {
		roster, err := class.ReadRoster(a, fixed.Lines)
		if err != nil {
			return nil, nil, nil, err
		}
		result := class.Draw(roster, seed)
		number := map[string]string{}
		for i, who := range roster.Who {
			number[fixed.IDs[who]] = strconv.Itoa(int(result.Class[i]) + 1)
		}
		table := [][]string{{"id", "class"}}
		for _, row := range in.Rows[1:] {
			id := strings.TrimSpace(row[0])
			table = append(table, []string{id, number[id]})
		}
		certificate := result.Certificate(a, fixed, e.language)
		for _, sentence := range certificate.Sentences {
			e.tell(sentence)
		}
		return result.Lines(), certificate, table, nil
	})
}

// read reads all tables, and names the faults of all of them.
func (c *drawClassesCommand) read(e *environment) (in class.Input, tables [][]byte, err error) {
	in = class.Input{Classes: c.Classes, Balance: c.Balance, Scores: c.Scores, Steps: c.Steps, Tries: c.Tries}
	var faults fault.List
	table := func(path string) [][]string {
		if path == "" {
			return nil
		}
		data, rows, failed := drawTable(e, path)
		tables = append(tables, data)
		if found := fault.Of(failed); found != nil {
			faults.Add(fault.Of(located(path, found))...)
		} else if err == nil {
			err = failed
		}
		for len(rows) > 0 && blankRow(rows[len(rows)-1]) {
			rows = rows[:len(rows)-1]
		}
		return rows
	}
	in.Rows = table(c.Roster)
	ids := map[string]bool{}
	for _, row := range in.Rows[min(1, len(in.Rows)):] {
		if !blankRow(row) {
			ids[strings.TrimSpace(row[0])] = true
		}
	}
	in.Together, in.Apart = class.Groups(table(c.Together), ids), class.Groups(table(c.Apart), ids)
	var found fault.List
	in.Locks, found = class.ReadLocks(table(c.Locks), ids)
	faults.Add(fault.Of(located(c.Locks, found))...)
	if c.Special != "" {
		column, value, ok := strings.Cut(c.Special, "=")
		if !ok || c.SpecialCap < 1 || c.SpecialLess < 0 {
			faults.Add(fault.New("command.draw_special", nil))
		}
		in.Special = &class.SpecialRule{Column: column, Value: value, Cap: c.SpecialCap, Less: c.SpecialLess}
	}
	if c.Steps < 0 || c.Steps > class.MaxSteps || c.Tries < 0 || c.Tries > class.MaxTries {
		faults.Add(fault.New("command.draw_steps", message.Args{"steps": class.MaxSteps, "tries": class.MaxTries}))
	}
	if err == nil {
		err = faults.Err()
	}
	return in, tables, err
}

func blankRow(row []string) bool { return strings.TrimSpace(strings.Join(row, "")) == "" }

// drawPairCommand gives teams of teachers to the classes of a finished draw.
type drawPairCommand struct {
	drawFlags `embed:""`
	Proof     string `arg:"" help:"proof.json of the draw of classes."`
	Teams     string `arg:"" help:"Names of the teams, in the first column, as many as there are classes; no head."`
}

// Run checks the proof of the classes, freezes the teams, draws and writes.
func (c *drawPairCommand) Run(e *environment) error {
	data, err := readInput(c.Proof, e.in)
	if err != nil {
		return err
	}
	proof, err := draw.ReadProof(bytes.NewReader(data))
	if err != nil {
		return located(c.Proof, fault.Of(err))
	}
	classes, _, err := proof.Check()
	if err != nil {
		return located(c.Proof, fault.Of(err))
	}
	_, rows, err := drawTable(e, c.Teams)
	if err != nil {
		return err
	}
	var teams []string
	for _, row := range rows {
		if !blankRow(row) {
			teams = append(teams, strings.TrimSpace(row[0]))
		}
	}
	if count, _ := classes.RuleInt("classes", 1, class.MaxClasses); classes.Kind != class.Kind || count != len(teams) {
		return fault.New("command.draw_pair", message.Args{"teams": len(teams), "classes": count})
	}
	rules, lines, err := class.FrozenPair(proof.Digest, teams)
	if err != nil {
		return located(c.Teams, fault.Of(err))
	}
	kind := class.KindPair
	return c.finish(e, kind, rules, lines, func(a draw.Announcement, seed draw.Seed) ([]string, any, [][]string, error) {
		result, err := class.PairLines(a, lines, seed)
		table := [][]string{{"class", "team"}}
		for _, line := range result {
			number, team, _ := strings.Cut(line, ";")
			table = append(table, []string{number, team})
		}
		certificate := class.CertifyPair(a, len(result), e.language)
		for _, sentence := range certificate.Sentences {
			e.tell(sentence)
		}
		return result, certificate, table, err
	})
}
