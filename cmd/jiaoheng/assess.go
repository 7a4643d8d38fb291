package main

// assessCommand gathers the commands for tests and statistics, one file each.
type assessCommand struct {
	Irt         assessIrtCommand         `cmd:"" help:"Fit an item response model."`
	Items       assessItemsCommand       `cmd:"" help:"Analyse the items of a test."`
	Scale       assessScaleCommand       `cmd:"" help:"Turn raw marks into scores of another scale."`
	Equate      assessEquateCommand      `cmd:"" help:"Put the scores of one form on the scale of another."`
	Percentiles assessPercentilesCommand `cmd:"" help:"Growth percentiles of pupils and medians of schools."`
	Link        assessLinkCommand        `cmd:"" help:"Link the scales of two forms by their common items."`
	Survey      assessSurveyCommand      `cmd:"" help:"Estimate from a sample with weights, strata and clusters, or from plausible values."`
	Growth      assessGrowthCommand      `cmd:"" help:"Fit a multilevel model of growth."`
}
