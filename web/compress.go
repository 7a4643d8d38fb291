package web

import (
	"compress/gzip"
	"net/http"
	"strings"
	"sync"
)

var compressors = sync.Pool{New: func() any {
	writer, err := gzip.NewWriterLevel(nil, 5)
	if err != nil {
		panic(err)
	}
	return writer
}}

// compressed sends text compressed to those who take it. Streams of events are left alone.
func compressed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") || r.Method == http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		answer := &compressor{ResponseWriter: w}
		defer answer.close()
		next.ServeHTTP(answer, r)
	})
}

// compressor decides at the first byte, when the kind of the content is known.
type compressor struct {
	http.ResponseWriter
	decided bool
	writer  *gzip.Writer
}

// WriteHeader decides whether the content is compressed.
func (c *compressor) WriteHeader(status int) {
	if !c.decided {
		c.decided = true
		if hasBody(status) && isText(c.Header().Get("Content-Type")) && c.Header().Get("Content-Encoding") == "" {
			c.Header().Set("Content-Encoding", "gzip")
			c.Header().Del("Content-Length")
			c.writer = compressors.Get().(*gzip.Writer)
			c.writer.Reset(c.ResponseWriter)
		}
	}
	c.ResponseWriter.WriteHeader(status)
}

// Write sends data, compressed when that was decided.
func (c *compressor) Write(data []byte) (int, error) {
	if !c.decided {
		if c.Header().Get("Content-Type") == "" {
			c.Header().Set("Content-Type", http.DetectContentType(data))
		}
		c.WriteHeader(http.StatusOK)
	}
	if c.writer != nil {
		return c.writer.Write(data)
	}
	return c.ResponseWriter.Write(data)
}

// Flush sends what is held back.
func (c *compressor) Flush() {
	if c.writer != nil {
		c.writer.Flush()
	}
	http.NewResponseController(c.ResponseWriter).Flush()
}

// Unwrap lets http.ResponseController reach the connection.
func (c *compressor) Unwrap() http.ResponseWriter { return c.ResponseWriter }

func (c *compressor) close() {
	if c.writer != nil {
		c.writer.Close()
		compressors.Put(c.writer)
		c.writer = nil
	}
}

func hasBody(status int) bool {
	return status >= 200 && status != http.StatusNoContent && status != http.StatusNotModified
}

func isText(kind string) bool {
	kind, _, _ = strings.Cut(kind, ";")
	switch kind {
	case "text/html", "text/css", "text/javascript", "text/plain", "application/json", "image/svg+xml":
		return true
	}
	return false
}
