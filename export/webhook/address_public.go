package webhook

import (
	"errors"
	"net/netip"
	"syscall"
)

var errNotPublic = errors.New("webhook: the address is not public")

// never are the networks that no message goes to, whatever the bureau allows: those of the link, on which clouds tell
// machines their secrets, and those that are no place at all.
var never = prefixes("0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "::/128", "fe80::/10", "ff00::/8", "fd00:ec2::254/128")

// local are the networks that are not public (IANA special-purpose registries): those of offices and of one machine, and
// those through which they can be reached under another name.
var local = prefixes("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15",
	"198.51.100.0/24", "203.0.113.0/24", "::1/128", "fc00::/7", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2001:db8::/32", "2002::/16", "100::/64")

func prefixes(texts ...string) []netip.Prefix {
	all := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		all[i] = netip.MustParsePrefix(text)
	}
	return all
}

func among(address netip.Addr, networks []netip.Prefix) bool {
	for _, network := range networks {
		if network.Contains(address) {
			return true
		}
	}
	return false
}

// mayReach tells whether messages may go to an address.
func mayReach(address netip.Addr, localAllowed bool) bool {
	address = address.Unmap().WithZone("")
	if !address.IsValid() || among(address, never) {
		return false
	}
	return localAllowed || !among(address, local)
}

// onlyTo refuses a connection just before it is made, when the name has become an address.
func onlyTo(localAllowed bool) func(network, address string, _ syscall.RawConn) error {
	return func(_, address string, _ syscall.RawConn) error {
		where, err := netip.ParseAddrPort(address)
		if err != nil || !mayReach(where.Addr(), localAllowed) {
			return errNotPublic
		}
		return nil
	}
}
