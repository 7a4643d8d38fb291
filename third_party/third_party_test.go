package third_party_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiaoheng/third_party"
)

// Every committed file has its sum in the list, and the list names nothing else.
func TestSumsHold(t *testing.T) {
	list, err := os.ReadFile("SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for line := range strings.Lines(string(list)) {
		sum, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if !ok {
			t.Fatalf("bad line %q", line)
		}
		want[name] = sum
	}
	for _, folder := range []string{"echarts", "htmx", "icons", "opencc", "pdfium"} {
		err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			name = filepath.ToSlash(name)
			if got := fmt.Sprintf("%x", sha256.Sum256(data)); got != want[name] {
				t.Errorf("%s: sum %s, listed %q", name, got, want[name])
			}
			delete(want, name)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for name := range want {
		t.Errorf("%s is listed but not there", name)
	}
	if len(list) == 0 {
		t.Error("the list is empty")
	}
}

func TestFilesAreWhatTheySay(t *testing.T) {
	if script := third_party.HTMX(); !bytes.Contains(script, []byte(`version:"2.0.11"`)) {
		t.Error("htmx is not version 2.0.11")
	}
	if drawing, ok := third_party.Icon("home"); !ok || !strings.HasPrefix(drawing, "<path d=") || strings.Contains(drawing, "svg") {
		t.Errorf("icon home: %q", drawing)
	}
	if _, ok := third_party.Icon("no such icon"); ok {
		t.Error("an unknown icon was found")
	}
	module, err := third_party.PDFium()
	if err != nil || !bytes.HasPrefix(module, []byte("\x00asm")) {
		t.Errorf("pdfium is no WebAssembly module: %v", err)
	}
}

func TestTraditionalHoldsPairs(t *testing.T) {
	pairs := map[string]string{}
	for line := range strings.Lines(string(third_party.Traditional())) {
		key, value, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !ok || key == "" || value == "" {
			t.Fatalf("bad line %q", line)
		}
		pairs[key] = value
	}
	cases := []struct{ name, key, want string }{
		{"one to one", "學", "学"},
		{"wrong conversion of production", "製", "制"},
		{"wrong conversion of face", "麵", "面"},
		{"wrong conversion of only", "隻", "只"},
		{"wrong conversion of valley", "穀", "谷"},
		{"wrong conversion of relation", "係", "系"},
		{"phrase that stays", "乾坤", "乾坤"},
		{"character of the phrase alone", "乾", "干"},
	}
	for _, c := range cases {
		if got := pairs[c.key]; got != c.want {
			t.Errorf("%s: %s gives %q, want %q", c.name, c.key, got, c.want)
		}
	}
}
