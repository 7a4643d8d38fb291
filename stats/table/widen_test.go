package table

import (
	"strings"
	"testing"

	"jiaoheng/fault"
)

func read(t *testing.T, text string) *Table {
	t.Helper()
	out, err := Read(strings.NewReader(text), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRowsOfOneMarkBecomeRowsOfPupils(t *testing.T) {
	wide, err := read(t, "school,pupil,subject,mark\nA,2,maths,50\nA,1,chinese,70\nA,2,chinese,60\nB,3,maths,\n").Widen("subject", "mark", "pupil")
	if err != nil {
		t.Fatal(err)
	}
	if wide.Rows != 3 || len(wide.Columns) != 4 {
		t.Fatalf("%d rows of %d columns", wide.Rows, len(wide.Columns))
	}
	maths, _ := wide.Column("maths")
	chinese, _ := wide.Column("chinese")
	if maths.Numbers[0] != 50 || chinese.Numbers[0] != 60 || chinese.Numbers[1] != 70 || !maths.IsMissing(1) || !maths.IsMissing(2) || !chinese.IsMissing(2) {
		t.Errorf("maths %v %v, chinese %v %v", maths.Numbers, maths.Missing, chinese.Numbers, chinese.Missing)
	}
	if school, _ := wide.Column("school"); school.Levels[school.Codes[2]] != "B" {
		t.Errorf("schools %v", school.Codes)
	}
}

func TestWhatCannotBeWidenedIsNamed(t *testing.T) {
	long := read(t, "pupil,subject,mark,word\n1,maths,50,x\n1,maths,60,y\n")
	for _, c := range []struct{ name, subject, value, pupil, code string }{
		{"column", "nothing", "mark", "pupil", "table.widen_column"}, {"words", "subject", "word", "pupil", "table.widen_words"}, {"twice", "subject", "mark", "pupil", "table.widen_twice"},
	} {
		_, err := long.Widen(c.subject, c.value, c.pupil)
		if got := fault.Of(err); len(got) != 1 || got[0].Code != c.code {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
