package packtest

import (
	"path"
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
)

// Extension is the ending of the names of files of tests.
const Extension = ".itest"

// FileResult is what came out of one file. Faults say why it could not be read; then it has no results.
type FileResult struct {
	Name    string
	Results []Result
	Faults  fault.List
}

// RunPack runs every file of tests of a pack, in the order of their names, and reads its example sheets after them. Places name files below packs/.
func RunPack(set *pack.Set, name string) []FileResult {
	p, known := set.Pack(name)
	if !known {
		return nil
	}
	scope := scopeOf(set, name)
	var all []FileResult
	for _, f := range p.Files {
		if path.Ext(f.Name) == Extension {
			all = append(all, RunFile(scope, path.Join(pack.Root, name, f.Name), f.Bytes))
		}
	}
	return append(all, readExamples(scope, p)...)
}

// RunFile reads and runs one file in a scope.
func RunFile(scope *pack.Scope, name string, data []byte) FileResult {
	file, faults := Read(name, data)
	if faults != nil {
		return FileResult{Name: name, Faults: faults}
	}
	return FileResult{Name: name, Results: Run(file, scope)}
}

// ScopeFor returns the scope in which a file is run: that of the pack in whose folder it stands, else everything.
func ScopeFor(set *pack.Set, file string) *pack.Scope {
	parts := strings.Split(path.Clean(strings.ReplaceAll(file, `\`, "/")), "/")
	if at := slices.Index(parts, pack.Root); at >= 0 && at+1 < len(parts) {
		return scopeOf(set, parts[at+1])
	}
	return set.Everything()
}

func scopeOf(set *pack.Set, name string) *pack.Scope {
	if scope := set.Closure(name); scope != nil {
		return scope
	}
	return set.Everything()
}

// Text returns one line that tells a result that did not pass: place, rule, unit, what was expected and what was found.
func (r Result) Text(language message.Language) string {
	if r.Fault != nil {
		return r.Fault.Text(language)
	}
	args := message.Args{"place": r.Place.Text(language), "what": strings.TrimSpace(r.What + " " + r.Name), "unit": r.Unit, "wanted": r.Wanted, "found": r.Found, "slow": r.Slow}
	switch {
	case r.What == "fault":
		return message.Text(language, "packtest.fault_not_raised", args)
	case r.Slow != "":
		return message.Text(language, "packtest.engines_differ", args)
	}
	return message.Text(language, "packtest.line_failed", args)
}
