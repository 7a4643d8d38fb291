package plan

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"jiaoheng/zh"
)

// pairFrom is the likeness from which two items count as the same thing. On the cases of version_pair_test.go
// right pairs lie above 0.61 and wrong ones below 0.51. A name whose words were turned around is not
// recognised: it shows as one item dropped and one new.
const pairFrom = 0.56

// opposites are words of which one excludes the others: an item about primary schools is not the item about
// junior schools, however alike the rest of its name is.
var opposites = [][]string{
	{"小学", "初中", "高中", "幼儿园", "学前", "中职", "高职", "特殊教育"},
	{"公办", "民办", "普惠"},
	{"巩固率", "入学率", "入园率", "覆盖率", "普及率", "上线率", "升学率", "辍学率", "合格率", "达标率", "流失率", "就业率"},
	{"骨干", "新任", "新入职", "名师", "班主任"},
	{"教师", "学生", "校长", "班主任"},
	{"农村", "城镇", "城区"},
	{"国家级", "省级", "市级", "县级"},
	{"新建", "改建", "扩建"},
	{"专科", "本科", "研究生"},
}

// nameWeight is the share of the name in the likeness; scope and headings have 0.1 each, the sentence 0.15,
// where there are any.
const nameWeight = 0.65

// features are what the likeness of two items is made of, prepared once for each.
type features struct {
	key   string // name, scope and unit: equal keys are the same thing
	name  []uint64
	scope []uint64
	words []uint64 // of the sentence
	path  []uint64
	unit  string
	marks []string // per group of opposites: the words of it that stand in the name and scope
}

func featuresOf(node Node) features {
	name := node.Fields["name"] + " " + node.Fields["scope"]
	f := features{key: normal(name) + "\x00" + unitOf(node.Item()), name: bigrams(node.Fields["name"]), scope: bigrams(node.Fields["scope"]), words: bigrams(node.Sentence + node.Fields["description"]),
		path: bigrams(strings.Join(node.Path, " ")), unit: unitOf(node.Item())}
	for _, group := range opposites {
		var found []string
		for _, word := range group {
			if strings.Contains(name, word) {
				found = append(found, word)
			}
		}
		f.marks = append(f.marks, strings.Join(found, " "))
	}
	return f
}

// maxPairs bounds how many pairs are compared by likeness, about half a second. Beyond it only items under the same
// heading are compared, and where even those are too many, items that are not called the same stay unpaired.
const maxPairs = 300_000

type pair struct {
	i, j  int
	score float64
}

// pairNodes returns for each index of after the index of before that is the same thing, where there is one.
// Items of equal name, scope and unit go first, in order of likeness of the rest; then the likest pairs, one to one.
func pairNodes(before, after []Node) map[int]int {
	a, b := make([]features, len(before)), make([]features, len(after))
	byKey := map[string][]int{}
	for i := range before {
		a[i] = featuresOf(before[i])
		byKey[a[i].key] = append(byKey[a[i].key], i)
	}
	var pairs []pair
	for j := range after {
		b[j] = featuresOf(after[j])
		for _, i := range byKey[b[j].key] {
			pairs = append(pairs, pair{i, j, likeness(a[i], b[j])})
		}
	}
	result, taken := map[int]int{}, map[int]bool{}
	take(pairs, result, taken)
	take(alike(a, b, before, after, result, taken), result, taken)
	return result
}

// take pairs one to one, the likest first.
func take(pairs []pair, result map[int]int, taken map[int]bool) {
	slices.SortFunc(pairs, func(p, q pair) int {
		return cmp.Or(cmp.Compare(q.score, p.score), p.j-q.j, p.i-q.i)
	})
	for _, p := range pairs {
		if _, done := result[p.j]; !done && !taken[p.i] && p.score >= pairFrom {
			result[p.j], taken[p.i] = p.i, true
		}
	}
}

// alike compares what is not yet paired.
func alike(a, b []features, before, after []Node, result map[int]int, taken map[int]bool) []pair {
	left, right := map[string][]int{}, map[string][]int{}
	group := func(Node) string { return "" }
	if (len(a)-len(taken))*(len(b)-len(result)) > maxPairs {
		group = func(n Node) string { return normal(strings.Join(n.Path, "/")) }
	}
	for i := range a {
		if !taken[i] {
			left[group(before[i])] = append(left[group(before[i])], i)
		}
	}
	for j := range b {
		if _, done := result[j]; !done {
			right[group(after[j])] = append(right[group(after[j])], j)
		}
	}
	var pairs []pair
	budget := maxPairs
	for _, name := range slices.Sorted(maps.Keys(right)) {
		if budget -= len(left[name]) * len(right[name]); budget < 0 {
			break
		}
		for _, j := range right[name] {
			for _, i := range left[name] {
				if score := likeness(a[i], b[j]); score >= pairFrom {
					pairs = append(pairs, pair{i, j, score})
				}
			}
		}
	}
	return pairs
}

// likeness is 0 for nothing in common and up to 2 for the same thing: the name counts most, the sentence and
// the headings above help, another unit or an opposite word all but rules it out.
func likeness(a, b features) float64 {
	names := zh.Alike(a.name, b.name)
	if nameWeight*names+1-nameWeight < pairFrom {
		return 0 // nothing else could make up for it
	}
	rest, weight := 0.0, nameWeight
	for _, part := range []struct {
		a, b   []uint64
		weight float64
	}{{a.scope, b.scope, 0.1}, {a.path, b.path, 0.1}, {a.words, b.words, 0.15}} {
		if len(part.a)+len(part.b) > 0 {
			rest, weight = rest+part.weight*zh.Alike(part.a, part.b), weight+part.weight
		}
	}
	if a.key == b.key && len(a.name) > 0 {
		return 1 + rest
	}
	score := (nameWeight*names + rest) / weight
	if a.unit != b.unit && a.unit != "/" && b.unit != "/" {
		score *= 0.6
	}
	for g := range a.marks {
		if a.marks[g] != b.marks[g] && a.marks[g] != "" && b.marks[g] != "" {
			score *= 0.6
		}
	}
	return score
}

var unitAlike = map[string]string{"名": "人", "位": "人", "个": "所", "间": "所", "座": "所", "家": "所", "处": "所", "课时": "节", "％": "%"}

func unitOf(item Item) string {
	unit := normal(item.Fields["unit"])
	head, period, _ := strings.Cut(unit, "/")
	if alike, ok := unitAlike[head]; ok {
		head = alike
	}
	return head + "/" + period
}

func normal(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) && r != '%' && r != '/' {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// bigrams returns the pairs of neighbouring characters, sorted, with repetitions.
func bigrams(text string) []uint64 { return zh.Pairs(normal(text)) }
