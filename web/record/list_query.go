package record

import (
	"net/http"
	"net/url"
	"slices"

	"jiaoheng/pack"
	registerpages "jiaoheng/web/register"
)

// onlyPart is the part of an address that says which rows of a register are looked at.
const onlyPart = "only"

// The choices of onlyPart. Without one a list shows what is open, or every row when states are chosen by themselves.
const (
	onlyOpen   = "open"   // something is still to be done
	onlyLate   = "late"   // its deadline is over
	onlyMine   = "mine"   // waits for the present post
	onlySilent = "silent" // has not moved for longer than its state allows
	onlyAll    = "all"
)

var onlys = []string{onlyOpen, onlyLate, onlyMine, onlySilent, onlyAll}

// listQuery is what the address says about a list of living rows.
type listQuery struct {
	registerpages.RowQuery
	only string
}

// readList reads the address.
func readList(r *http.Request, of *pack.Register) listQuery {
	q := listQuery{RowQuery: registerpages.ReadQuery(r, of, address(of), firstColumns(of)), only: firstOnly(of)}
	asked := r.URL.Query().Get(onlyPart)
	switch {
	case slices.Contains(onlys, asked):
		q.only = asked
		q.Extra = url.Values{onlyPart: {asked}}
	case q.Narrowed(pack.ColumnState):
		q.only = onlyAll
	}
	return q
}

// firstOnly is which rows are shown when nobody chose: what is still to be done, and all of a register of records that mostly only
// stand there.
func firstOnly(of *pack.Register) string {
	if of.Life.States[0].Open() {
		return onlyOpen
	}
	return onlyAll
}

// firstColumns are those that are shown when nobody chose: what numbers a row, its state, deadline, lead and owner.
func firstColumns(of *pack.Register) []*pack.Column {
	var first []*pack.Column
	for _, c := range of.Columns {
		kept := slices.Contains([]string{pack.ColumnState, pack.ColumnDue, pack.ColumnLead, pack.ColumnOwner}, c.Name)
		if c.Kept && kept || of.Serial != nil && of.Serial.Column == c.Name {
			first = append(first, c)
		}
	}
	return first
}
