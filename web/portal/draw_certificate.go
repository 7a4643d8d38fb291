package portal

import "context"

// certificate says in words what a result attains. Kinds without such words say nothing.
func certificate(ctx context.Context, one PublicDraw) []string {
	return nil
}
