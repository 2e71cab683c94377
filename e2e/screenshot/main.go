// The screenshot command draws what a command prints on a terminal, with its colours:
//
//	script -qec 'nonatomicwrite ./...' /dev/null | go run ./screenshot '$ nonatomicwrite ./...' >terminal.png
//
// It knows the colours, the bold face and the overwritten lines of the linter's output,
// and nothing else of what terminals can do.
package main

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

const (
	size, lineHeight, margin = 15, 21, 14 // pixels
	columns                  = 132        // longer lines are wrapped, as a terminal does
)

// colours are those of the escape codes, by number.
var colours = map[string]color.Color{
	"31": color.RGBA{0xf1, 0x6a, 0x6a, 0xff}, "32": color.RGBA{0x7c, 0xc4, 0x7f, 0xff}, "33": color.RGBA{0xe0, 0xb8, 0x5c, 0xff},
	"34": color.RGBA{0x6c, 0xa5, 0xf0, 0xff}, "35": color.RGBA{0xc7, 0x8d, 0xe0, 0xff}, "36": color.RGBA{0x66, 0xc2, 0xc9, 0xff},
	"90": color.RGBA{0x8a, 0x8f, 0x98, 0xff},
}

var plain = color.RGBA{0xdc, 0xdf, 0xe4, 0xff}

func main() {
	if err := run(os.Stdin, os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "screenshot:", err)
		os.Exit(1)
	}
}

// A cell is one character with its looks.
type cell struct {
	r      rune
	colour color.Color
	bold   bool
}

func run(in io.Reader, out io.Writer, first []string) error {
	text, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	lines := parse(strings.Join(append(first, string(text)), "\n"))
	regular, err := face(gomono.TTF)
	if err != nil {
		return err
	}
	bold, err := face(gomonobold.TTF)
	if err != nil {
		return err
	}
	advance, _ := regular.GlyphAdvance('m')
	width := 2*margin + (advance * columns).Ceil()
	img := image.NewPaletted(image.Rect(0, 0, width, 2*margin+lineHeight*len(lines)), shades())
	draw.Draw(img, img.Bounds(), image.NewUniform(color.RGBA{0x1e, 0x22, 0x2a, 0xff}), image.Point{}, draw.Src)
	for y, line := range lines {
		for x, c := range line {
			d := font.Drawer{Dst: img, Src: image.NewUniform(c.colour), Face: regular}
			if c.bold {
				d.Face = bold
			}
			d.Dot = fixed.Point26_6{X: fixed.I(margin) + advance*fixed.Int26_6(x), Y: fixed.I(margin + lineHeight*y + size)}
			d.DrawString(string(c.r))
		}
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	return encoder.Encode(out, img)
}

func face(ttf []byte) (font.Face, error) {
	f, err := opentype.Parse(ttf)
	if err != nil {
		return nil, err
	}
	return opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72})
}

// shades returns the colours and what lies between them and the background: few
// enough for a small file.
func shades() (palette color.Palette) {
	background := color.RGBA{0x1e, 0x22, 0x2a, 0xff}
	all := []color.Color{plain}
	for _, code := range slices.Sorted(maps.Keys(colours)) {
		all = append(all, colours[code])
	}
	for _, c := range all {
		r, g, b, _ := c.RGBA()
		for i := range 24 {
			mix := func(from uint8, to uint32) uint8 { return uint8((int(from)*(23-i) + int(to>>8)*i) / 23) }
			palette = append(palette, color.RGBA{mix(background.R, r), mix(background.G, g), mix(background.B, b), 0xff})
		}
	}
	return palette
}

var escape = regexp.MustCompile(`^\x1b\[([0-9;]*)[a-zA-Z]`)

// parse returns the lines of the text.
func parse(text string) (lines [][]cell) {
	look := cell{colour: plain}
	var line []cell
	at := 0 // where the next character goes: after a carriage return, over another
	end := func() { lines, line, at = append(lines, line), nil, 0 }
	add := func(r rune) {
		if at == columns {
			end()
		}
		c := look
		c.r = r
		line = append(line[:at], append([]cell{c}, line[min(at+1, len(line)):]...)...)
		at++
	}
	for text != "" {
		if m := escape.FindStringSubmatch(text); m != nil {
			if strings.HasSuffix(m[0], "m") {
				for code := range strings.SplitSeq(m[1], ";") {
					switch c, ok := colours[code]; {
					case code == "1":
						look.bold = true
					case ok:
						look.colour = c
					default:
						look = cell{colour: plain}
					}
				}
			}
			text = text[len(m[0]):]
			continue
		}
		r, n := rune(text[0]), 1
		for i, first := range text {
			if i > 0 {
				n = i
				break
			}
			r, n = first, len(text)
		}
		text = text[n:]
		switch r {
		case '\r':
			at = 0
		case '\n':
			end()
		case '\t':
			for range 8 - at%8 {
				add(' ')
			}
		default:
			add(r)
		}
	}
	if len(line) > 0 {
		lines = append(lines, line)
	}
	return lines
}
