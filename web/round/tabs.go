package round

import "jiaoheng/web/shell"

// tabs are the views of one evaluation; each keeps pack, unit, period and switches.
func (a *asked) tabs(path string) []shell.Tab {
	var tabs []shell.Tab
	for _, one := range []struct{ path, key string }{
		{"/round", "round.tab.show"},
	} {
		tabs = append(tabs, shell.Tab{Label: a.text(one.key), Address: a.address(one.path), Current: one.path == path})
	}
	return tabs
}
