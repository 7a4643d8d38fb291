//go:build slow

package packtest

import "testing"

// Two thousand regions, each with facts of its own, every fourth with a pack of its own of fourteen formulas and thirteen
// standards: 28,000 pairs of frame and formula. Mergers are drawn in the default test only.
func TestEngineAndOracleAgreeOnTwoThousandStories(t *testing.T) { agree(t, 100_000, 2_000, 4, false) }
