package zh_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiaoheng/zh"
)

// tear writes text in GBK, puts insert after byte at and reads the bytes again as a browser does.
func tear(t *testing.T, text string, at int, insert string) string {
	t.Helper()
	encode := func(s string) []byte {
		out, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	bytes := encode(text)
	torn := append(append(append([]byte{}, bytes[:at]...), encode(insert)...), bytes[at:]...)
	out, err := simplifiedchinese.GBK.NewDecoder().Bytes(torn)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestSlips(t *testing.T) {
	const schools = "增加公办學位，學校的學位供給不足，換了新設備，更換設備。"
	run(t, zh.Slips, []repairCase{
		{"bracket swallowed", schools + "區域?qū)W位供給、教室更新?lián)Q代", schools + "區域學位供給、教室更新換代"},
		{"full-width question mark", schools + "區域？qū)W位供給", schools + "區域學位供給"},
		{"bracket kept", schools + "區域\uFFFD(qū)W位供給", schools + "區域學位供給"},
		{"byte dropped", schools + "區域(qū)W位供給", schools + "區域學位供給"},
		{"full-width brackets", tear(t, schools+"更新換代", 2*len([]rune(schools))+5, "（lián）"), schools + "更新換代"},
		{"a question", "是否继续?好(hǎo)的", "是否继续?好(hǎo)的"},
		{"a reading in place", "教(jiāo)W", "教(jiāo)W"},
		{"rare characters", "畲族瑶族傈僳族仫佬族仡佬族学校", "畲族瑶族傈僳族仫佬族仡佬族学校"},
	})
}

func TestRunsOutOfStep(t *testing.T) {
	const before = "提高教育质量，抓好教师队伍建设。提高教育水平，教师是关键。教师的成长离不开培训\n"
	const text = before + "加强教师队伍建设，提高教育质量水平，教师队伍建设要靠教师。到2025年"
	head := 2*len([]rune(before)) - 1 // bytes of GBK before the torn part: every sign takes two, the line end one
	torn := tear(t, text, head+5, "(kǎo)")
	if torn == text || !strings.Contains(torn, "(kǎo)") && !strings.Contains(torn, "kǎo)") {
		t.Fatalf("the text was not torn: %q", torn)
	}
	got := zh.Apply(torn, zh.Slips(torn))
	if wrong := differences(got, text); wrong > 3 {
		t.Errorf("%q became %q", torn, got)
	}
	// A byte lost without a trace: everything behind it is out of step.
	bytes, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := simplifiedchinese.GBK.NewDecoder().Bytes(append(append([]byte{}, bytes[:head+8]...), bytes[head+9:]...))
	if err != nil {
		t.Fatal(err)
	}
	got = zh.Apply(string(decoded), zh.Slips(string(decoded)))
	if wrong := differences(got, text); wrong > 3 {
		t.Errorf("%q became %q", decoded, got)
	}
}

// differences counts the characters of got that are not those of want.
func differences(got, want string) int {
	a, b := []rune(got), []rune(want)
	if len(a) != len(b) {
		return max(len(a), len(b))
	}
	wrong := 0
	for i := range a {
		if a[i] != b[i] {
			wrong++
		}
	}
	return wrong
}
