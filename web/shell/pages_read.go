package shell

import (
	"net/http"
	"strconv"
)

// PagesOf reads which page of a list of that many rows is asked for, by the parameter page; the others stay in the addresses of its
// neighbours.
func PagesOf(r *http.Request, rows, size int) Pages {
	of := max(1, (rows+size-1)/size)
	at, _ := strconv.Atoi(r.URL.Query().Get("page"))
	at = min(max(at, 1), of)
	to := func(n int) string {
		if n < 1 || n > of {
			return ""
		}
		query := r.URL.Query()
		query.Set("page", strconv.Itoa(n))
		return r.URL.Path + "?" + query.Encode()
	}
	return Pages{Page: at, Of: of, Before: to(at - 1), After: to(at + 1)}
}
