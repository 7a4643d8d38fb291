package document_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"jiaoheng/document"
)

const line = "（一）加强教师队伍建设。到2025年，学前三年毛入园率达到95.5%以上，义务教育巩固率达到99%，高中阶段毛入学率达到96%，“双师型”教师占专业教师比例达到65%以上，每个乡镇办好1所公办中心幼儿园；责任单位：县教育局、县财政局。\n"

func BenchmarkClean50k(b *testing.B) {
	text := strings.Repeat(line, 50_000/len([]rune(line))+1)
	b.ReportAllocs()
	for b.Loop() {
		document.Clean(document.Source{Text: document.Identity(text)})
	}
}

// The pieces of the hostile text are the beginnings of every kind of noise, without order and without end.
var hostile = []string{"(", "（", "教(jiāo", "jiao", "(jiāo)", "?qū)W", "\uFFFD", "拷淌Χ游", "&", "&amp;", "&#", "<", "<a ", "１", "1、", "2、", "- 3 -", "\n", "\n\n", "　", " ", "縣", "著", "Ў", "¡", "l ",
	"索引号", "首页", ">", "浏览", "目录", "......", "12", "O", "I", "第", "页", "“", "序号\n", "1\n", "，", "。", "(一)", "一、", "教育", "2 0 2 5", "〔", "|", "\u200B", "\r"}

func BenchmarkCleanHostile1MB(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	var out strings.Builder
	for out.Len() < 1<<20 {
		out.WriteString(hostile[random.IntN(len(hostile))])
	}
	text := out.String()
	b.ReportAllocs()
	for b.Loop() {
		document.Clean(document.Source{Text: document.Identity(text)})
	}
}

// The same piece over and over is what quadratic rules fall for.
func BenchmarkCleanRepeated1MB(b *testing.B) {
	for _, piece := range hostile {
		text := strings.Repeat(piece, 1<<20/len(piece))
		b.Run(strings.ReplaceAll(strings.TrimSpace(piece), "/", "_"), func(b *testing.B) {
			for b.Loop() {
				document.Clean(document.Source{Text: document.Identity(text)})
			}
		})
	}
}
