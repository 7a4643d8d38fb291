package attachment

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// jpegQuality keeps text on photographed notices readable at about a third of a byte a pixel.
const jpegQuality = 85

// shrink writes a photo anew: upright, at most MaxSide long, without what its camera noted.
func shrink(kind Kind, data []byte) (Kind, []byte, error) {
	if err := checkSize(kind, data); err != nil {
		return "", nil, err
	}
	picture, err := decode(kind, data)
	if err != nil {
		return "", nil, fault.New("attachment.damaged", nil)
	}
	small := fit(picture)
	if kind == JPEG {
		small = upright(small, orientation(data))
	}
	var out bytes.Buffer
	if kind == PNG {
		err = png.Encode(&out, small)
	} else {
		kind, err = JPEG, jpeg.Encode(&out, small, &jpeg.Options{Quality: jpegQuality})
	}
	if err != nil {
		return "", nil, fmt.Errorf("attachment: photo: %w", err)
	}
	return kind, out.Bytes(), nil
}

// checkSize reads the head only: a few bytes can claim a picture that no memory holds.
func checkSize(kind Kind, data []byte) error {
	var head image.Config
	var err error
	switch kind {
	case JPEG:
		head, err = jpeg.DecodeConfig(bytes.NewReader(data))
	case PNG:
		head, err = png.DecodeConfig(bytes.NewReader(data))
	default:
		head, err = webp.DecodeConfig(bytes.NewReader(data))
	}
	if err != nil || head.Width < 1 || head.Height < 1 {
		return fault.New("attachment.damaged", nil)
	}
	limit := MaxPixels
	if m := head.ColorModel; m == color.RGBA64Model || m == color.NRGBA64Model {
		limit /= 2 // twice the memory a pixel
	}
	if head.Width > limit/head.Height {
		return fault.New("attachment.pixels", message.Args{"limit": limit / 10_000})
	}
	return nil
}

func decode(kind Kind, data []byte) (image.Image, error) {
	switch kind {
	case JPEG:
		return jpeg.Decode(bytes.NewReader(data))
	case PNG:
		return png.Decode(bytes.NewReader(data))
	}
	return webp.Decode(bytes.NewReader(data))
}

// fit returns picture with its longer side at most MaxSide.
func fit(picture image.Image) *image.NRGBA { return reduce(picture, MaxSide) }

// reduce returns picture with its longer side at most so long: whole multiples are averaged strip by strip, which needs little
// memory, and what remains, less than a half, is interpolated.
func reduce(picture image.Image, side int) *image.NRGBA {
	size := picture.Bounds().Size()
	longer := max(size.X, size.Y)
	reduced := average(picture, max(1, longer/side))
	if longer <= side {
		return reduced
	}
	target := image.Rect(0, 0, max(1, size.X*side/longer), max(1, size.Y*side/longer))
	if reduced.Bounds() == target {
		return reduced
	}
	small := image.NewNRGBA(target)
	draw.ApproxBiLinear.Scale(small, target, reduced, reduced.Bounds(), draw.Src, nil)
	return small
}

// average returns picture with each square of n × n pixels as one; squares cut off at the right and lower edge are averaged over what
// there is of them.
func average(picture image.Image, n int) *image.NRGBA {
	bounds := picture.Bounds()
	width, height := (bounds.Dx()+n-1)/n, (bounds.Dy()+n-1)/n
	result := image.NewNRGBA(image.Rect(0, 0, width, height))
	strip := image.NewNRGBA(image.Rect(0, 0, bounds.Dx(), min(n, bounds.Dy())))
	for y := range height {
		rows := min(n, bounds.Dy()-y*n)
		draw.Draw(strip, image.Rect(0, 0, bounds.Dx(), rows), picture, image.Pt(bounds.Min.X, bounds.Min.Y+y*n), draw.Src)
		for x := range width {
			averageSquare(result.Pix[result.PixOffset(x, y):], strip, x*n, min((x+1)*n, bounds.Dx()), rows)
		}
	}
	return result
}

func averageSquare(to []byte, strip *image.NRGBA, from, until, rows int) {
	var sums [4]int
	for y := range rows {
		for i, b := range strip.Pix[strip.PixOffset(from, y):strip.PixOffset(until, y)] {
			sums[i%4] += int(b)
		}
	}
	count := rows * (until - from)
	for i := range sums {
		to[i] = byte((sums[i] + count/2) / count)
	}
}

// upright turns and mirrors picture as the orientation of its camera says. Source: Exif 2.3, tag 274.
func upright(picture *image.NRGBA, orientation int) *image.NRGBA {
	if orientation < 2 || orientation > 8 {
		return picture
	}
	w, h := picture.Bounds().Dx(), picture.Bounds().Dy()
	width, height := w, h
	if orientation >= 5 {
		width, height = h, w
	}
	turned := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			turned.SetNRGBA(x, y, sourcePixel(picture, orientation, x, y, w, h))
		}
	}
	return turned
}

func sourcePixel(picture *image.NRGBA, orientation, x, y, w, h int) color.NRGBA {
	switch orientation {
	case 2:
		x = w - 1 - x
	case 3:
		x, y = w-1-x, h-1-y
	case 4:
		y = h - 1 - y
	case 5:
		x, y = y, x
	case 6:
		x, y = y, h-1-x
	case 7:
		x, y = w-1-y, h-1-x
	case 8:
		x, y = w-1-y, x
	}
	return picture.NRGBAAt(x, y)
}

// Small returns a photo as a JPEG of at most side pixels on its longer side, for lists. data is a photo as it is kept.
func Small(kind Kind, data []byte, side int) ([]byte, error) {
	if err := checkSize(kind, data); err != nil {
		return nil, err
	}
	picture, err := decode(kind, data)
	if err != nil {
		return nil, fault.New("attachment.damaged", nil)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, reduce(picture, side), &jpeg.Options{Quality: jpegQuality}); err != nil {
		return nil, fmt.Errorf("attachment: small photo: %w", err)
	}
	return out.Bytes(), nil
}
