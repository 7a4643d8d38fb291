package main

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/draw"
	"jiaoheng/draw/lists"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// drawVacancyCommand draws one seat anew after a withdrawal.
type drawVacancyCommand struct {
	drawFlags `embed:""`
	Proofs    []string `arg:"" help:"The proof of the draw, then those of its redraws so far, in their order."`
	Object    string   `placeholder:"ID" help:"The object whose seat is vacant. Without it the proofs are checked and the teams as they are now are printed."`
	Inspector string   `placeholder:"WHO" help:"Who gives up the seat, as in the proof; with --people also the id or the name."`
	Reason    string   `placeholder:"TEXT" help:"Why; it is published, so nothing personal."`
	People    string   `placeholder:"FILE" help:"people.csv of the draw, which tells who is who."`
}

// Run checks the chain, vacates the seat, draws and writes.
func (c *drawVacancyCommand) Run(e *environment) error {
	names, err := c.people(e)
	if err != nil {
		return err
	}
	chain, err := c.chain(e)
	if err != nil {
		return err
	}
	for who, name := range chain.Shown() {
		names[who] = struct{ id, name string }{who, name}
	}
	if c.Object == "" {
		return c.print(e, chain, names)
	}
	rules, lines, err := chain.Vacate(c.Object, names.who(c.Inspector), c.Reason)
	if err != nil {
		return err
	}
	kind := lists.Vacancy
	return c.finish(e, kind, rules, lines, func(a draw.Announcement, seed draw.Seed) ([]string, any, [][]string, error) {
		result, err := lists.VacancyLines(a, lines, seed)
		if err != nil {
			return nil, nil, nil, err
		}
		table, order := [][]string{{"rank", "inspector", "inspector_name", "who"}}, []string{}
		for n, line := range result {
			who, _, _ := strings.Cut(line, ";")
			order = append(order, who)
			table = append(table, []string{strconv.Itoa(n + 1), names[who].id, names[who].name, who})
		}
		certificate := lists.CertifyVacancy(a, lines, order, e.language)
		for _, sentence := range certificate.Sentences {
			e.tell(sentence)
		}
		return result, certificate, table, nil
	})
}

// chain reads and verifies the proofs.
func (c *drawVacancyCommand) chain(e *environment) (*lists.Chain, error) {
	var chain *lists.Chain
	for n, path := range c.Proofs {
		data, err := readInput(path, e.in)
		if err != nil {
			return nil, err
		}
		proof, err := draw.ReadProof(bytes.NewReader(data))
		switch {
		case err != nil:
		case n == 0:
			chain, err = lists.NewChain(proof)
		default:
			err = chain.Add(proof)
		}
		if found := fault.Of(err); found != nil {
			return nil, located(path, found)
		}
		if err != nil {
			return nil, err
		}
	}
	return chain, nil
}

// print says that the chain holds and who sits where now.
func (c *drawVacancyCommand) print(e *environment, chain *lists.Chain, names listsPeople) error {
	table := [][]string{{"object", "seat", "inspector", "inspector_name", "who"}}
	for _, team := range chain.Teams() {
		for seat, who := range team.Inspectors {
			table = append(table, []string{team.Object, strconv.Itoa(seat + 1), names[who].id, names[who].name, who})
		}
	}
	e.tell(message.Text(e.language, "lists.chain_holds", message.Args{"redraws": len(c.Proofs) - 1}))
	text, err := csvBytes(table)
	if err != nil {
		return err
	}
	_, err = e.out.Write(text)
	return err
}

// listsPeople are those behind the lines of a draw.
type listsPeople map[string]struct{ id, name string }

// who is how a person stands in the lines, by that itself, the id, or the name where only one has it.
func (p listsPeople) who(text string) string {
	var found []string
	for who, person := range p {
		if person.id == text {
			return who
		}
		if person.name == text {
			found = append(found, who)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return text
}

func (c *drawVacancyCommand) people(e *environment) (listsPeople, error) {
	people := listsPeople{}
	if c.People == "" {
		return people, nil
	}
	_, rows, err := drawTable(e, c.People)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || !slices.Equal(rows[0][:min(3, len(rows[0]))], []string{"who", "id", "name"}) {
		return nil, fault.At(fault.Place{File: dataName(c.People)}, "lists.people_file", nil)
	}
	for _, row := range rows[1:] {
		if len(row) >= 3 {
			people[row[0]] = struct{ id, name string }{row[1], row[2]}
		}
	}
	return people, nil
}
