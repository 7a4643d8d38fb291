package appraisal

import (
	"context"
	"net/http"
	"strings"

	"jiaoheng/appraisal"
	"jiaoheng/attachment"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/unit"
	"jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// caseView is the result of a unit with what every number rests on, and what may be done next.
type caseView struct {
	appraisal.View
	name    string
	waits   string // key of the action that waits for the present post
	facts   []shell.Fact
	result  *appraisal.Result
	cards   []cardLine
	appeals []appealLine
	steps   []stepLine
	form    shell.Form
	persons func(id string) string
	files   map[string][]attachment.Attachment // of appeals, by id
	present *pack.SheetCard
	checked []*pack.SheetItem // items whose points an appeal may change
}

type cardLine struct {
	appraisal.Card
	colour, title, before, by, at string
	until                         string
	mayAppeal                     bool
}

type appealLine struct {
	appraisal.Appeal
	by, at, decider, decidedAt string
	mayDecide                  bool
}

type stepLine struct{ what, by, at, reason string }

// ShowCase shows a case.
func (p *Pages) ShowCase(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r)
	if err != nil {
		return err
	}
	return p.showCase(w, r, http.StatusOK, v, shell.Form{})
}

func (p *Pages) showCase(w http.ResponseWriter, r *http.Request, status int, v appraisal.View, form shell.Form) error {
	ctx := r.Context()
	c := caseView{View: v, name: p.who(ctx, v.Case), result: v.Case.Result, form: form, persons: func(id string) string { return p.nameOf(ctx, id) },
		files: map[string][]attachment.Attachment{}}
	marks, err := p.store.AppraisalMarks(ctx, v.Case.ID)
	if err != nil {
		return err
	}
	c.waits = appraisal.Waits(actorOf(ctx).Post, v.Run, v.Case, marks, today(ctx))
	c.facts = p.caseFacts(ctx, c)
	p.cardLines(ctx, &c)
	if err := p.appealLines(ctx, &c); err != nil {
		return err
	}
	for _, step := range v.Case.Steps {
		if !v.Own || step.Reason != "" || strings.Contains("self_done self_save accept appeal tell decide sign", strings.TrimPrefix(step.What, "appraisal.action.")) {
			c.steps = append(c.steps, stepLine{shell.Text(ctx, step.What), p.nameOf(ctx, step.Person), shell.Moment(ctx, step.At), step.Reason})
		}
	}
	for _, item := range v.Sheet.Items() {
		if item.Checked {
			c.checked = append(c.checked, item)
		}
	}
	frame := page(ctx, c.name, shell.Link{Label: v.Run.Name, Address: "/appraisal/run/" + v.Run.ID})
	if v.Own && !v.Holds && !v.Decides && !v.Scores {
		frame.Trail = frame.Trail[:1]
	}
	frame.Lead = v.Run.Name + " · " + inLanguage(ctx, v.Sheet.Title)
	frame.Wide = true
	frame.Actions = caseActions(c)
	return shell.Render(w, r, status, frame, caseShow(c))
}

func (p *Pages) caseFacts(ctx context.Context, c caseView) []shell.Fact {
	language := shell.From(ctx).Language
	facts := []shell.Fact{
		{Name: text(ctx, "column.state"), Body: shell.StatusWord(condition(c.Case.State), stateText(ctx, c.Case.State))},
		{Name: text(ctx, "column.period"), Text: c.Run.Period.Text(language)},
	}
	if c.Case.State == appraisal.Checking {
		facts = append(facts, shell.Fact{Name: text(ctx, "waiting_scorers"), Text: shell.Count(c.Waiting)})
	}
	if !c.Case.AppealUntil.IsZero() {
		facts = append(facts, shell.Fact{Name: text(ctx, "appeal_until"), Text: c.Case.AppealUntil.Text(language)})
	}
	if c.Case.Hash != "" {
		facts = append(facts, shell.Fact{Name: "SHA-256", Body: digest(c.Case.Hash)})
	}
	return facts
}

