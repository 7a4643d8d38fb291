package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"jiaoheng/draw"
	"jiaoheng/draw/verify"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// drawVerifyCommand repeats a draw from its proof.
type drawVerifyCommand struct {
	Proof     string   `arg:"" help:"proof.json, or - for standard input."`
	Announced string   `placeholder:"FILE" help:"The announcement as it was published before the draw, with or without the leaves behind it: names what was changed later."`
	Against   []string `placeholder:"FILE" help:"Other proofs of the same announcement: a draw has one result."`
	Slip      []string `placeholder:"FILE" help:"Slips to be checked against this proof, together with --id."`
	ID        []string `name:"id" placeholder:"ID" help:"Ids of the pupils of the slips, in their order."`
}

// Run prints 有效, or fails with everything that does not hold.
func (c *drawVerifyCommand) Run(e *environment) error {
	proof, err := readProof(e, c.Proof)
	if err != nil {
		return err
	}
	a, err := verify.Proof(proof)
	faults := fault.Of(err)
	if err != nil && faults == nil {
		return err
	}
	if c.Announced != "" {
		data, err := readInput(c.Announced, e.in)
		if err != nil {
			return err
		}
		faults.Add(verify.Announced(textLines(data), proof)...)
	}
	for _, path := range c.Against {
		other, err := readProof(e, path)
		if err != nil {
			return err
		}
		faults.Add(draw.Two(proof, other)...)
	}
	if len(c.Slip) != len(c.ID) {
		return fault.New("command.draw_slip_ids", nil)
	}
	for n, path := range c.Slip {
		data, err := readInput(path, e.in)
		if err != nil {
			return err
		}
		slip, err := draw.ReadSlip(bytes.NewReader(data))
		if err == nil {
			err = slip.Check(c.ID[n], proof.Commitment, proof.Digest)
		}
		faults.Add(fault.Of(located(path, fault.Of(err)))...)
	}
	for _, one := range faults {
		if one.Place.File == "" {
			one.Place.File = dataName(c.Proof)
		}
	}
	if len(faults) > 0 {
		return faults
	}
	fmt.Fprintln(e.out, message.Text(e.language, "command.draw_valid", nil))
	e.tell(message.Text(e.language, "command.draw_verified", message.Args{"title": a.Title, "lines": a.Count, "commitment": proof.Commitment, "digest": proof.Digest}))
	if a.Origin() == draw.Unproven {
		e.tell(message.Text(e.language, "command.draw_unproven", nil))
	}
	return nil
}

func readProof(e *environment, path string) (draw.Proof, error) {
	data, err := readInput(path, e.in)
	if err != nil {
		return draw.Proof{}, err
	}
	proof, err := draw.ReadProof(bytes.NewReader(data))
	if found := fault.Of(err); found != nil {
		return proof, located(path, found)
	}
	return proof, err
}

// drawSlipCommand makes slips of a proof.
type drawSlipCommand struct {
	Proof  string   `arg:"" help:"proof.json."`
	ID     []string `arg:"" help:"Ids of pupils."`
	Secret string   `placeholder:"HEX" help:"The secret of the draw."`
	Roster []string `placeholder:"FILE" help:"Without a secret: the tables of the draw, in the order in which the command got them."`
}

// Run prints one slip for each id, as JSON, one to a line.
func (c *drawSlipCommand) Run(e *environment) error {
	proof, err := readProof(e, c.Proof)
	if err != nil {
		return err
	}
	if c.Secret == "" && len(c.Roster) == 0 {
		return fault.New("command.draw_slip_secret", nil)
	}
	var tables [][]byte
	for _, path := range c.Roster {
		data, err := readInput(path, e.in)
		if err != nil {
			return err
		}
		tables = append(tables, data)
	}
	secret, err := drawFlags{Secret: c.Secret}.secret(tables...)
	if err != nil {
		return err
	}
	slips := draw.NewSlips(proof)
	var faults fault.List
	var out bytes.Buffer
	for _, id := range c.ID {
		slip, err := slips.Of(secret.Who(id), secret.Salt(id))
		if err != nil {
			faults.Add(fault.New("command.draw_slip_unknown", message.Args{"id": id}))
			continue
		}
		line, err := json.Marshal(slip)
		if err != nil {
			return err
		}
		out.Write(append(line, '\n'))
	}
	if len(faults) > 0 {
		return faults
	}
	_, err = e.out.Write(out.Bytes())
	return err
}
