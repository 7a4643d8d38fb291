package main

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// figure: figure CODE UNIT STAGE key=value… looks into the JSON that the last command printed, such as evaluate --json, and
// asks that the line of the code, unit and stage (- for none) holds the values; key= asks for null or an empty text.
func (s *scenario) figure(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 {
		ts.Fatalf("usage: figure CODE UNIT STAGE key=value…")
	}
	var document struct{ Indicators []map[string]any }
	if err := json.Unmarshal([]byte(ts.ReadFile("stdout")), &document); err != nil {
		ts.Fatalf("figure: the last command printed no JSON: %v", err)
	}
	if args[2] == "-" {
		args[2] = ""
	}
	found := 0
	for _, line := range document.Indicators {
		if line["code"] != args[0] || line["unit"] != args[1] || line["stage"] != args[2] {
			continue
		}
		found++
		for _, pair := range args[3:] {
			key, want, _ := strings.Cut(pair, "=")
			if got, known := line[key]; !known || !sameFigure(got, want) {
				ts.Fatalf("figure %s %s %s: %s is %v, want %q", args[0], args[1], args[2], key, got, want)
			}
		}
	}
	if found != 1 {
		ts.Fatalf("figure %s %s %s: %d lines", args[0], args[1], args[2], found)
	}
}

// sameFigure compares numbers with a tolerance that only takes out the error of binary arithmetic.
func sameFigure(got any, want string) bool {
	switch v := got.(type) {
	case nil:
		return want == ""
	case float64:
		number, err := strconv.ParseFloat(want, 64)
		return err == nil && math.Abs(number-v) <= 1e-6*math.Max(1, math.Abs(v))
	case []any:
		parts := make([]string, len(v))
		for i, one := range v {
			parts[i] = fmt.Sprint(one)
		}
		return strings.Join(parts, ",") == want
	}
	return fmt.Sprint(got) == want
}
