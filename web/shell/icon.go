package shell

import (
	"context"
	"fmt"
	"io"

	"github.com/a-h/templ"

	"jiaoheng/third_party"
)

// Icon draws a Tabler icon of third_party/icons.list in the colour and size of the text around it. It is decoration:
// the word beside it says the same. An unknown name panics.
func Icon(name string) templ.Component {
	drawing, ok := third_party.Icon(name)
	if !ok {
		panic("shell: no icon " + name)
	}
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := fmt.Fprintf(w, `<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">%s</svg>`, drawing)
		return err
	})
}
