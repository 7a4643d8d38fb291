package reading

import "testing"

func TestTasksOfTables(t *testing.T) {
	cases := []struct{ name, text string }{
		{"cells on lines of their own", "青梧县教育提质行动方案\n一、任务分工\n附件1：重点任务分工表\n序号\n重点任务\n牵头单位\n责任单位\n完成时限\n1\n建成城北小学教学楼并投入使用\n县教育局\n县住建局\n2027年8月底\n2\n建立教师交流轮岗台账\n县教育局\n各中小学校\n每年9月\n"},
		{"cells between bars", "青梧县教育提质行动方案\n一、任务分工\n序号|重点任务|牵头单位|责任单位|完成时限\n1|建成城北小学教学楼并投入使用|县教育局|县住建局|2027年8月底\n2|建立教师交流轮岗台账|县教育局|各中小学校|每年9月\n"},
	}
	for _, c := range cases {
		tasks := draftOf(c.text).Tasks
		if len(tasks) != 2 {
			t.Fatalf("%s: %d tasks: %+v", c.name, len(tasks), tasks)
		}
		first, second := tasks[0], tasks[1]
		if first.Title != "建成城北小学教学楼并投入使用" || first.Responsible != "县教育局、县住建局" || first.Deadline == nil || *first.Deadline != "2027-08" || first.DeadlineSource != "table" {
			t.Errorf("%s: first task %+v", c.name, first)
		}
		if second.Responsible != "县教育局、各中小学校" || second.Frequency != "每年9月" || second.Deadline != nil {
			t.Errorf("%s: second task %+v", c.name, second)
		}
	}
}
