// Command plannoise writes a clean plan with one kind of noise to standard output.
//
//	go run ./dev/plannoise -kind pinyin_toned -seed 1 plan.txt
package main

import (
	"flag"
	"fmt"
	"os"

	"jiaoheng/dev/plannoise/noise"
)

func main() {
	kind := flag.String("kind", "", "one of the kinds listed below")
	seed := flag.Uint64("seed", 1, "another seed puts the noise elsewhere")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: plannoise -kind KIND [-seed N] FILE")
		for _, k := range noise.Kinds() {
			fmt.Fprintf(os.Stderr, "  %-20s %s\n", k.Name, k.Says)
		}
	}
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	text, err := os.ReadFile(flag.Arg(0))
	if err != nil {
		fmt.Fprintln(os.Stderr, "plannoise:", err)
		os.Exit(1)
	}
	for _, k := range noise.Kinds() {
		if k.Name == *kind {
			fmt.Print(k.Apply(string(text), *seed))
			return
		}
	}
	flag.Usage()
	os.Exit(2)
}
