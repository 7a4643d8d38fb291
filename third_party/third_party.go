// Package third_party embeds the few files that are not Go modules: ECharts, htmx, icons, the build of
// pdfium as WebAssembly, the table from traditional to simplified characters.
//
// Each stands in a folder of its own with its licence; dev/vendor copies them out of the packages pinned in
// package.json and lists their SHA-256 sums in SHA256SUMS.
package third_party

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"strings"
	"sync"
)

//go:embed echarts htmx icons opencc pdfium SHA256SUMS
var files embed.FS

func mustRead(name string) []byte {
	data, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return data
}

// HTMX returns the htmx script, minified, version 2.0.11 (0BSD).
func HTMX() []byte { return mustRead("htmx/htmx.min.js") }

var icons = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(string(mustRead("icons/outline.txt"))) {
		name, drawing, _ := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		all[name] = drawing
	}
	return all
})

// Icon returns the drawing of a Tabler outline icon (MIT): the elements inside an <svg> with
// viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round".
// The second result is false for a name that icons.list does not hold.
func Icon(name string) (string, bool) {
	drawing, ok := icons()[name]
	return drawing, ok
}

// Traditional returns the table from traditional to simplified Chinese (OpenCC data, Apache-2.0): one line a
// pair, key and value parted by a tab, sorted; keys of one character stand before phrases. A phrase may map to
// itself: then it stays as it is although its characters have pairs (乾坤).
func Traditional() []byte { return mustRead("opencc/traditional.txt") }

// ECharts returns Apache ECharts 6.1.0 (Apache-2.0) as a module of the browser, minified, expanded.
func ECharts() ([]byte, error) { return expanded("echarts/echarts.js.gz") }

// PDFium returns the WebAssembly build of pdfium (BSD and Apache-2.0, npm @hyzyla/pdfium 2.1.13), expanded.
func PDFium() ([]byte, error) { return expanded("pdfium/pdfium.wasm.gz") }

func expanded(name string) ([]byte, error) {
	reader, err := gzip.NewReader(bytes.NewReader(mustRead(name)))
	if err != nil {
		return nil, fmt.Errorf("third_party: %s: %w", name, err)
	}
	data, err := io.ReadAll(reader)
	if err != nil {
		return nil, fmt.Errorf("third_party: %s: %w", name, err)
	}
	return data, nil
}
