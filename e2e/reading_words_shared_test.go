//go:build shared

package e2e

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// provinces stand in a reader that knows the complete list of them; naming only some of them is knowing the pages.
var provinces = []string{"北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南",
	"湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆"}

var regionPart = regexp.MustCompile(`.+?(?:自治区|自治州|管理区|省|市|盟|州市|县|区)`)

// pageWords returns the names of places and the sentences of at least twelve characters of the five pages.
func pageWords(t *testing.T) (places, sentences []string) {
	t.Helper()
	keys, err := filepath.Glob(filepath.Join(plans, "gold", "*.json"))
	if err != nil || len(keys) == 0 {
		t.Fatalf("no keys below %s (%v)", plans, err)
	}
	for _, file := range keys {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var key struct{ Meta struct{ Region string } }
		if err := json.Unmarshal(data, &key); err != nil {
			t.Fatal(err)
		}
		for _, part := range regionPart.FindAllString(key.Meta.Region, -1) {
			name := part
			for _, suffix := range []string{"自治区", "管理区", "省", "市", "盟", "县"} {
				name = strings.TrimSuffix(name, suffix)
			}
			places = append(places, name)
		}
		text, err := os.ReadFile(filepath.Join(plans, "clean", strings.TrimSuffix(filepath.Base(file), ".json")+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range strings.FieldsFunc(string(text), func(r rune) bool { return strings.ContainsRune("。！？\n", r) }) {
			if len([]rune(s)) >= 12 {
				sentences = append(sentences, s)
			}
		}
	}
	return places, sentences
}

// The reader is judged on other documents: nothing of the five pages may stand in its rules.
func TestSharedPagesDoNotStandInTheReader(t *testing.T) {
	places, sentences := pageWords(t)
	if len(places) < 8 || len(sentences) < 300 {
		t.Fatalf("only %d places and %d sentences found in the pages", len(places), len(sentences))
	}
	files := 0
	for _, folder := range []string{"zh", "document", "intake", "plan/reading"} {
		err := filepath.WalkDir(filepath.Join("..", folder), func(name string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if entry.IsDir() && entry.Name() == "testdata" {
				return filepath.SkipDir
			}
			if entry.IsDir() || strings.HasSuffix(name, "_test.go") || !strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, ".yaml") {
				return nil
			}
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			files++
			text := string(data)
			for _, p := range places {
				if strings.Contains(text, p) && !(isProvince(p) && knowsAllProvinces(text)) {
					t.Errorf("%s names %s", name, p)
				}
			}
			for _, s := range sentences {
				if strings.Contains(text, s) {
					t.Errorf("%s holds a sentence of a page: %s", name, s)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 10 {
		t.Errorf("only %d files looked at", files)
	}
}

func isProvince(name string) bool {
	for _, p := range provinces {
		if p == name {
			return true
		}
	}
	return false
}

func knowsAllProvinces(text string) bool {
	for _, p := range provinces {
		if !strings.Contains(text, p) {
			return false
		}
	}
	return true
}
