package main

import (
	"io/fs"
	"slices"
	"time"

	"jiaoheng"
	"jiaoheng/assessment"
	"jiaoheng/pack"
	"jiaoheng/period"
)

// measuring are the packs that commands about tests read, with those that they use: reading all packs takes longer than
// analysing a test.
var measuring = []string{assessment.PackName, "publication"}

// onlyPacks is the packs of the program without the others.
type onlyPacks struct{ fs.FS }

// ReadDir lists a folder, that of the packs without the others.
func (o onlyPacks) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.FS, name)
	if name == pack.Root {
		entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return !slices.Contains(measuring, e.Name()) })
	}
	return entries, err
}

// loadMeasuring reads the packs that commands about tests need; all packs where a data folder may add to them.
func loadMeasuring(data string) (*pack.Set, error) {
	if data != "" {
		return loadPacks(data)
	}
	set, faults := pack.Load(onlyPacks{jiaoheng.Packs}, nil)
	return set, faults.Err()
}

// today is the day by the clock of the command.
func (e *environment) today() period.Date {
	if e.clock != nil {
		return period.DateOf(e.clock())
	}
	return period.DateOf(time.Now())
}
