// Package person holds the pages around one's own account: sign in, the one-time links, change password, choose post,
// sign out.
//
// Problem: somebody must get in once, safely, on a shared office computer, and out again.
//
// Method: package person decides; these pages only ask and answer. The session holds the id and the generation of the
// account; it gets a new token at every sign-in and is destroyed at sign-out.
//
// Limits: one account is signed in per browser; a session ends after the time that package web sets.
package person
