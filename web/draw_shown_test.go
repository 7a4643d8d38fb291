package web

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/draw"
	"jiaoheng/draw/ceremony"
	"jiaoheng/person"
)

const drawnSchool = "2199000001"

// inTurn is a result for these tests: the pupils of a random order go to classes 1, 2, 3 in turn.
func inTurn(_ draw.Announcement, lines []string, seed draw.Seed) ([]string, any, error) {
	order := append([]string{}, lines...)
	draw.Shuffle(draw.NewGenerator("test", seed), order)
	result := make([]string, len(order))
	for n, line := range order {
		result[n] = fmt.Sprintf("%s;%d", strings.Split(line, ";")[1], n%3+1)
	}
	return result, map[string]any{"avoidable_spread": 0, "sentences": []string{"各班每一项都达到可以证明的最小差。"}}, nil
}

// shownDraw is a draw of the demo school with its pupils, and the persons who lead it.
type shownDraw struct {
	*site
	desk        *ceremony.Desk
	clerk, head action.Actor
	draw        ceremony.Draw
	secret      draw.Secret
	pupils      []ceremony.Person
}

// announcedDraw is a draw that was just announced.
func announcedDraw(t *testing.T) *shownDraw {
	t.Helper()
	s := newSite(t)
	s.county("head", "office", "clerk")
	ctx := context.Background()
	tree, err := s.store.Tree(ctx)
	if err != nil {
		t.Fatal(err)
	}
	actor := func(name string, role access.Role) action.Actor {
		return action.Actor{Post: access.Post{ID: "post-" + name, Person: name, Role: role, Unit: person.At(tree, drawnSchool)}}
	}
	one := &shownDraw{site: s, desk: ceremony.New(s.store, rand.Reader, map[string]ceremony.Run{ceremony.Classes: inTurn}),
		clerk: actor("clerk", access.SchoolClerk), head: actor("head", access.SchoolHead)}
	if one.secret, err = one.desk.NewSecret(); err != nil {
		t.Fatal(err)
	}
	draft := ceremony.Draft{Kind: ceremony.Classes, Unit: drawnSchool, Title: "一年级编班", Place: "礼堂", Held: one.store.Now().Add(48 * time.Hour),
		Secret: one.secret, Rules: []draw.Rule{{Key: "classes", Value: "3"}}, Sources: []ceremony.Source{{Kind: draw.Witness, Text: "1"}},
		Labels: []ceremony.Label{{Code: "x7", Text: "女生"}}}
	for n := range 7 {
		pupil := ceremony.Person{ID: fmt.Sprint("3301990101000", n), Name: fmt.Sprint("欧阳小", []string{"一", "二", "三", "四", "五", "六", "七"}[n])}
		one.pupils = append(one.pupils, pupil)
		draft.Lines = append(draft.Lines, "p;"+one.secret.Who(pupil.ID)+";x7;31")
	}
	draft.Roster = one.pupils
	one.did(one.desk.Prepare(ctx, one.clerk, draft))
	one.did(one.desk.Fix(ctx, one.clerk, one.draw.ID, 0))
	one.did(one.desk.Announce(ctx, one.head, one.draw.ID, 0))
	return one
}

func (d *shownDraw) did(after ceremony.Draw, err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
	d.draw = after
}

// publish leads the draw to its published result.
func (d *shownDraw) publish() {
	d.Helper()
	d.run()
	ctx, id := context.Background(), d.draw.ID
	d.did(d.desk.Propose(ctx, d.clerk, id, 0))
	d.did(d.desk.Publish(ctx, d.head, id, 0))
}

// run leads the draw to a result that nobody approved yet.
func (d *shownDraw) run() {
	d.Helper()
	ctx, id := context.Background(), d.draw.ID
	d.did(d.desk.OpenWitness(ctx, d.clerk, id, 0))
	if _, err := d.desk.Commit(ctx, d.draw.Code, draw.Commit("春风"), false); err != nil {
		d.Fatal(err)
	}
	d.did(d.desk.CloseWitness(ctx, d.clerk, id, 0))
	if _, err := d.desk.Tell(ctx, d.draw.Code, "春风"); err != nil {
		d.Fatal(err)
	}
	d.did(d.desk.EndReveal(ctx, d.clerk, id, 0))
	d.did(d.desk.EnterValues(ctx, d.clerk, id, 0, nil))
	d.did(d.desk.Confirm(ctx, d.head, id, 0))
	d.did(d.desk.Run(ctx, d.head, id))
}

// got fetches an address and returns its status and body.
func (d *shownDraw) got(path string) (int, string) {
	d.Helper()
	answer, err := d.client.Get(d.server.URL + path)
	if err != nil {
		d.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		d.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// holds fails for every part that a text lacks.
func holds(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s: %q lacks", what, part)
		}
	}
}

// lacks fails for every part that a text holds.
func lacks(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(text, part) {
			t.Errorf("%s: %q must not stand there", what, part)
		}
	}
}

