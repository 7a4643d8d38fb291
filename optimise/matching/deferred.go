package matching

// DeferredAcceptance returns for every applicant the school, or None: applicants propose in the order of their wishes, a school
// keeps the best of those who proposed so far. The result does not depend on the order in which they propose.
// Time: wishes × log of the places of a school.
func DeferredAcceptance(m *Market) []int { return Parallel(m, nil) }

// Parallel returns the result of 平行志愿 with bands: bands[i] is how many wishes band i holds, the last one holds for all bands
// that follow; no bands means one band of all wishes. Within a band by deferred acceptance over the places left; then final.
// A band below 1 panics (programmer error).
func Parallel(m *Market, bands []int) []int {
	result := make([]int, m.Applicants())
	for a := range result {
		result[a] = None
	}
	left := make([]int32, len(m.seats))
	copy(left, m.seats)
	longest := m.longest()
	for from, band := 0, 0; from < longest; band++ {
		size := longest
		if len(bands) > 0 {
			size = bands[min(band, len(bands)-1)]
		}
		if size < 1 {
			panic("matching: a band holds at least one wish")
		}
		to := min(from+size, longest)
		m.acceptBand(result, left, int32(from), int32(to))
		from = to
	}
	return result
}

// held is an applicant whom a school keeps for now.
type held struct {
	key       uint64
	applicant int32
}

// behind tells whether h stands behind other.
func (h held) behind(other held) bool {
	return h.key > other.key || h.key == other.key && h.applicant > other.applicant
}

// acceptBand places those without a school by their wishes [from, to) on the places left, and takes the places away.
func (m *Market) acceptBand(result []int, left []int32, from, to int32) {
	keeps := make([][]held, len(m.seats)) // heaps, the last of those kept on top
	next := make([]int32, len(result))
	for first := range result {
		if result[first] != None {
			continue
		}
		next[first] = m.start[first] + from
		for a := int32(first); a >= 0; {
			a = m.propose(keeps, left, next, a, min(m.start[a]+to, m.start[a+1]))
		}
	}
	for s, kept := range keeps {
		left[s] -= int32(len(kept))
		for _, h := range kept {
			result[h.applicant] = s
		}
	}
}

// propose lets applicant a propose until a school keeps them or the wishes before end are used up. It returns whom that school
// let go, or None.
func (m *Market) propose(keeps [][]held, left, next []int32, a, end int32) int32 {
	for ; next[a] < end; next[a]++ {
		at := next[a]
		s, one := m.wish[at], held{m.key[at], a}
		heap := keeps[s]
		if int32(len(heap)) < left[s] {
			keeps[s] = pushHeap(heap, one)
			next[a]++
			return None
		}
		if len(heap) > 0 && heap[0].behind(one) {
			out := heap[0].applicant
			replaceTop(heap, one)
			next[a]++
			return out
		}
	}
	return None
}

// pushHeap adds one to a heap whose top stands behind all others.
func pushHeap(heap []held, one held) []held {
	heap = append(heap, one)
	at := len(heap) - 1
	for at > 0 {
		up := (at - 1) / 2
		if !one.behind(heap[up]) {
			break
		}
		heap[at] = heap[up]
		at = up
	}
	heap[at] = one
	return heap
}

// replaceTop puts one in the place of the top.
func replaceTop(heap []held, one held) {
	at := 0
	for {
		down := 2*at + 1
		if down >= len(heap) {
			break
		}
		if down+1 < len(heap) && heap[down+1].behind(heap[down]) {
			down++
		}
		if !heap[down].behind(one) {
			break
		}
		heap[at] = heap[down]
		at = down
	}
	heap[at] = one
}
