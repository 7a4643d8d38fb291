package jiaoheng_test

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// Limits of size: a function or a file that needs more holds two things.
const (
	maxFunctionLines = 70
	maxFileLines     = 700
)

func isGenerated(name string) bool { return strings.HasSuffix(name, "_templ.go") }

func TestFilesAndFunctionsAreSmall(t *testing.T) {
	for _, s := range sources(t) {
		if isGenerated(s.path) {
			continue
		}
		data, err := os.ReadFile(s.path)
		if err != nil {
			t.Fatal(err)
		}
		if formatted, err := format.Source(data); err != nil || !bytes.Equal(formatted, data) {
			t.Errorf("%s is not formatted by gofmt", s.path)
		}
		if n := bytes.Count(data, []byte("\n")); n > maxFileLines {
			t.Errorf("%s has %d lines, at most %d", s.path, n, maxFileLines)
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, s.path, data, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, declaration := range file.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if !ok {
				continue
			}
			from, to := files.Position(function.Pos()).Line, files.Position(function.End()).Line
			if n := to - from + 1; n > maxFunctionLines {
				t.Errorf("%s:%d: %s has %d lines, at most %d", s.path, from, function.Name.Name, n, maxFunctionLines)
			}
			if !s.test && function.Name.IsExported() && function.Doc == nil {
				t.Errorf("%s:%d: exported %s has no doc comment", s.path, from, function.Name.Name)
			}
		}
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	said := map[string]bool{}
	folders := map[string]bool{}
	for _, s := range sources(t) {
		if s.test || isGenerated(s.path) {
			continue
		}
		folders[s.folder] = true
		file, err := parser.ParseFile(token.NewFileSet(), s.path, nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if file.Doc != nil {
			said[s.folder] = true
		}
	}
	for folder := range folders {
		if !said[folder] {
			t.Errorf("package %s has no package comment", folder)
		}
	}
}

// Every word of the layout stands in the glossary before it stands in code.
func TestEveryFolderIsAWord(t *testing.T) {
	data, err := os.ReadFile("docs/words.md")
	if err != nil {
		t.Fatal(err)
	}
	glossary := string(data)
	for _, s := range sources(t) {
		if isBeside(s.folder) {
			continue
		}
		if word := path.Base(s.folder); !strings.Contains(glossary, "| "+word+" |") {
			t.Errorf("docs/words.md has no line for %s (folder %s)", word, s.folder)
		}
	}
}

func TestArchitectureIsShort(t *testing.T) {
	data, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(data, []byte("\n")); n > 200 {
		t.Errorf("ARCHITECTURE.md has %d lines, at most 200", n)
	}
}

func TestNoTestIsSkippedOrSleeps(t *testing.T) {
	for _, s := range sources(t) {
		if !s.test || filepath.Base(s.path) == "tidy_test.go" {
			continue
		}
		data, err := os.ReadFile(s.path)
		if err != nil {
			t.Fatal(err)
		}
		for _, banned := range []string{"t.Skip(", "t.SkipNow(", "time.Sleep("} {
			if bytes.Contains(data, []byte(banned)) {
				t.Errorf("%s: %s", s.path, banned)
			}
		}
	}
}
