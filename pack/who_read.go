package pack

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"jiaoheng/access"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
)

// relations are the ways in which a post stands to a row.
var relations = []lifecycle.Relation{lifecycle.Own, lifecycle.Above, lifecycle.Lead, lifecycle.Owner, lifecycle.Maker}

// who reads a list of people, each written as "relation [role [subject]]".
func (o *object) who(key string) []lifecycle.Who {
	var all []lifecycle.Who
	for _, n := range o.list(key) {
		text := o.textOf(n)
		if text == "" {
			continue
		}
		who, understood := o.whoOf(n, text)
		if !understood {
			o.fault(n, "pack.who", message.Args{"value": shortened(text), "relations": joined(relations), "roles": joined(access.Roles())})
			continue
		}
		all = append(all, who)
	}
	return all
}

// whoOf reads one of them. Only offices of the bureau have a subject, and only units, not persons, have roles that matter
// beside the relation.
func (r *reader) whoOf(n ast.Node, text string) (lifecycle.Who, bool) {
	parts := strings.Fields(text)
	who := lifecycle.Who{Relation: lifecycle.Relation(parts[0]), Place: r.place(n)}
	if !slices.Contains(relations, who.Relation) || len(parts) > 3 {
		return who, false
	}
	if len(parts) > 1 {
		who.Role = access.Role(parts[1])
		if !slices.Contains(access.Roles(), who.Role) {
			return who, false
		}
	}
	if len(parts) > 2 {
		who.Subject = parts[2]
		return who, who.Role == access.BureauOffice
	}
	return who, true
}

// manyWho reads a list of people that must be given.
func (o *object) manyWho(key string) []lifecycle.Who {
	o.missing(key)
	return o.who(key)
}
