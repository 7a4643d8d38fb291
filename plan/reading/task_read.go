package reading

// readTasks reads what the parts of measures and safeguards order.
func readTasks(l *layout, meta Meta) []Task {
	var tasks []Task
	for _, s := range l.sentences {
		if (s.Role != RoleMeasure && s.Role != RoleSafeguard) || s.Lead || s.Table > 0 {
			continue
		}
		tasks = append(tasks, Task{Title: s.Text, Origin: l.originOf(s, "sentence of a measure", 0.8)})
	}
	return tasks
}
