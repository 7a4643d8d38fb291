package ceremony

import (
	"context"
	"encoding/json"

	"jiaoheng/draw"
)

// Public is what everybody may know of a draw.
type Public struct {
	Draw      Draw // without setup
	Witnesses []Witness
	Leaves    []string    // of the frozen lines, see draw.Leaves
	Proof     *draw.Proof // once the result is published
	// Certificate is what the kind says about the result, as JSON; nil before it is published.
	Certificate json.RawMessage
}

// Public returns what everybody may know of a draw.
//
// Errors: ErrNotFound for one that was never announced.
func (d *Desk) Public(ctx context.Context, id string) (Public, error) {
	one, err := d.store.Draw(ctx, id)
	if err != nil {
		return Public{}, err
	}
	if !one.Public() {
		return Public{}, ErrNotFound
	}
	one.Setup, one.Steps = nil, withoutPersons(one.Steps)
	shown := Public{Draw: one}
	if shown.Witnesses, err = d.store.Witnesses(ctx, id); err != nil {
		return Public{}, err
	}
	fixed, err := part[frozen](ctx, d.store, id, PartFrozen)
	if err != nil {
		return Public{}, err
	}
	shown.Leaves = draw.Leaves(fixed.Lines)
	if one.State != Published {
		return shown, nil
	}
	proof, err := d.proof(ctx, one)
	if err != nil {
		return Public{}, err
	}
	shown.Proof = &proof
	shown.Certificate, err = d.store.DrawPart(ctx, id, PartCertificate)
	return shown, err
}

func withoutPersons(steps map[Step]Done) map[Step]Done {
	shown := map[Step]Done{}
	for step, done := range steps {
		shown[step] = Done{At: done.At}
	}
	return shown
}

// PublicList returns the draws whose announcement was published, the newest first.
func (d *Desk) PublicList(ctx context.Context, limit int) ([]Draw, error) {
	return d.store.Draws(ctx, Query{Public: true, Limit: limit})
}
