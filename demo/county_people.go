package demo

import "jiaoheng/access"

// Password is the password of every account of the demo. The demo listens on this machine only unless told otherwise.
const Password = "chengyuan-2025"

// Member is one person of the demo with one post and one account.
type Member struct {
	Account, Name, Phone string
	Role                 access.Role
	UnitCode             string
	Subject              string
}

// Members returns the people of the demo: one account for each role, and the offices of the bureau that share the plan.
func Members() []Member {
	return []Member{
		{Account: "admin", Name: "贺知行", Phone: "19900000001", Role: access.SystemAdministrator, UnitCode: CountyCode},
		{Account: "leader", Name: "程望舒", Phone: "19900000002", Role: access.BureauLeader, UnitCode: CountyCode},
		{Account: "office", Name: "陆以宁", Phone: "19900000003", Role: access.BureauOffice, UnitCode: CountyCode, Subject: "规划"},
		{Account: "basic", Name: "温若谷", Phone: "19900000004", Role: access.BureauOffice, UnitCode: CountyCode, Subject: "基础教育"},
		{Account: "supervision", Name: "苏景明", Phone: "19900000005", Role: access.BureauOffice, UnitCode: CountyCode, Subject: "督导"},
		{Account: "finance", Name: "俞慎之", Phone: "19900000006", Role: access.OtherDepartment, UnitCode: "CZJ"},
		{Account: "bureau", Name: "纪怀远", Phone: "19900000018", Role: access.OtherDepartment, UnitCode: BureauCode},
		{Account: "town", Name: "骆秋白", Phone: "19900000007", Role: access.TownCentreSchool, UnitCode: "990121101"},
		{Account: "head", Name: "杭立夏", Phone: "19900000008", Role: access.SchoolHead, UnitCode: "2199000001"},
		{Account: "clerk", Name: "顾清越", Phone: "19900000009", Role: access.SchoolClerk, UnitCode: "2199000001"},
		{Account: "teacher", Name: "柏允文", Phone: "19900000010", Role: access.Teacher, UnitCode: "2199000001"},
		{Account: "kindergarten", Name: "宋怀瑾", Phone: "19900000011", Role: access.Manager, UnitCode: "1199000001"},
		{Account: "inspector", Name: "晏同尘", Phone: "19900000012", Role: access.Inspector, UnitCode: CountyCode},
		{Account: "expert", Name: "傅南乔", Phone: "19900000013", Role: access.Expert, UnitCode: CountyCode},
		{Account: "safety", Name: "瞿安澜", Phone: "19900000015", Role: access.BureauOffice, UnitCode: CountyCode, Subject: "安全"},
		{Account: "second", Name: "沈乔木", Phone: "19900000016", Role: access.SchoolHead, UnitCode: "2199000003"},
		{Account: "village", Name: "谷雨生", Phone: "19900000017", Role: access.SchoolHead, UnitCode: "2199000020"},
		{Account: "research", Name: "纪听澜", Phone: "19900000019", Role: access.BureauOffice, UnitCode: CountyCode, Subject: "教研"},
		{Account: "junior", Name: "路遥知", Phone: "19900000020", Role: access.SchoolHead, UnitCode: "3199000001"},
		{Account: "senior", Name: "江晚舟", Phone: "19900000021", Role: access.SchoolHead, UnitCode: "3499000001"},
		{Account: "auditor", Name: "段思齐", Phone: "19900000014", Role: access.Auditor, UnitCode: CountyCode},
	}
}
