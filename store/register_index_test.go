package store_test

import (
	"strings"
	"testing"
)

// Rows of which a row consists, those of a person and those that are counted are found without looking at every row.
func TestRowsOfLivingRegistersAreFoundByIndexes(t *testing.T) {
	s, _, raw := onSQLite().open(t)
	o := newBureau(t, s)
	openRegisters(t, s, o.set.Everything().Registers()...) // a second opening makes nothing twice
	for _, one := range []struct{ name, where string }{
		{"sub-rows", `part_of = 'finding/1'`}, {"sub-rows that are open", `part_of = 'finding/1' and state in ('', 'found')`}, {"lead", `lead in ('', '990121')`},
		{"owner", `owner = 'x'`}, {"maker", `maker = 'x'`}, {"same kind in the unit", `unit = 'a' and category = 'safety' and found_on >= '2026-01-01'`},
	} {
		rows, err := raw.Query("explain query plan select * from register_finding as facts where " + one.where)
		if err != nil {
			t.Fatalf("%s: %v", one.name, err)
		}
		plan := ""
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				t.Fatal(err)
			}
			plan += detail + "\n"
		}
		rows.Close()
		if !strings.Contains(plan, "USING INDEX living_") {
			t.Errorf("%s: %s", one.name, plan)
		}
	}
}
