package intake

import (
	"context"
	"path"
	"strings"

	"jiaoheng/document"
	"jiaoheng/fault"
	"jiaoheng/intake/docx"
	"jiaoheng/intake/html"
	"jiaoheng/intake/pdf"
	"jiaoheng/intake/txt"
	"jiaoheng/intake/xlsx"
	"jiaoheng/message"
)

// MaxUpload is the largest file that is taken, in bytes.
const MaxUpload = 200 << 20

// Read reads a file. name is its name as uploaded: faults show it and its extension is a hint.
//
// Errors: faults for everything that is wrong with the file; ctx.Err() when ctx ends first.
func Read(ctx context.Context, name string, data []byte) (document.Source, error) {
	place := fault.Place{File: path.Base(strings.ReplaceAll(name, `\`, "/"))}
	if err := ctx.Err(); err != nil {
		return document.Source{}, err
	}
	if len(data) > MaxUpload {
		return document.Source{}, fault.At(place, "intake.too_large", message.Args{"size": megabytes(len(data)), "limit": MaxUpload >> 20})
	}
	format, refusal := Detect(name, data)
	if refusal != "" {
		return document.Source{}, fault.At(place, refusal, message.Args{"extension": extension(name)})
	}
	switch format {
	case "docx":
		return docx.Read(place.File, data)
	case "pdf":
		return pdf.Read(ctx, place.File, data)
	case "html":
		encoding, mark := txt.Detect(data)
		return html.Read(place.File, txt.Decode(data, mark, encoding), encoding)
	case "xlsx":
		return xlsx.Read(place.File, data)
	default:
		return txt.Read(place.File, data)
	}
}

// megabytes rounds up, so that a file just over the limit does not show the limit itself.
func megabytes(n int) int { return (n + 1<<20 - 1) >> 20 }

func extension(name string) string { return strings.ToLower(path.Ext(name)) }
