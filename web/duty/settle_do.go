package duty

import (
	"net/http"
	"slices"
	"strconv"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/web/shell"
)

// Settle keeps what was decided about the chosen paragraphs, yearly items or nodes: all are tied to one node, or set aside with one
// reason.
func (p *Pages) Settle(w http.ResponseWriter, r *http.Request) error {
	id, kind := r.PathValue("plan"), duty.SettlementKind(only(r, "kind"))
	year := 0
	back := address(id, "coverage")
	if kind != duty.OfParagraph {
		var err error
		if year, err = strconv.Atoi(only(r, "year")); err != nil || !slices.Contains([]duty.SettlementKind{duty.OfItem, duty.OfNode}, kind) {
			return shell.NotFound
		}
		back = address(id, "year", strconv.Itoa(year))
	}
	subjects := r.PostForm["subject"]
	if len(subjects) == 0 {
		return fault.List{fault.New("duty.confirm_nothing", nil)}
	}
	if len(subjects) > duty.MaxDuties {
		return fault.List{fault.New("duty.confirm_many", message.Args{"limit": duty.MaxDuties})}
	}
	settlements := make([]duty.Settlement, len(subjects))
	for i, subject := range subjects {
		node := target.Track(only(r, "node"))
		if own := only(r, "node-"+subject); own != "" && node == "" {
			node = target.Track(own)
		}
		if only(r, "act") == "aside" {
			node = ""
		}
		settlements[i] = duty.Settlement{Plan: id, Kind: kind, Subject: subject, Year: year, Node: node, Reason: only(r, "reason")}
	}
	if err := p.desk.Settle(r.Context(), actorOf(r), settlements...); err != nil {
		return found(err)
	}
	shell.Redirect(w, r, back, "duty.page.settled", message.Args{"count": len(subjects)})
	return nil
}

// Unsettle takes a decision back.
func (p *Pages) Unsettle(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("plan")
	back := address(id, "coverage")
	if year := only(r, "year"); year != "" && year != "0" {
		back = address(id, "year", year)
	}
	return p.answer(w, r, p.desk.Unsettle(r.Context(), actorOf(r), id, only(r, "id"), only(r, "reason")), back, "duty.page.unsettled")
}
