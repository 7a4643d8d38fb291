package web

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"jiaoheng/demo"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

const (
	ownSchool    = "2199000001" // 澄源县实验小学, where head and clerk have their posts
	otherSchool  = "2199000002"
	registerYear = "2025-2026"
)

// send uploads a file with the fields of a form.
func (s *site) send(status int, path, file, data string, pairs ...string) string {
	s.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		form.WriteField(pairs[i], pairs[i+1])
	}
	if file != "" {
		part, _ := form.CreateFormFile("file", file)
		part.Write([]byte(data))
	}
	form.Close()
	r, err := http.NewRequest("POST", s.server.URL+path, &body)
	if err != nil {
		s.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Accept", "text/html")
	answer, err := s.client.Do(r)
	if err != nil {
		s.Fatal(err)
	}
	return s.read(status, path, answer)
}

// fetch returns the whole answer of an address.
func (s *site) fetch(status int, path string) (body string, header http.Header) {
	s.Helper()
	answer, err := s.client.Get(s.server.URL + path)
	if err != nil {
		s.Fatal(err)
	}
	defer answer.Body.Close()
	var data bytes.Buffer
	data.ReadFrom(answer.Body)
	if answer.StatusCode != status {
		s.Fatalf("%s: status %d, want %d", path, answer.StatusCode, status)
	}
	return data.String(), answer.Header
}

func (s *site) lacks(text string, wants ...string) {
	s.Helper()
	for _, want := range wants {
		if strings.Contains(text, want) {
			s.Errorf("%q is on the page", want)
		}
	}
}

// registers is a server over the demo county with its facts.
func registers(t *testing.T) *site {
	t.Helper()
	return demoSite(t)
}

func (s *site) as(login string) {
	s.Helper()
	s.forget()
	s.post(200, "/signin", "login", login, "password", demo.Password)
}

// fact reads a cell of a row.
func (s *site) fact(of, unit, column string) (register.Row, register.Cell) {
	s.Helper()
	desk, err := openDesk(context.Background(), s.store)
	if err != nil {
		s.Fatal(err)
	}
	one, _ := desk.Scope().Register(of)
	in, _ := period.Parse(registerYear)
	rows, err := s.store.RegisterRows(context.Background(), one, register.Query{Unit: unit, Period: in})
	if err != nil {
		s.Fatal(err)
	}
	if len(rows) == 0 {
		return register.Row{}, register.Cell{}
	}
	return rows[0], rows[0].Cells[columnNumber(one, column)]
}

func columnNumber(one *pack.Register, column string) int {
	for n, c := range one.Columns {
		if c.Name == column {
			return n
		}
	}
	panic("no column " + column)
}

func at(path, unit string) string {
	return path + "?unit=" + url.QueryEscape(unit) + "&period=" + registerYear
}

func TestARegisterIsListedSortedFilteredAndGivenOut(t *testing.T) {
	s := registers(t)
	s.as("office")
	s.has(s.see(200, "/register"), "学段部台账", "学段部年度基本情况", "已报 45/46", "下载模板")
	s.has(s.see(200, "/register/section_year/silent"), "尚未报送的单位")
	page := s.see(200, "/register/section_year")
	s.has(page, "共 45 行", "合计", "已报 45/46", "在校生数", "1,886")
	page = s.see(200, "/register/section_year?column=pupils&test=least&value=1%2C500&unit="+demo.CountyCode)
	s.has(page, "在校生数不小于", "澄源县实验小学")
	s.lacks(page, "共 45 行")
	s.has(s.see(422, "/register/section_year?column=pupils&test=least&value=abc"), "在校生数", `value="abc"`)
	s.has(s.see(200, "/register/section_year?sort=-pupils&columns=pupils"), `aria-sort="descending"`)

	csv, header := s.fetch(200, "/register/section_year/export?format=csv&columns=pupils&where=pupils%3Aleast%3A1500")
	if !strings.HasPrefix(csv, "\ufeff单位代码,单位名称,学段,在校生数（学生）\n") || strings.Count(csv, "\n") > 10 || !strings.Contains(header.Get("Content-Disposition"), "attachment") {
		t.Errorf("export: %q, %v", csv, header)
	}
	// Above the school a register with personal columns shows counts; at the school its rows, masked.
	page = s.see(200, "/register/teacher")
	s.has(page, "学校以上只看数量", "澄源县实验小学", "102", "合计")
	s.lacks(page, "*")
	s.fetch(403, "/register/teacher/export?format=csv&columns=all&unit="+ownSchool)
	s.as("clerk")
	s.has(s.see(422, "/register/teacher?column=teacher_name&test=has&value=x"), "不能用该条件筛选")
	csv, _ = s.fetch(200, "/register/teacher/export?format=csv&columns=all&unit="+ownSchool)
	if strings.Count(csv, "\n") != 103 || !strings.Contains(csv, "*") {
		t.Errorf("the export of teachers has %d lines", strings.Count(csv, "\n"))
	}
	s.as("office")
	xlsx, _ := s.fetch(200, "/register/section_year/template")
	if !strings.HasPrefix(xlsx, "PK") {
		t.Error("the template is no workbook")
	}
	s.has(s.see(200, at("/register/section_year", ownSchool)), "共 1 行")
	s.see(404, "/register/none")
	s.see(404, "/register/section_year?period=x")
}

