package appraisal

import (
	"context"
	"net/http"
	"slices"

	"jiaoheng/appraisal"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// runView is a run as a whole: how many stand where, which cards there are, each unit in the order of the tree.
type runView struct {
	run     appraisal.Run
	sheet   *pack.Sheet
	facts   []shell.Fact
	states  []shell.Chip
	cards   []cardCount
	table   shell.Table
	steps   []bulk
	form    shell.Form
	scorers string
}

type cardCount struct {
	colour, title string
	count         int
}

// bulk is a step that may be done for every case that waits for it.
type bulk struct {
	step  string
	label string
	count int
}

// seenCase is a case that the present post sees, with its card as it stands today.
type seenCase struct {
	appraisal.Case
	card *pack.SheetCard
}

// casesSeen are the cases of a run that the present post sees, in the order of the tree.
func (p *Pages) casesSeen(ctx context.Context, run appraisal.Run, sheet *pack.Sheet) ([]seenCase, error) {
	post, tree := actorOf(ctx).Post, shell.From(ctx).Tree
	all, err := p.store.AppraisalCases(ctx, run.ID)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(one appraisal.Case) bool { return !appraisal.MaySee(tree, post, run, one) })
	slices.SortStableFunc(all, func(a, b appraisal.Case) int { return place(tree, a.Unit) - place(tree, b.Unit) })
	ids := make([]string, len(all))
	for k, one := range all {
		ids[k] = one.ID
	}
	history, err := p.store.AppraisalCards(ctx, ids...)
	if err != nil {
		return nil, err
	}
	present := map[string]string{}
	for _, card := range history { // the oldest first, so the last one stays
		present[card.Case] = card.Card
	}
	seen := make([]seenCase, len(all))
	for k, one := range all {
		seen[k] = seenCase{one, sheet.Card(present[one.ID])}
	}
	return seen, nil
}

// place is where a unit stands in the tree; one that is closed stands last.
func place(tree *unit.Tree, code string) int {
	if n, known := tree.Number(code); known {
		return n
	}
	return tree.Len()
}

// ShowRun shows a run.
func (p *Pages) ShowRun(w http.ResponseWriter, r *http.Request) error {
	return p.showRun(w, r, http.StatusOK, shell.Form{})
}

func (p *Pages) showRun(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	ctx := r.Context()
	run, sheet, err := p.run(r)
	if err != nil {
		return err
	}
	cases, err := p.casesSeen(ctx, run, sheet)
	if err != nil {
		return err
	}
	if len(cases) == 0 {
		return shell.NotFound
	}
	v := runView{run: run, sheet: sheet, form: form, table: p.runTable(ctx, r, run, cases)}
	v.facts = p.runFacts(ctx, run, sheet, len(cases))
	v.states = statesOf(ctx, r, cases)
	for _, card := range sheet.Cards {
		count := cardCount{colour: card.Colour, title: inLanguage(ctx, card.Title)}
		for _, one := range cases {
			if one.card != nil && one.card.Name == card.Name {
				count.count++
			}
		}
		v.cards = append(v.cards, count)
	}
	v.steps = p.bulks(ctx, run, cases)
	frame := page(ctx, run.Name)
	frame.Lead = text(ctx, "run_lead")
	frame.Actions = runActions(run.ID)
	return shell.Render(w, r, status, frame, runShow(v))
}

func (p *Pages) runFacts(ctx context.Context, run appraisal.Run, sheet *pack.Sheet, count int) []shell.Fact {
	var scorers []string
	for _, id := range run.Scorers {
		scorers = append(scorers, p.nameOf(ctx, id))
	}
	facts := []shell.Fact{
		{Name: text(ctx, "column.sheet"), Text: inLanguage(ctx, sheet.Title)},
		{Name: text(ctx, "column.period"), Text: run.Period.Text(shell.From(ctx).Language)},
		{Name: text(ctx, "column.cases"), Text: shell.Count(count)},
		{Name: text(ctx, "scorers"), Text: joined(ctx, scorers)},
		{Name: text(ctx, "opened_by"), Text: p.nameOf(ctx, run.Opener), Note: shell.Moment(ctx, run.OpenedAt)},
		{Name: text(ctx, "basis"), Text: sheet.Source.Document + "：" + sheet.Source.Clause, Note: shell.Text(ctx, "pack.checked."+string(sheet.Source.Checked))},
	}
	if !run.SelfUntil.IsZero() {
		facts = append(facts, shell.Fact{Name: text(ctx, "self_until"), Text: run.SelfUntil.Text(shell.From(ctx).Language)})
	}
	return facts
}

func joined(ctx context.Context, words []string) string {
	all := ""
	for k, word := range words {
		if k > 0 {
			all += shell.Text(ctx, "pack.doc.and")
		}
		all += word
	}
	return all
}

