package web

import (
	"context"
	"testing"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/notice"
)

func TestNoticesAreReadAndMailIsChosen(t *testing.T) {
	s := newSite(t)
	s.county("leader", "admin")
	s.signIn("leader")
	s.has(s.see(200, "/todo"), "目前没有待办事项")
	s.has(s.see(200, "/todo/notices"), "还没有提醒")
	s.has(s.see(200, "/todo/overview"), "没有在办事项")
	persons, err := s.store.Persons(context.Background(), "", 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range persons {
		err := action.Do(context.Background(), s.store, action.TheProgram(), action.Write{Name: "todo.action.digest", Thing: access.Thing{Class: access.System},
			Do: func(ctx context.Context, tx action.Tx) error {
				draft := notice.Draft{Persons: []string{p.ID}, Kind: notice.DigestKind, Args: map[string]any{"late": 3, "today": 0, "soon": 0, "others": 0}}
				return notice.Teller{Store: s.store}.Tell(ctx, tx, draft)
			}})
		if err != nil {
			t.Fatal(err)
		}
	}
	s.has(s.see(200, "/todo/notices"), "逾期 3 件", "未读 1 条", "全部已读")
	s.has(s.post(200, "/todo/notices/read"), "已将 1 条提醒标为已读", "未读 0 条", "逾期 3 件")
	s.post(404, "/todo/notices/00000000000000000000000000/open")
	s.has(s.post(422, "/todo/settings", "mail", "yes", "address", "教育局"), "请填写正确的电子邮箱地址")
	s.has(s.post(200, "/todo/settings", "mail", "yes", "address", "leader@example.cn", "digest", "yes", "version", "0"), "接收方式已保存", "leader@example.cn")
	s.signIn("admin")
	s.see(403, "/todo/overview")
	s.has(s.see(200, "/todo/notices"), "未读 1 条")
}