func TestRowsOfOtherSchoolsAreRefused(t *testing.T) {
	s := registers(t)
	other, _ := s.fact("section_year", otherSchool+"-primary", "pupils")
	row := "/register/section_year/row/" + url.PathEscape(other.ID)
	for _, login := range []string{"clerk", "head", "teacher", "admin"} {
		s.as(login)
		s.see(403, at("/register/section_year", otherSchool))
		s.see(403, at("/register/section_year/export", otherSchool))
		s.see(403, row)
		s.post(403, row, "version", "1", "c-pupils", "1")
		s.post(403, row+"/delete", "reason", "x")
		s.post(403, row+"/restore", "reason", "x", "version", "1")
		s.see(403, at("/register/section_year/import", otherSchool))
		s.see(403, at("/register/school_finding/finding/charter_adopted", otherSchool))
	}
	s.as("leader")
	s.lacks(s.see(200, row), "<form class=\"form row-form\"")
	s.post(403, row, "version", "1")
	s.post(403, at("/register/section_year/new", ownSchool))
}

func TestAFileIsReadFirstAndStoredWhenConfirmed(t *testing.T) {
	s := registers(t)
	s.as("clerk")
	path := at("/register/section_year/import", ownSchool)
	s.has(s.see(200, path), "上传并检查")
	s.has(s.send(422, path, "", ""), "没有选择文件")
	s.has(s.send(422, path, "x.exe", "MZ\x00\x01\x02"), "x.exe")
	head := "单位代码,学段,在校生数,专任教师数\n"
	page := s.send(200, path, "上报.csv", head+ownSchool+",小学,1900,103\n"+otherSchool+",小学,5,1\n"+ownSchool+",小学,很多,1\n")
	s.has(page, "检查结果", "澄源县第一小学”的数据不由您的岗位填报", "很多", "在校生数（C）", "第 4 行", "只导入无误的 1 行", "下载问题清单")
	s.lacks(page, "全部导入")
	if _, cell := s.fact("section_year", ownSchool+"-primary", "pupils"); cell.Number != 1886 {
		t.Fatalf("the check stored %v", cell)
	}
	run := regexp.MustCompile(`/register/section_year/import/([0-9a-f]{24})/confirm`).FindStringSubmatch(page)[1]
	address := at("/register/section_year/import/"+run, ownSchool)
	if list, _ := s.fetch(200, strings.Replace(address, run, run+"/faults", 1)); !strings.HasPrefix(list, "PK") {
		t.Error("the list of faults is no workbook")
	}
	confirm := strings.Replace(address, run, run+"/confirm", 1)
	s.has(s.post(200, confirm, "accept", "all"), "检查结果")
	mine := s.client
	s.as("head")
	s.has(s.see(200, address), "上传并检查") // the file of another person is not shown
	s.client = mine
	s.has(s.post(200, confirm, "accept", "good"), "1,900")
	row, cell := s.fact("section_year", ownSchool+"-primary", "pupils")
	if cell.Number != 1900 || row.Origin.File != "上报.csv" || row.Origin.Row != 2 {
		t.Errorf("stored %v from %+v", cell, row.Origin)
	}
	if _, other := s.fact("section_year", otherSchool+"-primary", "pupils"); other.Number == 5 {
		t.Error("a clerk wrote the row of another school")
	}
	s.has(s.send(200, path, "上报.csv", head+ownSchool+",小学,1900,103\n"), "无需导入")
}

