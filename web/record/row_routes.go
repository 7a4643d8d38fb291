package record

import registerpages "jiaoheng/web/register"

// rowRoutes are the addresses of one row, of a new one and of the rules.
func (p *Pages) rowRoutes() []registerpages.Route {
	return []registerpages.Route{
		{Pattern: "GET /record/{register}/rules", Handler: p.Rules},
	}
}
