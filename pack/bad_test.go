package pack_test

import (
	"flag"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"jiaoheng/message"
	"jiaoheng/pack"
)

var update = flag.Bool("update", false, "write the expected texts of testdata/bad anew")

// tree reads a folder as files below packs/<name>/.
func tree(t *testing.T, folder, name string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS(folder), ".", func(at string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(at)))
		files[path.Join(pack.Root, name, at)] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// badCase returns the good pack with the files of a case over it. The folder local holds packs of a data folder, the
// folder more holds other packs of the program; an empty file takes one away.
func badCase(t *testing.T, folder string) (program, local fstest.MapFS) {
	t.Helper()
	program, local = tree(t, "testdata/good", "example"), fstest.MapFS{}
	for name, file := range tree(t, folder, "example") {
		inside := strings.TrimPrefix(name, "packs/example/")
		switch head, rest, _ := strings.Cut(inside, "/"); {
		case inside == "expected.txt":
		case head == "local":
			local["packs/"+rest] = file
		case head == "more":
			program["packs/"+rest] = file
		default:
			program[name] = file
		}
	}
	return program, local
}

// Every message has a bad input on file with its expected text in both languages beside it.
func TestBadPacksAreTold(t *testing.T) {
	cases, err := filepath.Glob("testdata/bad/*")
	if err != nil || len(cases) < 35 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	told := map[string]bool{}
	for _, folder := range cases {
		program, local := badCase(t, folder)
		set, faults := pack.Load(program, local)
		if len(faults) == 0 || set != nil {
			t.Errorf("%s: no fault", folder)
			continue
		}
		for _, f := range faults {
			told[f.Code] = true
		}
		got := faults.Text(message.Chinese) + "\n\n" + faults.Text(message.English) + "\n"
		expected := filepath.Join(folder, "expected.txt")
		if *update {
			if err := os.WriteFile(expected, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(expected)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s:\n%s\nwant:\n%s", folder, got, want)
		}
	}
	maps.Copy(told, toldByLimits(t))
	for _, key := range message.Keys() {
		reason, isRemedy := strings.CutSuffix(key, "_remedy")
		if isRemedy && strings.HasPrefix(key, "pack.") && !told[reason] && !elsewhere[reason] {
			t.Errorf("%s: no bad pack on file shows this message", reason)
		}
	}
}

// elsewhere are messages that the tests of other packages show, or that only a broken disk does.
var elsewhere = map[string]bool{"pack.no_such_pack": true, "pack.cannot_read": true}

// toldByLimits loads packs that pass a limit, too large to lie on file, and returns what is told.
func toldByLimits(t *testing.T) map[string]bool {
	t.Helper()
	many := fstest.MapFS{}
	for n := range pack.MaxFiles + 1 {
		many["packs/example/tables/t"+strings.Repeat("x", n)+".yaml"] = &fstest.MapFile{Data: []byte("# \n")}
	}
	packs := fstest.MapFS{}
	for n := range 201 {
		packs["packs/p"+strings.Repeat("x", n)+"/pack.yaml"] = &fstest.MapFile{Data: []byte("# \n")}
	}
	cases := map[string]fstest.MapFS{
		"pack.too_many_files": many,
		"pack.too_many_packs": packs,
		"pack.file_too_large": {"packs/example/tables/t.yaml": {Data: make([]byte, pack.MaxFileBytes+1)}},
		"pack.too_many_entries": {"packs/example/tables/t.yaml": {
			Data: []byte("t:\n  points: [" + strings.Repeat("1, ", pack.MaxEntries) + "1]\n")}},
	}
	told := map[string]bool{}
	for code, files := range cases {
		_, faults := pack.Load(files, nil)
		for _, f := range faults {
			told[f.Code] = true
		}
		if !told[code] {
			t.Errorf("%s is not told", code)
		}
	}
	return told
}

// What a pack says is written the same way each time, in both languages.
func TestADescriptionIsWrittenForReaders(t *testing.T) {
	set, faults := pack.Load(tree(t, "testdata/good", "example"), nil)
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	for _, language := range []message.Language{message.Chinese, message.English} {
		description, _ := pack.Describe(set, "example", language)
		got, expected := description.Text(language), filepath.Join("testdata", "doc."+string(language)+".txt")
		if *update {
			if err := os.WriteFile(expected, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(expected)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s:\n%s\nwant:\n%s", expected, got, want)
		}
	}
}

func TestTheGoodPackHasNoFaults(t *testing.T) {
	set, faults := pack.Load(tree(t, "testdata/good", "example"), nil)
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	scope := set.Closure("example")
	if got := len(scope.Items()); got != 22 {
		t.Errorf("%d items", got)
	}
	if verdict, found := scope.Verdict(); !found || verdict.Name != "example.county" {
		t.Error("the verdict was not found")
	}
}
