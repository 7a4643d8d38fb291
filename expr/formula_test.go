package expr_test

import (
	"strings"
	"testing"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/message"
)

// one is a frame of a single unit.
type one map[string]measure.Value

func (o one) Column(r expr.Reference) *frame.Column {
	value, known := o[r.Name]
	if r.Shift != expr.Now {
		value, known = o[[]string{"", "prev ", "last "}[r.Shift]+r.Name]
	}
	if !known {
		return nil
	}
	column := frame.NewColumn(1)
	if value.Known() || value.Reason().Kind == measure.Invalid {
		column.Set(0, value)
	}
	return column
}

func single() expr.Shape {
	shape := expr.Shape{End: []int{1}, Leaf: frame.NewBitmap(1)}
	shape.Leaf.Set(0)
	return shape
}

// given are the items of the cases below: m and n are missing, z is invalid.
var given = one{"a": measure.Of(4), "b": measure.Of(3), "m": measure.MissingFor("m"), "n": measure.MissingFor("n"), "prev a": measure.Of(2), "last a": measure.Of(8),
	"z": measure.InvalidBecause(measure.DivisionByZero), "在校生": measure.Of(960), "教师（专任）": measure.Of(48), "p": measure.Of(0), "q": measure.Of(1), "u": measure.MissingFor("u")}

var givenItems = expr.Items{"a": {Type: expr.Numeric}, "b": {Type: expr.Numeric}, "m": {Type: expr.Numeric}, "n": {Type: expr.Numeric}, "z": {Type: expr.Numeric},
	"在校生": {Type: expr.Numeric}, "教师（专任）": {Type: expr.Numeric}, "p": {Type: expr.Logical}, "q": {Type: expr.Logical}, "u": {Type: expr.Logical}}

func evaluate(text string) (string, fault.List) {
	formula, faults := expr.Load(fault.Place{}, text, givenItems, expr.Wanted{})
	if faults != nil {
		return "", faults
	}
	out := frame.NewColumn(1)
	formula.Run(given, single(), 0, 1, out)
	value := out.Get(0, "?")
	if number, known := value.Number(); known && formula.Type() == expr.Logical {
		return map[bool]string{true: "true", false: "false"}[number != 0], nil
	}
	return value.Text(message.Chinese), nil
}

