package shell

import (
	"strconv"
	"strings"

	"rsc.io/qr"
)

// codeQuiet is the margin that readers of codes need, in modules.
const codeQuiet = 4

// CodePath returns the drawing of a QR code for text as the path of an SVG and its width in modules. A text that fits into no code
// is an error of rsc.io/qr.
func CodePath(text string) (path string, width int, err error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", 0, err
	}
	var out strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			run := x
			for run < code.Size && code.Black(run, y) {
				run++
			}
			if run > x {
				out.WriteString("M" + strconv.Itoa(x+codeQuiet) + " " + strconv.Itoa(y+codeQuiet) + "h" + strconv.Itoa(run-x) + "v1H" + strconv.Itoa(x+codeQuiet) + "z")
				x = run
			}
		}
	}
	return out.String(), code.Size + 2*codeQuiet, nil
}
