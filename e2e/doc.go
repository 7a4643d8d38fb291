// Package e2e holds the scenarios that run the whole program: scripts, browser tests and the suites over real plans.
package e2e
