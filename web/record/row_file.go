package record

import (
	"errors"
	"net/http"

	"jiaoheng/attachment"
	"jiaoheng/fault"
	"jiaoheng/record"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// smallSide is the longer side of the small picture of a photo, in pixels.
const smallSide = 240

// FileSave hands in files with the row, beside any event.
func (p *Pages) FileSave(w http.ResponseWriter, r *http.Request) error {
	o, err := p.openRow(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	if !p.mayWrite(ctx, rowView{opened: o}) {
		return shell.NoRight
	}
	files, err := registerpages.Prepared(r, p.preparer, fileForm+"-"+filesField, record.MaxFiles)
	if err == nil && len(files) == 0 {
		err = fault.List{fault.At(fault.Place{Column: fileForm + "-" + filesField}, "record.row.files_none", nil)}
	}
	if err == nil {
		err = p.records.Attach(ctx, actorOf(r), o.register, o.row.ID, files)
	}
	return p.told(w, r, o, fileForm, "record.row.filed", err)
}

// File gives out a file of the row to whoever may open it.
func (p *Pages) File(w http.ResponseWriter, r *http.Request) error {
	file, data, err := p.openFile(r)
	if err != nil {
		return err
	}
	return registerpages.GiveOut(w, file.Name, file.Kind.MediaType(), data)
}

// FileSmall gives out a small picture of a photo. What an address shows never changes, so the browser may keep it.
func (p *Pages) FileSmall(w http.ResponseWriter, r *http.Request) error {
	file, data, err := p.openFile(r)
	if err != nil {
		return err
	}
	if !file.Kind.IsPhoto() {
		return shell.NotFound
	}
	small, err := attachment.Small(file.Kind, data, smallSide)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", attachment.JPEG.MediaType())
	w.Header().Set("Cache-Control", "private, max-age=3600")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(small) // an error means that the reader went away
	return nil
}

// openFile returns a file of the row of the address with its bytes.
func (p *Pages) openFile(r *http.Request) (attachment.Attachment, []byte, error) {
	o, err := p.openRow(r)
	if err != nil {
		return attachment.Attachment{}, nil, err
	}
	ctx := r.Context()
	file, err := p.store.Attachment(ctx, r.PathValue("file"))
	if errors.Is(err, attachment.ErrNotFound) || err == nil && file.Owner != record.FilesOf(o.register, o.row.ID) {
		return file, nil, shell.NotFound
	}
	if err != nil {
		return file, nil, err
	}
	if !mayOpenFile(ctx, rowView{opened: o}, file) {
		return file, nil, shell.NoRight
	}
	data, err := p.store.AttachmentData(ctx, file.ID)
	return file, data, err
}
