package portal

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"jiaoheng/message"
)

// What docs/draw-check.md quotes from the pages stands there word by word.
func TestParentsReadWhatThePagesSay(t *testing.T) {
	data, err := os.ReadFile("../../docs/draw-check.md")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{"● " + message.Text(message.Chinese, "draw.public.script.valid", nil): true}
	for _, key := range message.Keys() {
		if strings.HasPrefix(key, "draw.public.") {
			said[message.Text(message.Chinese, key, nil)] = true
		}
	}
	quoted := regexp.MustCompile(`“([^”]+)”`).FindAllStringSubmatch(string(data), -1)
	for _, row := range regexp.MustCompile(`(?m)^\| ([^|]+) \| [^|-]`).FindAllStringSubmatch(string(data), -1)[1:] {
		quoted = append(quoted, row)
	}
	if len(quoted) < 15 {
		t.Fatalf("only %d quotations were found", len(quoted))
	}
	for _, one := range quoted {
		if !said[one[1]] {
			t.Errorf("docs/draw-check.md quotes “%s”, which no page of draws says", one[1])
		}
	}
}
