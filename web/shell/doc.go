// Package shell is the frame of every page and the parts that pages are made of: layout, navigation, forms, tables,
// status, chips, empty states, side panel, progress, buttons, icons, and the pages that say no.
//
// Problem: forty kinds of pages must look and behave as one product, in two languages, with a keyboard, on a phone,
// on paper and without scripts.
//
// Method: a page is a templ component inside Layout. What the frame needs to know of a request (language, person,
// post, region, period, places) travels in its context as a View. Handlers return an error; Handler turns it into the
// right page: faults in words, no right, not found, or 系统内部错误 with the id under which the operator finds it.
// Files under static/ are served under an address that holds the hash of their content, so they may be kept for ever.
//
// Limits: one look, light; no inline script and no style attribute anywhere (the Content-Security-Policy forbids
// them); style sheets use nothing that Chrome 99 lacks.
package shell
