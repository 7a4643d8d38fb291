package letter

import (
	"context"
	"errors"
	"fmt"
	"strconv"

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
	head, err := o.Head(ctx)
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

// Head returns what the bureau says in all letters. Before it was set, the bureau is the first office below the root of the
// region, or the root itself.
func (o *Office) Head(ctx context.Context) (Head, error) {
	head, err := o.store.LetterHead(ctx)
	if err != nil || head.Bureau != "" {
		return head, err
	}
	tree, err := o.store.Tree(ctx)
	if err != nil || tree.Len() == 0 {
		return head, errors.Join(err)
	}
	head.Bureau = tree.At(0).Name
	for _, child := range tree.Children(0) {
		if tree.At(child).Kind == unit.Office {
			head.Bureau = tree.At(child).Name
			break
		}
	}
	head.Organ = head.Bureau + message.Text(message.Chinese, "letter.organ", nil)
	head.Printed = head.Bureau + message.Text(message.Chinese, "letter.office", nil)
	return head, nil
}