func (p *Pages) cardLines(ctx context.Context, c *caseView) {
	for k, one := range c.Cards {
		line := cardLine{Card: one, by: p.nameOf(ctx, one.Person), at: shell.Date(ctx, one.At), title: one.Card}
		if known := c.Sheet.Card(one.Card); known != nil {
			line.colour, line.title = known.Colour, inLanguage(ctx, known.Title)
			if k == len(c.Cards)-1 {
				c.present = known
			}
		}
		if known := c.Sheet.Card(one.Before); known != nil {
			line.before = inLanguage(ctx, known.Title)
		}
		if !one.AppealUntil.IsZero() {
			line.until = one.AppealUntil.Text(shell.From(ctx).Language)
		}
		line.mayAppeal = c.Own && one.Kind == appraisal.CardChanged && one.AppealUntil.String() >= today(ctx) && !appealed(c.Appeals, one.ID)
		c.cards = append(c.cards, line)
	}
}

func appealed(appeals []appraisal.Appeal, card string) bool {
	for _, one := range appeals {
		if one.Card == card {
			return true
		}
	}
	return false
}

func (p *Pages) appealLines(ctx context.Context, c *caseView) error {
	for _, one := range c.Appeals {
		line := appealLine{Appeal: one, by: p.nameOf(ctx, one.Person), at: shell.Moment(ctx, one.At), mayDecide: c.Decides && one.Decision == appraisal.Open && one.Card != ""}
		if one.Decision != appraisal.Open {
			line.decider, line.decidedAt = p.nameOf(ctx, one.Decider), shell.Moment(ctx, one.DecidedAt)
		}
		files, err := p.desk.FilesOfAppeal(ctx, one.ID)
		if err != nil {
			return err
		}
		c.files[one.ID] = files
		c.appeals = append(c.appeals, line)
	}
	return nil
}

// File gives out a file of a case.
func (p *Pages) File(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r)
	if err != nil {
		return err
	}
	file, data, err := p.desk.File(r.Context(), v, r.PathValue("file"))
	if err != nil {
		return shell.NotFound
	}
	return register.GiveOut(w, file.Name, file.Kind.MediaType(), data)
}

// Frozen gives out a signed case as it was fixed.
func (p *Pages) Frozen(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r)
	if err != nil {
		return err
	}
	if v.Case.Hash == "" || !(v.Holds || v.Decides || v.Own) {
		return shell.NotFound
	}
	return register.GiveOut(w, v.Case.ID+".json", "application/json", v.Case.Frozen)
}

// stageText is a stage in words.
func stageText(ctx context.Context, stage string) string {
	if stage == "" {
		return ""
	}
	return shell.Text(ctx, "unit.stage."+string(unit.Stage(stage)))
}

// sourceText says where a rule stands, since when, and how far it was compared.
func sourceText(ctx context.Context, s appraisal.Source) string {
	if s.Document == "" {
		return ""
	}
	line := s.Document + "：" + s.Clause
	if s.From != "" {
		line += " · " + shell.Text(ctx, "pack.doc.from", message.Args{"date": s.From})
	}
	return line + " · " + shell.Text(ctx, "pack.checked."+s.Checked)
}

// factLink is where a part of a figure is to be seen: the address that came with it, or the register in which it was reported.
func factLink(ctx context.Context, one appraisal.Case, part appraisal.TracePart) string {
	if part.Address != "" {
		return part.Address
	}
	if part.Register == "" {
		return ""
	}
	return "/register/" + part.Register + "?unit=" + one.Unit + "&period=" + part.Period
}

// checkWords are what the scorers gave, one after another.
func checkWords(ctx context.Context, names func(string) string, checks []appraisal.PersonScore, veto bool) []string {
	var all []string
	for _, one := range checks {
		points := pointsText(one.Points)
		if veto {
			points = holdsText(ctx, one.Holds)
		}
		line := names(one.Person) + " " + points
		if one.Note != "" {
			line += "：" + one.Note
		}
		all = append(all, line)
	}
	return all
}

func holdsText(ctx context.Context, holds bool) string {
	if holds {
		return text(ctx, "holds")
	}
	return text(ctx, "holds_not")
}
