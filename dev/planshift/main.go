// Command planshift writes a folder of plan pages under other names and with other figures.
//
//	go run ./dev/planshift -seed 1 ../shared/plans /tmp/shifted
//
// Both folders hold raw/NNN.txt, clean/NNN.txt and gold/NNN.json; clean/optional.json is copied.
package main

import (
	"flag"
	"fmt"
	"os"

	"jiaoheng/dev/planshift/shift"
)

func main() {
	seed := flag.Uint64("seed", 1, "another seed gives other names and figures")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, "usage: planshift [-seed N] FROM TO")
		os.Exit(2)
	}
	if err := shift.Folder(flag.Arg(0), flag.Arg(1), *seed); err != nil {
		fmt.Fprintln(os.Stderr, "planshift:", err)
		os.Exit(1)
	}
}
