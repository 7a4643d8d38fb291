package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const answers = "id,sex,q1,q2,q3\n1,f,A,1,2\n2,m,B,0,0\n3,f,A,1,1.5\n4,m,A,1,\n5,f,C,0,0.5\n6,m,B,1,2\n"

// say runs a command and returns what it printed and its exit code.
func say(t *testing.T, in string, args ...string) (string, string, int) {
	t.Helper()
	var out, err bytes.Buffer
	exit := run(context.Background(), args, strings.NewReader(in), &out, &err, nil)
	return out.String(), err.String(), exit
}

func TestAssessItems(t *testing.T) {
	out, told, exit := say(t, answers, "assess", "items", "-", "--group", "sex", "--key", "q1=A", "--full", "q3=2", "--marked", "q2,q3", "--items", "q1,q2,q3", "--json")
	if exit != exitDone {
		t.Fatal(told)
	}
	var got struct {
		CTT struct {
			N     int
			Alpha float64
			Item  []struct {
				Item       string
				Difficulty float64 `json:"difficulty_P"`
				Omitted    int
			}
		}
		DIF     struct{ Groups []string } `json:"dif_MH"`
		Options []struct {
			Key     string
			Options []struct{ Option string }
		}
		Agreement struct{ N int }
		Advice    []struct{ Says []string }
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if got.CTT.N != 6 || got.CTT.Item[0].Difficulty != 0.5 || got.CTT.Item[2].Difficulty != 0.5 || got.CTT.Item[2].Omitted != 1 || got.DIF.Groups[1] != "m" ||
		len(got.Options) != 1 || len(got.Options[0].Options) != 3 || got.Agreement.N != 5 || len(got.Advice) != 4 {
		t.Errorf("%+v", got)
	}
	if out, _, exit := say(t, answers, "assess", "items", "-", "--without", "q1"); exit != exitDone || !strings.Contains(out, "学生 6 名") {
		t.Error(out)
	}
}

func TestAssessItemsReadsAKeyFromATable(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key.csv")
	if err := os.WriteFile(key, []byte("item,key,full\nq1,A,4\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, told, exit := say(t, answers, "assess", "items", "-", "--key", key, "--json")
	if exit != exitDone || !strings.Contains(out, `"max": 4`) {
		t.Error(out, told)
	}
}

func TestAssessItemsAtFault(t *testing.T) {
	cases := []struct {
		name, in, want string
		args           []string
	}{
		{"choices without a key", answers, "不是得分", []string{"--items", "q1,q2"}},
		{"no such group", answers, "没有“gender”列", []string{"--group", "gender"}},
		{"three groups", answers, "恰好两个组", []string{"--group", "q1"}},
		{"a key for two of three", answers, "答案有 2 个，题目有 3 道", []string{"--key", "AB"}},
		{"a key of no item", answers, "答案“q9=A”无法识别", []string{"--key", "q9=A"}},
		{"full marks in words", answers, "无法识别", []string{"--full", "q2=x"}},
		{"a score below 0", "q1,q2\n1,-1\n0,1\n", "小于 0", nil},
		{"one item", "q1\n1\n0\n", "只有 1 道题", nil},
		{"frequencies of halves", "q1,q2,n\n1,1,1.5\n", "频数", []string{"--freq", "n"}},
		{"three markers", answers, "需要两列", []string{"--marked", "q2,q3,q2"}},
	}
	for _, c := range cases {
		_, told, exit := say(t, c.in, append([]string{"assess", "items", "-"}, c.args...)...)
		if exit != exitFault || !strings.Contains(told, c.want) {
			t.Errorf("%s: exit %d, %s", c.name, exit, told)
		}
	}
}

// Rows with frequencies are as many pupils.
func TestAssessItemsCountsFrequencies(t *testing.T) {
	short, _, _ := say(t, "q1,q2,n\n1,1,3\n0,1,2\n0,0,2\n", "assess", "items", "-", "--freq", "n", "--json")
	long, _, _ := say(t, "q1,q2\n1,1\n1,1\n1,1\n0,1\n0,1\n0,0\n0,0\n", "assess", "items", "-", "--json")
	if short != long {
		t.Errorf("%s\n%s", short, long)
	}
}

func TestAssessScale(t *testing.T) {
	marks := "pupil,track,y\n1,a,9\n2,a,8\n3,b,8\n4,a,\n5,a,6\n"
	cases := []struct {
		name string
		args []string
		want string
	}{
		{"five bands", []string{"--rule", "3+1+2"}, "9\t1\t0.2500\tA\t93\n8\t2\t0.7500\tB\t78\n6\t1\t1.0000\tC\t63\n"},
		{"of one track, within", []string{"--rule", "five_bands", "--where", "track=a", "--ties", "within", "--single", "low"}, "9\t1\t0.3333\tB\t71\n8\t1\t0.6667\tC\t56\n6\t1\t1.0000\tE\t30\n"},
		{"absent counted", []string{"--rule", "shanghai", "--absent", "counted"}, "6\t1\t0.8000"},
		{"T", []string{"--rule", "T"}, "9\t1\t0.2500\t61.4708"},
		{"percentile", []string{"--rule", "percentile"}, "8\t2\t0.7500\t50.0000"},
	}
	for _, c := range cases {
		out, told, exit := say(t, marks, append([]string{"assess", "scale", "-"}, c.args...)...)
		if exit != exitDone || !strings.Contains(out, c.want) {
			t.Errorf("%s: %s%s", c.name, out, told)
		}
	}
	out, _, _ := say(t, marks, "assess", "scale", "-", "--rule", "3+1+2", "--ties", "all", "--json")
	var tables map[string]any
	if err := json.Unmarshal([]byte(out), &tables); err != nil || tables["reach"] == nil || tables["within"] == nil || tables["nearest"] == nil {
		t.Errorf("%v %s", err, out)
	}
	for name, args := range map[string][]string{"没有名为": {"--rule", "none"}, "不能为": {"--rule", "z", "--ties", "up"}, "没有“x”列": {"--rule", "z", "--column", "x"},
		"没有一个成绩": {"--rule", "z", "--where", "track=c"}, "全体成绩相同": {"--rule", "z", "--where", "track=b"}} {
		if _, told, exit := say(t, marks, append([]string{"assess", "scale", "-"}, args...)...); exit != exitFault || !strings.Contains(told, name) {
			t.Errorf("%s: exit %d, %s", name, exit, told)
		}
	}
}
