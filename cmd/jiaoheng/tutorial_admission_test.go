package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var fencedCSV = regexp.MustCompile("(?s)```csv\n# ([^\n]+)\n(.*?)```")

// The tutorial of a season of admission: its sheets are taken out of the page and imported.
func TestTutorialOfAdmission(t *testing.T) {
	page, err := os.ReadFile("../../docs/tutorial/admission.md")
	if err != nil {
		t.Fatal(err)
	}
	files := fencedCSV.FindAllStringSubmatch(string(page), -1)
	if len(files) != 4 {
		t.Fatalf("the tutorial has %d sheets, want 4", len(files))
	}
	testscript.Run(t, testscript.Params{Dir: "../../e2e/tutorial/admission", Cmds: scenarioVerbs(), Setup: func(env *testscript.Env) error {
		if err := setUpScenario(env); err != nil {
			return err
		}
		for _, file := range files {
			if err := os.WriteFile(filepath.Join(env.WorkDir, file[1]), []byte(file[2]), 0o644); err != nil {
				return err
			}
		}
		return nil
	}})
}
