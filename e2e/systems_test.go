package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// systems is the number of rows in the list of systems that the plans call for.
const systems = 134

var systemLine = regexp.MustCompile(`(?m)^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]*) \|$`)

func TestSystemsListAndScenariosAreInStep(t *testing.T) {
	data, err := os.ReadFile("../docs/systems.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]bool{}
	lines := systemLine.FindAllStringSubmatch(string(data), -1)
	if len(lines) != systems {
		t.Errorf("docs/systems.md has %d lines, want %d", len(lines), systems)
	}
	for i, line := range lines {
		if number, _ := strconv.Atoi(line[1]); number != i+1 {
			t.Errorf("line %d has number %s", i+1, line[1])
		}
		switch state, text := line[3], line[4]; state {
		case "works":
			for scenario := range strings.SplitSeq(text, ", ") {
				if _, err := os.Stat(filepath.Join("systems", scenario)); err != nil {
					t.Errorf("row %s works, but its scenario %q is not there", line[1], scenario)
				}
				shown[scenario] = true
			}
		case "partly":
			if text == "" {
				t.Errorf("row %s: partly, without what is missing", line[1])
			}
		case "not yet":
		default:
			t.Errorf("row %s: unknown state %q", line[1], state)
		}
	}
	scenarios, err := filepath.Glob("systems/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, scenario := range scenarios {
		if !shown[filepath.Base(scenario)] {
			t.Errorf("%s is not named by a line that works", scenario)
		}
	}
}
