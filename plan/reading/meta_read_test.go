package reading

import (
	"reflect"
	"testing"
)

func TestMeta(t *testing.T) {
	cases := []struct {
		name, text string
		want       Meta
	}{
		{"fields of the page", "索引号：1100-2026-5\n发文机关：青梧县教育局\n成文日期：2026年3月9日\n发布日期：2026-03-12 08:00:00\n发文字号：青教〔2026〕7号\n青梧县“十五五”教育发展规划\n一、任务\n", Meta{
			Title: "青梧县“十五五”教育发展规划", Issuer: "青梧县教育局", Region: "青梧县", DocNumber: "青教〔2026〕7号", IndexNumber: "1100-2026-5", IssueDate: "2026-03-09", PublishDate: "2026-03-12", Period: []int{2026, 2030}, Kind: "plan"}},
		{"an empty field", "发布机构 县教育局\n发文字号\n成文日期 2027-05-21 00:00:00\n白榆自治旗教育提质计划（2027—2029年）\n一、任务\n", Meta{
			Title: "白榆自治旗教育提质计划（2027—2029年）", Issuer: "县教育局", Region: "白榆自治旗", IssueDate: "2027-05-21", Period: []int{2027, 2029}, Kind: "plan"}},
		{"several fields in a line", "白榆旗2026年教育工作要点\n来源：旗教育局    发布时间：2026-02-03 10:00    字体：大 中 小\n一、任务\n", Meta{
			Title: "白榆旗2026年教育工作要点", Region: "白榆旗", PublishDate: "2026-02-03", Period: []int{2026, 2026}, Kind: "plan"}},
		{"letter of issue", "青梧市人民政府办公室关于印发青梧市校车服务方案的通知\n青政办发〔2026〕11号\n各县人民政府：\n现印发给你们，请认真贯彻执行。\n青梧市人民政府办公室\n二〇二六年四月二日\n青梧市校车服务方案\n一、目标\n", Meta{
			Title: "青梧市校车服务方案", NoticeTitle: "青梧市人民政府办公室关于印发青梧市校车服务方案的通知", Issuer: "青梧市人民政府办公室", Region: "青梧市", DocNumber: "青政办发〔2026〕11号", IssueDate: "2026-04-02", Kind: "plan"}},
		{"only the notice names the plan", "青梧市教育局关于印发《青梧市“十四五”教育规划》的通知\n健全机制。\n(二)建队伍\n招聘教师。\n", Meta{
			Title: "青梧市“十四五”教育规划", NoticeTitle: "青梧市教育局关于印发《青梧市“十四五”教育规划》的通知", Issuer: "青梧市教育局", Region: "青梧市", Period: []int{2021, 2025}, Kind: "plan"}},
		{"official reading", "《青梧县学前教育提升计划（2026—2029年）》解读\n一、出台背景\n学位紧张。\n二、主要内容\n新建园所。\n", Meta{
			Title: "《青梧县学前教育提升计划（2026—2029年）》解读", Region: "青梧县", Period: []int{2026, 2029}, Kind: "interpretation"}},
		{"signed at the end", "青梧新区课后服务实施意见\n一、目标\n二、保障\n落实经费。\n青梧新区社会事业局\n2026年9月1日\n", Meta{
			Title: "青梧新区课后服务实施意见", Issuer: "青梧新区社会事业局", Region: "青梧新区", IssueDate: "2026-09-01", Kind: "plan"}},
		{"numbers of cited documents are not its own", "青梧县控辍保学方案\n根据《通知》（国办发〔2017〕72号）精神，制定本方案。\n一、任务\n", Meta{Title: "青梧县控辍保学方案", Region: "青梧县", Kind: "plan"}},
	}
	for _, c := range cases {
		got := draftOf(c.text).Meta
		got.Stages = nil
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

func TestRegionAt(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"county", "青梧县教育规划", "青梧县"},
		{"chain", "丹霞省青梧市白榆县教育规划", "丹霞省青梧市白榆县"},
		{"autonomous region and league", "丹霞自治区青梧盟白榆旗教育规划", "丹霞自治区青梧盟白榆旗"},
		{"administration area", "青梧管理区提质计划", "青梧管理区"},
		{"no place", "推进城乡教育一体化规划", ""},
		{"area of a city", "青梧市区域教育规划", "青梧市"},
	}
	for _, c := range cases {
		if got := regionAt(c.text); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
