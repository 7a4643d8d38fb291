package reading

func (r *quantityReader) tables() {}
