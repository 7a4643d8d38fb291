package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"

	"jiaoheng/fault"
	"jiaoheng/intake"
	"jiaoheng/message"
	"jiaoheng/stats/table"
)

// readData reads the table that a command computes with, from .csv, .csv.gz or .xlsx, or from standard input for "-".
func readData(path string, in io.Reader) (*table.Table, error) {
	source, err := openData(path, in)
	if err != nil {
		return nil, err
	}
	defer source.Close()
	limits := table.Limits{File: dataName(path)}
	if source.rows != nil {
		return table.FromRows(source.rows, limits)
	}
	out, err := table.Read(source, limits)
	return out, dataFault(path, err)
}

// dataName is what faults call the data.
func dataName(path string) string {
	if path == "-" {
		return "stdin"
	}
	return filepath.Base(path)
}

// dataFault makes a fault of what a reader returned that is none: the disk or the compression failed.
func dataFault(path string, err error) error {
	if err == nil || fault.Of(err) != nil {
		return err
	}
	return fault.At(fault.Place{File: dataName(path)}, "command.cannot_open", message.Args{"error": reasonOf(err)})
}

// dataSource is a table as text, or as the rows of a sheet.
type dataSource struct {
	io.Reader
	rows  [][]string
	plain *os.File // the file when it is text as it stands, for those who read it here and there
	close func() error
}

// Close closes the file.
func (s *dataSource) Close() error { return s.close() }

// openData opens a table. The content decides what it is, not the name.
func openData(path string, in io.Reader) (*dataSource, error) {
	source := &dataSource{close: func() error { return nil }}
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return nil, fault.At(fault.Place{File: path}, "command.cannot_open", message.Args{"error": reasonOf(err)})
		}
		in, source.close, source.plain = file, file.Close, file
	}
	buffered := bufio.NewReaderSize(in, 4096)
	source.Reader = buffered
	magic, _ := buffered.Peek(4)
	switch {
	case bytes.HasPrefix(magic, []byte("\x1F\x8B")):
		unpacked, err := gzip.NewReader(buffered)
		if err != nil {
			source.close()
			return nil, dataFault(path, err)
		}
		source.Reader, source.plain = unpacked, nil
	case bytes.HasPrefix(magic, []byte("PK\x03\x04")), bytes.HasPrefix(magic, []byte("\xD0\xCF\x11\xE0")):
		defer source.close()
		data, err := io.ReadAll(io.LimitReader(buffered, intake.MaxUpload+1))
		if err != nil {
			return nil, dataFault(path, err)
		}
		rows, err := intake.ReadTable(dataName(path), data)
		if err != nil {
			return nil, err
		}
		return &dataSource{rows: rows, close: source.close}, nil
	}
	return source, nil
}

// text returns the source as text; the rows of a sheet are written as such.
func (s *dataSource) text() (io.Reader, error) {
	if s.rows == nil {
		return s.Reader, nil
	}
	var out bytes.Buffer
	writer := csv.NewWriter(&out)
	for _, row := range s.rows {
		if err := writer.Write(row); err != nil {
			return nil, err
		}
	}
	writer.Flush()
	return &out, writer.Error()
}
