package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"jiaoheng"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
)

// loadPacks reads the packs of the program and the local ones below the folder of the data, if there are any.
func loadPacks(data string) (*pack.Set, error) {
	var local fs.FS
	if data != "" {
		if info, err := os.Stat(filepath.Join(data, pack.Root)); err == nil && info.IsDir() {
			local = os.DirFS(data)
		}
	}
	set, faults := pack.Load(jiaoheng.Packs, local)
	return set, faults.Err()
}

// findRegister returns a register by name with the scope of all packs.
func findRegister(data, name string) (*pack.Scope, *pack.Register, error) {
	set, err := loadPacks(data)
	if err != nil {
		return nil, nil, err
	}
	scope := set.Everything()
	r, known := scope.Register(name)
	if !known {
		var names []string
		for _, one := range scope.Registers() {
			names = append(names, one.Name)
		}
		return nil, nil, fault.New("register.unknown", message.Args{"name": name, "names": strings.Join(names, ", ")})
	}
	return scope, r, nil
}

// readPeriod reads --period; "" is no period.
func readPeriod(text string) (period.Period, error) {
	if text == "" {
		return period.Period{}, nil
	}
	p, ok := period.Parse(text)
	if !ok {
		return period.Period{}, fault.New("register.period_bad", message.Args{"text": text})
	}
	return p, nil
}
