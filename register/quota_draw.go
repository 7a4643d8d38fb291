package register

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"strings"
	"time"

	"jiaoheng/action"
	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
)

// SeedBytes is the length of the seed of a draw.
const SeedBytes = 32

// QuotaDraw is one draw of rows for a check of what was written. It is made once for a quota, a period and a unit with all
// units below it, and never again. Whoever has the seed and the ids of the rows can repeat it, see DrawOrder.
type QuotaDraw struct {
	Quota  string
	Period string
	Unit   string
	Seed   string // in hexadecimal digits
	Person string // who drew
	At     time.Time
	Share  float64 // in percent
	Least  float64
	Units  []DrawnUnit
}

// DrawnUnit is what was drawn of one unit.
type DrawnUnit struct {
	Unit   string   `json:"unit"`
	Of     int      `json:"of"`     // number of rows among which was drawn
	Digest string   `json:"digest"` // SHA-256 of their ids in order of bytes, each followed by a line feed
	Rows   []string `json:"rows"`   // ids of the drawn rows, in the order of the draw
}

// QuotaStore keeps draws.
type QuotaStore interface {
	action.Store
	// QuotaDraw returns the draw of a quota, a period and a unit, and whether there is one.
	QuotaDraw(ctx context.Context, quota, period, unit string) (QuotaDraw, bool, error)
	// QuotaDrawInsert stores a draw; only inside an action. A second one for the same is refused by the fault quota.drawn.
	QuotaDrawInsert(ctx context.Context, draw QuotaDraw) error
}

// DrawOrder returns the ids in the order of a draw: by HMAC-SHA256 with the seed as key over the lines quota, period, unit and
// id, joined by a line feed; the ids with the smallest results, as numbers, come first.
func DrawOrder(seed []byte, quota, period, unit string, ids []string) []string {
	type drawn struct{ id, mac string }
	all := make([]drawn, len(ids))
	for i, id := range ids {
		mac := hmac.New(sha256.New, seed)
		mac.Write([]byte(strings.Join([]string{quota, period, unit, id}, "\n")))
		all[i] = drawn{id, string(mac.Sum(nil))}
	}
	slices.SortFunc(all, func(a, b drawn) int { return cmp.Or(cmp.Compare(a.mac, b.mac), cmp.Compare(a.id, b.id)) })
	ordered := make([]string, len(all))
	for i, d := range all {
		ordered[i] = d.id
	}
	return ordered
}

// DrawCount is how many of n rows are drawn: the share in percent, rounded up, at least so many, and never more than there are.
func DrawCount(n int, share, least float64) int {
	wanted := math.Ceil(float64(n)*share/100 - measure.Tolerance)
	return int(min(float64(n), max(wanted, math.Ceil(least-measure.Tolerance), 0)))
}

// Draw draws rows of every unit for a check. done are the rows of the register of the quota, of the unit and all below it; those
// of the period for which the condition of the quota holds, and which the event of the check may mark now, take part.
//
// Errors: faults when the quota has no check, or when the share or the least number are not known on the day of the period.
func Draw(ask Ask, quota *pack.Quota, p period.Period, unitCode string, seed []byte, done []Row) (QuotaDraw, fault.List) {
	ask = ask.withSwitches()
	if quota.Truth == nil {
		return QuotaDraw{}, fault.List{fault.New("quota.no_truth", message.Args{"quota": quota.Title})}
	}
	rules := mustRules(ask, quota.Register)
	share, least, faults := drawNumbers(ask, rules, quota, p, unitCode)
	if faults != nil {
		return QuotaDraw{}, faults
	}
	draw := QuotaDraw{Quota: quota.Name, Period: p.String(), Unit: unitCode, Seed: hex.EncodeToString(seed), Share: share, Least: least}
	pool := drawPool(ask, rules, quota, p, done)
	for _, code := range slices.Sorted(mapKeys(pool)) {
		ids := pool[code]
		slices.Sort(ids)
		digest := sha256.Sum256([]byte(strings.Join(ids, "\n") + "\n"))
		one := DrawnUnit{Unit: code, Of: len(ids), Digest: hex.EncodeToString(digest[:])}
		one.Rows = DrawOrder(seed, quota.Name, draw.Period, code, ids)[:DrawCount(len(ids), share, least)]
		draw.Units = append(draw.Units, one)
	}
	if len(draw.Units) == 0 {
		return QuotaDraw{}, fault.List{fault.New("quota.nothing_to_draw", nil)}
	}
	return draw, nil
}

func mapKeys(m map[string][]string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for key := range m {
			if !yield(key) {
				return
			}
		}
	}
}

// drawNumbers computes share and least number as they hold for the unit in the period.
func drawNumbers(ask Ask, rules *Rules, quota *pack.Quota, p period.Period, unitCode string) (share, least float64, faults fault.List) {
	one := Row{Unit: unitCode, Period: p, Cells: make([]Cell, len(rules.register.Columns))}
	grid := rules.Compute([]Row{one}, ask.givenIn(p))
	number := func(formula *pack.Formula) float64 {
		value := grid.Formula(0, formula.Ready)
		got, known := value.Number()
		if !known || got < 0 {
			faults.Add(fault.New("quota.number_unknown", message.Args{"formula": formula.Text}))
		}
		return got
	}
	share, least = number(quota.Truth.Share), number(quota.Truth.Least)
	return share, least, faults
}

// drawPool returns the ids of the rows that take part, by unit.
func drawPool(ask Ask, rules *Rules, quota *pack.Quota, p period.Period, done []Row) map[string][]string {
	grid := rules.Compute(done, ask.givenIn(p))
	last, faults := rules.readAggregate(&quota.Of, rules.items, expr.Wanted{})
	if faults != nil {
		panic("register: a quota with faults: " + faults.Error())
	}
	all := over{source: grid, shape: grid.shape, groupOf: make([]int, len(done)), groups: 1}
	include, _ := grid.window(last, all)
	where := last.column(last.where, all, len(done))
	state, event := rules.column[pack.ColumnState], rules.register.EventOf(quota.Truth.Event)
	pool := map[string][]string{}
	for i, row := range done {
		counts := where == nil || where.Present.Get(i) && where.Numbers[i] != 0
		if include[i] && counts && event != nil && slices.Contains(event.From, row.Cells[state].Text) {
			pool[row.Unit] = append(pool[row.Unit], row.ID)
		}
	}
	return pool
}
