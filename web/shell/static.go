package shell

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"

	"jiaoheng/third_party"
)

//go:embed static
var staticFiles embed.FS

// staticSet is every file that pages may ask for, by name, and the hash over all of them.
type staticSet struct {
	hash  string
	files map[string][]byte
}

var static = sync.OnceValue(loadStatic)

func loadStatic() staticSet {
	set := staticSet{files: map[string][]byte{}}
	sum := sha256.New()
	err := fs.WalkDir(staticFiles, "static", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := staticFiles.ReadFile(name)
		if err != nil {
			return err
		}
		set.files[strings.TrimPrefix(name, "static/")] = data
		sum.Write([]byte(name))
		sum.Write(data)
		return nil
	})
	if err != nil {
		panic(err)
	}
	charts, err := third_party.ECharts()
	if err != nil {
		panic(err)
	}
	set.files["htmx.min.js"], set.files["echarts.js"] = third_party.HTMX(), charts
	sum.Write(set.files["htmx.min.js"])
	sum.Write(charts)
	set.hash = hex.EncodeToString(sum.Sum(nil))[:16]
	return set
}

// Asset returns the address of a file of static/. The address holds the hash over all files, so that modules may
// import each other by relative name and the browser may keep every answer for ever. An unknown name panics.
func Asset(name string) string {
	set := static()
	if _, ok := set.files[name]; !ok {
		panic("shell: no file static/" + name)
	}
	return "/static/" + set.hash + "/" + name
}

// File returns the content of a file of static/. An unknown name panics.
func File(name string) []byte {
	data, ok := static().files[name]
	if !ok {
		panic("shell: no file static/" + name)
	}
	return data
}

// Static serves the files of static/ under /static/<hash>/. An address with an old hash is not found: a page that
// still uses it was made by an older program.
func Static(w http.ResponseWriter, r *http.Request) {
	set := static()
	name, current := strings.CutPrefix(r.URL.Path, "/static/"+set.hash+"/")
	data, known := set.files[name]
	if !current || !known {
		http.NotFound(w, r)
		return
	}
	kind := mime.TypeByExtension(path.Ext(name))
	if path.Ext(name) == ".js" {
		kind = "text/javascript; charset=utf-8"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Write(data)
}
