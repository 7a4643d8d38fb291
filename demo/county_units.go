package demo

import (
	"fmt"

	"jiaoheng/period"
	"jiaoheng/unit"
)

// Codes of the units that other parts of the demo speak of.
const (
	CityCode   = "990100"
	CountyCode = "990121"
	BureauCode = "JYJ"
	TownCode   = "990121100" // the county town
)

// township is one town of the county and the schools it has beside the county town's.
type township struct {
	name     string
	code     string
	nineYear bool     // one school for primary and junior instead of two
	junior   bool     // has a junior school of its own
	villages []string // village primary schools, small ones
	rural    bool     // a 乡 rather than a 镇
}

var townships = []township{
	{name: "枫坞镇", junior: true, villages: []string{"杨林"}},
	{name: "白芷镇", junior: true, villages: []string{"石埠", "南坪"}},
	{name: "鹤汀镇", junior: true, villages: []string{"渡口"}},
	{name: "苔溪镇", junior: true, villages: []string{"上坪"}},
	{name: "望禾镇", junior: true, villages: []string{"大麦屋"}},
	{name: "柳湾镇", junior: true},
	{name: "砚池镇", nineYear: true, villages: []string{"笔架"}},
	{name: "青崖乡", nineYear: true, villages: []string{"滴水岩", "竹篙"}, rural: true},
	{name: "松岚乡", nineYear: true, villages: []string{"云背"}, rural: true},
	{name: "麦垄乡", villages: []string{"东垄"}, rural: true},
	{name: "云岫乡", villages: []string{"高岫"}, rural: true},
}

// builder hands out codes in order, so that the county is the same each time.
type builder struct {
	units  []unit.Unit
	serial map[string]int
}

func (b *builder) add(u unit.Unit) { b.units = append(b.units, u) }

func (b *builder) place(codeType, name string, kind unit.Kind, parent string, setting unit.Setting, opened int, stages ...unit.Stage) *unit.Unit {
	b.serial[codeType]++
	b.add(unit.Unit{
		Code: fmt.Sprintf("%s99%06d", codeType, b.serial[codeType]), Name: name, Kind: kind, Parent: parent, Stages: stages,
		Ownership: unit.Public, Setting: setting, Opened: period.Date{Year: opened, Month: period.SchoolYearStart, Day: 1},
	})
	return &b.units[len(b.units)-1]
}

// Units returns the region of the demo: the city, the county, its bureau, twelve townships and their schools.
func Units() []unit.Unit {
	b := &builder{serial: map[string]int{}}
	b.add(unit.Unit{Code: CityCode, Name: "澜川市", Kind: unit.City})
	b.add(unit.Unit{Code: CountyCode, Name: "澄源县", Kind: unit.County, Parent: CityCode})
	b.add(unit.Unit{Code: BureauCode, Name: "澄源县教育局", Kind: unit.Office, Parent: CountyCode})
	b.add(unit.Unit{Code: "CZJ", Name: "澄源县财政局", Kind: unit.Office, Parent: CountyCode})
	b.add(unit.Unit{Code: "ZRJ", Name: "澄源县自然资源局", Kind: unit.Office, Parent: CountyCode})
	b.add(unit.Unit{Code: "ZJJ", Name: "澄源县住房和城乡建设局", Kind: unit.Office, Parent: CountyCode})
	b.add(unit.Unit{Code: "RSJ", Name: "澄源县人力资源和社会保障局", Kind: unit.Office, Parent: CountyCode})
	b.add(unit.Unit{Code: TownCode, Name: "澄阳镇", Kind: unit.Township, Parent: CountyCode})
	b.town()
	for i, t := range townships {
		t.code = fmt.Sprintf("%s%03d", CountyCode, 101+i)
		if t.rural {
			t.code = fmt.Sprintf("%s%03d", CountyCode, 200+i)
		}
		b.add(unit.Unit{Code: t.code, Name: t.name, Kind: unit.Township, Parent: CountyCode})
		b.township(t)
	}
	var all []unit.Unit
	for _, u := range b.units {
		all = append(append(all, u), unit.Sections(u)...)
	}
	return all
}

func (b *builder) town() {
	for i, name := range []string{"澄源县实验小学", "澄源县第一小学", "澄源县第二小学", "澄源县第三小学", "澄阳镇中心小学", "澄源县滨江小学"} {
		b.place("21", name, unit.School, TownCode, unit.Urban, 1958+i*9, unit.Primary)
	}
	for i, name := range []string{"澄源县实验中学", "澄源县第二中学", "澄阳镇初级中学"} {
		b.place("31", name, unit.School, TownCode, unit.Urban, 1964+i*12, unit.Junior)
	}
	b.place("34", "澄源县第一中学", unit.School, TownCode, unit.Urban, 1942, unit.Senior)
	b.place("34", "澄源县城北高级中学", unit.School, TownCode, unit.Urban, 2003, unit.Senior)
	b.place("34", "澄源县第三中学", unit.School, TownCode, unit.Urban, 1971, unit.Junior, unit.Senior)
	b.place("36", "澄源县中等职业技术学校", unit.School, TownCode, unit.Urban, 1985, unit.Vocational)
	b.place("51", "澄源县特殊教育学校", unit.School, TownCode, unit.Urban, 2009, unit.Special)
	for i, name := range []string{"澄源县机关幼儿园", "澄源县第二幼儿园", "澄源县滨江幼儿园", "澄阳镇金苗幼儿园", "澄阳镇小天鹅幼儿园", "澄阳镇贝贝幼儿园"} {
		k := b.place("11", name, unit.Kindergarten, TownCode, unit.Urban, 1979+i*7, unit.Preschool)
		if i >= 3 {
			k.Ownership = unit.Private
		}
	}
}

func (b *builder) township(t township) {
	setting := unit.Town
	if t.rural {
		setting = unit.Rural
	}
	b.place("11", t.name+"中心幼儿园", unit.Kindergarten, t.code, setting, 2012, unit.Preschool)
	switch {
	case t.nineYear:
		b.place("31", t.name+"九年一贯制学校", unit.School, t.code, setting, 1968, unit.Primary, unit.Junior)
	case t.junior:
		b.place("21", t.name+"中心小学", unit.School, t.code, setting, 1952, unit.Primary)
		b.place("31", t.name+"初级中学", unit.School, t.code, setting, 1969, unit.Junior)
	default:
		b.place("21", t.name+"中心小学", unit.School, t.code, setting, 1956, unit.Primary)
	}
	for _, village := range t.villages {
		b.place("21", t.name+village+"小学", unit.School, t.code, unit.Rural, 1963, unit.Primary)
	}
}
