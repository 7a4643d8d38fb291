package pack_test

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"jiaoheng/message"
	"jiaoheng/pack"
)

// FuzzLoad puts any text in the place of any file of the good pack: Load tells faults and never panics, and what it
// accepts can be described.
func FuzzLoad(f *testing.F) {
	names := []string{"pack.yaml", "registers/basic.yaml", "registers/rows.yaml", "tables/run.yaml", "indicators/teacher.yaml", "standards/teacher.yaml",
		"registers/finding.yaml", "lifecycles/finding.yaml", "letters/finding.yaml", "quotas/lesson.yaml", "calendars/2025.yaml"}
	good := fstest.MapFS{"packs/example/examples/finding.csv": {Data: []byte("单位代码\n")}}
	for at, name := range names {
		data, err := os.ReadFile("testdata/good/" + name)
		if err != nil {
			f.Fatal(err)
		}
		good[path.Join("packs/example", name)] = &fstest.MapFile{Data: data}
		f.Add(at, string(data))
	}
	bad := os.DirFS("testdata/bad")
	err := fs.WalkDir(bad, ".", func(at string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(at) != ".yaml" {
			return err
		}
		data, err := fs.ReadFile(bad, at)
		for n, name := range names {
			if path.Base(path.Dir(at)) == path.Dir(name) {
				f.Add(n, string(data))
			}
		}
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, at int, text string) {
		files := fstest.MapFS{}
		for name, file := range good {
			files[name] = file
		}
		files[path.Join("packs/example", names[(at%len(names)+len(names))%len(names)])] = &fstest.MapFile{Data: []byte(text)}
		set, faults := pack.Load(files, nil)
		if set == nil {
			if len(faults) == 0 || faults.Text(message.Chinese) == "" || faults.Text(message.English) == "" {
				t.Error("no set and no faults")
			}
			return
		}
		if description, known := pack.Describe(set, "example", message.Chinese); known {
			_ = description.Text(message.Chinese)
		}
	})
}

// A line that is missing from what a pack says of rows that live is told or means nothing; Load never panics.
func TestLinesThatAreMissing(t *testing.T) {
	good := tree(t, "testdata/good", "example")
	for _, name := range []string{"registers/finding.yaml", "lifecycles/finding.yaml", "letters/finding.yaml", "quotas/lesson.yaml", "calendars/2025.yaml"} {
		name = path.Join("packs/example", name)
		lines := strings.SplitAfter(string(good[name].Data), "\n")
		for at := range lines {
			files := maps.Clone(good)
			files[name] = &fstest.MapFile{Data: []byte(strings.Join(slices.Concat(lines[:at], lines[at+1:]), ""))}
			set, faults := pack.Load(files, nil)
			if (set == nil) != (len(faults) > 0) {
				t.Errorf("%s, line %d: a set and faults, or neither", name, at+1)
			}
			if set != nil {
				description, _ := pack.Describe(set, "example", message.English)
				_ = description.Text(message.English)
			}
		}
	}
}
