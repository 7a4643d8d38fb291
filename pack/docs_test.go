package pack

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"jiaoheng/message"
)

func readDocs(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../docs/packs.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Every kind of entry has a section with a table of exactly its keys.
func TestEveryKeyIsDocumented(t *testing.T) {
	docs := readDocs(t)
	for kind, keys := range format {
		_, section, found := strings.Cut(docs, "\n### "+kind+"\n")
		if !found {
			t.Errorf("docs/packs.md has no section %s", kind)
			continue
		}
		section, _, _ = strings.Cut(section, "\n## ")
		section, _, _ = strings.Cut(section, "\n### ")
		var documented []string
		for _, line := range strings.Split(section, "\n") {
			cell, isRow := strings.CutPrefix(line, "| ")
			if cell, _, _ = strings.Cut(cell, " | "); isRow {
				for _, m := range regexp.MustCompile("`([a-z_]+)`").FindAllStringSubmatch(cell, -1) {
					documented = append(documented, m[1])
				}
			}
		}
		slices.Sort(documented)
		if want := slices.Sorted(slices.Values(keys)); !slices.Equal(documented, want) {
			t.Errorf("%s: documented %v, keys %v", kind, documented, want)
		}
	}
	for _, limit := range []int{MaxFiles, MaxFileBytes, MaxDepth, MaxEntries, MaxText, maxName} {
		if !strings.Contains(docs, " "+fmt.Sprint(limit)+" ") {
			t.Errorf("docs/packs.md does not name the limit %d", limit)
		}
	}
	for _, number := range allowedNumbers {
		if !regexp.MustCompile(`[ ]` + plain(number) + `[ ,]`).MatchString(docs) {
			t.Errorf("docs/packs.md does not name the number %s", plain(number))
		}
	}
	for _, name := range append(slices.Clone(UnitFlags), UnitOpened) {
		if !strings.Contains(docs, "`"+UnitHead+name+"`") {
			t.Errorf("docs/packs.md does not name %s", UnitHead+name)
		}
	}
}

// The examples of the document are the files that their first lines name; together they are packs without a fault.
func TestTheExamplesOfTheDocumentLoad(t *testing.T) {
	program, local := fstest.MapFS{}, fstest.MapFS{}
	for _, m := range regexp.MustCompile("(?s)```yaml\n# ([^\n]+)\n(.*?)```").FindAllStringSubmatch(readDocs(t), -1) {
		if name, isLocal := strings.CutPrefix(m[1], "DATA/"); isLocal {
			local[name] = &fstest.MapFile{Data: []byte(m[2])}
		} else {
			program[m[1]] = &fstest.MapFile{Data: []byte(m[2])}
		}
	}
	if blocks := strings.Count(readDocs(t), "```yaml"); blocks != len(program)+len(local) || blocks < 7 {
		t.Errorf("%d examples, %d of them with the name of a file", blocks, len(program)+len(local))
	}
	set, faults := Load(program, local)
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	if got := len(set.Closure("example").Indicators()); got != 5 {
		t.Errorf("%d indicators", got)
	}
}
