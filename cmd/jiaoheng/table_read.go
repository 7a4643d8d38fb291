package main

import (
	"io"
	"path/filepath"

	"jiaoheng/intake"
)

// readTable reads the table of a file, or of standard input for "-", which is text. name is what faults call it.
func readTable(file string, in io.Reader) (name string, rows [][]string, err error) {
	name = filepath.Base(file)
	if file == "-" {
		name = "stdin.csv"
	}
	data, err := readInput(file, in)
	if err != nil {
		return name, nil, err
	}
	rows, err = intake.ReadTable(name, data)
	return name, rows, err
}
