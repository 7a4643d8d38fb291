package shift

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// Page is a raw page, its clean text and its key as JSON.
type Page struct {
	Raw, Clean string
	Key        []byte
}

// Shift returns the page under other names and with other figures. Two pages shifted with one seed agree in names.
func Shift(page Page, seed uint64) (Page, error) {
	names := newRenaming(rand.New(rand.NewPCG(seed, 0)))
	random := rand.New(rand.NewPCG(seed, uint64(len(page.Clean))))
	cleanFigures, rawFigures := figures(page.Clean), figures(page.Raw)
	pairs, err := align(page.Raw, page.Clean, rawFigures, cleanFigures)
	if err != nil {
		return Page{}, err
	}
	s := shifter{page: page, figures: cleanFigures, table: newTable(cleanFigures, random), names: names}
	for i := range rawFigures {
		rawFigures[i].fixed = true
	}
	for i, j := range pairs {
		if j >= 0 {
			rawFigures[j].fixed = cleanFigures[i].fixed
		}
	}
	key, err := s.key()
	if err != nil {
		return Page{}, err
	}
	return Page{
		Raw:   names.rename(apply(page.Raw, s.table.change(rawFigures))),
		Clean: names.rename(apply(page.Clean, s.table.change(cleanFigures))),
		Key:   key,
	}, nil
}

type shifter struct {
	page    Page
	figures []figure // of the clean text
	table   table
	names   renaming
}

// quoted returns the figures of s: those of its place in the clean text when it stands there, else its own.
func (s shifter) quoted(text string) []figure {
	at := strings.Index(s.page.Clean, text)
	if at < 0 || text == "" {
		return figures(text)
	}
	var all []figure
	for _, f := range s.figures {
		if f.from >= at && f.to <= at+len(text) {
			all = append(all, figure{f.from - at, f.to - at, f.text, f.fixed})
		}
	}
	return all
}

func (s shifter) text(text string) string {
	return s.names.rename(apply(text, s.table.change(s.quoted(text))))
}

func (s shifter) key() ([]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(s.page.Key))
	decoder.UseNumber()
	var key any
	if err := decoder.Decode(&key); err != nil {
		return nil, err
	}
	shifted, err := s.node(key)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	err = encoder.Encode(shifted)
	return out.Bytes(), err
}

func (s shifter) node(node any) (any, error) {
	switch n := node.(type) {
	case string:
		return s.text(n), nil
	case []any:
		for i := range n {
			var err error
			if n[i], err = s.node(n[i]); err != nil {
				return nil, err
			}
		}
	case map[string]any:
		if err := s.values(n); err != nil {
			return nil, err
		}
		for k := range n {
			// Kinds and identifiers hold no figure of the text.
			if k == "id" || k == "doc" || k == "kind" || k == "comparator" {
				continue
			}
			var err error
			if n[k], err = s.node(n[k]); err != nil {
				return nil, err
			}
		}
	}
	return node, nil
}

// values changes the numbers of an entry that its sentence states in digits.
func (s shifter) values(entry map[string]any) error {
	sentence, ok := entry["sentence"].(string)
	if !ok {
		return nil
	}
	own := s.quoted(sentence)
	for _, field := range []string{"value", "value_max"} {
		if err := s.value(entry, field, own); err != nil {
			return err
		}
	}
	if base, ok := entry["baseline"].(map[string]any); ok {
		// A baseline may be stated in another place than its target.
		return s.value(base, "value", append(own, s.figures...))
	}
	return nil
}

func (s shifter) value(entry map[string]any, field string, among []figure) error {
	number, ok := entry[field].(json.Number)
	if !ok {
		return nil
	}
	v, err := strconv.ParseFloat(string(number), 64)
	if err != nil {
		return fmt.Errorf("%s: %w", field, err)
	}
	for _, f := range among {
		if after, ok := s.table[f.text]; ok && !f.fixed && f.value() == v {
			entry[field] = json.Number(after)
			return nil
		}
	}
	return nil
}
