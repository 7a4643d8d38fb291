package plan_test

import (
	"strings"
	"testing"

	"jiaoheng/plan"
)

func TestFileNamesAreSafeToShow(t *testing.T) {
	cases := []struct{ name, sent, want string }{
		{"a name", "青溪县规划.docx", "青溪县规划.docx"},
		{"a path", "../../etc/passwd.txt", "passwd.txt"},
		{"a path of Windows", `C:\文件\规划.pdf`, "规划.pdf"},
		{"turned direction of writing", "规划\u202etxt.exe", "规划txt.exe"},
		{"control characters", "规\r\n\x00划\u2028.txt", "规划.txt"},
		{"no text", "规划\xff.txt", "规划.txt"},
		{"too long", strings.Repeat("长", 300) + ".txt", strings.Repeat("长", 120)},
	}
	for _, c := range cases {
		if got := plan.FileName(c.sent); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
