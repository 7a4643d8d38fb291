package ceremony

import (
	"context"
	"encoding/json"
	"fmt"

	"jiaoheng/action"
	"jiaoheng/draw"
	"jiaoheng/draw/verify"
	"jiaoheng/fault"
)

// Run computes the result from what was announced and the seed, and stores it. A run that was cut off is repeated with the same
// outcome; a draw that has its result is left alone.
func (d *Desk) Run(ctx context.Context, actor action.Actor, id string) (Draw, error) {
	one, err := d.Find(ctx, actor, id)
	if err != nil || one.State == Drawn {
		return one, err
	}
	proof, certificate, err := d.compute(ctx, one)
	if err != nil {
		return Draw{}, err
	}
	operation, err := d.confirming(ctx, actor, id)
	if err != nil {
		return Draw{}, err
	}
	return d.turn(ctx, actor, change{step: StepRun, operation: operation, id: id, from: []State{Drawing},
		do: func(ctx context.Context, tx action.Tx, one *Draw) error {
			if err := d.store.DrawResultInsert(ctx, Result{Commitment: one.Commitment, Draw: id, Seed: one.SeedHash, Digest: proof.Digest, At: tx.Now()}); err != nil {
				return err
			}
			if err := put(ctx, d.store, id, PartResult, proof.Result); err != nil {
				return err
			}
			if err := d.certify(ctx, id, certificate); err != nil {
				return err
			}
			one.State, one.Digest = Drawn, proof.Digest
			return nil
		}})
}

// Certifier is a certificate that says more inside the unit that runs a draw than to everybody: what the codes of the lines stand for.
type Certifier interface {
	Certify(labels []Label) (public, inside any)
}

// certify stores what a kind says about a result.
func (d *Desk) certify(ctx context.Context, id string, certificate any) error {
	if both, two := certificate.(Certifier); two {
		hidden, err := part[private](ctx, d.store, id, PartPrivate)
		if err != nil {
			return err
		}
		public, inside := both.Certify(hidden.Labels)
		if err := put(ctx, d.store, id, PartInside, inside); err != nil {
			return err
		}
		certificate = public
	}
	return put(ctx, d.store, id, PartCertificate, certificate)
}

// compute runs the draw of its kind. Nothing is stored.
func (d *Desk) compute(ctx context.Context, one Draw) (draw.Proof, any, error) {
	if one.State != Drawing {
		return draw.Proof{}, nil, fault.List{fault.New("draw.event.state", stateArgs(one))}
	}
	fixed, err := part[frozen](ctx, d.store, one.ID, PartFrozen)
	if err != nil {
		return draw.Proof{}, nil, err
	}
	announced, err := draw.ReadAnnouncement(one.Announcement)
	if err != nil {
		return draw.Proof{}, nil, err
	}
	if announced.Root != draw.Root(fixed.Lines) {
		return draw.Proof{}, nil, fault.List{fault.New("draw.event.lines_altered", nil)}
	}
	seed, err := announced.Seed(one.Seed)
	if err != nil {
		return draw.Proof{}, nil, err
	}
	run := d.runs[one.Kind]
	if run == nil {
		return draw.Proof{}, nil, fmt.Errorf("ceremony: nothing computes draws of kind %s", one.Kind)
	}
	result, certificate, err := run(announced, fixed.Lines, seed)
	if err != nil {
		return draw.Proof{}, nil, err
	}
	return draw.NewProof(announced, fixed.Lines, one.Seed, result), certificate, nil
}

// Certificate returns what a kind says about a result, as JSON, in the words of the office; nil before there is one.
func (d *Desk) Certificate(ctx context.Context, actor action.Actor, id string) (json.RawMessage, error) {
	if _, err := d.Find(ctx, actor, id); err != nil {
		return nil, err
	}
	content, err := d.store.DrawPart(ctx, id, PartInside)
	if err != nil || content != nil {
		return content, err
	}
	return d.store.DrawPart(ctx, id, PartCertificate)
}

// Proof returns what everybody needs to repeat a draw that has a result, for who may see the draw.
//
// Errors: ErrNotFound before there is a result.
func (d *Desk) Proof(ctx context.Context, actor action.Actor, id string) (draw.Proof, error) {
	one, err := d.Find(ctx, actor, id)
	if err != nil {
		return draw.Proof{}, err
	}
	return d.proof(ctx, one)
}

func (d *Desk) proof(ctx context.Context, one Draw) (draw.Proof, error) {
	if !one.Finished() {
		return draw.Proof{}, ErrNotFound
	}
	fixed, err := part[frozen](ctx, d.store, one.ID, PartFrozen)
	if err != nil {
		return draw.Proof{}, err
	}
	result, err := part[[]string](ctx, d.store, one.ID, PartResult)
	if err != nil {
		return draw.Proof{}, err
	}
	seed := one.Seed
	if seed == nil {
		seed = []string{}
	}
	return draw.Proof{Protocol: draw.Protocol, Announcement: one.Announcement, Commitment: one.Commitment, Lines: fixed.Lines, Seed: seed,
		Result: result, Digest: one.Digest}, nil
}

// Verify repeats a draw from its stored proof and names everything that does not hold: hashes, seed, result, a second result under
// the same announcement, and a publication that says something else.
func (d *Desk) Verify(ctx context.Context, actor action.Actor, id string) (fault.List, error) {
	one, err := d.Find(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	proof, err := d.proof(ctx, one)
	if err != nil {
		return nil, err
	}
	var faults fault.List
	_, err = verify.Proof(proof)
	if faults = append(faults, fault.Of(err)...); err != nil && len(faults) == 0 {
		return nil, err
	}
	kept, found, err := d.store.DrawResult(ctx, one.Commitment)
	if err != nil {
		return nil, err
	}
	if !found || kept.Draw != one.ID || kept.Digest != one.Digest {
		faults.Add(fault.New("draw.event.second_kept", nil))
	}
	notice, err := d.store.Publication(ctx, one.Notice)
	if err != nil {
		return nil, err
	}
	if !says(notice.Content, one.Announcement) {
		faults.Add(fault.New("draw.event.notice_differs", nil))
	}
	return faults, nil
}

// Lines returns the rules and the frozen lines of a draw, for who may see it; none before they are frozen.
func (d *Desk) Lines(ctx context.Context, actor action.Actor, id string) ([]draw.Rule, []string, error) {
	if _, err := d.Find(ctx, actor, id); err != nil {
		return nil, nil, err
	}
	fixed, err := part[frozen](ctx, d.store, id, PartFrozen)
	return fixed.Rules, fixed.Lines, err
}
