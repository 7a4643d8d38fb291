package message_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jiaoheng/message"
)

var place = regexp.MustCompile(`\{[a-z_]+\}`)

func TestEveryKeyHasBothLanguagesWithTheSamePlaces(t *testing.T) {
	for _, key := range message.Keys() {
		zh, en := message.Text(message.Chinese, key, nil), message.Text(message.English, key, nil)
		if strings.TrimSpace(zh) == "" || strings.TrimSpace(en) == "" {
			t.Errorf("%s lacks a language: zh %q, en %q", key, zh, en)
		}
		a, b := place.FindAllString(zh, -1), place.FindAllString(en, -1)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(slices.Compact(a), slices.Compact(b)) {
			t.Errorf("%s: places differ: zh %v, en %v", key, a, b)
		}
	}
}

// A string literal that looks like a key of the catalogue counts as a use of it: its first part is the
// name of a file under text/, or what stands in it before a "_", and it has at least one dot.
func TestKeysInCodeAndInCatalogueAreTheSame(t *testing.T) {
	words := map[string]bool{}
	names, err := filepath.Glob("text/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		word, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(name), ".yaml"), "_")
		words[word] = true
	}
	used := map[string]string{}
	keyLike := regexp.MustCompile(`^[a-z]+(\.[a-z0-9_]+)+\.?$`)
	walk(t, func(path string, text string) {
		keys := []string{}
		if strings.HasSuffix(path, ".templ") {
			for _, m := range regexp.MustCompile(`"([a-z0-9_.]+)"`).FindAllStringSubmatch(text, -1) {
				keys = append(keys, m[1])
			}
		} else {
			keys = literals(t, path, text)
		}
		for _, key := range keys {
			if keyLike.MatchString(key) && words[key[:strings.IndexByte(key, '.')]] {
				used[key] = path
			}
		}
	})
	for key, path := range used {
		if !strings.HasSuffix(key, ".") && !message.Has(key) && !isFileName(key) && !isTestOf(path) {
			t.Errorf("%s: no text for key %q in message/text", path, key)
		}
	}
	for _, key := range message.Keys() {
		if reason := strings.TrimSuffix(key, "_remedy"); used[reason] == "" && used[key] == "" && !builtFromParts(key, used) {
			t.Errorf("message/text: %s is used nowhere", key)
		}
	}
}

// builtFromParts tells whether code names a family of keys as a literal ending in a dot, such as "plan.kind.".
func builtFromParts(key string, used map[string]string) bool {
	for end := strings.LastIndexByte(key, '.'); end > 0; end = strings.LastIndexByte(key[:end], '.') {
		if used[key[:end+1]] != "" {
			return true
		}
	}
	return false
}

func isFileName(key string) bool {
	return slices.Contains([]string{".go", ".json", ".txt", ".docx", ".yaml", ".css", ".js"}, filepath.Ext(key))
}

func isTestOf(path string) bool { return strings.HasSuffix(path, "_test.go") }

func literals(t *testing.T, path, text string) []string {
	file, err := parser.ParseFile(token.NewFileSet(), path, text, 0)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	ast.Inspect(file, func(node ast.Node) bool {
		if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			if s, err := strconv.Unquote(literal.Value); err == nil {
				found = append(found, s)
			}
		}
		return true
	})
	return found
}

func walk(t *testing.T, visit func(path, text string)) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") && entry.Name() != ".." || entry.Name() == "node_modules" || entry.Name() == "third_party") {
			return filepath.SkipDir
		}
		source := strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_templ.go") || strings.HasSuffix(path, ".templ")
		if entry.IsDir() || !source {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		visit(path, string(data))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestFill(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"filled", "共{count}所", "共3所"},
		{"unknown place stays", "{other}", "{other}"},
		{"open brace stays", "a{count", "a{count"},
	}
	for _, c := range cases {
		if got := message.Fill(c.text, message.Args{"count": 3}); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestAWordIsSaidInTheLanguageOfTheText(t *testing.T) {
	args := message.Args{"action": message.Word("unit.action.import")}
	if got := message.Text(message.Chinese, "action.refused", args); !strings.Contains(got, "导入单位") {
		t.Errorf("Chinese: %s", got)
	}
	if got := message.Text(message.English, "action.refused", args); !strings.Contains(got, "Import units") {
		t.Errorf("English: %s", got)
	}
}
