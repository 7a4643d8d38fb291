package reading

// quantities reads the numbers of the text as targets and facts.
func quantities(l *layout, meta Meta) (targets, facts []Quantity) { return nil, nil }
