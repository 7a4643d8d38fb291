package assessment

import (
	"context"
	"strconv"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/person"
	"jiaoheng/secret"
)

// OwnPupil is a pupil of the viewer's own school. Name and number are masked until they are opened one by one.
type OwnPupil struct {
	Ref          string // names the pupil on the pages of one sheet
	Class, Track string
	Name, Number string
	Loose        bool
	Status       []Status // by subject of the exam
	Marks        []float64
}

// Pupils returns the pupils of the actor's own school, masked.
//
// Errors: ErrNotFound for whoever is not of a school that sat the exam.
func (d *Desk) Pupils(ctx context.Context, actor action.Actor, id string) (Exam, []OwnPupil, error) {
	sheet, sight, err := d.Sheet(ctx, actor, id)
	if err != nil {
		return Exam{}, nil, err
	}
	if sight.Own == "" {
		return Exam{}, nil, ErrNotFound
	}
	rows := map[int64][]PupilRow{}
	var own []OwnPupil
	for p, pupil := range sheet.Pupils {
		if !sight.Units[pupil.Unit] {
			continue
		}
		at := sheet.places[p]
		if rows[at.batch] == nil {
			if rows[at.batch], err = d.store.ExamPupils(ctx, at.batch); err != nil {
				return Exam{}, nil, err
			}
		}
		name, number, err := d.open(rows[at.batch][at.position])
		if err != nil {
			return Exam{}, nil, err
		}
		one := OwnPupil{Ref: at.ref(), Class: pupil.Class, Track: pupil.Track, Name: secret.MaskName(name), Number: secret.MaskNumber(number, 2, 2), Loose: pupil.Loose}
		for s := range sheet.Exam.Subjects {
			one.Status, one.Marks = append(one.Status, sheet.Status[s][p]), append(one.Marks, sheet.Marks[s][p])
		}
		own = append(own, one)
	}
	return sheet.Exam, own, nil
}

func (p place) ref() string { return strconv.FormatInt(p.batch, 10) + "." + strconv.Itoa(p.position) }

func (d *Desk) open(row PupilRow) (name, number string, err error) {
	keys := d.store.Keys()
	if name, err = keys.Open(PurposeSeal, row.Name); err != nil {
		return "", "", err
	}
	number, err = keys.Open(PurposeSeal, row.Number)
	return name, number, err
}

// Look opens name and number of one pupil of the actor's own school and enters the look, with its reason, into the chain.
func (d *Desk) Look(ctx context.Context, actor action.Actor, id, ref, reason string) (name, number string, err error) {
	sheet, sight, err := d.Sheet(ctx, actor, id)
	if err != nil {
		return "", "", err
	}
	if sight.Own == "" {
		return "", "", action.Refused("assessment.action.look")
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return "", "", err
	}
	thing := access.Thing{Class: access.Personal, Unit: person.At(tree, sight.Own)}
	err = action.Do(ctx, d.store, actor, action.Write{Name: "assessment.action.look", Operation: access.Open, Thing: thing, Reason: strings.TrimSpace(reason),
		Check: func(context.Context) error {
			if strings.TrimSpace(reason) == "" {
				return fault.List{field(FieldReason, "assessment.reason_wanted", nil)}
			}
			return nil
		},
		Do: func(ctx context.Context, _ action.Tx) error {
			for p, pupil := range sheet.Pupils {
				if at := sheet.places[p]; at.ref() == ref && sight.Units[pupil.Unit] {
					rows, err := d.store.ExamPupils(ctx, at.batch)
					if err != nil {
						return err
					}
					name, number, err = d.open(rows[at.position])
					return err
				}
			}
			return fault.New("assessment.pupil_gone", nil)
		}})
	if err != nil {
		return "", "", err
	}
	return name, number, nil
}
