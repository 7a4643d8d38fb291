package round

import (
	"strings"

	"github.com/a-h/templ"

	"jiaoheng/pack"
	"jiaoheng/web/shell"
)

// tabs are the views of one evaluation; each keeps pack, unit, period and switches.
func (a *asked) tabs(path string) []shell.Tab {
	var tabs []shell.Tab
	for _, one := range []struct {
		path, key string
		has       bool
	}{
		{"/round", "round.tab.show", true},
		{"/round/schools", "round.tab.schools", true},
		{"/round/coefficient", "round.tab.coefficient", len(a.coefficients()) > 0},
		{"/round/shortfall", "round.tab.shortfall", true},
		{"/round/compare", "round.tab.compare", true},
		{"/round/kept", "round.tab.kept", true},
		{"/whatif", "whatif.tab.desk", true},
	} {
		if one.has {
			tabs = append(tabs, shell.Tab{Label: a.text(one.key), Address: a.address(one.path), Current: one.path == path})
		}
	}
	return tabs
}

// coefficients are the difference coefficients of the pack for which there is a standard.
func (a *asked) coefficients() []*pack.Indicator {
	var all []*pack.Indicator
	for _, i := range a.outcome.Scope().Pack.Indicators {
		if _, judged := a.outcome.Scope().Standard(i.Name); judged && i.Formula != nil && strings.HasPrefix(strings.TrimSpace(i.Formula.Text), "cv(") {
			all = append(all, i)
		}
	}
	return all
}

func (a *asked) trail() []shell.Link {
	return []shell.Link{{Label: a.text("shell.place.round"), Address: a.address("/round")}}
}

func (a *asked) exportButtons(address string) templ.Component { return exportLinks(a, address) }
