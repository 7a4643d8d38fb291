package mixed

import (
	"bytes"
	"io"
	"runtime"
	"sync"
	"sync/atomic"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats/table"
)

// roundValues bounds the rows that wait for their shards, in columns of the design times blocks.
const roundValues = 400

// rounds sums a table: in each round, blocks are split into rows side by side; then every shard takes its rows, block after block,
// side by side with the other shards. So the order in which a shard sums is that of the file, however many processors there are.
type rounds struct {
	workers int
	summers []*summer
	shards  []*shard
	results []parsed
}

// sum reads the whole table for its sums.
func (p *pass) sum(design *Design) (*Sums, error) {
	source, err := p.open()
	if err != nil {
		return nil, err
	}
	defer source.Close()
	reader, err := table.Open(source, scanBlock, p.options.Limits)
	if err != nil {
		return nil, err
	}
	r := &rounds{workers: runtime.GOMAXPROCS(0), results: make([]parsed, min(64, max(4, roundValues/len(design.Columns))))}
	for range r.workers {
		r.summers = append(r.summers, newSummer(p, design, reader))
	}
	for range scanShards {
		r.shards = append(r.shards, newShard(design))
	}
	blocks, free, stop := make(chan scanned, 4), make(chan []byte, 8+r.workers), make(chan struct{})
	var failed error
	go func() {
		defer close(blocks)
		failed = readBlocks(reader, blocks, free, stop)
	}()
	err = r.run(blocks, free)
	close(stop)
	for range blocks { // until the reader has ended: it uses the source
	}
	if err == nil {
		err = failed
	}
	if err != nil {
		return nil, err
	}
	return p.merge(design, r.summers, r.shards)
}

// readBlocks sends the blocks of a table until it ends or nobody wants more. It takes buffers that were used from free.
func readBlocks(reader *table.Reader, blocks chan<- scanned, free <-chan []byte, stop <-chan struct{}) error {
	line := reader.FirstLine()
	for {
		var buffer []byte
		select {
		case buffer = <-free:
		default:
		}
		block, err := reader.Next(buffer)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		select {
		case blocks <- scanned{data: block, line: line}:
		case <-stop:
			return nil
		}
		line += bytes.Count(block, []byte{'\n'})
	}
}

// run goes round after round until the blocks end or a surprise makes the sums worthless.
func (r *rounds) run(blocks <-chan scanned, free chan<- []byte) error {
	for {
		count := r.split(blocks, free)
		if count == 0 {
			return nil
		}
		for _, s := range r.summers {
			if s.surprise {
				return nil // merge tells
			}
		}
		r.each(len(r.shards), func(_, n int) {
			for k := range count {
				p := &r.results[k]
				r.shards[n].add(p, int(p.starts[n]), int(p.starts[n+1]))
			}
		})
		taken := 0
		for _, s := range r.shards {
			taken += s.sums.bytes()
		}
		if taken > MaxSums {
			limits := r.summers[0].reader.Limits()
			return fault.At(fault.Place{File: limits.File}, "table.too_many_cells", message.Args{"limit": MaxSums >> 30})
		}
	}
}

// split splits the blocks of a round and returns how many there were.
func (r *rounds) split(blocks <-chan scanned, free chan<- []byte) int {
	var round []scanned
	var lock sync.Mutex
	next := func() (scanned, int, bool) {
		lock.Lock()
		defer lock.Unlock()
		if len(round) == len(r.results) {
			return scanned{}, 0, false
		}
		b, more := <-blocks
		if more {
			round = append(round, b)
		}
		return b, len(round) - 1, more
	}
	r.each(r.workers, func(worker, _ int) {
		for b, n, more := next(); more; b, n, more = next() {
			r.summers[worker].block(b, &r.results[n])
			select {
			case free <- b.data:
			default:
			}
		}
	})
	return len(round)
}

// each does n things side by side.
func (r *rounds) each(n int, do func(worker, n int)) {
	var wait sync.WaitGroup
	var done atomic.Int64
	for worker := range min(r.workers, n) {
		wait.Go(func() {
			for k := int(done.Add(1)) - 1; k < n; k = int(done.Add(1)) - 1 {
				do(worker, k)
			}
		})
	}
	wait.Wait()
}
