package unit

import (
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
)

var eventColumns = []column{
	{FieldEventOn, []string{"日期", "生效日期", "变更日期", "on"}, true},
	{FieldEventKind, []string{"类型", "变更类型", "kind"}, true},
	{FieldEventFrom, []string{"原单位代码", "原单位", "from"}, false},
	{FieldEventInto, []string{"去向单位代码", "去向单位", "into"}, false},
	{FieldEventName, []string{"新名称", "name"}, false},
	{FieldEventParent, []string{"新上级代码", "上级代码", "parent"}, false},
	{FieldEventStages, []string{"新学段", "学段", "stages"}, false},
	{FieldEventDocument, []string{"文号", "document"}, false},
	{FieldEventReason, []string{"事由", "理由", "reason"}, false},
}

var eventKindNames = map[string]EventKind{
	"合并": Merge, "并入": Merge, "撤并": Merge, "merge": Merge, "拆分": Split, "分设": Split, "split": Split, "更名": Rename, "改名": Rename, "rename": Rename,
	"隶属调整": Move, "划转": Move, "移交": Move, "move": Move, "学段调整": Restage, "restage": Restage, "设立": Open, "新设": Open, "启用": Open, "open": Open,
	"撤销": Close, "停办": Close, "close": Close,
}

// EventTable is what a table of events holds. Rows[i] is the row of Events[i], the head is row 1.
type EventTable struct {
	Read    int // rows below the head that are not empty
	Refused int // rows with a fault
	Events  []Event
	Rows    []int
	Faults  fault.List
}

// Place returns where the event stands in the table, with the head of the column that a fault of the event names.
func (t EventTable) Place(i int) fault.Place { return fault.Place{Row: t.Rows[i]} }

// EventColumn returns the head of the column for a field of an event, as people write it.
func EventColumn(field string) string {
	for _, c := range eventColumns {
		if c.name == field {
			return c.heads[0]
		}
	}
	return field
}

// ReadEvents reads a table of events whose first row that is not empty is the head. Several codes in a cell are separated by 、.
// Whether an event can be is not asked here: see History.ApplyAll.
func ReadEvents(rows [][]string) EventTable {
	var table EventTable
	head, first := headOf(eventColumns, rows)
	if first < 0 {
		table.Faults.Add(fault.New("unit.events_empty", nil))
		return table
	}
	at := placeColumns(eventColumns, head, first, &table.Faults)
	if n := len(rows) - first - 1; n > MaxEventsOfTable {
		table.Faults.Add(fault.New("unit.too_many_rows", message.Args{"rows": n, "limit": MaxEventsOfTable}))
	}
	if len(table.Faults) > 0 {
		return table
	}
	for i := first + 1; i < len(rows); i++ {
		if strings.TrimSpace(strings.Join(rows[i], "")) == "" {
			continue
		}
		table.Read++
		e, faults := readEvent(tableReader{at: at}, rows[i], i+1)
		if len(faults) > 0 {
			table.Refused++
			table.Faults.Add(faults...)
			continue
		}
		table.Events, table.Rows = append(table.Events, e), append(table.Rows, i+1)
	}
	return table
}

func readEvent(r tableReader, cells []string, row int) (Event, fault.List) {
	var faults fault.List
	bad := func(field, code string, args message.Args) {
		faults.Add(fault.At(fault.Place{Row: row, Column: EventColumn(field)}, code, args))
	}
	e := Event{From: wordsOf(r.cell(cells, FieldEventFrom)), Into: wordsOf(r.cell(cells, FieldEventInto)), Name: r.cell(cells, FieldEventName),
		Parent: r.cell(cells, FieldEventParent), Document: r.cell(cells, FieldEventDocument), Reason: r.cell(cells, FieldEventReason)}
	if text := r.cell(cells, FieldEventOn); text == "" {
		bad(FieldEventOn, "unit.event_no_date", nil)
	} else if date, ok := period.ParseDate(text); ok {
		e.On = date
	} else {
		bad(FieldEventOn, "unit.date_unreadable", message.Args{"text": text})
	}
	text := r.cell(cells, FieldEventKind)
	if kind, known := eventKindNames[strings.ToLower(text)]; known {
		e.Kind = kind
	} else {
		bad(FieldEventKind, "unit.event_kind_unknown", message.Args{"text": text})
	}
	for _, word := range wordsOf(r.cell(cells, FieldEventStages)) {
		if stage, known := stageNames[strings.ToLower(word)]; known {
			e.Stages = append(e.Stages, stage)
		} else {
			bad(FieldEventStages, "unit.stage_unknown", message.Args{"text": word})
		}
	}
	for _, field := range foreignFields(e) {
		bad(field, "unit.event_field_foreign", message.Args{"column": EventColumn(field)})
	}
	return e, faults
}

// foreignFields returns the fields that are filled although an event of the kind has no use for them: what is written there would
// be kept as if it had been carried out.
func foreignFields(e Event) []string {
	filled := map[string]bool{FieldEventFrom: len(e.From) > 0, FieldEventInto: len(e.Into) > 0, FieldEventName: e.Name != "", FieldEventParent: e.Parent != "",
		FieldEventStages: len(e.Stages) > 0}
	uses := map[EventKind][]string{Merge: {FieldEventFrom, FieldEventInto}, Split: {FieldEventFrom, FieldEventInto}, Rename: {FieldEventFrom, FieldEventName},
		Move: {FieldEventFrom, FieldEventParent}, Restage: {FieldEventFrom, FieldEventStages}, Open: {FieldEventInto}, Close: {FieldEventFrom}}
	used, known := uses[e.Kind]
	var foreign []string
	for _, c := range eventColumns {
		if known && filled[c.name] && !slices.Contains(used, c.name) {
			foreign = append(foreign, c.name)
		}
	}
	return foreign
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune("、,，;；/ +\n\t　", c) })
}
