package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/message"
)

func TestFaultNamesPlaceAndReason(t *testing.T) {
	cases := []struct {
		name  string
		fault *fault.Fault
		want  string
	}{
		{"table", fault.At(fault.Place{File: "学校.xlsx", Row: 3, Column: "学校代码"}, "fault.count", message.Args{"count": 2}), "学校.xlsx:第 3 行:“学校代码”：共 2 处问题"},
		{"text file", fault.At(fault.Place{File: "a.yaml", Line: 12, Offset: 5}, "fault.count", message.Args{"count": 1}), "a.yaml:12:5：共 1 处问题"},
		{"no place", fault.New("fault.count", message.Args{"count": 1}), "共 1 处问题"},
	}
	for _, c := range cases {
		if got := c.fault.Error(); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestOfFindsFaultsBehindWrapping(t *testing.T) {
	var list fault.List
	if list.Err() != nil {
		t.Error("an empty list is no error")
	}
	list.Add(fault.New("fault.count", message.Args{"count": 1}), fault.New("fault.count", message.Args{"count": 2}))
	if got := len(fault.Of(fmt.Errorf("import: %w", list.Err()))); got != 2 {
		t.Errorf("got %d faults, want 2", got)
	}
	if got := len(fault.Of(fmt.Errorf("import: %w", list[0]))); got != 1 {
		t.Errorf("got %d faults, want 1", got)
	}
	if fault.Of(errors.New("disk full")) != nil {
		t.Error("an operator's error is no fault")
	}
}
