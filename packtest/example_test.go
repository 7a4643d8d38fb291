package packtest_test

import (
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/packtest"
)

// goodPack returns the example of package pack with some files in place of its own.
func goodPack(t *testing.T, changed map[string]string) *pack.Set {
	t.Helper()
	files := fstest.MapFS{}
	good := os.DirFS("../pack/testdata/good")
	err := fs.WalkDir(good, ".", func(at string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(good, at)
		files["packs/example/"+at] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range changed {
		files["packs/example/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	set, faults := pack.Load(files, nil)
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	return set
}

func TestExampleSheetsAreReadAsAnImportWould(t *testing.T) {
	cases := []struct{ name, file, text, code string }{
		{"the sheet of the example", "", "", ""},
		{"a column that nobody knows", "finding.csv", "单位代码,问题概要\n2199000001,门\n", "register.heading_unknown"},
		{"a value that does not fit", "finding.csv", "单位代码,问题概述,发现日期,等级\n2199000001,门,2025-03-03,特别严重\n", "register.not_choice"},
		{"no rows", "finding.csv", "单位代码,问题概述,发现日期\n", "packtest.example_unread"},
		{"no table", "finding.csv", "单位代码,\"问题概述\n", "packtest.example_unread"},
		{"the code of the county", "finding.csv", "单位代码,问题概述,发现日期\n990121,门,2025-03-03\n", "register.unit_kind"},
		{"a sheet of nobody", "other.csv", "单位代码\n2199000001\n", "packtest.example_unused"},
	}
	for _, c := range cases {
		changed := map[string]string{}
		if c.file != "" {
			changed["examples/"+c.file] = c.text
		}
		codes := map[string]bool{}
		for _, file := range packtest.RunPack(goodPack(t, changed), "example") {
			for _, f := range file.Faults {
				codes[f.Code] = true
			}
		}
		if c.code == "" && len(codes) > 0 || c.code != "" && !codes[c.code] {
			t.Errorf("%s: %v", c.name, codes)
		}
	}
}
