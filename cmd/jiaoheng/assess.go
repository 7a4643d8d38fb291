package main

// assessCommand gathers the commands for tests and statistics, one file each.
type assessCommand struct {
	Irt assessIrtCommand `cmd:"" help:"Fit an item response model."`
}
