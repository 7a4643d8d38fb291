package main

// drawCommand gathers the commands that draw, one file each.
type drawCommand struct {
	RFC3797 drawRFC3797Command `cmd:"" name:"rfc3797" help:"Pick numbers of a published list by the method of RFC 3797."`
}
