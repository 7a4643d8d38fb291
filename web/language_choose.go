package web

import (
	"net/http"
	"strings"

	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// languageChoose remembers the language of the reader and goes back to the page.
func languageChoose(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	language := message.Chinese
	if r.PostForm.Get("language") == string(message.English) {
		language = message.English
	}
	http.SetCookie(w, &http.Cookie{Name: languageCookie, Value: string(language), Path: "/", MaxAge: 365 * 24 * 60 * 60,
		HttpOnly: true, SameSite: http.SameSiteLaxMode})
	shell.Redirect(w, r, localAddress(r.PostForm.Get("back")), "", nil)
	return nil
}

// localAddress returns address when it leads to a page of this server, and the first page otherwise.
func localAddress(address string) string {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n\t") {
		return "/"
	}
	return address
}
