package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"jiaoheng/fault"
	"jiaoheng/web/shell"
)

// legible keeps from the handlers what no form of ours sends and what databases refuse: addresses with control characters
// lead nowhere, a form that cannot be parsed is a fault of the request, and control characters are taken out of its values.
func legible(next http.Handler) http.Handler {
	return shell.Handler(func(w http.ResponseWriter, r *http.Request) error {
		if !utf8.ValidString(r.URL.Path) || strings.ContainsFunc(r.URL.Path, unicode.IsControl) {
			return shell.NotFound
		}
		if err := r.ParseForm(); err != nil {
			return formError(err)
		}
		cleanValues(r.Form)
		cleanValues(r.PostForm)
		query := r.URL.Query()
		if cleanValues(query) {
			r.URL.RawQuery = query.Encode()
		}
		next.ServeHTTP(w, r)
		return nil
	})
}

// formError keeps the limit of a body that is too large; every other reason is the same to the person.
func formError(err error) error {
	if errors.As(err, new(*http.MaxBytesError)) {
		return err
	}
	return fault.List{fault.New("request.broken", nil)}
}

// cleanValues cleans every value and tells whether one changed.
func cleanValues(values url.Values) bool {
	changed := false
	for _, all := range values {
		for i, one := range all {
			all[i] = cleanValue(one)
			changed = changed || all[i] != one
		}
	}
	return changed
}

// cleanValue drops control characters save line ends and tabs; what is no text becomes U+FFFD.
func cleanValue(text string) string {
	return strings.Map(func(letter rune) rune {
		if unicode.IsControl(letter) && letter != '\n' && letter != '\r' && letter != '\t' {
			return -1
		}
		return letter
	}, strings.ToValidUTF8(text, string(utf8.RuneError)))
}
