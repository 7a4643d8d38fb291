package expr

import "jiaoheng/fault"

// Written is a formula as it stands in data. What it may name follows from where it stands; whoever loads the data checks it
// and makes it ready.
type Written struct {
	Text  string
	Place fault.Place // of its first character
	Ready *Formula    // never nil in data that was loaded without faults
}
