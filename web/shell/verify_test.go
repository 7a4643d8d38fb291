package shell

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// A sceptical parent reads the verifier line by line: it stays short, leans on nothing, and runs in browsers of 2018.
func TestTheVerifierStaysReadable(t *testing.T) {
	newer := regexp.MustCompile(`\?\?|\?\.[a-z(]|\.at\(|\.flat|\.matchAll|\.replaceAll|BigInt|\d+n\b|catch \{|import |export |\bawait\b|#[a-z]+\(|\(\?<`)
	outside := regexp.MustCompile(`crypto|fetch|XMLHttpRequest|WebSocket|eval\(|Math\.random|document|localStorage`)
	for name, limit := range map[string]int{"verify.js": 400, "verify-kinds.js": 200} {
		lines := strings.Split(strings.TrimSuffix(string(File(name)), "\n"), "\n")
		if len(lines) > limit {
			t.Errorf("%s has %d lines, at most %d are allowed", name, len(lines), limit)
		}
		for n, line := range lines {
			if utf8.RuneCountInString(line) > 140 {
				t.Errorf("%s:%d is longer than 140 columns", name, n+1)
			}
			if found := newer.FindString(line); found != "" {
				t.Errorf("%s:%d: browsers of 2018 do not know %q", name, n+1, found)
			}
			if found := outside.FindString(line); found != "" {
				t.Errorf("%s:%d: the verifier must not use %q", name, n+1, found)
			}
		}
	}
}