func TestFamiliesSeeADrawBeforeAndAfter(t *testing.T) {
	d := announcedDraw(t)
	address := "/public/draw/" + d.draw.ID
	_, page := d.got(address)
	holds(t, "announced", page, "一年级编班", d.draw.Commitment, "尚未公布结果", "现场见证人", "至少 1 人")
	if status, _ := d.got(address + "/proof.json"); status != http.StatusNotFound {
		t.Errorf("a proof before the draw: %d", status)
	}
	_, announced := d.got(address + "/announcement.json")
	var early struct{ Announcement, Leaves []string }
	if err := json.Unmarshal([]byte(announced), &early); err != nil || len(early.Leaves) != 7 {
		t.Fatalf("announcement: %v\n%s", err, announced)
	}
	d.publish()
	_, page = d.got(address)
	holds(t, "drawn", page, d.draw.Digest, "来源在抽签前公告", "reveal 1 1 春风", "各班每一项都达到可以证明的最小差。", "proof.json", "verify.html")
	_, listed := d.got("/public/draw")
	holds(t, "list", listed, "一年级编班", address)
	_, content := d.got(address + "/proof.json")
	proof, err := draw.ReadProof(strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if faults := draw.Compare(early.Announcement, early.Leaves, proof); len(faults) > 0 {
		t.Error(faults)
	}
	for _, pupil := range d.pupils {
		for what, text := range map[string]string{"page": page, "announcement": announced, "proof": content} {
			lacks(t, what, text, pupil.Name, pupil.ID)
		}
	}
}

func TestAFamilySeesItsOwnLineOnly(t *testing.T) {
	d := announcedDraw(t)
	who, other := d.secret.Who(d.pupils[2].ID), d.secret.Who(d.pupils[3].ID)
	salt := d.secret.Salt(d.pupils[2].ID)
	address := "/public/draw/" + d.draw.ID + "/line"
	if status, _ := d.got(address + "/" + who); status != http.StatusNotFound {
		t.Errorf("a line before the draw: %d", status)
	}
	d.publish()
	status, page := d.got(address + "?who=" + strings.ToUpper(who))
	if status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	holds(t, "line", page, "p;"+who, "draw-slip", d.draw.Digest)
	lacks(t, "line", page, other, hex.EncodeToString(salt[:]), d.pupils[2].Name, d.pupils[2].ID)
	for _, wrong := range []string{strings.Repeat("0", 32), "x", who[:31]} {
		if status, _ := d.got(address + "/" + wrong); status != http.StatusNotFound {
			t.Errorf("line %s: status %d", wrong, status)
		}
	}
	if status, page := d.got(address + "?who=12"); status != http.StatusUnprocessableEntity || !strings.Contains(page, "32 位") {
		t.Errorf("a short number: status %d", status)
	}
}

func TestAWithdrawnDrawSaysWhy(t *testing.T) {
	d := announcedDraw(t)
	d.did(d.desk.Withdraw(context.Background(), d.head, d.draw.ID, 0, "名册漏了一人"))
	_, page := d.got("/public/draw/" + d.draw.ID)
	holds(t, "withdrawn", page, "已撤回", "名册漏了一人", d.draw.Commitment)
	lacks(t, "withdrawn", page, "尚未公布结果")
}

func TestOnlyTheSchoolPrintsSlips(t *testing.T) {
	d := announcedDraw(t)
	d.publish()
	address := "/draw/" + d.draw.ID + "/slip"
	d.signIn("office")
	d.post(http.StatusForbidden, address, "address", "https://jy.example", "reason", "查看")
	d.see(http.StatusForbidden, address)
	d.signIn("head")
	holds(t, "form", d.see(http.StatusOK, address), "事由", d.server.URL)
	for what, values := range map[string][]string{
		"no reason":  {"address", "https://jy.example", "reason", ""},
		"no address": {"address", "jy.example", "reason", "告知"},
	} {
		lacks(t, what, d.post(http.StatusUnprocessableEntity, address, values...), d.pupils[0].Name)
	}
	page := d.post(http.StatusOK, address, "address", "https://jy.example/", "reason", "告知家长")
	for _, pupil := range d.pupils {
		holds(t, "slips", page, pupil.Name, d.secret.Who(pupil.ID))
		lacks(t, "slips", page, pupil.ID)
	}
	holds(t, "slips", page, "女生", "https://jy.example/public/draw/"+d.draw.ID, d.draw.Digest[:8])
	if n := strings.Count(page, `class="slip-code"`); n != len(d.pupils) {
		t.Errorf("%d codes", n)
	}
}

// A result that nobody approved, and one that was withdrawn, give no slips.
func TestSlipsWaitForThePublication(t *testing.T) {
	d := announcedDraw(t)
	d.run()
	address := "/draw/" + d.draw.ID + "/slip"
	d.signIn("head")
	d.see(http.StatusNotFound, address)
	d.post(http.StatusNotFound, address, "address", "https://jy.example", "reason", "告知家长")
	ctx, id := context.Background(), d.draw.ID
	d.did(d.desk.Propose(ctx, d.clerk, id, 0))
	d.see(http.StatusNotFound, address)
	d.did(d.desk.Publish(ctx, d.head, id, 0))
	d.see(http.StatusOK, address)
	d.did(d.desk.Withdraw(ctx, d.head, id, 0, "名册漏了一人"))
	d.see(http.StatusNotFound, address)
}

func TestSlipsAsFilesHold(t *testing.T) {
	d := announcedDraw(t)
	d.publish()
	d.signIn("head")
	answer, err := d.client.PostForm(d.server.URL+"/draw/"+d.draw.ID+"/slip", url.Values{"address": {"https://jy.example"}, "reason": {"告知"}, "as": {"files"}})
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil || len(packed.File) != len(d.pupils) {
		t.Fatalf("%v %s", err, body)
	}
	for _, pupil := range d.pupils {
		file, err := packed.Open(d.secret.Who(pupil.ID) + ".json")
		if err != nil {
			t.Fatal(err)
		}
		slip, err := draw.ReadSlip(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := slip.Check(pupil.ID, d.draw.Commitment, d.draw.Digest); err != nil {
			t.Error(err)
		}
		if err := slip.Check(pupil.ID+"0", d.draw.Commitment, d.draw.Digest); err == nil {
			t.Error("a slip holds for another number")
		}
	}
}
