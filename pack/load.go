package pack

import (
	"errors"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml/ast"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Root is the folder of packs, in the program as well as in a data folder.
const Root = "packs"

// folders of a pack with the entries that their files hold; each may hold tests (*.itest) too. The folder of examples
// holds sheets and nothing else.
var folders = []string{"registers", "tables", "indicators", "standards", "lifecycles", "letters", "quotas", "calendars", "sheets", "terms", "profiles", "scales", examples}

// examples is the folder of sheets as a bureau would import them.
const examples = "examples"

// draft is a pack that is being read.
type draft struct {
	pack      *Pack
	folder    string // name of the folder
	local     bool
	files     []*draftFile
	extension *extension
}

type draftFile struct {
	name   string // within the folder of the pack
	reader *reader
	data   []byte
	object *object
	part   Pack // what the file declares
	faults fault.List
}

// Load reads every pack of files and of local, checks all of them together and returns them. Both trees hold the folder
// packs/; local may be nil. A local pack either stands beside the others or extends one of them.
//
// Every fault of every file is reported, in the order of places; the set is nil then.
func Load(files, local fs.FS) (*Set, fault.List) {
	var faults fault.List
	drafts := gather(files, false, &faults)
	if local != nil {
		drafts = append(drafts, gather(local, true, &faults)...)
	}
	return finish(drafts, faults)
}

// LoadWith is Load with one more pack, whose files stand at the root of folder: for those who write it. It takes the place
// of a pack of that name.
func LoadWith(files, local fs.FS, name string, folder fs.FS) (*Set, fault.List) {
	var faults fault.List
	drafts := gather(files, false, &faults)
	if local != nil {
		drafts = append(drafts, gather(local, true, &faults)...)
	}
	drafts = slices.DeleteFunc(drafts, func(d *draft) bool { return d.folder == name })
	faults = slices.DeleteFunc(faults, func(f *fault.Fault) bool { return strings.HasPrefix(f.Place.File, path.Join(Root, name)+"/") })
	return finish(append(drafts, open(folder, ".", name, false, &faults)), faults)
}

func finish(drafts []*draft, faults fault.List) (*Set, fault.List) {
	parseAll(drafts)
	for _, d := range drafts {
		d.read(&faults)
	}
	set := link(drafts, &faults)
	if len(faults) > 0 {
		sortFaults(faults)
		return nil, faults
	}
	return set, nil
}

// gather opens every folder below packs/.
func gather(files fs.FS, local bool, faults *fault.List) []*draft {
	entries, err := fs.ReadDir(files, Root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		faults.Add(fault.At(fault.Place{File: Root}, "pack.cannot_read", nil))
		return nil
	}
	var drafts []*draft
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		if len(drafts) == maxPacks {
			faults.Add(fault.At(fault.Place{File: Root}, "pack.too_many_packs", message.Args{"limit": maxPacks}))
			break
		}
		if !entry.IsDir() {
			faults.Add(fault.At(fault.Place{File: path.Join(Root, entry.Name())}, "pack.file_unknown", nil))
			continue
		}
		drafts = append(drafts, open(files, path.Join(Root, entry.Name()), entry.Name(), local, faults))
	}
	return drafts
}

// open reads the files of one pack.
func open(files fs.FS, root, name string, local bool, faults *fault.List) *draft {
	d := &draft{pack: &Pack{}, folder: name, local: local}
	shown := path.Join(Root, name)
	switch {
	case root == ".":
		shown = name
	case local:
		shown = path.Join("DATA", shown)
	}
	err := fs.WalkDir(files, root, func(at string, entry fs.DirEntry, err error) error {
		inside := strings.TrimPrefix(strings.TrimPrefix(at, root), "/")
		if root == "." {
			inside = at
		}
		place := fault.Place{File: path.Join(shown, inside)}
		switch {
		case err != nil:
			faults.Add(fault.At(place, "pack.cannot_read", nil))
			return nil
		case at == root:
			return nil
		case strings.HasPrefix(entry.Name(), "."):
			return skip(entry)
		case entry.IsDir():
			if !slices.Contains(folders, inside) {
				faults.Add(fault.At(place, "pack.file_unknown", nil))
				return fs.SkipDir
			}
			return nil
		case !known(inside):
			faults.Add(fault.At(place, "pack.file_unknown", nil))
			return nil
		case len(d.files) == MaxFiles:
			faults.Add(fault.At(fault.Place{File: shown}, "pack.too_many_files", message.Args{"limit": MaxFiles}))
			return fs.SkipAll
		}
		if info, err := entry.Info(); err == nil && info.Size() > MaxFileBytes {
			faults.Add(fault.At(place, "pack.file_too_large", message.Args{"size": info.Size(), "limit": MaxFileBytes}))
			return nil
		}
		data, err := fs.ReadFile(files, at)
		if err != nil {
			faults.Add(fault.At(place, "pack.cannot_read", nil))
			return nil
		}
		f := &draftFile{name: inside, data: data, part: Pack{Name: name}}
		f.reader = &reader{file: place.File, faults: &f.faults}
		d.files = append(d.files, f)
		return nil
	})
	if err != nil {
		faults.Add(fault.At(fault.Place{File: shown}, "pack.cannot_read", nil))
	}
	if !slices.ContainsFunc(d.files, func(f *draftFile) bool { return f.name == "pack.yaml" }) {
		faults.Add(fault.At(fault.Place{File: shown}, "pack.no_pack_file", nil))
	}
	return d
}

