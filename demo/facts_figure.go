package demo

import (
	"fmt"
	"math"
	"strings"
	"time"

	"jiaoheng/unit"
)

// figures are what comes from outside: figures that no indicator gives, the averages of the city, and who has carried through
// the reform.
func (f *facts) figures(schools []school, year int) {
	since := float64(year - FirstYear)
	source, date := "澄源县国民经济和社会发展统计公报", fmt.Sprintf("%d-04-10", year+1)
	for _, one := range []struct {
		name, unit, source string
		value              float64
	}{
		{BroadbandFigure, "%", "县工业和信息化局函", min(100, 96.2+1.1*since)},
		{MultimediaFigure, "%", "县电教站年度统计", 88.4 + 1.6*since},
		{AllowanceFigure, "元/月", "县财政局年度决算", 300 + 50*math.Floor(since/2)},
		{PairedFigure, "%", "县教师发展中心年度统计", 55 + 9*since},
	} {
		f.add("target_figure", CountyCode, calendarYear(year), record{"figure_target": one.name, "figure_value": one.value, "figure_unit": one.unit,
			"figure_source": one.source, "figure_date": fmt.Sprintf("%d-01-20", year+1)})
	}
	f.add("parent_figure", CountyCode, calendarYear(year+1), record{"parent_target": AverageTarget, "parent_value": math.Round((10.18+0.11*since)*100) / 100, "parent_unit": "年",
		"parent_source": "澜川" + strings.TrimPrefix(source, "澄源县"), "parent_date": date})
	if year != LastYear {
		return
	}
	for _, one := range schools {
		if one.Kind != unit.School || part("reform", one.Code) > 0.82 {
			continue
		}
		on := time.Date(LastYear, time.Month(2+whole(6*part("reform on", one.Code))), 15, 2, 30, 0, 0, time.UTC)
		f.add("milestone_done", one.Code, schoolYearNone, record{"done_target": ReformTarget, "done_on": on.Format(time.DateOnly), "done_document": "澄教人〔2025〕17号", "done_proof": true})
		rows := f.rows["milestone_done"]
		rows[len(rows)-1].Origin.At = on
	}
}

// Names under which targets are bound to figures from outside.
const (
	BroadbandFigure  = "中小学宽带接入率"
	MultimediaFigure = "多媒体教室普及率"
	AllowanceFigure  = "乡村教师生活补助标准"
	PairedFigure     = "乡镇学校结对帮扶覆盖率"
)
