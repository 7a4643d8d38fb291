//go:build office

package e2e

import (
	"bytes"
	"context"
	"crypto/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"jiaoheng/demo"
	"jiaoheng/export/xlsx"
	"jiaoheng/message"
	"jiaoheng/person"
	"jiaoheng/plan"
	"jiaoheng/store"
)

// printed opens a document with LibreOffice, prints it to PDF and returns its text and the size of its first page. It
// fails when LibreOffice or poppler is missing.
func printed(t *testing.T, name string, data []byte) (text, size string) {
	t.Helper()
	folder := t.TempDir()
	file := filepath.Join(folder, name)
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(command string, args ...string) string {
		t.Helper()
		cmd := exec.Command(command, args...)
		cmd.Env = append(os.Environ(), "HOME="+folder)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
		return string(out)
	}
	run("soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, file)
	pdf := strings.TrimSuffix(file, filepath.Ext(file)) + ".pdf"
	for _, line := range strings.Split(run("pdfinfo", pdf), "\n") {
		if strings.HasPrefix(line, "Page size:") {
			size = strings.TrimSpace(strings.TrimPrefix(line, "Page size:"))
		}
	}
	return strings.Join(strings.Fields(run("pdftotext", "-layout", pdf, "-")), ""), size
}

func TestTheDemoPlanOpensInAnOffice(t *testing.T) {
	text, size := printed(t, "plan.docx", demo.PlanDocument())
	if !strings.Contains(size, "A4") {
		t.Errorf("page size %s", size)
	}
	for _, want := range []string{"教育质量提升三年行动计划", "一、发展基础", "（一）指导思想", "每百名学生拥有县级以上骨干教师数"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the print", want)
		}
	}
}

func TestTheTaskTableOpensInAnOffice(t *testing.T) {
	ctx := context.Background()
	s, err := store.Open(ctx, store.Options{DataDir: t.TempDir(), KeyFile: strings.Repeat("0a", 32)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	hasher, err := person.NewHasher(person.Cost{Memory: 64, Passes: 1, Threads: 1}, 2, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Load(ctx, s, hasher); err != nil {
		t.Fatal(err)
	}
	desks := plan.NewDesks(s, func(context.Context, string) string { return "" })
	plans, err := desks.Plans(ctx)
	if err != nil || len(plans) != 1 {
		t.Fatalf("%d plans, %v", len(plans), err)
	}
	_, version, err := desks.Version(ctx, plans[0].ID, 1)
	if err != nil {
		t.Fatal(err)
	}
	var table bytes.Buffer
	if err := xlsx.WritePlan(&table, message.Chinese, version); err != nil {
		t.Fatal(err)
	}
	text, size := printed(t, "tasks.xlsx", table.Bytes())
	if !strings.Contains(size, "A4") || !strings.HasPrefix(size, "841") {
		t.Errorf("page size %s, want A4 across", size)
	}
	for _, want := range []string{"任务分解表", "序号", "目标任务", "具体措施", "牵头单位", "责任单位", "完成时限", "县教育局"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the print", want)
		}
	}
}
