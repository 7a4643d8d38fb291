package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// mostLines is how many lines of YAML the tutorial of a ledger may ask of a reader.
const mostLines = 100

var fencedYAML = regexp.MustCompile("(?s)```yaml\n# (packs/[^\n]+)\n(.*?)```")

// The tutorial of a new ledger is followed word by word: its files are taken out of the page and put into the folder of the data.
func TestTutorialOfALedger(t *testing.T) {
	page, err := os.ReadFile("../../docs/tutorial/ledger.md")
	if err != nil {
		t.Fatal(err)
	}
	lines, files := 0, fencedYAML.FindAllStringSubmatch(string(page), -1)
	for _, file := range files {
		lines += strings.Count(file[2], "\n")
	}
	if len(files) != 6 || lines >= mostLines {
		t.Fatalf("the tutorial has %d files with %d lines, want 6 with less than %d", len(files), lines, mostLines)
	}
	testscript.Run(t, testscript.Params{Dir: "../../e2e/tutorial", Cmds: scenarioVerbs(), Setup: func(env *testscript.Env) error {
		if err := setUpScenario(env); err != nil {
			return err
		}
		for _, file := range files {
			path := filepath.Join(env.WorkDir, "data", filepath.FromSlash(file[1]))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(path, []byte(file[2]), 0o644); err != nil {
				return err
			}
		}
		return nil
	}})
}
