// Package portal shows to everybody what the bureau has made public: plain pages without scripts and without sign-in.
//
// A page is the same for every reader of a language and may be kept by caches. Nothing is shown that is not approved.
package portal
