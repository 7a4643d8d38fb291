package reading

import "strings"

// tableTasks reads the tasks of tables that name them: 序号|任务|具体措施|牵头单位|责任单位|完成时限.
func (r *taskReader) tableTasks() {
	for from := 0; from < len(r.l.sentences); {
		if r.l.sentences[from].Table == 0 {
			from++
			continue
		}
		to := from
		for to < len(r.l.sentences) && r.l.sentences[to].Table == r.l.sentences[from].Table {
			to++
		}
		r.tableOf(r.l.sentences[from:to])
		from = to
	}
}

// taskColumns says which columns of a table hold what; -1 where there is none.
type taskColumns struct{ task, measure, leader, owner, due int }

// columnsOf reads the head of a table. Without a column for those who answer or the date it is no table of tasks.
func columnsOf(cells []Sentence) (taskColumns, bool) {
	c := taskColumns{-1, -1, -1, -1, -1}
	for _, s := range cells {
		if s.Row != cells[0].Row {
			break
		}
		switch name := squeeze(s.Text); {
		case containsAny(name, []string{"牵头", "主责", "主办"}):
			c.leader = s.Column
		case containsAny(name, []string{"责任", "配合", "实施单位", "承办", "负责"}):
			if c.owner < 0 || strings.Contains(name, "责任") {
				c.owner = s.Column
			}
		case containsAny(name, []string{"时限", "完成时间", "时间节点", "完成期限", "进度"}):
			c.due = s.Column
		case containsAny(name, []string{"措施", "举措", "工作内容", "具体任务", "主要内容", "工作要求", "任务内容"}):
			c.measure = s.Column
		case containsAny(name, []string{"任务", "事项", "项目", "工作"}) && c.task < 0:
			c.task = s.Column
		}
	}
	return c, (c.task >= 0 || c.measure >= 0) && (c.leader >= 0 || c.owner >= 0 || c.due >= 0)
}

// tableOf reads the rows of one table.
func (r *taskReader) tableOf(cells []Sentence) {
	columns, ok := columnsOf(cells)
	if !ok {
		return
	}
	for from := 0; from < len(cells); {
		to := from
		row := map[int]*Sentence{}
		for to < len(cells) && cells[to].Row == cells[from].Row {
			if row[cells[to].Column] == nil {
				row[cells[to].Column] = &cells[to]
			}
			to++
		}
		if cells[from].Row > cells[0].Row {
			r.tableRow(row, columns)
		}
		from = to
	}
}

// tableRow writes the task of one row: the measure where the table has both, with those who lead before the others.
func (r *taskReader) tableRow(row map[int]*Sentence, c taskColumns) {
	s := row[c.measure]
	if s == nil {
		s = row[c.task]
	}
	if s == nil || runes(s.Text, 4) < 4 || !hasHan(s.Text) {
		return
	}
	t := Task{Title: taskTitle(s.Text), Origin: r.l.originOf(*s, "row of a table of tasks", 0.85)}
	var who []string
	for _, column := range []int{c.leader, c.owner} {
		if cell := row[column]; cell != nil && hasHan(cell.Text) {
			who = append(who, cell.Text)
		}
	}
	t.Responsible = strings.Join(who, "、")
	if t.Responsible == "" {
		t.Responsible, _ = responsibleFor(s.Text, new(string))
	}
	t.Frequency = frequencyIn(s.Text)
	t.Deadline, t.DeadlineSource = taskDeadline(s.Text, r.meta.Period)
	if cell := row[c.due]; cell != nil {
		if when, _ := taskDeadline("到"+squeeze(cell.Text), r.meta.Period); when != nil {
			t.Deadline, t.DeadlineSource = when, "table"
		}
		if often := frequencyIn(cell.Text); often != "" {
			t.Frequency = often
		}
	}
	r.tasks, r.unsure = append(r.tasks, t), append(r.unsure, false)
}
