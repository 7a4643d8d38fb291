package duty

import "strings"

// unlabelled takes the number off a heading of a plan, as documents number their headings themselves: 一、主要任务.
func unlabelled(title string) string {
	rest := strings.TrimLeft(title, "（(第")
	bare := strings.TrimLeft(rest, "一二三四五六七八九十百0123456789")
	if bare == rest {
		return title
	}
	for _, mark := range []string{"、", "）", ")", "．", ".", "章", "节", "部分"} {
		if name, found := strings.CutPrefix(bare, mark); found {
			if name = strings.TrimLeft(name, " 　"); name != "" {
				return name
			}
		}
	}
	return title
}
