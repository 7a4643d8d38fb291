package main

// drawCommand gathers the commands that draw, one file each.
type drawCommand struct {
	Classes drawClassesCommand `cmd:"" help:"Put pupils into classes that are alike in every stated attribute and in their scores."`
	Pair    drawPairCommand    `cmd:"" help:"Pair the classes of a finished draw with teams of teachers."`
	Verify  drawVerifyCommand  `cmd:"" help:"Repeat a draw from its proof and say what does not hold."`
	Slip    drawSlipCommand    `cmd:"" help:"Print the slips with which families check their own lines."`
	Quota   drawQuotaCommand   `cmd:"" help:"Divide the places that senior schools reserve for junior schools, and admit by them."`
	Admit   drawAdmitCommand   `cmd:"" help:"Place children at schools by stated priorities and lottery."`
	Lists   drawListsCommand   `cmd:"" help:"Draw objects from a list, and inspectors, examiners or reviewers to them under conflicts of interest."`
	Vacancy drawVacancyCommand `cmd:"" help:"Draw one seat anew after a withdrawal; no other seat changes."`
	RFC3797 drawRFC3797Command `cmd:"" name:"rfc3797" help:"Pick numbers of a published list by the method of RFC 3797."`
}
