package register

import (
	"maps"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
)

// itemRule is an item, ready to run. Without per, the last aggregate runs over rows; with it, over groups of rows.
type itemRule struct {
	item *pack.Item
	last *aggregate
	per  []int
	let  []*aggregate
}

// aggregate is one pack.Aggregate, ready to run.
type aggregate struct {
	declared *pack.Aggregate
	of       *expr.Formula // nil: counts every row
	where    *expr.Formula // nil: all rows
	years    *expr.Formula // nil: no rolling window
	dated    int           // column with the date of the row, or -1
}

// readItem reads an item with all its formulas.
func (r *Rules) readItem(item *pack.Item) (*itemRule, fault.List) {
	rule := &itemRule{item: item}
	if item.Per == nil {
		last, faults := r.readAggregate(&item.Aggregate, r.items, expr.Wanted{Type: expr.Numeric, Measure: &item.Measure})
		rule.last = last
		return rule, faults
	}
	var faults fault.List
	rule.per, faults = r.columnsOf(item.Per, item.Place)
	let, items, wrong := r.readLet(item.Let)
	faults.Add(wrong...)
	rule.let = let
	maps.Copy(items, r.groupItems(item.Per))
	if item.Dated != "" {
		faults.Add(fault.At(item.Place, "register.item.dated_group", message.Args{"item": item.Name}))
		return rule, faults
	}
	last, wrong := r.readAggregate(&item.Aggregate, items, expr.Wanted{Type: expr.Numeric, Measure: &item.Measure})
	faults.Add(wrong...)
	rule.last = last
	return rule, faults
}

// readLet reads the aggregates of groups and returns what formulas over the groups may name: these and what is given.
func (r *Rules) readLet(declared []*pack.Aggregate) ([]*aggregate, expr.Items, fault.List) {
	items := maps.Clone(r.names.Items)
	if items == nil {
		items = expr.Items{}
	}
	var faults fault.List
	var let []*aggregate
	for _, one := range declared {
		read, wrong := r.readAggregate(one, r.items, expr.Wanted{Type: expr.Numeric})
		faults.Add(wrong...)
		let = append(let, read)
		item := expr.Item{Type: expr.Numeric}
		if read != nil && read.of != nil && one.Kind != pack.CountOf {
			item.Measure = read.of.Measure()
		}
		items[one.Name] = item
	}
	return let, items, faults
}

// groupItems returns what formulas over groups may name of the columns that make the groups: the options of choices.
func (r *Rules) groupItems(per []string) expr.Items {
	items := expr.Items{}
	for _, name := range per {
		at, known := r.column[name]
		if !known {
			continue
		}
		for _, option := range r.register.Columns[at].Choices {
			items[name+"."+option.Name] = expr.Item{Type: expr.Logical}
		}
	}
	return items
}

// columnsOf returns the columns that make groups.
func (r *Rules) columnsOf(names []string, place fault.Place) ([]int, fault.List) {
	var faults fault.List
	var columns []int
	for _, name := range names {
		at, known := r.column[name]
		if !known {
			faults.Add(fault.At(place, "register.item.no_column", message.Args{"column": name}))
			continue
		}
		columns = append(columns, at)
	}
	return columns, faults
}

// readAggregate reads one aggregate over rows or groups that have the items.
func (r *Rules) readAggregate(declared *pack.Aggregate, items expr.Items, wanted expr.Wanted) (*aggregate, fault.List) {
	a := &aggregate{declared: declared, dated: -1}
	var faults fault.List
	load := func(formula *pack.Formula, wanted expr.Wanted) *expr.Formula {
		if formula == nil {
			return nil
		}
		read, wrong := r.load(formula, items, wanted)
		faults.Add(wrong...)
		return read
	}
	if declared.Kind == pack.CountOf {
		wanted = expr.Wanted{Type: expr.Logical}
	} else if declared.Of == nil {
		faults.Add(fault.At(declared.Place, "register.item.nothing_of", message.Args{"item": declared.Name, "example": string(declared.Kind) + ": hours"}))
	}
	a.of = load(declared.Of, wanted)
	a.where = load(declared.Where, expr.Wanted{Type: expr.Logical})
	a.years = load(declared.Years, expr.Wanted{Type: expr.Numeric})
	if declared.Dated != "" {
		at, known := r.column[declared.Dated]
		if !known || r.register.Columns[at].Type != pack.Date {
			faults.Add(fault.At(declared.Place, "register.item.dated", message.Args{"item": declared.Name, "column": declared.Dated}))
		}
		a.dated = at
	} else if declared.Years != nil {
		faults.Add(fault.At(declared.Place, "register.item.years", message.Args{"item": declared.Name}))
	}
	if faults != nil {
		return nil, faults
	}
	return a, nil
}