func TestValues(t *testing.T) {
	groups := map[string][][2]string{
		"precedence": {{"-2^2", "-4"}, {"2^3^2", "512"}, {"2^-1", "0.5"}, {"-2^-2", "-0.25"}, {"(-2)^2", "4"}, {"2**3", "8"}, {"1 + 2 * 3", "7"}, {"(1 + 2) * 3", "9"},
			{"10 - 4 - 3", "3"}, {"64 / 4 / 2", "8"}, {"2 * 3 % 4", "2"}, {"7 % 4 * 2", "6"}, {"-7 % 3", "-1"}, {"7 % -3", "1"}, {"5.5 % 2", "1.5"}, {"2 * -3", "-6"}, {"- -3", "3"}, {"--3", "3"}, {"+3", "3"},
			{"-a * b", "-12"}, {"2 * 3 ^ 2", "18"}, {"5 ^ 2 % 20", "5"}, {"1 + 1 == 2", "true"}, {"not 1 == 2", "true"}, {"!p", "true"}, {"not p and p", "false"}, {"not (p and p)", "true"},
			{"q or p and p", "true"}, {"(q or p) and p", "false"}, {"not p == q", "true"}, {"p == not q", "true"}, {"1 < 2 and 2 < 3", "true"}},
		"numbers": {{"2E0", "2"}, {".5", "0.5"}, {"5.", "5"}, {"1_000", "1000"}, {"1e3", "1000"}, {"1.5e-2", "0.015"}, {"２．５", "2.5"}, {"0", "0"}, {"-0", "0"}, {"007", "7"}},
		"spelling": {{"（1＋2）×3÷2", "4.5"}, {"6 ÷ 2 − 1", "2"}, {"2≥2", "true"}, {"2≤1", "false"}, {"2≠1", "true"}, {"2＝2", "true"}, {"2 <> 2", "false"}, {"2 = 2", "true"}, {"p 或 q", "true"}, {"q 且 非 p", "true"}, {"在校生>5且a>3", "true"},
			{"在校生>5000或者a>3", "true"}, {"1<2 && 2<3 || p", "true"}, {"在校生 / '教师（专任）'", "20"}, {"max（1，2；3）", "3"}, {"1 # one\n+ 2", "3"}, {"1 // one\n+ 2", "3"}, {"1 /* + 5 */ + 2", "3"}, {"ａ + 1", "5"}, {"\ufeff1　+ 1", "2"}},
		"missing": {{"a + m + n", "未报（m、n）"}, {"m * z + n", "分母为零"}, {"m and p", "?"}, {"p and u", "false"}, {"u and p", "false"}, {"q or u", "true"}, {"u or p", "未报（u）"}, {"q and u", "未报（u）"}, {"not u", "未报（u）"},
			{"p and m > 1", "false"}, {"p and z > 1", "false"}, {"m > 1 or n > 1", "未报（m、n）"}, {"if(a > 3, a, m)", "4"}, {"if(a > 3, m, a)", "未报（m）"}, {"if(u, a, m)", "未报（u）"}, {"is_null(m)", "true"}, {"is_null(a)", "false"}, {"is_null(1 / 0)", "true"}, {"is_null(u)", "true"},
			{"first_non_null(m, n, a)", "4"}, {"first_non_null(m, n)", "未报（m、n）"}, {"first_non_null(1 / 0, 5)", "5"}, {"sum(a, m)", "未报（m）"}, {"count(a, m, b)", "2"}, {"m == m", "未报（m）"}},
		"reasons": {{"1 / 0", "分母为零"}, {"0 / 0", "分母为零"}, {"1 % 0", "分母为零"}, {"0 ^ -1", "分母为零"}, {"(-8) ^ (1/3)", "超出函数的定义范围"}, {"log(-1)", "超出函数的定义范围"}, {"log(0, 10)", "超出函数的定义范围"}, {"log(5, 1)", "超出函数的定义范围"},
			{"sqrt(-1)", "超出函数的定义范围"}, {"10 ^ 400", "结果超出数值范围"}, {"1e308 * 10 - 1e308 * 10", "结果超出数值范围"}, {"exp(1000)", "结果超出数值范围"}, {"variance(a)", "样本不足"}, {"prev(b)", "未报（prev(b)）"}, {"growth(b)", "未报（prev(b)）"}},
		"functions": {{"min(3, 1, 2)", "1"}, {"max(3, 1, 2)", "3"}, {"sum(1, 2, 3)", "6"}, {"mean(1, 2, 3, 6)", "3"}, {"median(5, 1, 3)", "3"}, {"median(4, 1, 3, 2)", "2.5"}, {"percentile(0.25, 1, 2, 3, 4, 5)", "2"}, {"percentile(0.9, 1, 2)", "1.9"}, {"percentile(1, 1, 2)", "2"},
			{"count(1, 2)", "2"}, {"count(1 > 2, 2 > 1, q)", "2"}, {"share(q, p, p, p)", "0.25"}, {"stddev_pop(2, 4, 4, 4, 5, 5, 7, 9)", "2"}, {"variance(1, 2, 3, 4)", "1.6666666666666667"}, {"stddev_samp(1, 3)", "1.4142135623730951"},
			{"log10(1000)", "3"}, {"log(8, 2)", "3"}, {"log(1000, 10)", "3"}, {"log(1)", "0"}, {"exp(0)", "1"}, {"sqrt(9)", "3"}, {"abs(-3)", "3"}, {"round(2.5)", "3"}, {"round(-2.5)", "-3"}, {"round(1.005, 2)", "1.01"}, {"round(1234, -2)", "1200"}, {"round(-0.4)", "0"}, {"round(123456789012.4)", "123456789012"}, {"round(1e300, 5) == 1e300", "true"}, {"round(1e308, -12) > 0", "true"},
			{"floor(0.29 * 100)", "29"}, {"ceil(100 * 0.07)", "7"}, {"floor(-1.5)", "-2"}, {"ceil(-1.5)", "-1"}, {"greatest(a, b)", "4"}, {"least(a, b, 9)", "3"}, {"prev(a)", "2"}, {"growth(a)", "1"}, {"same_term_last_year(a)", "8"},
			{"sum(a)", "4"}, {"median(a)", "4"}, {"cv(a, b)", "0"}, {"if(q, p, q)", "false"}, {"first_non_null(u, q)", "true"}, {"0.1 + 0.2 == 0.3", "true"}, {"100 * 53 / 1000 >= 5.3", "true"}},
	}
	for group, cases := range groups {
		for _, c := range cases {
			got, faults := evaluate(c[0])
			if faults != nil {
				got = "?"
			}
			if got != c[1] {
				t.Errorf("%s: %s = %s, want %s %v", group, c[0], got, c[1], faults)
			}
		}
	}
}

