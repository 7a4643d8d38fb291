package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

func TestExitCodes(t *testing.T) {
	cases := []struct {
		name string
		args []string
		in   string
		want int
	}{
		{"help", []string{"--help"}, "", exitDone},
		{"read", []string{"plan", "read", "-"}, "一、总体要求\n坚持公益普惠。", exitDone},
		{"nothing to read", []string{"plan", "read", "-"}, "", exitFault},
		{"no such file", []string{"plan", "read", "/nowhere/plan.txt"}, "", exitFault},
		{"no command", nil, "", exitUsage},
		{"unknown command", []string{"fly"}, "", exitUsage},
		{"unknown flag", []string{"plan", "read", "-", "--fly"}, "", exitUsage},
		{"unknown language", []string{"--lang", "fr", "plan", "read", "-"}, "", exitUsage},
		{"two results on one output", []string{"plan", "read", "-", "--json", "-", "--text", "-"}, "一、总体要求", exitUsage},
		{"a data folder that cannot be made", []string{"serve", "--data", "/dev/null/data", "--listen", "127.0.0.1:0"}, "", exitFault},
		{"no data folder", []string{"audit", "verify"}, "", exitFault},
	}
	for _, c := range cases {
		var out, err bytes.Buffer
		if got := run(context.Background(), c.args, strings.NewReader(c.in), &out, &err, nil); got != c.want {
			t.Errorf("%s: exit %d, want %d; %s", c.name, got, c.want, err.String())
		}
		if c.want != exitDone && err.Len() == 0 {
			t.Errorf("%s: nothing on standard error", c.name)
		}
	}
}
