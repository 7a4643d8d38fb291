package packtest_test

import (
	"fmt"
	"strings"
	"testing"

	"jiaoheng/measure"
	"jiaoheng/packtest"
)

const sample = `# the table of the style guide
load section at 2023-2024
    id    stage    pupils  teachers_above

    S001  primary  1000    43
    S003  primary   800    _                  # _ = 未报
eval teacher.above_per_100 at 2023-2024
    S001  4.30
    S003  missing(teachers_above, pupils)
    S004/junior  invalid(分母为零)
judge teacher.above_per_100 at 2023-2024
    S001  pass
    S002  fail  2
    S003  unknown missing(pupils)
    S005  excluded

case 恰好达到 标准
set switch.small_old_rooms on
set region C 510100
merge S002 into S001 on 2023-09-01
load rows class_list at 2023-2024
    unit class class_pupils
    S001 "一年级 1 班" 45
load rows staff
    unit teacher
    S001 t1
rows fitness at 2023-2024
    unit pupil points level
    S001 p1 80.5 good
cells backbone.share at 2023-2024
    C  primary/chinese  5
expect fault fault.count
`

func TestReadTakesEveryStatement(t *testing.T) {
	file, faults := packtest.Read("a.itest", []byte(sample))
	if faults != nil {
		t.Fatal(faults)
	}
	if len(file.Cases) != 2 {
		t.Fatalf("%d cases", len(file.Cases))
	}
	first, second := file.Cases[0], file.Cases[1]
	if got := fmt.Sprint(len(first.Loads), len(first.Loads[0].Rows), len(first.Expected), len(first.Expected[0].Lines)); got != "1 2 2 3" {
		t.Errorf("first case: %s", got)
	}
	line := first.Expected[0].Lines[0]
	if line.Wants[0].Decimals != 2 || !line.Wants[0].Value.Equal(measure.Of(4.3)) || line.Place.Line != 8 || line.Place.Offset != 5 {
		t.Errorf("first line: %+v", line)
	}
	if line = first.Expected[0].Lines[1]; !line.Wants[0].Value.Equal(measure.MissingFor("teachers_above", "pupils")) {
		t.Errorf("missing: %+v", line)
	}
	if line = first.Expected[0].Lines[2]; line.Stage != "junior" || line.Key[0].Text != "S004" || !line.Wants[0].Value.Equal(measure.InvalidBecause(measure.DivisionByZero)) {
		t.Errorf("invalid: %+v", line)
	}
	if second.Name != "恰好达到 标准" || len(second.Switches) != 1 || second.Codes[0].Code != "510100" || second.Merges[0].On.String() != "2023-09-01" {
		t.Errorf("second case: %+v", second)
	}
	if second.Loads[0].Rows[0][1].Text != "一年级 1 班" || !second.Loads[1].Period.IsZero() || second.Faults[0].Key != "fault.count" {
		t.Errorf("rows: %+v", second.Loads)
	}
	if got := second.Expected[1].Lines[0].Key[1].Text; got != "primary/chinese" {
		t.Errorf("cell: %s", got)
	}
}

func TestReadTellsEveryFaultWithItsPlace(t *testing.T) {
	cases := []struct {
		name, text string
		want       []string // line:column and code
	}{
		{"nothing", "# only a comment\n", []string{"0:0 nothing"}},
		{"expects nothing", "case a\nload section at 2023\n  id stage\n  S primary\n", []string{"1:1 expects_nothing"}},
		{"statement", "lod section\n   S001\nloads\n", []string{"1:1 unknown_statement", "3:1 unknown_statement"}},
		{"line without table", "  S001 4.3\n", []string{"1:3 no_table"}},
		{"kind and period", "load schol at 2023\nload school at 2023-2025\nload school\n", []string{"1:6 unknown_kind", "2:16 bad_period", "3:1 bad_at"}},
		{"load alone", "load\nload rows\n", []string{"1:1 bad_load", "2:1 bad_load"}},
		{"empty table", "load school at 2023\neval a at 2023\n", []string{"1:1 empty_table", "2:1 empty_table"}},
		{"head", "load school at 2023\n name a a\n 1 2\n", []string{"2:2 bad_head", "2:9 column_twice", "3:2 wrong_count"}},
		{"wants", "eval a at 2023\n S001 4.x\n S001 pass\n S001\n S001 invalid(天气不好)\n", []string{"2:7 bad_want", "3:7 bad_line", "4:2 bad_line", "5:7 unknown_reason"}},
		{"verdict", "judge a at 2023\n S001 4\n S001 pass 1 2\n", []string{"2:7 bad_line", "3:2 bad_line"}},
		{"set, merge, expect", "set on\nmerge a b\nmerge a into b on 2023-02-30\nexpect nothing\nexpect fault no.such_key\n", []string{"1:1 bad_set", "2:1 bad_merge", "3:19 bad_date", "4:1 bad_expect", "5:14 unknown_fault"}},
		{"case", "case\ncase a\ncase a\n", []string{"1:1 case_without_name", "3:1 case_twice"}},
		{"open", "eval a at 2023\n S001 missing(a\n S001 \"x\n", []string{"2:7 open_word", "2:7 bad_want", "3:7 open_word", "3:7 bad_want"}},
		{"not UTF-8", "\xff\xfe", []string{"0:0 not_utf8"}},
		{"many words", strings.Repeat("x ", packtest.MaxWords+1), []string{"1:1 too_many_words", "1:1 unknown_statement"}},
		{"many lines", strings.Repeat("\n", packtest.MaxLines), []string{"0:0 too_many_lines"}},
		{"many bytes", strings.Repeat("#", packtest.MaxBytes+1), []string{"0:0 too_long"}},
	}
	for _, c := range cases {
		file, faults := packtest.Read("b.itest", []byte(c.text))
		var got []string
		for _, f := range faults {
			got = append(got, fmt.Sprintf("%d:%d %s", f.Place.Line, f.Place.Offset, strings.TrimPrefix(f.Code, "packtest.")))
		}
		if strings.Join(got, "; ") != strings.Join(c.want, "; ") || file != nil {
			t.Errorf("%s:\n got  %s\n want %s", c.name, strings.Join(got, "; "), strings.Join(c.want, "; "))
		}
	}
}

func TestReadLimitsWhatItTells(t *testing.T) {
	_, faults := packtest.Read("c.itest", []byte(strings.Repeat("nonsense\n", 1000)))
	if len(faults) != packtest.MaxFaults+1 || faults[packtest.MaxFaults].Code != "packtest.more_faults" {
		t.Errorf("%d faults", len(faults))
	}
	_, faults = packtest.Read("d.itest", []byte(strings.Repeat("case x\n", packtest.MaxCases+1)))
	if last := faults[len(faults)-1]; last.Code != "packtest.more_faults" {
		t.Errorf("last fault: %v", last)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(sample)
	f.Add("load rows x\n unit\n \"")
	f.Fuzz(func(t *testing.T, text string) {
		file, faults := packtest.Read("f.itest", []byte(text))
		if (file == nil) == (faults == nil) {
			t.Fatalf("neither a file nor faults, or both: %q", text)
		}
	})
}
