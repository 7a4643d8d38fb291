//go:build shared

package document_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"jiaoheng/document"
	"jiaoheng/intake/txt"
)

// maxErrors is the floor: at most this share of characters may differ from the answer key, on every page.
const maxErrors = 0.003

const plans = "../../shared/plans"

// score runs the scorer's own character error rate on page (000 …) and a file of repaired text.
func score(t *testing.T, page, cleaned string) (rate float64, edits int) {
	t.Helper()
	const program = `
import sys, json
sys.path.insert(0, sys.argv[1])
import score
gold = open(sys.argv[1] + '/clean/' + sys.argv[2] + '.txt', encoding='utf-8').read()
optional = json.load(open(sys.argv[1] + '/clean/optional.json', encoding='utf-8'))
rate, edits, _ = score.cer(gold, open(sys.argv[3], encoding='utf-8').read(), optional.get(sys.argv[2]))
print(rate, edits)`
	out, err := exec.Command("python3", "-c", program, plans, page, cleaned).CombinedOutput()
	if err != nil {
		t.Fatalf("score: %v\n%s", err, out)
	}
	if _, err := fmt.Sscan(string(out), &rate, &edits); err != nil {
		t.Fatalf("score: %v in %q", err, out)
	}
	return rate, edits
}

func repaired(t *testing.T, name string) document.Document {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	source, err := txt.Read(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return document.Clean(source)
}

func TestRepairOfRealPages(t *testing.T) {
	pages, err := filepath.Glob(plans + "/raw/*.txt")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages in %s: %v", plans, err)
	}
	for _, name := range pages {
		page := strings.TrimSuffix(filepath.Base(name), ".txt")
		cleaned := filepath.Join(t.TempDir(), page+".txt")
		if err := os.WriteFile(cleaned, []byte(repaired(t, name).Clean.Text), 0o600); err != nil {
			t.Fatal(err)
		}
		rate, edits := score(t, page, cleaned)
		t.Logf("%s: %.4f (%d edits)", page, rate, edits)
		if rate > maxErrors {
			t.Errorf("%s: character error rate %.4f (%d edits), at most %.4f", page, rate, edits, maxErrors)
		}
	}
}

// A repaired text is clean: repaired again it stays as it is, but for line ends and width.
func TestCleanPagesStayAsTheyAre(t *testing.T) {
	pages, err := filepath.Glob(plans + "/clean/*.txt")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages in %s: %v", plans, err)
	}
	for _, name := range pages {
		page := strings.TrimSuffix(filepath.Base(name), ".txt")
		document := repaired(t, name)
		cleaned := filepath.Join(t.TempDir(), page+".txt")
		if err := os.WriteFile(cleaned, []byte(document.Clean.Text), 0o600); err != nil {
			t.Fatal(err)
		}
		if rate, edits := score(t, page, cleaned); edits != 0 {
			t.Errorf("%s: %d edits (%.4f) in a clean text: %+v", page, edits, rate, document.Repairs)
		}
	}
}
