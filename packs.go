// Package jiaoheng holds the packs that come with the program and the tests of the layout; the program is cmd/jiaoheng.
package jiaoheng

import "embed"

// Packs holds the packs that come with the program, below packs/.
//
//go:embed packs
var Packs embed.FS
