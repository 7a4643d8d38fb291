package ceremony

import (
	"context"
	"time"

	"jiaoheng/publication"
	"jiaoheng/secret"
	"jiaoheng/unit"
)

// Names of the parts of a draw. Each is sealed.
const (
	PartTables      = "tables"
	PartFrozen      = "frozen"
	PartPrivate     = "private"
	PartResult      = "result"
	PartCertificate = "certificate" // for everybody
	PartInside      = "inside"      // the certificate with the words of the office
)

// Query names draws. Zero parts do not narrow.
type Query struct {
	Text   string // in the title
	State  State
	Kind   string
	Units  []string // codes
	Public bool     // only those whose announcement was published
	Parent string
	Limit  int
}

// Store keeps draws. The methods that write may only be called inside action.Do.
type Store interface {
	publication.Store
	Now() time.Time
	Keys() *secret.Keyring
	Tree(ctx context.Context) (*unit.Tree, error)
	DrawInsert(ctx context.Context, d Draw) error
	// DrawUpdate stores a new version; fault action.stale when somebody was faster.
	DrawUpdate(ctx context.Context, d Draw) error
	// Draw returns a draw by id; ErrNotFound when it is not there.
	Draw(ctx context.Context, id string) (Draw, error)
	// DrawHeld returns a draw inside a write, which no other write can change until it ends.
	DrawHeld(ctx context.Context, id string) (Draw, error)
	// DrawByCode returns the draw that witnesses find under a code; ErrNotFound when there is none.
	DrawByCode(ctx context.Context, code string) (Draw, error)
	// Draws returns draws, the newest first.
	Draws(ctx context.Context, query Query) ([]Draw, error)
	// DrawPartPut seals and stores a part, in place of the one that was there.
	DrawPartPut(ctx context.Context, id, name string, content []byte) error
	// DrawPart opens a part; nil when there is none.
	DrawPart(ctx context.Context, id, name string) ([]byte, error)
	// DrawResultInsert stores what came out; the fault draw.event.second_result when its announcement has a result already.
	DrawResultInsert(ctx context.Context, r Result) error
	// DrawResult returns what came out under a commitment, and whether anything did.
	DrawResult(ctx context.Context, commitment string) (Result, bool, error)
	// WitnessInsert stores a witness; the fault draw.event.word_taken when the hash stands there already.
	WitnessInsert(ctx context.Context, w Witness) error
	WitnessUpdate(ctx context.Context, w Witness) error
	// Witnesses returns the witnesses of a draw by place.
	Witnesses(ctx context.Context, id string) ([]Witness, error)
}
