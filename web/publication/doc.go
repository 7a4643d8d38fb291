// Package publication is the desk at which publications are prepared, approved by a second person, and withdrawn.
package publication
