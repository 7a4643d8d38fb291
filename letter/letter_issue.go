package letter

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"jiaoheng/action"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// Issue composes the letter about a row, gives it the next number of its series in the year of its day, and stores it. It runs
// inside the transaction of the caller: when that fails, number and letter are given back.
//
// Errors: the faults letter.lacks for each mark that has no value, letter.heading_long, letter.text_long, letter.too_many_rows.
func (o *Office) Issue(ctx context.Context, tx action.Tx, actor action.Actor, declared *pack.Letter, of Of) (id, number string, err error) {
	head, err := o.headFor(ctx, of.Row.Unit)
	if err != nil {
		return "", "", err
	}
	template, err := o.store.LetterTemplate(ctx, declared.Name)
	if err != nil {
		return "", "", err
	}
	values, err := o.valuesOf(ctx, declared, of, head)
	if err != nil {
		return "", "", err
	}
	parts, rows, err := o.partsOf(ctx, declared, of)
	if err != nil {
		return "", "", err
	}
	one := Letter{ID: tx.NewID(), Name: declared.Name, Register: of.Register.Name, Row: of.Row.ID, Event: of.Event, Thing: of.Thing, Series: declared.Series,
		Year: of.Day.Year, Day: of.Day, Template: template.ID, Person: actor.Post.Person, At: tx.Now()}
	if one.Number, err = tx.Next(ctx, fmt.Sprintf("letter.%s.%d", declared.Series, one.Year)); err != nil {
		return "", "", err
	}
	values["year"], values["number"] = strconv.Itoa(one.Year), strconv.FormatInt(one.Number, 10)
	content, faults := compose(declared, of, head, values, parts, rows, template.Marks)
	if len(faults) > 0 {
		return "", "", faults.Err()
	}
	one.Content, one.Hash = content, content.Hash()
	return one.ID, content.Number, o.store.LetterInsert(ctx, one)
}

// partsOf reads the sub-rows that stand in the table of a letter, one more than it may have.
func (o *Office) partsOf(ctx context.Context, declared *pack.Letter, of Of) (*pack.Register, []register.Row, error) {
	if declared.Rows == nil {
		return nil, nil, nil
	}
	parts, known := o.scope.Register(declared.Rows.Register)
	if !known {
		return nil, nil, fmt.Errorf("letter: %s names the register %s, which is not there", declared.Name, declared.Rows.Register)
	}
	above := register.Cell{Known: true, Text: of.Register.Name + "/" + of.Row.ID}
	rows, err := o.store.RegisterRows(ctx, parts, register.Query{Filters: []register.Filter{{Column: pack.ColumnPart, Is: &above}}, Limit: MaxRows + 1})
	return parts, rows, err
}

// Parts returns the register of the sub-rows of a letter, nil without them.
func (o *Office) Parts(declared *pack.Letter) *pack.Register {
	if declared.Rows == nil {
		return nil
	}
	parts, _ := o.scope.Register(declared.Rows.Register)
	return parts
}

// Head returns what the bureau says in all letters, see headFor.
func (o *Office) Head(ctx context.Context) (Head, error) {
	return o.headFor(ctx, "")
}

// HeadFor returns what the bureau says in letters to a unit, by its code.
func (o *Office) HeadFor(ctx context.Context, code string) (Head, error) { return o.headFor(ctx, code) }

// headFor returns what the bureau says in letters to a unit. Before it was set, the bureau is the education office nearest above
// the unit; without a unit, the first one of the region; without any, the root of the region.
func (o *Office) headFor(ctx context.Context, code string) (Head, error) {
	head, err := o.store.LetterHead(ctx)
	if err != nil || head.Bureau != "" {
		return head, err
	}
	tree, err := o.store.Tree(ctx)
	if err != nil || tree.Len() == 0 {
		return head, err
	}
	at := bureauOf(tree, code)
	head.Bureau = tree.At(at).Name
	head.Organ = head.Bureau + message.Text(message.Chinese, "letter.organ", nil)
	head.Printed = head.Bureau + message.Text(message.Chinese, "letter.office", nil)
	return head, nil
}

// bureauOf returns the number of the bureau for a unit.
func bureauOf(tree *unit.Tree, code string) int {
	isBureau := func(n int) bool {
		return tree.At(n).Kind == unit.Office && strings.Contains(tree.At(n).Name, message.Text(message.Chinese, "letter.education", nil))
	}
	if n, known := tree.Number(code); known {
		for ; n >= 0; n = tree.Parent(n) {
			if isBureau(n) {
				return n
			}
			for _, child := range tree.Children(n) {
				if isBureau(child) {
					return child
				}
			}
		}
	}
	for n := range tree.Len() {
		if isBureau(n) {
			return n
		}
	}
	return 0
}
