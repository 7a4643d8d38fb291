package mixed

import (
	"bytes"
	"io"
	"sync"

	"jiaoheng/stats/table"
)

// scanned is a block of rows on its way to a lane.
type scanned struct {
	data []byte
	line int // of its first row
}

// lane takes every block that is its turn, in order, on a goroutine of its own.
type lane interface {
	block(b scanned)
}

// run reads the table from its beginning and gives block k to lane k modulo scanLanes. start makes lane n.
func (p *pass) run(start func(reader *table.Reader, n int) lane) (lanes int, err error) {
	source, err := p.open()
	if err != nil {
		return 0, err
	}
	defer source.Close()
	reader, err := table.Open(source, scanBlock, p.options.Limits)
	if err != nil {
		return 0, err
	}
	free := make(chan []byte, 3*scanLanes)
	for range cap(free) {
		free <- nil
	}
	var work [scanLanes]chan scanned
	var wait sync.WaitGroup
	for n := range scanLanes {
		work[n] = make(chan scanned, 2)
		taker := start(reader, n)
		wait.Go(func() {
			for b := range work[n] {
				taker.block(b)
				free <- b.data
			}
		})
	}
	line := reader.FirstLine()
	for k := 0; ; k++ {
		var block []byte
		if block, err = reader.Next(<-free); err != nil {
			break
		}
		work[k%scanLanes] <- scanned{data: block, line: line}
		line += bytes.Count(block, []byte{'\n'})
	}
	for n := range work {
		close(work[n])
	}
	wait.Wait()
	if err == io.EOF {
		err = nil
	}
	return scanLanes, err
}
