//go:build slow

package packtest

import "testing"

// Two thousand regions, each with facts of its own and every third with a merger, every fourth with a pack of its own of
// fourteen formulas and thirteen standards: 28,000 pairs of region and formula.
func TestEngineAndOracleAgreeOnTwoThousandStories(t *testing.T) { agree(t, 100_000, 2_000, 4, true) }
