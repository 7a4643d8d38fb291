package attachment_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"jiaoheng/attachment"
	"jiaoheng/fault"
)

func code(err error) string {
	if list := fault.Of(err); len(list) > 0 {
		return list[0].Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func zipOf(t *testing.T, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range names {
		if _, err := archive.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTheContentTellsTheKind(t *testing.T) {
	cases := []struct {
		name string
		data []byte
		kind attachment.Kind
		code string
	}{
		{"pdf", []byte("%PDF-1.7\n"), attachment.PDF, ""},
		{"jpeg", []byte("\xff\xd8\xff\xe0"), attachment.JPEG, ""},
		{"png", []byte("\x89PNG\r\n\x1a\n"), attachment.PNG, ""},
		{"webp", []byte("RIFF\x00\x00\x00\x00WEBPVP8 "), attachment.WebP, ""},
		{"docx", zipOf(t, "[Content_Types].xml", "word/document.xml"), attachment.Docx, ""},
		{"xlsx", zipOf(t, "[Content_Types].xml", "xl/workbook.xml"), attachment.Xlsx, ""},
		{"UTF-8", []byte("会议记录\r\n"), attachment.Text, ""},
		{"GB18030", []byte("\xbb\xe1\xd2\xe9"), attachment.Text, ""},
		{"empty", nil, "", "attachment.empty"},
		{"program", []byte("\x7fELF\x02\x01\x01\x00"), "", "attachment.kind"},
		{"zip of anything", zipOf(t, "a.exe"), "", "attachment.kind"},
		{"macros", zipOf(t, "[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "", "attachment.macros"},
		{"cut zip", zipOf(t, "[Content_Types].xml", "word/document.xml")[:40], "", "attachment.damaged"},
		{"old Word", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00"), "", "attachment.kind"},
	}
	for _, c := range cases {
		if kind, err := attachment.KindOf(c.data); kind != c.kind || code(err) != c.code {
			t.Errorf("%s: got %q, %v", c.name, kind, err)
		}
	}
}

func TestNamesAreCleaned(t *testing.T) {
	cases := []struct{ name, given, want string }{
		{"plain", "照片.jpeg", "照片.jpg"},
		{"folders", `C:\secret\..\照片.png`, "照片.jpg"},
		{"climbing", "../../etc/passwd", "passwd.jpg"},
		{"invisible", "a\x00b\u202ec.jpg", "abc.jpg"},
		{"nothing left", "...", "file.jpg"},
		{"long", strings.Repeat("长", 300) + ".jpg", strings.Repeat("长", 96) + ".jpg"},
	}
	for _, c := range cases {
		if got := attachment.CleanName(c.given, attachment.JPEG); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// picture is red in its upper left quarter and blue elsewhere.
func picture(width, height int) image.Image {
	p := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.RGBA{0, 0, 255, 255}
			if x < width/2 && y < height/2 {
				c = color.RGBA{255, 0, 0, 255}
			}
			p.SetRGBA(x, y, c)
		}
	}
	return p
}

// photo returns a JPEG file whose camera noted an orientation and a place.
func photo(t *testing.T, width, height, orientation int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture(width, height), nil); err != nil {
		t.Fatal(err)
	}
	exif := []byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00")
	exif = append(exif, byte(orientation), 0, 0, 0)
	exif = append(exif, "GPS 北纬31度"...)
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(exif)+2))
	return append(append(head, exif...), out.Bytes()[2:]...)
}

func prepare(t *testing.T, data []byte) (attachment.Prepared, error) {
	t.Helper()
	return attachment.NewPreparer(1).Prepare(context.Background(), "照片.dat", data)
}

func TestPhotosAreShrunkUprightAndForgetTheirPlace(t *testing.T) {
	// corner is where the red quarter stands after turning; source: the table of Exif orientations.
	cases := []struct {
		orientation   int
		from          int // longer side; the shorter one is half of it
		width, height int
		right, lower  bool
	}{
		{1, 400, 400, 200, false, false}, {2, 400, 400, 200, true, false}, {3, 400, 400, 200, true, true}, {4, 400, 400, 200, false, true},
		{5, 400, 200, 400, false, false}, {6, 3300, 800, 1600, true, false}, {7, 400, 200, 400, true, true}, {8, 1700, 800, 1600, false, true},
	}
	for _, c := range cases {
		got, err := prepare(t, photo(t, c.from, c.from/2, c.orientation))
		if err != nil {
			t.Fatal(err)
		}
		if got.Name != "照片.jpg" || bytes.Contains(got.Data, []byte("GPS")) || bytes.Contains(got.Data, []byte("Exif")) {
			t.Errorf("orientation %d: %s keeps what the camera noted", c.orientation, got.Name)
		}
		result, err := jpeg.Decode(bytes.NewReader(got.Data))
		if err != nil {
			t.Fatal(err)
		}
		if size := result.Bounds().Size(); size.X != c.width || size.Y != c.height {
			t.Errorf("orientation %d: size %v", c.orientation, size)
		}
		x, y := c.width/4, c.height/4
		if c.right {
			x = c.width * 3 / 4
		}
		if c.lower {
			y = c.height * 3 / 4
		}
		if r, _, b, _ := result.At(x, y).RGBA(); r < 0xc000 || b > 0x4000 {
			t.Errorf("orientation %d: the red quarter is not at %d,%d", c.orientation, x, y)
		}
	}
}

func TestSmallPicturesKeepTheirSize(t *testing.T) {
	var out bytes.Buffer
	if err := png.Encode(&out, picture(30, 20)); err != nil {
		t.Fatal(err)
	}
	got, err := prepare(t, out.Bytes())
	if err != nil || got.Kind != attachment.PNG {
		t.Fatalf("got %v, %v", got.Kind, err)
	}
	if result, err := png.Decode(bytes.NewReader(got.Data)); err != nil || result.Bounds().Size() != image.Pt(30, 20) {
		t.Errorf("got %v, %v", result.Bounds(), err)
	}
}

// bomb is a PNG file of a few bytes that claims width × height pixels.
func bomb(width, height uint32) []byte {
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), width)
	head = append(binary.BigEndian.AppendUint32(head, height), 8, 2, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	return binary.BigEndian.AppendUint32(append(out, head...), crc32.ChecksumIEEE(head))
}

func TestHostileFilesAreRefused(t *testing.T) {
	cases := []struct {
		name string
		data []byte
		code string
	}{
		{"pixel bomb", bomb(60000, 60000), "attachment.pixels"},
		{"long thin bomb", bomb(1<<30, 1), "attachment.pixels"},
		{"no pixels", bomb(10, 10), "attachment.damaged"},
		{"cut photo", photo(t, 100, 100, 1)[:300], "attachment.damaged"},
		{"too large", make([]byte, attachment.MaxBytes+1), "attachment.too_large"},
	}
	for _, c := range cases {
		if _, err := prepare(t, c.data); code(err) != c.code {
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
		}
	}
	if _, err := attachment.Read(bytes.NewReader(make([]byte, attachment.MaxBytes+1))); code(err) != "attachment.too_large" {
		t.Errorf("read: got %v", err)
	}
}
