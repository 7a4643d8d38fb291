package appraisal

import (
	"context"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/attachment"
	"jiaoheng/pack"
	"jiaoheng/unit"
)

// View is a case as somebody in a post sees it. What the post may not see yet is not there.
type View struct {
	Run     Run
	Case    Case // Result is nil before it may be seen
	Sheet   *pack.Sheet
	Self    *Mark
	Mine    *Mark  // of a scorer
	Checks  []Mark // of all scorers, once all are in
	Agreed  *Mark
	Cards   []Card
	Appeals []Appeal
	Waiting int  // scorers who have not handed in
	Hidden  bool // there are points of others that are not shown before all are in
	Own     bool // the post belongs to who is appraised
	Scores  bool // the post scores
	Holds   bool
	Decides bool
}

// View returns a case as a post sees it.
//
// A scorer sees no points of others before all are in, and neither does anybody else; the unit sees points, result and card once it
// was told. Errors: ErrNotFound for who may not see the case at all.
func (d *Desk) View(ctx context.Context, tree *unit.Tree, post access.Post, id string) (View, error) {
	one, sheet, run, err := d.known(ctx, id)
	if err != nil {
		return View{}, err
	}
	v := View{Run: run, Case: one, Sheet: sheet, Own: IsOf(post, one), Scores: IsScorer(post, run, one)}
	v.Holds, v.Decides = MayHold(post) && !v.Own, MayDecide(post) && !v.Own
	if !MaySee(tree, post, run, one) {
		return View{}, ErrNotFound
	}
	marks, err := d.store.AppraisalMarks(ctx, id)
	if err != nil {
		return View{}, err
	}
	work := !v.Own && (v.Scores || seesAll(post)) // takes part in the appraisal, not only looks at what came of it
	if !work && !one.Told() {
		v.Case.Result = nil
	}
	v.Waiting = max(0, sheet.Scorers-len(handedIn(marks)))
	for k, mark := range marks {
		switch {
		case mark.Kind == OfSelf && (v.Own || mark.Done):
			v.Self = &marks[k]
		case mark.Kind == OfScorer && mark.Person == post.Person && v.Scores:
			v.Mine = &marks[k]
		}
		open := one.State != Self && one.State != Checking && (work || one.Told())
		switch {
		case mark.Kind == OfScorer && open && mark.Done:
			v.Checks = append(v.Checks, mark)
		case mark.Kind == Agreed && open:
			v.Agreed = &marks[k]
		case mark.Kind == OfScorer && mark.Person != post.Person:
			v.Hidden = true
		}
	}
	if v.Cards, err = d.store.AppraisalCards(ctx, id); err != nil {
		return View{}, err
	}
	v.Appeals, err = d.store.AppraisalAppeals(ctx, id)
	return v, err
}

// Differences are those of a case that is talked through, with what was agreed on already.
func (d *Desk) Differences(ctx context.Context, v View) ([]Difference, float64, error) {
	limit, err := d.limit(ctx, v.Sheet, v.Case)
	if err != nil {
		return nil, 0, err
	}
	all := Differences(v.Sheet, v.Checks, limit)
	for k := range all {
		if v.Agreed == nil {
			break
		}
		if entry, done := v.Agreed.Entries[all[k].Name]; done {
			all[k].Agreed = &entry
		}
	}
	return all, limit, nil
}

// Waits is what a case waits for from a post: the key of the action, "" for nothing.
func Waits(post access.Post, run Run, one Case, marks []Mark, today string) string {
	own, scorer := IsOf(post, one), IsScorer(post, run, one)
	switch one.State {
	case Self:
		if own {
			return "appraisal.action.self_done"
		}
		if MayHold(post) && run.SelfUntil.String() < today {
			return "appraisal.action.skip_self"
		}
	case Checking:
		done := slices.ContainsFunc(marks, func(m Mark) bool { return m.Kind == OfScorer && m.Person == post.Person && m.Done })
		if scorer && !done {
			return "appraisal.action.check_done"
		}
	case Talking:
		if scorer {
			return "appraisal.action.talk"
		}
	case Scored:
		if MayHold(post) && !own {
			return "appraisal.action.compute"
		}
	case Computed:
		if MayDecide(post) && second(post, run, one, "appraisal.action.compute") == nil {
			return "appraisal.action.confirm"
		}
	case Confirmed:
		if MayHold(post) && !own {
			return "appraisal.action.tell"
		}
	case Told:
		if own {
			return "appraisal.action.accept"
		}
		if MayDecide(post) && one.AppealUntil.String() < today && second(post, run, one) == nil {
			return "appraisal.action.sign"
		}
	case Appealed:
		if MayDecide(post) && second(post, run, one) == nil {
			return "appraisal.action.decide"
		}
	case Settled:
		if MayDecide(post) && second(post, run, one) == nil {
			return "appraisal.action.sign"
		}
	}
	return ""
}

// FilesOf returns the files of an entry of a mark.
func (d *Desk) FilesOf(ctx context.Context, mark, entry string) ([]attachment.Attachment, error) {
	return d.files.AttachmentsOf(ctx, FileOwner(mark, entry))
}

// FilesOfAppeal returns the files of an appeal.
func (d *Desk) FilesOfAppeal(ctx context.Context, appeal string) ([]attachment.Attachment, error) {
	return d.files.AttachmentsOf(ctx, AppealOwner(appeal))
}

// File returns a file of a case when the post sees what it belongs to.
func (d *Desk) File(ctx context.Context, v View, id string) (attachment.Attachment, []byte, error) {
	file, err := d.files.Attachment(ctx, id)
	if err != nil {
		return file, nil, ErrNotFound
	}
	row, _, _ := strings.Cut(file.Owner.Row, "/")
	marks := slices.Clone(v.Checks)
	for _, mark := range []*Mark{v.Self, v.Mine, v.Agreed} {
		if mark != nil {
			marks = append(marks, *mark)
		}
	}
	seen := file.Owner.Table == FileOwner("", "").Table && slices.ContainsFunc(marks, func(m Mark) bool { return m.ID == row }) ||
		file.Owner.Table == AppealOwner("").Table && slices.ContainsFunc(v.Appeals, func(a Appeal) bool { return a.ID == row })
	if !seen {
		return file, nil, ErrNotFound
	}
	data, err := d.files.AttachmentData(ctx, id)
	return file, data, err
}