func TestARowIsChangedDeletedAndRestored(t *testing.T) {
	s := registers(t)
	stands, _ := s.fact("section_year", ownSchool+"-primary", "pupils")
	row := "/register/section_year/row/" + url.PathEscape(stands.ID)
	s.as("clerk")
	page := s.see(200, row)
	s.has(page, `name="c-pupils"`, `value="1886"`, "变更记录")
	values := []string{"version", "1"}
	for _, m := range regexp.MustCompile(`name="(c-[a-z_]+)" value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if m[1] != "c-pupils" {
			values = append(values, m[1], m[2])
		}
	}
	s.has(s.post(422, row, append(values, "c-pupils", "很多")...), "在校生数", `value="很多"`, `href="#field-c-pupils"`)
	s.has(s.post(200, row, append(values, "c-pupils", "1891")...), "1891", "1,886", "1,891", "顾清越")
	s.has(s.post(422, row, append(values, "c-pupils", "1895")...), "已被他人修改", `value="1895"`, "现有值：1,891")
	s.has(s.post(422, row+"/delete", "reason", " "), "没有填写理由")
	s.has(s.post(200, row+"/delete", "reason", "重复上报"), "该记录已删除", "重复上报")
	if gone, _ := s.fact("section_year", ownSchool+"-primary", "pupils"); gone.ID != "" {
		t.Error("the row still stands")
	}
	s.has(s.post(200, row+"/restore", "reason", "误删", "version", "1"), "误删", `value="1886"`)
	s.post(422, at("/register/section_year/new", ownSchool), append(values, "of", ownSchool+"-primary", "c-pupils", "7")...)
	if _, cell := s.fact("section_year", ownSchool+"-primary", "pupils"); cell.Number != 1886 {
		t.Errorf("restored to %v", cell)
	}
	s.has(s.see(200, at("/register/class_list/new", ownSchool)), `name="c-class"`)
}

func TestPersonalColumnsAreOpenedWithAReason(t *testing.T) {
	s := registers(t)
	row, _ := s.fact("teacher", ownSchool+"-primary", "teacher_name")
	address := "/register/teacher/row/" + url.PathEscape(row.ID)
	s.as("clerk")
	masked := s.see(200, address)
	s.has(masked, "**", "查看个人信息")
	s.has(s.post(422, address+"/open"), "没有填写理由")
	name := regexp.MustCompile(`name="c-teacher_name" value="[^"]*\*`)
	if open := s.post(200, address+"/open", "reason", "核对名册"); !name.MatchString(masked) || name.MatchString(open) {
		t.Error("the name is open before the look, or masked after it")
	}
	s.as("leader")
	s.post(403, address+"/open", "reason", "好奇")
	s.as("auditor")
	s.has(s.see(200, "/admin/log"), "查看台账中的个人信息", "核对名册")
}

func TestAFindingWantsAnAttachment(t *testing.T) {
	s := registers(t)
	s.as("head")
	s.has(s.see(200, "/register/finding"), "制定并施行学校章程", "缺佐证材料")
	path := at("/register/school_finding/finding/charter_adopted", ownSchool)
	s.has(s.see(200, path), "作出认定")
	s.has(s.send(422, path, "", "", "verdict", "met", "remark", "已查阅"), "没有佐证材料", "已查阅")
	s.has(s.send(422, path, "章程.exe", "MZ\x00\x01", "verdict", "met"), "章程.exe")
	s.has(s.send(422, path, "章程.txt", "学校章程"), "没有选择认定结论")
	page := s.send(200, path, "章程.txt", "学校章程", "verdict", "unmet", "remark", "章程未经教代会审议")
	s.has(page, "不符合", "章程.txt", "章程未经教代会审议")
	file := strings.ReplaceAll(regexp.MustCompile(`href="(/register/school_finding/row/[^"]+/file/[^"]+)"`).FindStringSubmatch(page)[1], "&amp;", "&")
	if text, header := s.fetch(200, file); text != "学校章程" || header.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the file is %q, %v", text, header)
	}
	row, cell := s.fact("school_finding", ownSchool, "charter_adopted")
	if !cell.Known || cell.Number != 0 {
		t.Errorf("found %v", cell)
	}
	s.has(s.see(200, at("/register/school_finding/row/"+url.PathEscape(row.ID), ownSchool)), "章程.txt")
	s.as("kindergarten")
	s.see(403, file)
	s.see(403, path)
	s.as("office")
	s.has(s.see(200, "/register/finding?state=unmet"), "制定并施行学校章程")
}
