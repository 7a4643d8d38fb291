package assessment

import (
	"net/http"
	"strconv"

	"jiaoheng/web/shell"
)

// pager reads which page of a list is asked for.
func pager(r *http.Request, rows, size int) shell.Pages {
	of := max(1, (rows+size-1)/size)
	at, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil {
		at = 1
	}
	at = min(max(at, 1), of)
	to := func(n int) string {
		if n < 1 || n > of {
			return ""
		}
		query := r.URL.Query()
		query.Set("page", strconv.Itoa(n))
		return r.URL.Path + "?" + query.Encode()
	}
	return shell.Pages{Page: at, Of: of, Before: to(at - 1), After: to(at + 1)}
}
