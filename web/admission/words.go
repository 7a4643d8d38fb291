package admission

import (
	"context"

	"jiaoheng/web/shell"
)

// orMissing is a text, or a word for that there is none.
func orMissing(ctx context.Context, text string) string {
	if text == "" {
		return shell.Text(ctx, "admission.own.missing")
	}
	return text
}
