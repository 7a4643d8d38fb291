package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"jiaoheng/document"
	"jiaoheng/fault"
	"jiaoheng/intake"
	"jiaoheng/message"
	"jiaoheng/plan/reading"
)

type planCommand struct {
	Read planReadCommand `cmd:"" help:"Read a document and print what was found."`
}

// planReadCommand reads one document: who asked, which file, read, answer.
type planReadCommand struct {
	File string `arg:"" help:"The document: .txt, .html, .docx, .pdf or .xlsx; - for standard input."`
	JSON string `name:"json" placeholder:"FILE" help:"Write the result as JSON; - for standard output."`
	Text string `placeholder:"FILE" help:"Write the repaired text; - for standard output."`
}

// Validate refuses two results on one standard output, where nobody could tell them apart.
func (c *planReadCommand) Validate() error {
	if c.JSON == "-" && c.Text == "-" {
		return errors.New("--json and --text cannot both write to standard output")
	}
	return nil
}

// Run reads the document and writes what was asked for; without --json or --text to standard output it prints a table.
func (c *planReadCommand) Run(e *environment) error {
	data, err := readInput(c.File, e.in)
	if err != nil {
		return err
	}
	source, err := intake.Read(e.context, filepath.Base(c.File), data)
	if err != nil {
		return err
	}
	clean := document.Clean(source)
	draft := reading.Read(clean)
	if c.Text != "" {
		if err := writeOutput(c.Text, []byte(clean.Clean.Text), e.out); err != nil {
			return err
		}
	}
	if c.JSON != "" {
		encoded, err := json.MarshalIndent(draft, "", " ")
		if err != nil {
			return fmt.Errorf("plan read: encode: %w", err)
		}
		if err := writeOutput(c.JSON, append(encoded, '\n'), e.out); err != nil {
			return err
		}
	}
	if c.JSON != "-" && c.Text != "-" {
		printDraft(e, draft)
	}
	return nil
}

// readInput reads a file, or standard input for "-", up to the limit of an upload.
func readInput(name string, in io.Reader) ([]byte, error) {
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, fault.At(fault.Place{File: name}, "command.cannot_open", message.Args{"error": reasonOf(err)})
		}
		defer file.Close()
		in = file
	}
	data, err := io.ReadAll(io.LimitReader(in, intake.MaxUpload+1))
	if err != nil {
		return nil, fault.At(fault.Place{File: name}, "command.cannot_open", message.Args{"error": reasonOf(err)})
	}
	return data, nil
}

// writeOutput writes a file as a whole, or standard output for "-".
func writeOutput(name string, data []byte, out io.Writer) error {
	if name == "-" {
		_, err := out.Write(data)
		return err
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		return fault.At(fault.Place{File: name}, "command.cannot_write", message.Args{"error": reasonOf(err)})
	}
	return nil
}

// reasonOf leaves out the path that errors of the operating system repeat.
func reasonOf(err error) string {
	if path, ok := err.(*os.PathError); ok {
		return path.Err.Error()
	}
	return err.Error()
}
