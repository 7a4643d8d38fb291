package archive

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of a container. A Word file of 500 pages has some 40 entries and a main part of about 20 MB.
const (
	MaxEntries  = 5000
	MaxPart     = 64 << 20  // bytes of one part, expanded
	MaxExpanded = 512 << 20 // bytes of all parts by the directory, pictures included
)

// Archive is an opened container.
type Archive struct {
	file  string
	parts map[string]*zip.File
}

// Open reads the directory of a zip container. file is the name that faults show. A container that cannot be
// read or that passes a limit is a fault.
func Open(file string, data []byte) (*Archive, error) {
	place := fault.Place{File: file}
	// The library would read a directory of millions of entries into memory before it could be refused.
	if count := bytes.Count(data, []byte("PK\x01\x02")); count > MaxEntries {
		return nil, fault.At(place, "intake.too_many_entries", message.Args{"limit": MaxEntries})
	}
	reader, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fault.At(place, "intake.container_broken", nil)
	}
	var total uint64
	archive := &Archive{file: file, parts: make(map[string]*zip.File, len(reader.File))}
	for _, part := range reader.File {
		if total += part.UncompressedSize64; part.UncompressedSize64 > MaxExpanded || total > MaxExpanded {
			return nil, fault.At(place, "intake.expands_too_far", message.Args{"limit": MaxExpanded >> 20})
		}
		// Some writers use backslashes and a leading slash.
		archive.parts[strings.TrimPrefix(strings.ReplaceAll(part.Name, `\`, "/"), "/")] = part
	}
	return archive, nil
}

// Has tells whether the container holds a part of that name.
func (a *Archive) Has(name string) bool { return a.parts[name] != nil }

// Part returns the bytes of a part, or nil when there is none. A part that is damaged or larger than MaxPart is a fault.
func (a *Archive) Part(name string) ([]byte, error) {
	part := a.parts[name]
	if part == nil {
		return nil, nil
	}
	place := fault.Place{File: a.file}
	tooLarge := fault.At(place, "intake.part_too_large", message.Args{"part": name, "limit": MaxPart >> 20})
	if part.UncompressedSize64 > MaxPart {
		return nil, tooLarge
	}
	reader, err := part.Open()
	if err != nil {
		return nil, fault.At(place, "intake.container_broken", nil)
	}
	defer reader.Close()
	data, err := io.ReadAll(io.LimitReader(reader, MaxPart+1))
	if err != nil {
		return nil, fault.At(place, "intake.container_broken", nil)
	}
	if len(data) > MaxPart {
		return nil, tooLarge
	}
	return data, nil
}

// Largest returns the part with that ending that says it expands furthest. A part cannot expand further than it
// says: reading it would fail.
func (a *Archive) Largest(ending string) (name string, size uint64) {
	for each, part := range a.parts {
		if strings.HasSuffix(strings.ToLower(each), ending) && (part.UncompressedSize64 > size || part.UncompressedSize64 == size && each < name) {
			name, size = each, part.UncompressedSize64
		}
	}
	return name, size
}
