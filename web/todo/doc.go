// Package todo shows 我的待办: what waits for the person who is signed in, what they were told, how they want to be told, and,
// to whoever leads a region, where work is late and where nothing moves.
package todo
