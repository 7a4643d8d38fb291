package reading

// readMechanisms reads the standing arrangements that monitor, assess and hold to account.
func readMechanisms(l *layout) []Mechanism { return nil }
