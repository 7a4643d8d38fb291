package demo

// paragraphKind says how a paragraph of the demo plan is set.
type paragraphKind int

const (
	planTitle paragraphKind = iota
	planText
	planHeading1 // 一、
	planHeading2 // （一）
	planHeading3 // 1.
	planTable
	planRight // signature and date
)

// paragraph is one paragraph of the demo plan. Numbers of headings are not typed: the document numbers them itself,
// as bureaus' documents do, and the reader has to find them.
type paragraph struct {
	kind paragraphKind
	text string
	rows [][]string
}

// PlanTitle is the title of the demo plan.
const PlanTitle = "澄源县教育质量提升三年行动计划（2025—2027年）"

// planParagraphs is the whole demo plan. It was written for the demo in the usual form of such plans.
var planParagraphs = []paragraph{
	{kind: planTitle, text: "澄源县人民政府办公室关于印发《" + PlanTitle + "》的通知"},
	{kind: planText, text: "澄政办发〔2025〕6号"},
	{kind: planText, text: "各乡镇人民政府，县政府有关部门，各学校（园）："},
	{kind: planText, text: "《" + PlanTitle + "》已经县政府第31次常务会议审议通过，现印发给你们，请结合实际认真组织实施。"},
	{kind: planRight, text: "澄源县人民政府办公室"},
	{kind: planRight, text: "2025年3月18日"},
	{kind: planTitle, text: PlanTitle},
	{kind: planText, text: "为全面提升全县教育质量，办好家门口的每一所学校，根据上级有关文件精神，结合我县实际，制定本行动计划。"},
	{kind: planHeading1, text: "发展基础"},
	{kind: planText, text: "“十四五”以来，全县教育投入持续增加，办学条件稳步改善。截至2024年底，全县学前教育毛入园率达到93.6%，普惠性幼儿园覆盖率达到88.2%，九年义务教育巩固率达到97.4%，高中阶段毛入学率达到91.8%。三年累计新建、改扩建校舍4.6万平方米，新增公办学位2160个，消除大班额38个。全县现有各级各类学校和幼儿园60余所。"},
	{kind: planText, text: "同时，我县教育发展仍存在短板：乡村学校音乐、美术、科学等学科教师紧缺，部分村小规模偏小，县城学位供给偏紧，教育数字化应用水平不高。"},
	{kind: planHeading1, text: "总体要求"},
	{kind: planHeading2, text: "指导思想"},
	{kind: planText, text: "坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的教育方针，落实立德树人根本任务，以优质均衡为主线，以教师队伍建设为关键，推动县域教育高质量发展。"},
	{kind: planHeading2, text: "主要目标"},
	{kind: planText, text: "到2027年，全县教育质量明显提升，城乡、校际差距明显缩小，人民群众对教育的满意度明显提高。具体目标如下："},
	{kind: planText, text: "学前教育毛入园率达到96%以上，普惠性幼儿园覆盖率稳定在90%以上，公办幼儿园在园幼儿占比不低于60%。"},
	{kind: planText, text: "九年义务教育巩固率由97.4%提高到98.5%，小学、初中学校达到优质均衡办学标准的比例达到85%。"},
	{kind: planText, text: "高中阶段毛入学率达到94%，中等职业学校“双师型”教师占专业课教师的比例达到60%以上。"},
	{kind: planText, text: "义务教育学校大班额控制在2%以内，全面消除超大班额。劳动年龄人口平均受教育年限高于全市平均水平。2026年8月底前，全县公办中小学完成校长职级制改革。"},
	{kind: planText, text: "主要指标见下表。"},
	{kind: planTable, rows: [][]string{
		{"序号", "指标", "单位", "2024年", "2027年", "属性"},
		{"1", "每百名学生拥有县级以上骨干教师数", "人", "0.8", "1.1", "预期性"},
		{"2", "每百名学生拥有体育、艺术专任教师数", "人", "0.72", "0.95", "约束性"},
		{"3", "小学生均教学及辅助用房面积", "平方米", "4.1", "4.6", "约束性"},
		{"4", "学生体质健康合格率", "%", "91.5", "95", "预期性"},
	}},
	{kind: planHeading1, text: "重点任务"},
	{kind: planHeading2, text: "实施学前教育普及普惠行动"},
	{kind: planText, text: "到2026年底，新建公办幼儿园3所，改扩建乡镇中心幼儿园5所，新增普惠性学位900个。县教育局每学期对民办幼儿园收费情况开展一次检查，县发展改革局、县市场监管局配合。建立城镇小区配套幼儿园移交台账，应交未交的限期整改。（牵头单位：县教育局；责任单位：县自然资源局、县住房城乡建设局、各乡镇人民政府）"},
	{kind: planText, text: "专栏1  学前教育学位建设工程"},
	{kind: planText, text: "公办幼儿园新建项目。在县城和人口集中的乡镇选址新建公办幼儿园，建成后及时开园。"},
	{kind: planText, text: "乡镇中心幼儿园改扩建项目。改扩建活动用房、食堂和室外活动场地，配齐玩教具。"},
	{kind: planHeading2, text: "实施义务教育优质均衡行动"},
	{kind: planHeading3, text: "优化学校布局"},
	{kind: planText, text: "按照“初中向县城集中、小学向乡镇集中、教学点就近保留”的思路，编制全县中小学布局专项规划，2025年12月底前报县政府审定。对不足30人的村小实行中心校一体化管理，每所村小配备不少于2名教师。"},
	{kind: planHeading3, text: "推进集团化办学"},
	{kind: planText, text: "组建6个城乡教育共同体，实现乡镇学校结对帮扶全覆盖。集团内骨干教师每年交流轮岗比例不低于20%，各成员学校每学期开展联合教研不少于4次。"},
	{kind: planHeading3, text: "减轻学生过重负担"},
	{kind: planText, text: "严格落实作业公示制度，学校每周公示一次作业总量。完善课后服务经费保障机制，实现有需要的学生课后服务全覆盖。"},
	{kind: planHeading2, text: "实施普通高中提质行动"},
	{kind: planText, text: "支持县第一中学创建省级特色示范高中，2027年前完成县城北高级中学改扩建工程，新增学位1200个。健全普通高中招生指标分配办法，优质高中招生指标分配到初中的比例不低于60%。"},
	{kind: planHeading2, text: "实施职业教育赋能行动"},
	{kind: planText, text: "县中等职业技术学校每年面向社会开展职业技能培训2000人次以上，建设县级产教融合实训基地4个。中职毕业生初次就业率保持在92%以上。"},
	{kind: planHeading2, text: "实施教师队伍强基行动"},
	{kind: planText, text: "三年招聘紧缺学科教师180名，其中音乐、美术、科学教师不少于70名。教师每5年完成不少于360学时的全员培训。校长每学期听评课不少于20节，教研员每学期不少于40节，教师每学期不少于10节。乡村教师生活补助标准由每人每月300元提高到500元。"},
	{kind: planText, text: "县教育局会同县委编办建立教职工编制周转机制，每年核定一次。实施乡村教师“青苗计划”，遴选青年骨干教师60名进行重点培养。"},
	{kind: planHeading2, text: "实施教育数字化行动"},
	{kind: planText, text: "到2026年，全县中小学宽带接入率达到100%，多媒体教室普及率达到98%以上。开展“云上课堂”试点，为村小开设音乐、美术、英语同步课堂，每周不少于3节。"},
	{kind: planText, text: "专栏2  教育数字化工程"},
	{kind: planText, text: "多媒体教室更新项目。更换使用年限较长的设备，统一接入县级平台。"},
	{kind: planText, text: "村小同步课堂项目。为村小配备互动录播设备，与中心校同步上课。"},
	{kind: planHeading1, text: "保障措施"},
	{kind: planHeading2, text: "加强组织领导"},
	{kind: planText, text: "成立县教育质量提升工作领导小组，由县政府主要领导任组长，每季度召开一次专题会议。各乡镇人民政府明确一名负责同志分管教育工作。"},
	{kind: planHeading2, text: "强化经费保障"},
	{kind: planText, text: "落实教育投入“两个只增不减”要求。三年统筹安排资金2.3亿元，用于学校建设、设备更新和教师培训。县财政局加强资金监管，确保专款专用。"},
	{kind: planHeading2, text: "严格督导问责"},
	{kind: planText, text: "县政府教育督导委员会办公室建立月调度、季通报、年考核制度，将行动计划落实情况纳入乡镇和部门年度绩效考核。责任督学每月到挂牌学校督导不少于1次。对发现的问题下达整改通知书，整改期限不超过30日，整改结果向社会公开。"},
}
