package todo

import (
	"context"
	"slices"
	"strings"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/message"
	"jiaoheng/notice"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/unit"
)

// digestItems is how many rows a digest names; the rest is counted.
const digestItems = 20

// DigestReport says what a run of the digest did.
type DigestReport struct {
	Day     string `json:"day"`     // "" when the hour has not come, or the day is none
	Persons int    `json:"persons"` // told
	Robots  int    `json:"robots"`
}

// digest is one run.
type digest struct {
	desk     *Desk
	now      time.Time
	day      period.Date
	tree     *unit.Tree
	channels []notice.Channel
	setting  notice.Setting
	report   DigestReport
}

// Digest tells everybody what is due today, late and near, when the hour of the day has come: in the application, by mail to
// those who chose it, and to the robots of units as counts. Nobody is told twice for one day, however often it runs.
func (d *Desk) Digest(ctx context.Context, now time.Time) (DigestReport, error) {
	setting, err := d.store.Setting(ctx)
	if err != nil {
		return DigestReport{}, err
	}
	calendar, err := d.calendar(ctx)
	if err != nil {
		return DigestReport{}, err
	}
	here := now.In(period.Beijing)
	day := period.DateOf(here)
	if here.Hour() < setting.Hour || setting.Workdays && !calendar.Working(day) {
		return DigestReport{}, nil
	}
	run := digest{desk: d, now: now, day: day, setting: setting, report: DigestReport{Day: day.String()}}
	if run.tree, err = d.store.Tree(ctx); err != nil {
		return run.report, err
	}
	if run.channels, err = d.store.Channels(ctx); err != nil {
		return run.report, err
	}
	if err := run.persons(ctx); err != nil {
		return run.report, err
	}
	return run.report, run.robots(ctx)
}

// key is that of the notices of the day.
func (g *digest) key() string { return "digest:" + g.day.String() }

// persons walks everybody who was not told yet.
func (g *digest) persons(ctx context.Context) error {
	after := ""
	for {
		page, err := g.desk.store.Persons(ctx, after, person.MaxPageOfLists)
		if err != nil || len(page) == 0 {
			return err
		}
		ids := make([]string, len(page))
		for n, p := range page {
			ids[n] = p.ID
		}
		told, err := g.desk.store.NoticeTold(ctx, g.key(), ids)
		if err != nil {
			return err
		}
		choices, err := g.desk.store.Choices(ctx, ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if slices.Contains(told, id) {
				continue
			}
			if err := g.person(ctx, id, choices[id]); err != nil {
				return err
			}
		}
		after = ids[len(ids)-1]
	}
}

// person tells one person, when there is something to tell.
func (g *digest) person(ctx context.Context, id string, choice notice.Choice) error {
	posts, err := g.desk.store.PostsOf(ctx, id)
	if err != nil {
		return err
	}
	items, err := g.items(ctx, posts)
	if err != nil || len(pressing(items)) == 0 {
		return err
	}
	args := countsOf(items)
	before := false // another program told the person since the page was read
	err = g.write(ctx, func(ctx context.Context, tx action.Tx) error {
		told, err := g.desk.store.NoticeTold(ctx, g.key(), []string{id})
		if before = len(told) > 0; err != nil || before {
			return err
		}
		draft := notice.Draft{Persons: []string{id}, Kind: notice.DigestKind, Args: args, Key: g.key()}
		if err := (notice.Teller{Store: g.desk.store}).Tell(ctx, tx, draft); err != nil {
			return err
		}
		mail, ok := notice.Mail(g.channels)
		if !ok || !choice.Mail || !choice.Digest || choice.Address == "" {
			return nil
		}
		return g.desk.store.DeliveriesInsert(ctx, g.delivery(tx, mail, g.key()+":"+id, id, args, g.lines(items)))
	})
	if err == nil && !before {
		g.report.Persons++
	}
	return err
}

// items gathers what waits for any of the posts that are held today, each row once.
func (g *digest) items(ctx context.Context, posts []person.Post) ([]Item, error) {
	var all []Item
	seen := map[string]int{}
	for _, p := range posts {
		if !p.On(g.day.String()) {
			continue
		}
		list, err := g.desk.Of(ctx, g.tree, p.Rights(g.tree))
		if err != nil {
			return nil, err
		}
		for _, i := range list.Items {
			at, known := seen[i.Register.Name+"/"+i.Row]
			switch {
			case !known:
				seen[i.Register.Name+"/"+i.Row] = len(all)
				all = append(all, i)
			case all[at].Group == Others:
				all[at] = i
			}
		}
	}
	return sorted(all), nil
}