// statesOf are the states that there are, as filters.
func statesOf(ctx context.Context, r *http.Request, cases []seenCase) []shell.Chip {
	chosen := r.URL.Query().Get("state")
	chips := []shell.Chip{{Label: text(ctx, "all"), Count: shell.Count(len(cases)), Address: r.URL.Path, Current: chosen == ""}}
	for _, state := range appraisal.States() {
		count := 0
		for _, one := range cases {
			if one.State == state {
				count++
			}
		}
		if count > 0 {
			chips = append(chips, shell.Chip{Label: stateText(ctx, state), Count: shell.Count(count), Address: r.URL.Path + "?state=" + string(state), Current: chosen == string(state)})
		}
	}
	return chips
}

// runTable lists units in the order of the tree, never by total.
func (p *Pages) runTable(ctx context.Context, r *http.Request, run appraisal.Run, cases []seenCase) shell.Table {
	table := p.table(ctx, "units", "unit", "state", "total", "card", "unknown")
	table.Columns[2].Align = shell.Figures
	chosen := r.URL.Query().Get("state")
	for _, one := range cases {
		if chosen != "" && string(one.State) != chosen {
			continue
		}
		total, lacks, cardCell := "", "", shell.Cell{Text: text(ctx, "no_card")}
		if one.Result != nil && (appraisal.MayHold(actorOf(ctx).Post) || appraisal.MayDecide(actorOf(ctx).Post) || one.Told()) {
			total = scoreText(ctx, one.Result.Total)
			if n := len(one.Result.Unknown); n > 0 {
				total, lacks = text(ctx, "unknown"), text(ctx, "lacks", message.Args{"count": n})
			}
		}
		if one.card != nil {
			cardCell = shell.Cell{Body: card(one.card.Colour, inLanguage(ctx, one.card.Title))}
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: p.who(ctx, one.Case), Address: caseLink(one.ID), Written: true}, {Body: shell.StatusWord(condition(one.State), stateText(ctx, one.State))},
			{Text: total}, cardCell, {Text: lacks}})
	}
	table.Count = text(ctx, "units_count", message.Args{"count": len(table.Rows)})
	return table
}

// bulks are the steps that wait for the present post, with how many cases wait.
func (p *Pages) bulks(ctx context.Context, run appraisal.Run, cases []seenCase) []bulk {
	var all []bulk
	for _, step := range []string{"compute", "confirm", "tell", "sign"} {
		key, count := "appraisal.action."+step, 0
		for _, one := range cases {
			if appraisal.Waits(actorOf(ctx).Post, run, one.Case, nil, today(ctx)) == key {
				count++
			}
		}
		if count > 0 {
			all = append(all, bulk{step: step, label: shell.Text(ctx, key), count: count})
		}
	}
	return all
}

// StepAll does a step for every case of a run that waits for the present post. What fails is told and leaves the others done.
func (p *Pages) StepAll(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	run, sheet, err := p.run(r)
	if err != nil {
		return err
	}
	step := r.PathValue("step")
	if !slices.Contains([]string{"compute", "confirm", "tell", "sign"}, step) {
		return shell.NotFound
	}
	cases, err := p.casesSeen(ctx, run, sheet)
	if err != nil {
		return err
	}
	if len(cases) == 0 {
		return shell.NotFound
	}
	var faults fault.List
	done := 0
	for _, one := range cases {
		if appraisal.Waits(actorOf(ctx).Post, run, one.Case, nil, today(ctx)) != "appraisal.action."+step {
			continue
		}
		err := p.step(ctx, step, one.ID, one.Version)
		switch found := fault.Of(err); {
		case len(found) > 0:
			faults.Add(found...)
		case err != nil:
			return err
		default:
			done++
		}
	}
	if len(faults) > 0 {
		return p.showRun(w, r, http.StatusUnprocessableEntity, shell.Form{Values: r.PostForm, Faults: faults})
	}
	if done == 0 {
		return shell.NoRight
	}
	shell.Redirect(w, r, "/appraisal/run/"+run.ID, "appraisal.page.all_done", message.Args{"count": done})
	return nil
}

// step does one of the steps that need nothing but the case.
func (p *Pages) step(ctx context.Context, step, id string, version int64) error {
	actor := actorOf(ctx)
	switch step {
	case "compute":
		return p.desk.Compute(ctx, actor, id)
	case "confirm":
		return p.desk.Confirm(ctx, actor, id, version)
	case "tell":
		return p.desk.Tell(ctx, actor, id)
	case "accept":
		return p.desk.Accept(ctx, actor, id)
	}
	return p.desk.Sign(ctx, actor, id, version)
}
