//go:build slow

package packtest

import "testing"

// Ten thousand counties, each with facts of its own, every fourth with a pack of its own.
func TestEngineAndOracleAgreeOnTenThousandStories(t *testing.T) { agree(t, 100_000, 10_000, 4) }
