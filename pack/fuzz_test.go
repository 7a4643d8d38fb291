package pack_test

import (
	"io/fs"
	"os"
	"path"
	"testing"
	"testing/fstest"

	"jiaoheng/message"
	"jiaoheng/pack"
)

// FuzzLoad puts any text in the place of any file of the good pack: Load tells faults and never panics, and what it
// accepts can be described.
func FuzzLoad(f *testing.F) {
	names := []string{"pack.yaml", "registers/basic.yaml", "registers/rows.yaml", "tables/run.yaml", "indicators/teacher.yaml", "standards/teacher.yaml"}
	good := fstest.MapFS{}
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
