package pdf

import (
	"context"
	"errors"
	"time"

	"jiaoheng/document"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of a file.
const (
	MaxFile       = 100 << 20
	MaxPages      = 1000
	MaxCharacters = 5_000_000
	maxTime       = 2 * time.Minute
)

var errTooLong = errors.New("pdf: too many characters")

// turns lets two files be read at a time: each may take maxMemory.
var turns = make(chan struct{}, 2)

// Read reads a PDF file. name is what faults show.
//
// Result: one line a paragraph; spans count in the text itself.
// Errors: faults for a file that is broken, protected, a scan, without meaning or beyond a limit; ctx.Err() when ctx ends first.
func Read(ctx context.Context, name string, data []byte) (document.Source, error) {
	place := fault.Place{File: name}
	if len(data) > MaxFile {
		return document.Source{}, fault.At(place, "intake.too_large", message.Args{"size": (len(data) + 1<<20 - 1) >> 20, "limit": MaxFile >> 20})
	}
	engine, err := shared()
	if err != nil {
		return document.Source{}, err
	}
	select {
	case turns <- struct{}{}:
		defer func() { <-turns }()
	case <-ctx.Done():
		return document.Source{}, ctx.Err()
	}
	limited, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	pages, err := engine.read(limited, data)
	switch {
	case ctx.Err() != nil:
		return document.Source{}, ctx.Err()
	case limited.Err() != nil:
		return document.Source{}, fault.At(place, "intake.too_slow", message.Args{"limit": int(maxTime / time.Second)})
	case err != nil:
		return document.Source{}, asFault(place, err)
	}
	if code := refusal(pages); code != "" {
		return document.Source{}, fault.At(place, code, nil)
	}
	text := layOut(pages)
	source := document.Source{Format: "pdf", Encoding: "utf-8", Part: "text", Text: document.Identity(text)}
	for from, at := 0, 0; at <= len(text); at++ {
		if at == len(text) || text[at] == '\n' {
			source.Blocks = append(source.Blocks, document.Block{Kind: document.Paragraph, Span: document.Span{From: from, To: at}})
			from = at + 1
		}
	}
	return source, nil
}

// tooManyPages carries the number of pages of a file beyond the limit.
type tooManyPages int

// Error names the number of pages, for operators.
func (n tooManyPages) Error() string { return "pdf: too many pages" }

// read reads all pages.
func (e *engine) read(ctx context.Context, data []byte) ([]*page, error) {
	in, err := e.load(ctx, data)
	if err != nil {
		return nil, err
	}
	defer in.close()
	count, err := in.number("FPDF_GetPageCount", in.document)
	if err != nil {
		return nil, err
	}
	if count > MaxPages {
		return nil, tooManyPages(count)
	}
	var pages []*page
	characters := 0
	for n := range count {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		page, err := in.readPage(n)
		if err != nil {
			return nil, err
		}
		if characters += page.characters; characters > MaxCharacters {
			return nil, errTooLong
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// asFault says what a failure inside the sandbox means to the person who uploaded the file.
func asFault(place fault.Place, err error) error {
	var refused loadError
	var pages tooManyPages
	switch {
	case errors.As(err, &refused) && (refused == needsPassword || refused == isProtected):
		return fault.At(place, "intake.encrypted", nil)
	case errors.As(err, &pages):
		return fault.At(place, "intake.too_many_pages", message.Args{"count": int(pages), "limit": MaxPages})
	case errors.Is(err, errTooLong):
		return fault.At(place, "intake.too_many_characters", message.Args{"limit": MaxCharacters})
	case errors.Is(err, errMemory):
		return fault.At(place, "intake.too_much_memory", message.Args{"limit": maxMemory >> 20})
	}
	// Whatever else goes wrong inside the sandbox is the file's doing: pdfium stops at damage it cannot read.
	return fault.At(place, "intake.container_broken", nil)
}

// refusal returns the reason why pages cannot be read as text, or "".
func refusal(pages []*page) string {
	scans, characters, unknown := 0, 0, 0
	for _, p := range pages {
		characters += p.characters
		unknown += p.unknown
		if p.pictures {
			scans++
		}
	}
	switch {
	case scans > 0 && (2*scans >= len(pages) || characters < fewCharacters):
		return "intake.scan"
	case characters == 0:
		return "intake.no_text"
	case unknown*4 > characters:
		return "intake.garbled"
	}
	return ""
}
