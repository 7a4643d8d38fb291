package target

import (
	"context"
	"errors"
	"time"

	"jiaoheng/action"
)

// ErrNotFound says that there is no split with this id.
var ErrNotFound = errors.New("target: not found")

// SplitStore keeps splits. Methods that write run inside action.Do only; what was proposed is never changed, only decided.
type SplitStore interface {
	action.Store
	SplitInsert(ctx context.Context, split Split) error
	// SplitUpdate stores that a proposed split was approved or withdrawn. The shares stay as they were proposed.
	SplitUpdate(ctx context.Context, split Split) error
	Split(ctx context.Context, id string) (Split, error)
	// SplitsInForce returns of each target and parent the split approved last, by target and parent.
	SplitsInForce(ctx context.Context, plan string) ([]Split, error)
	// SplitsOn returns what SplitsInForce returned at an instant.
	SplitsOn(ctx context.Context, plan string, at time.Time) ([]Split, error)
	// SplitVersions returns every split of a target by one parent, by number, with its shares.
	SplitVersions(ctx context.Context, plan string, target Track, parent string) ([]Split, error)
	// SplitsProposed returns the splits of a plan that wait for approval, the oldest first, without their shares.
	SplitsProposed(ctx context.Context, plan string) ([]Split, error)
}
