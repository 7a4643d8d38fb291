package person

import (
	"net"
	"net/http"
	"strings"
	"unicode"

	"github.com/alexedwards/scs/v2"

	"jiaoheng/person"
	"jiaoheng/web/shell"
)

// Keys of what a session holds.
const (
	SessionAccount    = "account"
	SessionGeneration = "generation"
)

// Service is what the pages work with.
type Service struct {
	Store    person.Store
	Hasher   *person.Hasher
	Sessions *scs.SessionManager
}

// begin starts a new session for account. The token changes, so that one planted before the sign-in is worth nothing.
func (s Service) begin(r *http.Request, account person.Account) error {
	ctx := r.Context()
	if err := s.Sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.Sessions.Put(ctx, SessionAccount, account.ID)
	s.Sessions.Put(ctx, SessionGeneration, account.Generation)
	return nil
}

// Address returns the network address that r came from, without its port.
func Address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// signedIn tells whether somebody is signed in already.
func signedIn(r *http.Request) bool { return shell.From(r.Context()).Person != "" }

// LocalAddress returns address when it leads to a page of this server, and the first page otherwise.
func LocalAddress(address string) string {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.Contains(address, `\`) || strings.ContainsFunc(address, unicode.IsControl) {
		return "/"
	}
	return address
}
