package progress

import (
	"context"
	"strconv"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/publication"
)

// Public is what of a result can be made public: schools with enough pupils, in the order of their codes, with intervals and standing,
// without ranks. Schools with fewer pupils are not told of, only how many they are.
func Public(r Result, owner string, name func(code string) string) publication.Content {
	s := Speaker{Language: message.Chinese, Name: name, Region: RegionWord(message.Chinese, owner)}
	part := r.Parts[0]
	text := func(key string, args message.Args) string {
		return message.Text(message.Chinese, "progress.public."+key, args)
	}
	content := publication.Content{Kind: publication.KindFigures, Title: text("title", message.Args{"study": r.Study.Name}), Day: r.Day, Unit: owner, Blocks: []publication.Block{}}
	for _, sentence := range s.County(r, part) {
		content.Blocks = append(content.Blocks, publication.Block{Text: sentence})
	}
	table := publication.Table{Caption: text("caption", nil), Columns: []string{text("school", nil), text("pupils", nil), text("effect", nil), text("interval", message.Args{"level": number(r.Rules.Level.Value, 0)}),
		text("standing", nil)}, Source: text("source", message.Args{"pack": r.Rules.Least.Source, "clause": r.Rules.Least.Clause})}
	small := 0
	for _, one := range part.Main.Schools {
		if one.Standing == Small {
			small++
			continue
		}
		sd := part.Main.ExitDeviation
		table.Rows = append(table.Rows, []string{name(one.Unit), strconv.Itoa(one.N), number(one.Effect/sd, 2), text("from_to", message.Args{"low": number(one.Low/sd, 2), "high": number(one.High/sd, 2)}), s.Standing(one.Standing)})
	}
	if small > 0 {
		table.Note = text("small", message.Args{"schools": small, "least": number(r.Rules.Least.Value, 0)})
	}
	if len(table.Rows) > publication.MaxRows {
		table.Note += text("cut", message.Args{"limit": publication.MaxRows})
		table.Rows = table.Rows[:publication.MaxRows]
	}
	if len(table.Rows) > 0 {
		content.Blocks = append(content.Blocks, publication.Block{Table: &table})
	}
	return content
}

// Publish prepares the newest result of a study for publication: a second person approves it at the desk of publications.
func (d *Desk) Publish(ctx context.Context, publications publication.Store, actor action.Actor, id string) (publication.Publication, error) {
	look, err := d.Look(ctx, actor, id, "")
	if err != nil {
		return publication.Publication{}, err
	}
	if !look.MayMake || !look.Sight.All {
		return publication.Publication{}, action.Refused("progress.action.publish")
	}
	if look.Study.Publication != "" {
		return publication.Publication{}, fault.New("progress.published_already", nil)
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return publication.Publication{}, err
	}
	name := func(code string) string {
		if one, known := tree.Find(code); known {
			return one.Name
		}
		return code
	}
	made, err := publication.Prepare(ctx, publications, actor, look.Study.Owner, Public(look.Result, name(look.Study.Owner), name))
	if err != nil {
		return made, err
	}
	study := look.Study
	study.Publication = made.ID
	return made, action.Do(ctx, d.store, actor, action.Write{Name: "progress.action.publish", Operation: access.Change, Thing: look.thing(),
		Do: func(ctx context.Context, _ action.Tx) error { return d.store.StudyUpdate(ctx, study) }})
}

func (l Look) thing() access.Thing { return thing(l.Sight.unit(l.Study.Owner)) }
