package message

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"sort"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
)

// Language is the language of a text.
type Language string

// The two languages of the catalogue. Chinese comes first everywhere.
const (
	Chinese Language = "zh"
	English Language = "en"
)

//go:embed text/*.yaml
var files embed.FS

type entry struct {
	Zh string `yaml:"zh"`
	En string `yaml:"en"`
}

var catalogue = sync.OnceValue(load)

func load() map[string]entry {
	all := map[string]entry{}
	names, err := fs.Glob(files, "text/*.yaml")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		data, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		var part map[string]entry
		if err := yaml.UnmarshalWithOptions(data, &part, yaml.Strict()); err != nil {
			panic(fmt.Sprintf("message: %s: %v", name, err))
		}
		for key, e := range part {
			if _, double := all[key]; double {
				panic(fmt.Sprintf("message: %s: key %s stands twice", name, key))
			}
			all[key] = e
		}
	}
	return all
}

// Args are the values for the places of a text, by name.
type Args map[string]any

// Word is a value for a place that is itself a text of the catalogue, named by its key: it is put in the language of the
// text around it.
type Word string

// Text returns the text of key in language with its places filled.
// An unknown key is a programmer's error and panics; message_test.go finds it before a user does.
func Text(language Language, key string, args Args) string {
	e, ok := catalogue()[key]
	if !ok {
		panic("message: no text for key " + key)
	}
	text := e.Zh
	if language == English {
		text = e.En
	}
	return Fill(text, inLanguage(language, args))
}

// Bilingual is a value for a place that has a text of its own in each language, such as the title of a column.
type Bilingual interface {
	In(language Language) string
}

// In returns the text of the word.
func (w Word) In(language Language) string { return Text(language, string(w), nil) }

// inLanguage replaces every Word and other Bilingual among args by its text.
func inLanguage(language Language, args Args) Args {
	var said Args
	for name, value := range args {
		if both, ok := value.(Bilingual); ok {
			if said == nil {
				said = maps.Clone(args)
			}
			said[name] = both.In(language)
		}
	}
	if said == nil {
		return args
	}
	return said
}

// Has tells whether the catalogue holds key.
func Has(key string) bool {
	_, ok := catalogue()[key]
	return ok
}

// Keys returns every key in byte order.
func Keys() []string {
	keys := make([]string, 0, len(catalogue()))
	for key := range catalogue() {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// Fill replaces each {name} in text by args[name]; a place without a value stays as it is.
func Fill(text string, args Args) string {
	if len(args) == 0 || !strings.Contains(text, "{") {
		return text
	}
	var out strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			break
		}
		shut := strings.IndexByte(text[open:], '}')
		if shut < 0 {
			break
		}
		out.WriteString(text[:open])
		if value, ok := args[text[open+1:open+shut]]; ok {
			fmt.Fprint(&out, value)
		} else {
			out.WriteString(text[open : open+shut+1])
		}
		text = text[open+shut+1:]
	}
	out.WriteString(text)
	return out.String()
}
