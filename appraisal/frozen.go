package appraisal

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"jiaoheng/attachment"
)

// Frozen is everything of a signed case: what counts and what it rests on, who did what, the marks of everybody, cards and appeals
// until then.
type Frozen struct {
	Case    string   `json:"case"`
	Run     string   `json:"run"`
	RunName string   `json:"run_name"`
	Period  string   `json:"period"`
	Unit    string   `json:"unit"`
	Name    string   `json:"unit_name"`
	Person  string   `json:"person,omitempty"`
	Steps   []Step   `json:"steps"`
	Result  *Result  `json:"result"`
	Marks   []Mark   `json:"marks"`
	Cards   []Card   `json:"cards"`
	Appeals []Appeal `json:"appeals"`
	Files   []File   `json:"files"` // of appeals
}

// freeze fixes a case as canonical JSON (fields in their order, keys of maps in byte order) with its SHA-256.
func (d *Desk) freeze(ctx context.Context, run Run, one *Case) error {
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return err
	}
	u, _ := tree.Find(one.Unit)
	f := Frozen{Case: one.ID, Run: run.ID, RunName: run.Name, Period: run.Period.String(), Unit: one.Unit, Name: u.Name, Person: one.Person, Steps: one.Steps, Result: one.Result}
	if f.Marks, err = d.store.AppraisalMarks(ctx, one.ID); err != nil {
		return err
	}
	if f.Cards, err = d.store.AppraisalCards(ctx, one.ID); err != nil {
		return err
	}
	if f.Appeals, err = d.store.AppraisalAppeals(ctx, one.ID); err != nil {
		return err
	}
	for _, appeal := range f.Appeals {
		owner := AppealOwner(appeal.ID)
		files, err := d.filesOf(ctx, owner.Table, owner.Row)
		if err != nil {
			return err
		}
		f.Files = append(f.Files, files...)
	}
	if one.Frozen, err = canonical(f); err != nil {
		return fmt.Errorf("appraisal: freeze %s: %w", one.ID, err)
	}
	one.Hash = Digest(one.Frozen)
	return nil
}

func canonical(f Frozen) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(f)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}

// Digest is the SHA-256 of a frozen case in hexadecimal digits.
func Digest(frozen []byte) string {
	sum := sha256.Sum256(frozen)
	return hex.EncodeToString(sum[:])
}

// filesOf are the attachments of a row.
func (d *Desk) filesOf(ctx context.Context, table, row string) ([]File, error) {
	attached, err := d.files.AttachmentsOf(ctx, attachment.Owner{Table: table, Row: row})
	if err != nil {
		return nil, err
	}
	var files []File
	for _, a := range attached {
		files = append(files, File{ID: a.ID, Name: a.Name, Digest: a.Digest})
	}
	return files, nil
}
