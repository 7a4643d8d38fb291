package archive_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"testing"

	"jiaoheng/document/archive"
	"jiaoheng/fault"
)

func pack(t *testing.T, write func(*zip.Writer) error) []byte {
	t.Helper()
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	if err := write(writer); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// zeros writes a part of n zero bytes, which expands a thousandfold.
func zeros(name string, n int64) func(*zip.Writer) error {
	return func(writer *zip.Writer) error {
		w, err := writer.Create(name)
		if err != nil {
			return err
		}
		_, err = io.CopyN(w, zeroReader{}, n)
		return err
	}
}

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// lying writes a part that says it has size bytes but holds more.
func lying(name string, size uint64, content []byte) func(*zip.Writer) error {
	return func(writer *zip.Writer) error {
		w, err := writer.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Store, UncompressedSize64: size, CompressedSize64: uint64(len(content))})
		if err != nil {
			return err
		}
		_, err = w.Write(content)
		return err
	}
}

func TestLimits(t *testing.T) {
	many := func(writer *zip.Writer) error {
		for n := range archive.MaxEntries + 1 {
			if _, err := writer.Create(fmt.Sprint(n)); err != nil {
				return err
			}
		}
		return nil
	}
	cases := []struct {
		name, code string
		write      func(*zip.Writer) error
	}{
		{"within the limits", "", zeros("a", 1<<20)},
		{"a part that expands too far", "intake.part_too_large", zeros("a", archive.MaxPart+1)},
		{"sizes beyond the limit", "intake.expands_too_far", lying("a", archive.MaxExpanded+1, []byte("x"))},
		{"a part larger than it says", "intake.container_broken", lying("a", 1, []byte("more than one byte"))},
		{"too many parts", "intake.too_many_entries", many},
	}
	for _, c := range cases {
		container, err := archive.Open("a.docx", pack(t, c.write))
		if err == nil {
			_, err = container.Part("a")
		}
		faults := fault.Of(err)
		switch {
		case c.code == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.code != "" && (len(faults) != 1 || faults[0].Code != c.code):
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
		}
	}
}

func TestPartsByEitherSlash(t *testing.T) {
	container, err := archive.Open("a.docx", pack(t, zeros(`word\document.xml`, 3)))
	if err != nil {
		t.Fatal(err)
	}
	if data, err := container.Part("word/document.xml"); err != nil || len(data) != 3 {
		t.Errorf("got %d bytes, %v", len(data), err)
	}
	if data, err := container.Part("other"); data != nil || err != nil {
		t.Errorf("a part that is not there: %d bytes, %v", len(data), err)
	}
}
