package portal

import (
	"context"
	"errors"

	"jiaoheng/draw"
	"jiaoheng/draw/ceremony"
	"jiaoheng/unit"
)

// Ceremony is what these pages ask of the desk that leads draws through their steps.
type Ceremony interface {
	Public(ctx context.Context, id string) (ceremony.Public, error)
	PublicList(ctx context.Context, limit int) ([]ceremony.Draw, error)
}

// Trees gives the units by code.
type Trees interface {
	Tree(ctx context.Context) (*unit.Tree, error)
}

// DrawsOf gives out the draws of a desk as far as they are public.
func DrawsOf(desk Ceremony, trees Trees) Draws { return ceremonies{desk, trees} }

type ceremonies struct {
	desk  Ceremony
	trees Trees
}

// PublicDraw returns a draw that is announced.
func (c ceremonies) PublicDraw(ctx context.Context, id string) (PublicDraw, error) {
	found, err := c.desk.Public(ctx, id)
	if errors.Is(err, ceremony.ErrNotFound) {
		return PublicDraw{}, ErrNoDraw
	}
	if err != nil {
		return PublicDraw{}, err
	}
	one, err := c.shown(ctx, found.Draw)
	one.Leaves, one.Proof, one.Certificate = found.Leaves, found.Proof, found.Certificate
	return one, err
}

// PublicDraws returns those that are announced, the newest first.
func (c ceremonies) PublicDraws(ctx context.Context) ([]PublicDraw, error) {
	found, err := c.desk.PublicList(ctx, maxListed)
	if err != nil {
		return nil, err
	}
	all := make([]PublicDraw, len(found))
	for n, one := range found {
		if all[n], err = c.shown(ctx, one); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (c ceremonies) shown(ctx context.Context, one ceremony.Draw) (PublicDraw, error) {
	announced, err := draw.ReadAnnouncement(one.Announcement)
	if err != nil {
		return PublicDraw{}, err
	}
	tree, err := c.trees.Tree(ctx)
	if err != nil {
		return PublicDraw{}, err
	}
	shown := PublicDraw{ID: one.ID, Announcement: announced, AnnouncedAt: one.Steps[ceremony.StepAnnounce].At}
	if where, known := tree.Find(one.Unit); known {
		shown.Unit = where.Name
	}
	if one.State == ceremony.Published {
		shown.DrawnAt = one.Steps[ceremony.StepRun].At
	}
	if one.State == ceremony.Withdrawn {
		shown.Withdrawn = one.Reason
	}
	return shown, nil
}
