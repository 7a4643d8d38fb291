package plan_test

import (
	"fmt"
	"testing"

	"jiaoheng/plan"
)

// many returns a plan of n tasks that differ in name and sentence; shift makes another plan of the same kind.
func many(n, shift int) plan.Content {
	var c plan.Content
	for i := range n {
		name := fmt.Sprintf("建设第%d所乡镇中心幼儿园并完善%d项配套设施", i*7+shift, i*13+shift)
		c.Nodes = append(c.Nodes, plan.Node{ID: fmt.Sprint(i), Kind: plan.Task, Fields: map[string]string{"name": name}, Sentence: name + "，由县教育局会同有关部门在规划期内组织实施并按年度考核。",
			Path: []string{"三、重点任务", fmt.Sprintf("（%d）优化布局", i%12)}})
	}
	return c
}

// A large revision: 600 tasks on either side, none of the same name.
func BenchmarkCompare600(b *testing.B) {
	old, revised := many(600, 1), many(600, 2)
	for b.Loop() {
		plan.Compare(old, revised)
	}
}

// The largest that the limits allow.
func BenchmarkCompareMaxItems(b *testing.B) {
	old, revised := many(plan.MaxItems, 1), many(plan.MaxItems, 2)
	for b.Loop() {
		plan.Compare(old, revised)
	}
}

// A desk with 2,000 operations on the items of the sample.
func BenchmarkReplay2000(b *testing.B) {
	var log []plan.Operation
	for n := 1; n <= 2000; n++ {
		log = append(log, plan.Operation{Number: n, Act: plan.Correct, Items: []string{"T1"}, Fields: map[string]string{"value": fmt.Sprint(n)}})
	}
	items := plan.Items(sample())
	for b.Loop() {
		if _, err := plan.Replay(items, log); err != nil {
			b.Fatal(err)
		}
	}
}
