package intake

import (
	"bytes"
	"compress/gzip"
	"io"
	"path"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/intake/csv"
	"jiaoheng/intake/txt"
	"jiaoheng/intake/xlsx"
	"jiaoheng/message"
)

// MaxTable is the largest table that is taken as text, in bytes, after expansion.
const MaxTable = 100 << 20

// ReadTable reads a table for import: .xlsx, or text with separators in any encoding that intake/txt knows, also
// compressed by gzip. The content decides, not the name.
//
// Result: rows[i] is row i+1 of the file or sheet, empty where it is; cells are trimmed.
// Errors: faults only.
func ReadTable(name string, data []byte) ([][]string, error) {
	place := fault.Place{File: path.Base(strings.ReplaceAll(name, `\`, "/"))}
	if len(data) > MaxUpload {
		return nil, fault.At(place, "intake.too_large", message.Args{"size": megabytes(len(data)), "limit": MaxUpload >> 20})
	}
	if bytes.HasPrefix(data, []byte("\x1F\x8B")) {
		expanded, err := expand(place, data)
		if err != nil {
			return nil, err
		}
		name, data = strings.TrimSuffix(name, ".gz"), expanded
	}
	format, refusal := Detect(name, data)
	switch {
	case refusal == "intake.unknown", refusal == "" && format != "txt" && format != "xlsx":
		return nil, fault.At(place, "intake.no_table", nil)
	case refusal != "":
		return nil, fault.At(place, refusal, message.Args{"extension": extension(name)})
	case format == "xlsx":
		return xlsx.ReadTable(place.File, data)
	case len(data) > MaxTable:
		return nil, fault.At(place, "intake.too_large", message.Args{"size": megabytes(len(data)), "limit": MaxTable >> 20})
	}
	encoding, mark := txt.Detect(data)
	return csv.ReadTable(place.File, txt.Decode(data, mark, encoding).Text)
}

// expand reads a gzip file up to the limit.
func expand(place fault.Place, data []byte) ([]byte, error) {
	reader, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fault.At(place, "intake.container_broken", nil)
	}
	expanded, err := io.ReadAll(io.LimitReader(reader, MaxTable+1))
	if err != nil {
		return nil, fault.At(place, "intake.container_broken", nil)
	}
	if len(expanded) > MaxTable {
		return nil, fault.At(place, "intake.expands_too_far", message.Args{"limit": MaxTable >> 20})
	}
	return expanded, nil
}
