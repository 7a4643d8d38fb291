package portal

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// Saved gives out the verifier as one file that works from a disk without a network. Its own policy allows the scripts and the
// style that it holds, by their hashes, and nothing else: the file can send nothing anywhere.
func (p *DrawPages) Saved(w http.ResponseWriter, r *http.Request) error {
	view := *shell.From(r.Context())
	view.Language = language(r)
	ctx := shell.With(r.Context(), &view)
	var body bytes.Buffer
	if err := savedPage(ctx).Render(ctx, &body); err != nil {
		return err
	}
	head(w, "text/html; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="verify.html"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body.Bytes()))
	return nil
}

// savedPage is the file.
func savedPage(_ context.Context) templ.Component {
	verifier, kinds, page := shell.File("verify.js"), shell.File("verify-kinds.js"), shell.File("verify-page.js")
	style := append(append([]byte{}, shell.File("portal.css")...), shell.File("draw-public.css")...)
	policy := "default-src 'none'; script-src " + allowed(verifier) + " " + allowed(kinds) + " " + allowed(page) + "; style-src " + allowed(style)
	return savedDocument(saved{policy: policy, style: inline("style", style), scripts: []templ.Component{inline("script", verifier), inline("script", kinds), inline("script", page)},
		texts: scriptTexts(message.Chinese, message.English)})
}

// saved is what the file holds.
type saved struct {
	policy  string
	style   templ.Component
	scripts []templ.Component
	texts   map[string]map[string]string
}

// inline puts our own script or style into the file as it is.
func inline(element string, content []byte) templ.Component {
	return templ.Raw("<" + element + ">" + string(content) + "</" + element + ">")
}

// allowed names a script or style in a policy.
func allowed(content []byte) string {
	sum := sha256.Sum256(content)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
