package record

import (
	"strings"
	"testing"

	"jiaoheng/lifecycle"
	"jiaoheng/message"
)

func state(name string) *lifecycle.State {
	return &lifecycle.State{Name: name, Title: message.Pair{Chinese: name, English: name}}
}

func event(name, to string, from ...string) *lifecycle.Event {
	return &lifecycle.Event{Name: name, Title: message.Pair{Chinese: name, English: name}, From: from, To: to}
}

// TestThePictureHoldsEveryWay draws machines and looks whether boxes stand apart, every arrow begins and ends at a box, and
// nothing leaves the picture.
func TestThePictureHoldsEveryWay(t *testing.T) {
	long := strings.Repeat("特别长的状态名称", 5)
	many := &lifecycle.Machine{}
	for i := range lifecycle.MaxStates {
		many.States = append(many.States, state("s"+string(rune('a'+i))))
	}
	for i := range lifecycle.MaxEvents {
		many.Events = append(many.Events, event("第"+string(rune('a'+i))+"件事", many.States[i*7%len(many.States)].Name, many.States[i*3%len(many.States)].Name))
	}
	cases := []struct {
		name    string
		machine *lifecycle.Machine
		arrows  int
	}{
		{"one state", &lifecycle.Machine{States: []*lifecycle.State{state("only")}}, 0},
		{"straight on", &lifecycle.Machine{States: []*lifecycle.State{state("a"), state("b")}, Events: []*lifecycle.Event{event("go", "b", "a"), event("go too", "b", "a")}}, 1},
		{"back, over one, to itself and out of a pause", &lifecycle.Machine{States: []*lifecycle.State{state("a"), state("b"), state(long)}, Events: []*lifecycle.Event{
			event("go", "b", "a"), event("close", long, "a", "b"), event("return", "a", "b", long), event("stay", "", "a"), event("resume", lifecycle.Back, "b")}}, 5},
		{"as much as a machine may hold", many, -1},
	}
	for _, c := range cases {
		d := drawMachine(c.machine, message.Chinese, func(*lifecycle.State) string { return "5个工作日" })
		if c.arrows >= 0 && len(d.Arrows) != c.arrows {
			t.Errorf("%s: %d arrows, want %d: %v", c.name, len(d.Arrows), c.arrows, d.Arrows)
		}
		for i, box := range d.Boxes {
			if box.X < 0 || box.X+drawnBox > d.Width || box.Y < 0 || box.Y+box.Height > d.Height {
				t.Errorf("%s: state %d leaves the picture", c.name, i)
			}
			if i > 0 && box.Y < d.Boxes[i-1].Y+d.Boxes[i-1].Height {
				t.Errorf("%s: states %d and %d overlap", c.name, i-1, i)
			}
		}
		for _, label := range d.Labels {
			from, to := label.X, label.X+textWidth(label.Text)
			if label.End {
				from, to = label.X-textWidth(label.Text), label.X
			}
			if from < 0 || to > d.Width {
				t.Errorf("%s: the label %q leaves the picture: %d to %d of %d", c.name, label.Text, from, to, d.Width)
			}
		}
	}
}

func TestTextsAreCutToTheirWidth(t *testing.T) {
	cases := []struct {
		text  string
		width int
		want  string
	}{
		{"整改", 100, "整改"},
		{"下达整改通知书并抄送", 80, "下达整改通…"},
		{"Give notice", 60, "Give n…"},
	}
	for _, c := range cases {
		if got := cutText(c.text, c.width); got != c.want || textWidth(got) > c.width+13 {
			t.Errorf("%q cut to %d is %q, want %q", c.text, c.width, got, c.want)
		}
	}
	if lines := foldText("To be checked by a second person", 120); len(lines) != 2 || strings.Contains(lines[0], "secondp") {
		t.Errorf("folded into %q", lines)
	}
}
