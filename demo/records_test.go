package demo

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"jiaoheng"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/register"
	"jiaoheng/store"
)

// What the demo tells of rows that live: which of them stand where, on the day on which it is made.
func TestRecordsTellTheStory(t *testing.T) {
	ctx := context.Background()
	s, err := store.Open(ctx, store.Options{DataDir: t.TempDir(), KeyFile: strings.Repeat("5a", 32),
		Clock: func() time.Time { return time.Date(2025, 10, 15, 1, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	hasher, err := person.NewHasher(person.Cost{Memory: 8, Passes: 1, Threads: 1}, 1, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := Load(ctx, s, hasher); err != nil {
		t.Fatal(err)
	}
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		t.Fatal(faults)
	}
	t.Run("the plan in motion", func(t *testing.T) { checkMotion(t, s) })
	cases := []struct{ about, register, column, title, state string }{
		{"a small school is late with its rectification", "finding", "title", "围墙顶部瓦片松动", "rectifying"},
		{"whence a measure is proposed by itself", "consequence", "about", "围墙顶部瓦片松动", "proposed"},
		{"another office is consulted", "finding", "title", "校门口占道经营屡禁不止", "consulting"},
		{"a pause", "finding", "title", "运动场塑胶面层老化", "paused"},
		{"an extension that is asked for", "finding", "title", "教师培训学时未达标", "extension_asked"},
		{"reopened", "finding", "title", "留守儿童关爱台账不完整", "returned"},
		{"closed by a second person", "finding", "title", "接到欺凌报告三日后才调查", "closed"},
		{"repeats, with an earlier measure in force", "consequence", "about", "体育课再次被占用", "heard"},
		{"praise", "consequence", "about", "控辍保学工作成绩突出", "in_force"},
		{"a task that is silent", "task", "task_title", SilentTask, "running"},
		{"a major hazard", "hazard", "hazard_title", "校舍后山边坡落石", "removing"},
		{"an application lacks a document", "admission_application", "documents_lacking", "户口簿只带首页，缺学生本人页。", "lacking"},
		{"a child does not qualify", "admission_application", "refusal_why", "当年8月31日前未满六周岁。", "unqualified"},
		{"and its task", "task", "task_title", "校舍后山边坡落石", "drafted"},
	}
	for _, c := range cases {
		t.Run(c.about, func(t *testing.T) {
			r, _ := set.Everything().Register(c.register)
			rows, err := s.RegisterRows(ctx, r, register.Query{Limit: 200})
			if err != nil {
				t.Fatal(err)
			}
			at := map[string]int{}
			for n, column := range r.Columns {
				at[column.Name] = n
			}
			for _, row := range rows {
				if row.Cells[at[c.column]].Text == c.title {
					if state := row.Cells[at[pack.ColumnState]].Text; state != c.state {
						t.Errorf("%s stands in %s, want %s", c.title, state, c.state)
					}
					return
				}
			}
			t.Errorf("no row %s", c.title)
		})
	}
}
