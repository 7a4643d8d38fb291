package record

import registerpages "jiaoheng/web/register"

// rowRoutes are the addresses of one row, of a new one and of the rules.
func (p *Pages) rowRoutes() []registerpages.Route {
	routes := []registerpages.Route{
		{Pattern: "GET /record/{register}/rules", Handler: p.Rules},
		{Pattern: "GET /record/{register}/new", Handler: p.New},
		{Pattern: "POST /record/{register}/new", Limit: maxFilesBody, Handler: p.Create},
		{Pattern: "GET /record/{register}/row/{row}", Handler: p.RowShow},
		{Pattern: "POST /record/{register}/row/{row}/event/{event}", Limit: maxFilesBody, Handler: p.EventCause},
		{Pattern: "POST /record/{register}/row/{row}/edit", Handler: p.RowEdit},
		{Pattern: "POST /record/{register}/row/{row}/open", Handler: p.RowOpen},
		{Pattern: "POST /record/{register}/row/{row}/comment", Handler: p.CommentSave},
		{Pattern: "POST /record/{register}/row/{row}/comment/{comment}/delete", Handler: p.CommentDelete},
		{Pattern: "POST /record/{register}/row/{row}/link", Handler: p.LinkSave},
		{Pattern: "POST /record/{register}/row/{row}/unlink", Handler: p.LinkDelete},
		{Pattern: "POST /record/{register}/row/{row}/file", Limit: maxFilesBody, Handler: p.FileSave},
		{Pattern: "GET /record/{register}/row/{row}/file/{file}", Handler: p.File},
		{Pattern: "GET /record/{register}/row/{row}/file/{file}/small", Handler: p.FileSmall},
	}
	for i := range routes {
		routes[i].Handler = p.asking(routes[i].Handler)
	}
	return routes
}
