package main

import (
	"bytes"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// drawFlags are the flags of every command that draws.
type drawFlags struct {
	Title        string   `placeholder:"TEXT" help:"Name of the draw, as it is announced."`
	Seed         string   `placeholder:"HEX" help:"A bare seed; it proves nothing about when it was chosen."`
	SeedFile     string   `placeholder:"FILE" help:"What the announced sources gave, line by line."`
	Announcement string   `placeholder:"FILE" help:"The announcement that was published before; the tables must be those it fixed."`
	AnnounceOnly bool     `help:"Print the announcement of these tables and rules, to be published before the seed can be known; draw nothing."`
	Leaves       bool     `help:"With --announce-only: print the hash of each line behind the announcement, so that anybody can name a later change."`
	Source       []string `sep:"none" placeholder:"KIND TEXT" help:"For an announcement, once for each source: 'lottery ISSUE', 'drand CHAIN ROUND', 'witness AT_LEAST'."`
	Secret       string   `placeholder:"HEX" help:"32 bytes that hide who stands in a line; without it they are made of the tables."`
	Out          string   `placeholder:"DIR" help:"Folder for result.csv, certificate.json and proof.json; without it the result is printed."`
}

// drawn is what a kind of draw computes from its lines: the lines of the result, the certificate, and the table for people.
type drawn func(draw.Announcement, draw.Seed) (result []string, certificate any, table [][]string, err error)

// seedless are the kinds whose lottery decides only between equals, so that they may go without a source of randomness.
var seedless = []string{"quota"}

// secret is the one that was stated, or is made of the tables.
func (f drawFlags) secret(tables ...[]byte) (draw.Secret, error) {
	if f.Secret == "" {
		return draw.SecretOf(bytes.Join(tables, nil)), nil
	}
	raw, err := hex.DecodeString(f.Secret)
	if err != nil || len(raw) != len(draw.Secret{}) {
		return draw.Secret{}, fault.New("command.draw_secret", nil)
	}
	return draw.Secret(raw), nil
}

// finish announces, and draws unless only the announcement was asked for. Nothing is written unless everything succeeded.
func (f drawFlags) finish(e *environment, kind string, rules []draw.Rule, lines []string, run drawn) error {
	a, err := f.announce(e, kind, rules, lines)
	if err != nil {
		return err
	}
	if f.AnnounceOnly {
		text := a.Lines()
		if f.Leaves {
			text = append(text, draw.Leaves(lines)...)
		}
		fmt.Fprintln(e.out, strings.Join(text, "\n"))
		e.tell(message.Text(e.language, "command.draw_commitment", message.Args{"hash": draw.Hex(a.Commitment())}))
		return nil
	}
	seedLines, err := f.seedLines(e, kind)
	if err != nil {
		return err
	}
	seed, err := a.Seed(seedLines)
	if err != nil {
		return err
	}
	result, certificate, table, err := run(a, seed)
	if err != nil {
		return err
	}
	var csvText, proofText bytes.Buffer
	writer := csv.NewWriter(&csvText)
	if err := writer.WriteAll(table); err != nil {
		return err
	}
	if f.Out == "" {
		_, err := e.out.Write(csvText.Bytes())
		return err
	}
	certificateText, err := json.MarshalIndent(certificate, "", "  ")
	if err != nil {
		return err
	}
	if err := draw.NewProof(a, lines, seedLines, result).Write(&proofText); err != nil {
		return err
	}
	return writeAll(f.Out, map[string][]byte{"result.csv": csvText.Bytes(), "certificate.json": append(certificateText, '\n'), "proof.json": proofText.Bytes()})
}

// announce makes the announcement of these rules and lines, and compares it with the one that was published.
func (f drawFlags) announce(e *environment, kind string, rules []draw.Rule, lines []string) (draw.Announcement, error) {
	title := f.Title
	if title == "" {
		title = message.Text(e.language, "command.draw_kind."+kind, nil)
	}
	if f.Announcement == "" {
		return draw.Announce(kind, title, rules, f.sources(), lines)
	}
	data, err := readInput(f.Announcement, e.in)
	if err != nil {
		return draw.Announcement{}, err
	}
	text := textLines(data)
	if root := slices.IndexFunc(text, func(line string) bool { return strings.HasPrefix(line, "root ") }); root >= 0 {
		text = text[:root+1] // leaves may follow
	}
	published, err := draw.ReadAnnouncement(text)
	if err != nil {
		return draw.Announcement{}, located(f.Announcement, fault.Of(err))
	}
	a, err := draw.Announce(kind, published.Title, rules, published.Sources, lines)
	if err != nil {
		return a, err
	}
	var faults fault.List
	at := fault.Place{File: dataName(f.Announcement)}
	if published.Kind != kind {
		faults.Add(fault.At(at, "command.draw_other_kind", message.Args{"kind": published.Kind}))
	}
	for _, rule := range rules {
		if !slices.Contains(published.Rules, rule) {
			faults.Add(fault.At(at, "command.draw_other_rule", message.Args{"rule": rule.Key, "now": rule.Value, "announced": published.Rule(rule.Key)}))
		}
	}
	if published.Count != a.Count || published.Root != a.Root {
		faults.Add(fault.At(at, "command.draw_other_lines", message.Args{"count": a.Count, "announced": published.Count}))
	}
	if len(faults) == 0 && published.Commitment() != a.Commitment() {
		faults.Add(fault.At(at, "command.draw_other_rule", message.Args{"rule": "*", "now": len(rules), "announced": len(published.Rules)}))
	}
	return a, faults.Err()
}

func (f drawFlags) sources() []draw.Source {
	if f.Seed != "" {
		return []draw.Source{{Kind: draw.Given}}
	}
	var sources []draw.Source
	for _, text := range f.Source {
		kind, rest, _ := strings.Cut(text, " ")
		sources = append(sources, draw.Source{Kind: kind, Text: rest})
	}
	return sources
}

// seedLines are the lines of the seed file, or the bare seed.
func (f drawFlags) seedLines(e *environment, kind string) ([]string, error) {
	switch {
	case f.SeedFile != "":
		data, err := readInput(f.SeedFile, e.in)
		return textLines(data), err
	case f.Seed != "":
		return []string{draw.Value(1, strings.ToLower(f.Seed))}, nil
	case f.Announcement == "" && !slices.Contains(seedless, kind):
		return nil, fault.New("command.draw_no_seed", nil)
	}
	return nil, nil
}

// textLines are the lines of a text file.
func textLines(data []byte) []string {
	text := strings.TrimSuffix(strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n"), "\n")
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// tell says something that is no result.
func (e *environment) tell(text string) { fmt.Fprintln(e.err, text) }

// writeAll writes files into a folder: all beside their names first, then each gets its name.
func writeAll(folder string, files map[string][]byte) error {
	cannot := func(err error) error {
		return fault.At(fault.Place{File: folder}, "command.cannot_write", message.Args{"error": reasonOf(err)})
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return cannot(err)
	}
	var failed error
	for name, data := range files {
		failed = errors.Join(failed, os.WriteFile(filepath.Join(folder, name+".new"), data, 0o600))
	}
	for name := range files {
		beside := filepath.Join(folder, name+".new")
		if failed != nil {
			os.Remove(beside)
		} else if err := os.Rename(beside, filepath.Join(folder, name)); err != nil {
			return cannot(err)
		}
	}
	if failed != nil {
		return cannot(failed)
	}
	return nil
}
