package draw

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"

	"jiaoheng/draw/ceremony"
	"jiaoheng/fault"
	"jiaoheng/intake"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// rulesView is the page on which tables are handed over and rules are chosen.
type rulesView struct {
	d      ceremony.Draw
	kind   kind
	tables map[string]ceremony.Table
	values url.Values // the choices as they stand
	form   shell.Form
	upload shell.Form
}

// complete tells whether every table that is required was handed over.
func (v rulesView) complete() bool {
	for _, one := range v.kind.asks() {
		if _, there := v.tables[one.name]; one.required && !there {
			return false
		}
	}
	return true
}

// heads are the titles of the columns of a table.
func (v rulesView) heads(name string) []string {
	for _, row := range v.tables[name].Rows {
		if strings.Join(row, "") != "" {
			return row
		}
	}
	return nil
}

// rows counts the rows of a table that hold something.
func (v rulesView) rows(name string) int {
	count := -1
	for _, row := range v.tables[name].Rows {
		if strings.Join(row, "") != "" {
			count++
		}
	}
	return max(0, count)
}

// Rules shows the tables and the choices of the rules of a draw.
func (p *Pages) Rules(w http.ResponseWriter, r *http.Request) error {
	return p.rules(w, r, http.StatusOK, rulesView{})
}

func (p *Pages) rules(w http.ResponseWriter, r *http.Request, status int, v rulesView) error {
	ctx := r.Context()
	d, err := p.run(r)
	if err != nil {
		return err
	}
	one, known := kinds[d.Kind]
	if !known {
		return shell.NotFound
	}
	if faults := append(v.form.Faults, v.upload.Faults...); d.State != ceremony.Prepared && len(faults) > 0 {
		return p.show(w, r, status, showView{turn: "rules", form: shell.Form{Faults: faults}})
	}
	if d.State != ceremony.Prepared {
		shell.Redirect(w, r, address(d.ID, ""), "", nil)
		return nil
	}
	v.d, v.kind = d, one
	if v.tables, err = p.tables(ctx, d); err != nil {
		return err
	}
	if v.values = v.form.Values; v.values == nil {
		v.values = url.Values{}
		if err := json.Unmarshal(d.Setup, &v.values); len(d.Setup) > 0 && err != nil {
			return err
		}
	}
	frame := drawPage(ctx, d, text(ctx, "rules"))
	return shell.Render(w, r, status, frame, rules(v))
}

func (p *Pages) tables(ctx context.Context, d ceremony.Draw) (map[string]ceremony.Table, error) {
	all, err := p.desk.Tables(ctx, actorOf(ctx), d.ID)
	named := map[string]ceremony.Table{}
	for _, table := range all {
		named[table.Name] = table
	}
	return named, err
}

// Upload takes the tables in; faults of every file are told at once and nothing is stored then.
func (p *Pages) Upload(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.run(r)
	if err != nil {
		return err
	}
	one, known := kinds[d.Kind]
	if !known {
		return shell.NotFound
	}
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		return err
	}
	defer r.MultipartForm.RemoveAll()
	tables, faults, err := received(r, one.asks())
	if err != nil {
		return err
	}
	if err = faults.Err(); err == nil {
		_, err = p.desk.HandOver(ctx, actorOf(ctx), d.ID, versionOf(r), tables)
	}
	if faults := fault.Of(err); len(faults) > 0 {
		return p.rules(w, r, http.StatusUnprocessableEntity, rulesView{upload: shell.Form{Faults: faults}})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, address(d.ID, "/rules"), "draw.page.uploaded", nil)
	return nil
}

// received reads the files of a form as tables.
func received(r *http.Request, asks []ask) ([]ceremony.Table, fault.List, error) {
	var tables []ceremony.Table
	var faults fault.List
	for _, one := range asks {
		file, head, err := r.FormFile(one.name)
		if errors.Is(err, http.ErrMissingFile) {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		data, err := io.ReadAll(io.LimitReader(file, maxUpload+1))
		if err := errors.Join(err, file.Close()); err != nil {
			return nil, nil, err
		}
		name := path.Base(strings.ReplaceAll(strings.ToValidUTF8(head.Filename, ""), `\`, "/"))
		if len(data) > maxUpload {
			faults.Add(fault.At(fault.Place{File: name}, "intake.too_large", message.Args{"size": len(data)>>20 + 1, "limit": maxUpload >> 20}))
			continue
		}
		rows, err := intake.ReadTable(name, data)
		if found := fault.Of(err); len(found) > 0 {
			faults.Add(found...)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		tables = append(tables, ceremony.Table{Name: one.name, File: name, Rows: rows})
	}
	return tables, faults, nil
}

// SaveRules freezes the tables under the choices that were sent. It can be done again until the announcement is fixed.
func (p *Pages) SaveRules(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.run(r)
	if err != nil {
		return err
	}
	one, known := kinds[d.Kind]
	if !known {
		return shell.NotFound
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	version := versionOf(r)
	choices := url.Values{}
	for name, values := range r.PostForm {
		if name != "version" {
			choices[name] = values
		}
	}
	tables, err := p.tables(ctx, d)
	if err != nil {
		return err
	}
	secret, err := p.desk.NewSecret()
	if err != nil {
		return err
	}
	made, err := one.freeze(ctx, tables, choices, secret)
	if err == nil {
		made.Setup, made.Secret = choices, secret
		_, err = p.desk.Freeze(ctx, actorOf(ctx), d.ID, version, made)
	}
	if faults := fault.Of(err); len(faults) > 0 {
		return p.rules(w, r, http.StatusUnprocessableEntity, rulesView{form: shell.Form{Values: choices, Faults: faults}})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, address(d.ID, ""), "draw.page.frozen", nil)
	return nil
}