func skip(entry fs.DirEntry) error {
	if entry.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// known tells whether a pack may hold a file of the name.
func known(name string) bool {
	folder, file := path.Split(name)
	if folder == "" {
		return file == "pack.yaml"
	}
	if folder == examples+"/" {
		return path.Ext(file) == ".csv"
	}
	return slices.Contains(folders, strings.TrimSuffix(folder, "/")) && (path.Ext(file) == ".yaml" || path.Ext(file) == ".itest")
}

// parseAll parses the YAML of all files and reads their declarations; that is where the time goes.
func parseAll(drafts []*draft) {
	work := make(chan *draftFile)
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for f := range work {
				f.object = f.reader.parse(f.data)
				f.read()
			}
		})
	}
	for _, d := range drafts {
		for _, f := range d.files {
			if path.Ext(f.name) == ".yaml" {
				work <- f
			}
		}
	}
	close(work)
	group.Wait()
}

// read turns what was parsed into declarations.
func (d *draft) read(faults *fault.List) {
	d.pack.Name = d.folder
	for _, f := range d.files {
		if f.name == "pack.yaml" && f.object != nil {
			d.extension = f.reader.readPack(f.object, d.pack, d.folder)
			d.pack.Name = d.folder
		}
	}
	for _, f := range d.files {
		d.pack.Files = append(d.pack.Files, File{Name: f.name, Bytes: f.data})
		if d.pack.Extends != "" && f.object != nil && f.name != "pack.yaml" {
			f.faults = nil
			f.reader.fault(f.object.node, "pack.extension_file", nil)
		}
		faults.Add(f.faults...)
		d.pack.Registers = append(d.pack.Registers, f.part.Registers...)
		d.pack.Tables = append(d.pack.Tables, f.part.Tables...)
		d.pack.Indicators = append(d.pack.Indicators, f.part.Indicators...)
		d.pack.Standards = append(d.pack.Standards, f.part.Standards...)
		d.pack.Letters = append(d.pack.Letters, f.part.Letters...)
		d.pack.Quotas = append(d.pack.Quotas, f.part.Quotas...)
		d.pack.Calendars = append(d.pack.Calendars, f.part.Calendars...)
		d.pack.Sheets = append(d.pack.Sheets, f.part.Sheets...)
		d.pack.Terms = append(d.pack.Terms, f.part.Terms...)
		d.pack.Profiles = append(d.pack.Profiles, f.part.Profiles...)
		d.pack.Scales = append(d.pack.Scales, f.part.Scales...)
		d.pack.lives = append(d.pack.lives, f.part.lives...)
	}
}

// read reads a file of one of the folders: every key is the name of a declaration. pack.yaml is read later.
func (f *draftFile) read() {
	if f.object == nil || f.name == "pack.yaml" {
		return
	}
	read := map[string]func(p *Pack, name string, at, value ast.Node){"registers": f.reader.readRegister,
		"tables": f.reader.readTable, "indicators": f.reader.readIndicator, "standards": f.reader.readStandard,
		"lifecycles": f.reader.readLifecycle, "letters": f.reader.readLetter, "quotas": f.reader.readQuota,
		"calendars": f.reader.readCalendar, "sheets": f.reader.readSheet, "terms": f.reader.readTerm, "profiles": f.reader.readProfile, "scales": f.reader.readScale}[path.Dir(f.name)]
	for _, name := range f.object.keys {
		read(&f.part, name, f.object.at[name], f.object.values[name])
	}
}

// sortFaults puts faults in the order of their places.
func sortFaults(faults fault.List) {
	slices.SortStableFunc(faults, func(a, b *fault.Fault) int {
		if by := strings.Compare(a.Place.File, b.Place.File); by != 0 {
			return by
		}
		if a.Place.Line != b.Place.Line {
			return a.Place.Line - b.Place.Line
		}
		return a.Place.Offset - b.Place.Offset
	})
}
