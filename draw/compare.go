package draw

import (
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Leaves are the lines of a frozen roster as they are published with the announcement: the first two fields of each line
// (what it is and whose), a space, and the hash of the whole line. They tell nothing but let anybody name a later change.
func Leaves(lines []string) []string {
	leaves := make([]string, len(lines))
	for i, line := range lines {
		hash := Leaf(line)
		leaves[i] = key(line) + " " + Hex(hash)
	}
	return leaves
}

func key(line string) string {
	fields := strings.SplitN(line, ";", 3)
	return strings.Join(fields[:min(2, len(fields))], ";")
}

// Compare names every way in which a proof departs from what was announced before: other rules, other sources, lines added,
// removed, changed or put into another order. Announced are the lines of the announcement, leaves those of Leaves (or nil).
func Compare(announced, leaves []string, p Proof) (faults fault.List) {
	if strings.Join(announced, "\n") != strings.Join(p.Announcement, "\n") {
		faults.Add(changedAnnouncement(announced, p.Announcement)...)
	}
	if leaves == nil {
		return faults
	}
	before, order := map[string]string{}, map[string]int{}
	for at, leaf := range leaves {
		cut := strings.LastIndexByte(leaf, ' ')
		if cut < 0 {
			faults.Add(fault.At(fault.Place{Line: at + 1}, "draw.leaf", nil))
			continue
		}
		before[leaf[:cut]], order[leaf[:cut]] = leaf[cut+1:], at
	}
	moved, named := false, len(faults)
	for at, line := range p.Lines {
		hash := Leaf(line)
		was, known := before[key(line)]
		switch {
		case !known:
			faults.Add(fault.At(fault.Place{Line: at + 1}, "draw.line_added", message.Args{"line": key(line)}))
		case was != Hex(hash):
			faults.Add(fault.At(fault.Place{Line: at + 1}, "draw.line_changed", message.Args{"line": key(line)}))
		case order[key(line)] != at && len(leaves) == len(p.Lines):
			moved = true
		}
		delete(before, key(line))
	}
	for _, leaf := range leaves {
		if cut := strings.LastIndexByte(leaf, ' '); cut >= 0 && before[leaf[:cut]] != "" {
			faults.Add(fault.New("draw.line_removed", message.Args{"line": leaf[:cut]}))
		}
	}
	if moved && len(faults) == named {
		faults.Add(fault.New("draw.line_moved", nil))
	}
	return faults
}

func changedAnnouncement(before, after []string) (faults fault.List) {
	had := map[string]bool{}
	for _, line := range before {
		had[line] = true
	}
	has := map[string]bool{}
	for _, line := range after {
		has[line] = true
		if !had[line] {
			faults.Add(fault.New("draw.announced_new", message.Args{"line": line}))
		}
	}
	for _, line := range before {
		if !has[line] {
			faults.Add(fault.New("draw.announced_gone", message.Args{"line": line}))
		}
	}
	if len(faults) == 0 {
		faults.Add(fault.New("draw.announced_order", nil))
	}
	return faults
}

// Two compares two proofs that claim the same announcement: a draw has one result.
func Two(p, q Proof) (faults fault.List) {
	if p.Commitment != q.Commitment || p.Digest == q.Digest {
		return nil
	}
	if strings.Join(p.Seed, "\n") != strings.Join(q.Seed, "\n") {
		return fault.List{fault.New("draw.two_seeds", message.Args{"commitment": p.Commitment})}
	}
	return fault.List{fault.New("draw.two_results", message.Args{"commitment": p.Commitment})}
}
