package target

// Named names a target of a plan, wherever plans are spoken of together.
type Named struct {
	Plan   string
	Target Track
}

// Same says that Other, a target of an action programme, is the target One of the umbrella plan or of another programme: it is
// kept once, there, and counted once.
type Same struct {
	Other, One Named
}

// Canonical returns for every target that is another one the target that it is. What does not stand there stands for itself.
// Sames come as they are stored: One is never itself the Other of a second one.
func Canonical(sames []Same) map[Named]Named {
	all := make(map[Named]Named, len(sames))
	for _, s := range sames {
		all[s.Other] = s.One
	}
	return all
}
