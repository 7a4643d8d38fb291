package duty

import (
	"errors"

	"jiaoheng/plan"
)

// isMissing tells whether a plan is not there.
func isMissing(err error) bool { return errors.Is(err, plan.ErrNotFound) }
