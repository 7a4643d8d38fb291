package packtest_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"jiaoheng"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/packtest"
)

// blocks returns the texts of a file of docs that are indented by four blanks, in order.
func blocks(t *testing.T, name string) []string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for part := range strings.SplitSeq(string(text), "\n#") {
		var block strings.Builder
		for line := range strings.Lines(part) {
			if inner, indented := strings.CutPrefix(line, "    "); indented {
				block.WriteString(inner)
			} else if strings.TrimSpace(line) == "" {
				block.WriteString("\n")
			}
		}
		if strings.TrimSpace(block.String()) != "" {
			all = append(all, block.String())
		}
	}
	return all
}

// The examples of docs/itest.md come out as they stand there, with the local pack of docs/regional-values.md beside those of
// the program.
func TestTheExamplesOfTheDocsComeOut(t *testing.T) {
	local := fstest.MapFS{"packs/local-city/pack.yaml": {Data: []byte(strings.Join(blocks(t, "../docs/regional-values.md"), "\n"))}}
	set, faults := pack.Load(jiaoheng.Packs, local)
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	examples := blocks(t, "../docs/itest.md")
	if len(examples) != 3 {
		t.Fatalf("%d examples, want 3", len(examples))
	}
	for at, example := range examples {
		name, scope := fmt.Sprintf("docs/itest.md example %d", at+1), set.Everything()
		if at == 2 {
			scope = goodPack(t, nil).Everything() // lives are told of the example of docs/packs.md
		}
		file := packtest.RunFile(scope, name, []byte(example))
		for _, f := range file.Faults {
			t.Error(f.Text(message.English))
		}
		if len(file.Results) < 6 {
			t.Errorf("%s: %d results", name, len(file.Results))
		}
		for _, r := range file.Results {
			if !r.Passed {
				t.Error(r.Text(message.English))
			}
		}
	}
}

// The examples use every statement of the language, and the docs name every limit.
func TestTheDocsNameEveryStatementAndLimit(t *testing.T) {
	data, err := os.ReadFile("../docs/itest.md")
	if err != nil {
		t.Fatal(err)
	}
	docs, examples := string(data), strings.Join(blocks(t, "../docs/itest.md"), "\n")
	for _, statement := range []string{"case ", "load section ", "load rows ", "set switch.", "set region ", "merge ", "eval ", "judge ", "rows ", "cells ", "life ", "expect fault "} {
		if !strings.Contains(examples, "\n"+statement) {
			t.Errorf("no example uses %q", statement)
		}
	}
	for _, limit := range []int{packtest.MaxBytes >> 10, packtest.MaxLines, packtest.MaxCases, packtest.MaxWords, packtest.MaxFaults} {
		if !regexp.MustCompile(fmt.Sprintf(`\b%d\b`, limit)).MatchString(docs) {
			t.Errorf("docs/itest.md does not name the limit %d", limit)
		}
	}
}
