package shell

import "github.com/a-h/templ"

// Link is a name with an address.
type Link struct {
	Label   string
	Address string
}

// Page is what Layout needs to know of one page. Title answers which question the page is for.
type Page struct {
	Title   string
	Lead    string          // one sentence below the title, may be empty
	Word    string          // the place of the navigation that is lit
	Trail   []Link          // the way back, without the page itself
	Actions templ.Component // buttons to the right of the title
	Wide    bool            // the page uses the whole width, such as a desk with three columns
	Bare    bool            // no navigation: pages before sign-in
	Screen  bool            // nothing but the main region, dark: the leader's wall screen
	Source  string          // where the figures come from; stands in the foot of the printed page
	Styles  []string        // further files of static/, such as plan.css
	Scripts []string        // further modules of static/, such as plan.js
}
