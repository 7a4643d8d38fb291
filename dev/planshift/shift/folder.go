package shift

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Folder shifts every page of folder from and writes them to folder to.
func Folder(from, to string, seed uint64) error {
	keys, err := filepath.Glob(filepath.Join(from, "gold", "*.json"))
	if err != nil {
		return err
	}
	if len(keys) == 0 {
		return fmt.Errorf("%s holds no gold/*.json", from)
	}
	for _, sub := range []string{"raw", "clean", "gold"} {
		if err := os.MkdirAll(filepath.Join(to, sub), 0o755); err != nil {
			return err
		}
	}
	for _, key := range keys {
		name := strings.TrimSuffix(filepath.Base(key), ".json")
		if err := shiftFile(from, to, name, seed); err != nil {
			return fmt.Errorf("page %s: %w", name, err)
		}
	}
	optional, err := os.ReadFile(filepath.Join(from, "clean", "optional.json"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, "clean", "optional.json"), optional, 0o644)
}

func shiftFile(from, to, name string, seed uint64) error {
	var parts [3][]byte
	files := []string{filepath.Join("raw", name+".txt"), filepath.Join("clean", name+".txt"), filepath.Join("gold", name+".json")}
	for i, file := range files {
		data, err := os.ReadFile(filepath.Join(from, file))
		if err != nil {
			return err
		}
		parts[i] = data
	}
	page, err := Shift(Page{Raw: string(parts[0]), Clean: string(parts[1]), Key: parts[2]}, seed)
	if err != nil {
		return err
	}
	for i, data := range [][]byte{[]byte(page.Raw), []byte(page.Clean), page.Key} {
		if err := os.WriteFile(filepath.Join(to, files[i]), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