// pressing are the items that a digest names: work without haste, and rows that only wait for others, are no reason to write.
func pressing(items []Item) []Item {
	return slices.DeleteFunc(slices.Clone(items), func(i Item) bool { return i.Group == Open || i.Group == Others })
}

// countsOf are the numbers that a digest tells.
func countsOf(items []Item) message.Args {
	counts := List{Items: items}.Counts()
	return message.Args{"today": counts[Today], "late": counts[Late], "soon": counts[Soon], "others": counts[Others]}
}

// lines are the rows of a digest in words, the most pressing first.
func (g *digest) lines(items []Item) []string {
	var lines []string
	named := pressing(items)
	for n, i := range named {
		if n == digestItems {
			return append(lines, message.Text(message.Chinese, "todo.digest.more", message.Args{"count": len(named) - n}))
		}
		u, _ := g.tree.Find(i.Unit)
		args := message.Args{"group": i.Group.Text(message.Chinese), "register": i.Register.Title, "heading": i.Heading, "unit": u.Name,
			"state": i.State.Title, "due": i.DueText(message.Chinese)}
		key := "todo.digest.line"
		if i.Due.IsZero() {
			key = "todo.digest.line_open"
		}
		lines = append(lines, message.Text(message.Chinese, key, args))
	}
	return lines
}

// robots posts the counts of each unit to its group chat: numbers only, as nobody knows who reads along there.
func (g *digest) robots(ctx context.Context) error {
	for _, c := range g.channels {
		if c.Kind == notice.KindMail || !c.On || !c.Digest {
			continue
		}
		key := g.key() + ":" + c.ID
		known, err := g.desk.store.DeliveriesKnown(ctx, []string{key})
		if err != nil || len(known) > 0 {
			if err != nil {
				return err
			}
			continue
		}
		posts, err := g.desk.store.PostsAt(ctx, c.Unit)
		if err != nil {
			return err
		}
		items, err := g.items(ctx, posts)
		if err != nil {
			return err
		}
		if len(pressing(items)) == 0 {
			continue
		}
		u, _ := g.tree.Find(c.Unit)
		args := countsOf(items)
		args["unit"] = u.Name
		err = g.write(ctx, func(ctx context.Context, tx action.Tx) error {
			return g.desk.store.DeliveriesInsert(ctx, g.delivery(tx, c, key, "", args, g.byRegister(items)))
		})
		if err != nil {
			return err
		}
		g.report.Robots++
	}
	return nil
}

// byRegister counts what is late and due in each register.
func (g *digest) byRegister(items []Item) []string {
	var lines []string
	for _, r := range g.desk.Registers(List{Items: items}) {
		counts := map[Group]int{}
		for _, i := range items {
			if i.Register == r {
				counts[i.Group]++
			}
		}
		if counts[Late]+counts[Today]+counts[Soon] > 0 {
			lines = append(lines, message.Text(message.Chinese, "todo.digest.register", message.Args{"register": r.Title, "late": counts[Late],
				"today": counts[Today], "soon": counts[Soon]}))
		}
	}
	return lines
}

// delivery is the message of a digest.
func (g *digest) delivery(tx action.Tx, c notice.Channel, key, to string, args message.Args, lines []string) notice.Delivery {
	body := append([]string{message.Text(message.Chinese, notice.DigestKind, args)}, lines...)
	if link := g.setting.Link("/todo"); link != "" {
		body = append(body, message.Text(message.Chinese, "notice.letter.link", message.Args{"link": link}))
	} else {
		body = append(body, message.Text(message.Chinese, "notice.letter.sign_in", nil))
	}
	subject := message.Text(message.Chinese, "todo.digest.subject", message.Args{"day": g.day.Text(message.Chinese)})
	if to == "" {
		subject = message.Text(message.Chinese, "todo.digest.subject_unit", message.Args{"day": g.day.Text(message.Chinese), "unit": args["unit"]})
	}
	return notice.Delivery{ID: tx.NewID(), Channel: c.ID, Kind: notice.KindDigest, Person: to, Key: key, State: notice.Waiting, Subject: subject,
		Body: strings.Join(body, "\n"), Made: tx.Now(), Next: tx.Now(), Version: 1}
}

func (g *digest) write(ctx context.Context, do func(ctx context.Context, tx action.Tx) error) error {
	return action.Do(ctx, g.desk.store, action.TheProgram(), action.Write{Name: "todo.action.digest", Thing: access.Thing{Class: access.System}, Do: do})
}
