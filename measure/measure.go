package measure

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// maxMeasureText is the longest text of a measure in characters.
const maxMeasureText = 40

// Measure is what a number counts: a product of base measures with whole exponents, and a scale.
// The zero value is the pure number, written "" or "1".
type Measure struct {
	exponents map[string]int // no entry is 0
	scale     float64        // 0 stands for 1
	text      string         // as it was written, or ""
}

// Scale returns by what a number of m is multiplied to count base measures: 0.01 for %, 10000 for 万元.
func (m Measure) Scale() float64 {
	if m.scale == 0 {
		return 1
	}
	return m.scale
}

// Pure tells whether m counts nothing: a ratio of two equal measures, a percentage, a multiple.
func (m Measure) Pure() bool { return len(m.exponents) == 0 }

// SameDimension tells whether m and n count the same things; the scale does not matter.
func (m Measure) SameDimension(n Measure) bool { return maps.Equal(m.exponents, n.exponents) }

// Mul returns the measure of a product.
func (m Measure) Mul(n Measure) Measure { return m.combine(n, 1) }

// Div returns the measure of a quotient.
func (m Measure) Div(n Measure) Measure { return m.combine(n, -1) }

// combine multiplies m by n to the power sign, 1 or -1.
func (m Measure) combine(n Measure, sign int) Measure {
	product := Measure{exponents: map[string]int{}, scale: m.Scale() * n.Scale()}
	if sign < 0 {
		product.scale = m.Scale() / n.Scale()
	}
	maps.Copy(product.exponents, m.exponents)
	for base, exponent := range n.exponents {
		product.exponents[base] += sign * exponent
		if product.exponents[base] == 0 {
			delete(product.exponents, base)
		}
	}
	return product
}

// Pow returns the measure of a whole power. A negative exponent gives the reciprocal.
func (m Measure) Pow(exponent int) Measure {
	factor, power := m, Measure{}
	if exponent < 0 {
		factor, exponent = Measure{}.Div(m), -exponent
	}
	for base, e := range factor.exponents {
		if power.exponents == nil {
			power.exponents = map[string]int{}
		}
		if exponent != 0 {
			power.exponents[base] = e * exponent
		}
	}
	power.scale = 1
	for range exponent {
		power.scale *= factor.Scale()
	}
	return power
}

// Text returns the measure as it was written, or its base measures: 人/学生, m²/学生·年. A pure number has words.
func (m Measure) Text(language message.Language) string {
	if m.text != "" {
		return m.text
	}
	if m.Pure() {
		return message.Text(language, "measure.pure", nil)
	}
	var over, under []string
	for _, base := range slices.Sorted(maps.Keys(m.exponents)) {
		if exponent := m.exponents[base]; exponent > 0 {
			over = append(over, base+exponentText(exponent))
		} else {
			under = append(under, base+exponentText(-exponent))
		}
	}
	if len(over) == 0 {
		over = []string{"1"}
	}
	text := strings.Join(over, "·")
	if len(under) > 0 {
		text += "/" + strings.Join(under, "·")
	}
	return text
}

func exponentText(exponent int) string {
	switch exponent {
	case 1:
		return ""
	case 2:
		return "²"
	case 3:
		return "³"
	}
	return "^" + strconv.Itoa(exponent)
}

// Parse reads a measure such as 人/百名学生, m²/生, 元/生·年, %, 学时/5年 or 间. What follows the first "/" divides.
//
// 百, 千, 万, 亿, % and plain numbers are scales. 生, 学生 and 名学生 are one base measure, 人, 教师 and 教职工 another:
// teachers per pupil is no pure number. A Chinese word outside the list of aliases is a base measure of its own.
// Errors: a fault without a place.
func Parse(text string) (Measure, error) {
	bad := func() (Measure, error) {
		return Measure{}, fault.New("measure.cannot_read", message.Args{"text": text, "limit": maxMeasureText})
	}
	plain := strings.Join(strings.Fields(width.Replace(text)), "")
	if len([]rune(plain)) > maxMeasureText {
		return bad()
	}
	measure := Measure{exponents: map[string]int{}, scale: 1, text: strings.TrimSpace(text)}
	if plain == "" || plain == "1" {
		measure.text = ""
		return measure, nil
	}
	over, under, divided := strings.Cut(plain, "/")
	if strings.HasPrefix(under, "(") && strings.HasSuffix(under, ")") {
		under = under[1 : len(under)-1]
	}
	if over != "1" && !measure.take(over, 1) || divided && !measure.take(strings.ReplaceAll(under, "/", "·"), -1) {
		return bad()
	}
	return measure, nil
}

// width writes the many ways of a sign as one.
var width = strings.NewReplacer("／", "/", "％", "%", "（", "(", "）", ")", "*", "·", "×", "·", "・", "·", "•", "·",
	"²", "2", "³", "3", "^", "", "㎡", "m2", "ｍ", "m")

// take multiplies m by the factors of a product, to the power sign.
func (m *Measure) take(product string, sign int) bool {
	for factor := range strings.SplitSeq(product, "·") {
		base, ok := readFactor(factor)
		if !ok {
			return false
		}
		text := m.text
		*m = m.combine(base, sign)
		m.text = text
	}
	return true
}

// Root returns the measure whose square is m, and false when there is none: m² has one, 人 has none.
func (m Measure) Root() (Measure, bool) {
	root := Measure{exponents: map[string]int{}, scale: math.Sqrt(m.Scale())}
	for base, exponent := range m.exponents {
		if exponent%2 != 0 {
			return Measure{}, false
		}
		root.exponents[base] = exponent / 2
	}
	return root, true
}
