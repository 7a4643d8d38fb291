package pack_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
)

func sheetSet(t *testing.T) *pack.Set {
	t.Helper()
	files := tree(t, "testdata/good", "example")
	data, err := os.ReadFile("testdata/sheet/school.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files["packs/example/sheets/school.yaml"] = &fstest.MapFile{Data: data}
	set, faults := pack.Load(files, nil)
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	return set
}

func TestASheetIsReadInItsOrder(t *testing.T) {
	sheet, known := sheetSet(t).Closure("example").Sheet("school_score")
	if !known {
		t.Fatal("no sheet")
	}
	var names []string
	for _, item := range sheet.Items() {
		names = append(names, item.Name)
	}
	if got := strings.Join(names, " "); got != "teachers_above_score ethics_score targets_score balance_score" {
		t.Error(got)
	}
	ethics, above := sheet.Item("ethics_score"), sheet.Item("teachers_above_score")
	if !ethics.Self || !ethics.Checked || !ethics.Attach || ethics.Points != 20 || ethics.Automatic != nil || ethics.Evidence.Chinese != "制度和记录" {
		t.Errorf("%+v", ethics)
	}
	if above.Checked || above.Automatic.Kind != pack.Linear || above.Automatic.Scales[0].Full != 4.2 {
		t.Errorf("%+v", above.Automatic)
	}
	if sheet.Total != 100 || sheet.Scorers != 2 || sheet.Every != period.SchoolYear || len(sheet.Extras()) != 2 || len(sheet.Vetoes) != 2 || sheet.Card("red").Colour != "red" {
		t.Errorf("%+v", sheet)
	}
}

func TestASheetIsDescribed(t *testing.T) {
	for language, wanted := range map[message.Language][]string{
		message.Chinese: {"评分表（1）", "对象：学校；每学年；满分 100 分；评分人 2 名", "教师队伍（60 分）", "2 得 0 分，4.2 得 40 分，其间按比例", "≥ 5 得 20 分；≥ 3 得 10 分",
			"单位自评；评分人核评；佐证：制度和记录", "扣分，本项至多 6 分，合计至多 10 分；每件 2 分", "一票否决：由评分人认定，须说明理由并附材料 → 红牌", "绿牌 > 黄牌 > 红牌", "绿牌 ≥ 85、黄牌 ≥ 60"},
		message.English: {"Score sheets (1)", "of schools", "Teachers (60 points)", "2 gives 0, 4.2 gives 40", "veto: found by a scorer", "Green > Yellow > Red"},
	} {
		description, _ := pack.Describe(sheetSet(t), "example", language)
		text := description.Text(language)
		for _, want := range wanted {
			if !strings.Contains(text, want) {
				t.Errorf("%s is missing in\n%s", want, text)
			}
		}
	}
}