func TestFaultsNamePlaceReasonAndRemedy(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"unknown name", "a + 在效生", "1:5：没有名为“在效生”的数据项\n  是否应为“在校生”？"},
		{"unknown name, none near", "something_else", "1:1：没有名为“something_else”的数据项\n  请核对台账中数据项的名称。"},
		{"unknown function", "maen(a, b)", "1:1：没有名为“maen”的函数\n  是否应为“mean”？"},
		{"all at once", "aa +\n  (bb > 1) + if(a, 1, 2)", "1:1：没有名为“aa”的数据项|2:7：此处应为数|2:17：此处应为条件"},
		{"every bad character at once", "a $ b @ 12x", "1:3：公式中没有“$”|1:7：公式中没有“@”|1:9：数“12x”无法识别"},
		{"function as a name", "max + 1", "1:1：“max”是函数，后面要有括号"},
		{"truth in arithmetic", "1 + (a > 3)", "1:8：此处应为数，写的却是条件"},
		{"number as condition", "a and q", "1:1：此处应为条件，写的却是数"},
		{"ordered truths", "p < q", "此处应为数"},
		{"number equals truth", "a == q", "1:3：一边是数，一边是条件"},
		{"branches differ", "if(q, 1, p)", "一边是数，一边是条件"},
		{"chained", "1 < a < 3", "1:7：比较不能连写"},
		{"chained equality", "a == b == 3", "1:8：比较不能连写"},
		{"percent", "a > 85%", "1:7：公式中的 % 是取余数"},
		{"percent in brackets", "(85%)", "1:4：公式中的 % 是取余数"},
		{"question mark", "a > 1 ? 2 : 3", "1:7：公式中没有“?”这种写法"},
		{"let", "let x = 1", "公式中没有“let”"},
		{"null", "a == null", "公式中没有“null”"},
		{"range", "1..3", "数“1..3”无法识别"},
		{"pipe", "a | max", "公式中没有“|”"},
		{"map", "{a: 1}", "公式中没有“{”"},
		{"list", "a in [1]", "公式中没有“[”"},
		{"closure", "count(a, # > 1)", "1:16：公式没有写完"},
		{"hexadecimal", "0x1F", "数“0x1F”无法识别"},
		{"two points", "1.2.3", "数“1.2.3”无法识别"},
		{"measure after number", "12人", "数“12人”无法识别"},
		{"too large a number", "1e999", "数“1e999”无法识别"},
		{"underscores", "1__0", "数“1__0”无法识别"},
		{"text", "a == \"x\"", "1:6：公式不处理文字"},
		{"open text", "a == “x", "公式不处理文字"},
		{"open quote", "'a + 1", "1:1：单引号没有成对"},
		{"empty quote", "'' + 1", "引号中没有名称"},
		{"open comment", "1 /* 2", "1:3：注释没有结束"},
		{"open bracket", "(1 + 2", "1:1：括号没有成对"},
		{"open call", "max(1, 2", "1:4：括号没有成对"},
		{"superfluous bracket", "1 + 2)", "1:6：此处不应出现“)”"},
		{"two values", "a b", "1:3：此处不应出现“b”"},
		{"ends early", "1 +", "1:4：公式没有写完"},
		{"empty", " # nothing\n", "公式为空"},
		{"no argument", "max()", "函数 max 的参数个数不对：写了 0 个\n  用法：max(x) / max(x, y, …)"},
		{"cv without weight", "cv(a)", "用法：cv(x, weight)"},
		{"earlier expression", "prev(a + b)", "1:8：函数 prev 的括号中只能写一个数据项的名称"},
		{"percentile of a share", "percentile(90, a)", "第一个参数应为写明的 0 至 1 之间的数"},
		{"digits", "round(a, b)", "小数位数应为写明的整数"},
		{"control character", "a + \x01", "字符 \"\\x01\" 不能用在公式中"},
		{"too deep", strings.Repeat("(", 100) + "1" + strings.Repeat(")", 100), "1:65：公式嵌套超过 64 层"},
		{"too many signs", strings.Repeat("-", 100) + "1", "公式嵌套超过 64 层"},
		{"too many parts", "1" + strings.Repeat("+1", 2000), "超过 2000 个"},
		{"too long", strings.Repeat("1", 9000), "公式有 9000 个字符，超过 8000 个的上限"},
	}
	for _, c := range cases {
		_, faults := evaluate(c.text)
		text := faults.Error()
		for _, part := range strings.Split(c.want, "|") {
			if !strings.Contains(text, part) {
				t.Errorf("%s: %q not in\n%s", c.name, part, text)
			}
		}
		_ = faults.Text(message.English)
	}
}

// The place of a formula in a file is the start of the places of its faults.
func TestPlacesFollowFromThePlaceOfTheFormula(t *testing.T) {
	place := fault.Place{File: "packs/balanced/indicators/teacher.yaml", Line: 12, Offset: 14}
	_, faults := expr.Load(place, "x +\n y", expr.Items{}, expr.Wanted{})
	want := "packs/balanced/indicators/teacher.yaml:12:14：|packs/balanced/indicators/teacher.yaml:13:2："
	for i, part := range strings.Split(want, "|") {
		if len(faults) != 2 || !strings.HasPrefix(faults[i].Error(), part) {
			t.Errorf("%v, want %s", faults, part)
		}
	}
}
