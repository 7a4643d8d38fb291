package web

import (
	"net/http"

	"jiaoheng/message"
	pages "jiaoheng/web/person"
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
	shell.Redirect(w, r, pages.LocalAddress(r.PostForm.Get("back")), "", nil)
	return nil
}
