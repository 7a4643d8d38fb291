package jiaoheng_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// lines is the law of the layout: a package imports only packages that stand on an earlier line.
// A folder ending in "/*" stands for every folder directly below it.
var lines = [][]string{
	0:  {"message"},
	1:  {"fault"},
	2:  {"measure", "period", "zh"},
	3:  {"stats", "optimise", "unit", "document"},
	4:  {"frame", "access", "secret", "audit", "document/archive", "stats/table", "optimise/matching", "optimise/apportion"},
	5:  {"expr", "stats/mixed", "stats/irt", "stats/item", "stats/scale", "stats/equate", "stats/percentile", "stats/survey"},
	6:  {"lifecycle", "expr/oracle"},
	7:  {"pack"},
	8:  {"action"},
	9:  {"register", "person", "attachment", "job", "calendar"},
	10: {"indicator", "notice", "letter", "packtest/oracle"},
	11: {"standard", "record"},
	12: {"round"},
	13: {"packtest", "publication", "plan/reading"},
	14: {"draw", "assessment", "siting", "staffing", "timetable", "collection", "appraisal"},
	15: {"draw/class", "draw/lists", "draw/quota", "draw/admission", "plan", "inspection", "assessment/figure", "assessment/sample", "assessment/progress", "assessment/profile"},
	16: {"draw/verify", "plan/target"},
	17: {"plan/duty", "draw/ceremony"},
	18: {"todo", "search", "report"},
	19: {"intake/*", "export/*", "store", "assessment/paper"},
	20: {"intake", "web/shell"},
	21: {"web/register", "web/admin"},
	22: {"web/*", "api"},
	23: {"web", "demo"},
	24: {"cmd/jiaoheng"},
}

// beside are the folders that stand outside the order: they may import anything and nothing imports them,
// third_party excepted, whose files any folder from line 19 on and package zh may embed, and the root package, which
// holds the packs and may be imported by folders after line pureUntil.
var beside = []string{"docs", "e2e", "bench", "dev", "third_party", "changelog", "packs"}

// pureUntil is the last line that knows no SQL driver, no HTTP, no templates, no wall clock, no global randomness.
const pureUntil = 18

// notPure are the imports that no package up to line pureUntil may have.
var notPure = []string{"database/sql", "net/http", "html/template", "text/template", "math/rand", "github.com/a-h/templ",
	"github.com/uptrace/bun", "modernc.org/sqlite", "github.com/jackc/pgx"}

// dependencies is the allow-list of modules that our code imports, each with the reason why it is here.
var dependencies = map[string]string{
	"codeberg.org/go-pdf/fpdf":        "documents of fixed layout",
	"github.com/a-h/templ":            "pages",
	"github.com/alecthomas/kong":      "command line",
	"github.com/alexedwards/scs/v2":   "sessions",
	"github.com/chromedp/chromedp":    "browser tests",
	"github.com/chromedp/cdproto":     "browser tests",
	"github.com/goccy/go-yaml":        "packs and the catalogue of messages, strict, with positions",
	"github.com/jackc/pgx/v5":         "PostgreSQL",
	"github.com/mozillazg/go-pinyin":  "pinyin of characters: search keys, repair of pinyin noise",
	"github.com/pressly/goose/v3":     "migrations",
	"github.com/rogpeppe/go-internal": "scenarios as scripts",
	"github.com/tetratelabs/wazero":   "runs the WebAssembly builds of pdfium and HiGHS in a sandbox",
	"github.com/uptrace/bun":          "one SQL text for both databases",
	"github.com/xuri/excelize/v2":     "xlsx",
	"golang.org/x/crypto":             "argon2id",
	"gonum.org/v1/gonum":              "distributions, dense matrices",
	"golang.org/x/image":              "shrinks photos",
	"golang.org/x/net":                "html",
	"golang.org/x/sync":               "bounded concurrency",
	"golang.org/x/text":               "encodings, width folding, collation",
	"modernc.org/sqlite":              "embedded database without cgo",
	"pgregory.net/rapid":              "property tests",
	"rsc.io/qr":                       "QR codes on slips and on the screen of the hall",
}

func lineOf(folder string) (int, bool) {
	for line, folders := range lines {
		for _, f := range folders {
			if f == folder {
				return line, true
			}
		}
	}
	for line, folders := range lines {
		for _, f := range folders {
			if strings.HasSuffix(f, "/*") && path.Dir(folder) == strings.TrimSuffix(f, "/*") {
				return line, true
			}
		}
	}
	return 0, false
}

func isBeside(folder string) bool {
	for _, b := range beside {
		if folder == b || strings.HasPrefix(folder, b+"/") {
			return true
		}
	}
	return folder == "."
}

type source struct {
	path, folder string
	imports      []string
	test         bool
}

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && name != "." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "node_modules" || entry.Name() == "testdata") {
			return filepath.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, data, parser.ImportsOnly)
		if err != nil {
			return err
		}
		s := source{path: filepath.ToSlash(name), folder: path.Dir(filepath.ToSlash(name)), test: strings.HasSuffix(name, "_test.go")}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			s.imports = append(s.imports, imported)
		}
		all = append(all, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestPackagesImportOnlyEarlierLines(t *testing.T) {
	for _, s := range sources(t) {
		if isBeside(s.folder) || s.test {
			continue
		}
		line, known := lineOf(s.folder)
		if !known {
			t.Errorf("%s: folder %s stands on no line; see ARCHITECTURE.md before adding one", s.path, s.folder)
			continue
		}
		for _, imported := range s.imports {
			if imported == "jiaoheng" {
				if line <= pureUntil {
					t.Errorf("%s (line %d) imports the packs of the program: take them as an argument", s.path, line)
				}
				continue
			}
			folder, ours := strings.CutPrefix(imported, "jiaoheng/")
			if !ours || folder == "third_party" && (line >= 17 || s.folder == "zh") {
				continue
			}
			if other, known := lineOf(folder); !known || other >= line {
				t.Errorf("%s (line %d) imports %s (line %d): only earlier lines may be imported", s.path, line, folder, other)
			}
		}
	}
}

func TestEarlyLinesArePure(t *testing.T) {
	for _, s := range sources(t) {
		line, known := lineOf(s.folder)
		if !known || line > pureUntil || s.test {
			continue
		}
		for _, imported := range s.imports {
			for _, impure := range notPure {
				if imported == impure || strings.HasPrefix(imported, impure+"/") {
					t.Errorf("%s imports %s: lines up to %d get stores, readers, clocks and seeds as arguments", s.path, imported, pureUntil)
				}
			}
		}
		data, err := os.ReadFile(s.path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), "time.Now(") {
			t.Errorf("%s reads the wall clock: take the time as an argument", s.path)
		}
	}
}

func TestOnlyAllowedDependencies(t *testing.T) {
	for _, s := range sources(t) {
		for _, imported := range s.imports {
			if !strings.Contains(strings.Split(imported, "/")[0], ".") {
				continue
			}
			if !allowed(imported) {
				t.Errorf("%s imports %s, which has no line in the allow-list", s.path, imported)
			}
		}
	}
}

func allowed(imported string) bool {
	for module := range dependencies {
		if imported == module || strings.HasPrefix(imported, module+"/") {
			return true
		}
	}
	return false
}
