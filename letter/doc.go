// Package letter fills official letters (公文) from the rows they are about, numbers them and keeps them as they went out.
//
// Problem: half of what an inspection does ends in a numbered paper: a notice, an urging, a summons. It must say what the row
// says, carry a number of a run without gaps, and never change afterwards. Method: a pack declares the texts with marks
// {{name}}; Office.Issue fills them inside the transaction of the event that sends the letter, takes the next number of the
// series, and stores the whole content with its SHA-256. The number is given back when that transaction fails, so that a run
// has neither gaps nor doubles. What lacks is told all at once and nothing is stored.
//
// A bureau may replace the built-in form by a .docx of its own. Templates are never taken away: a letter names the one it was
// made with, so that it prints the same for ever.
//
// Limits: MaxText characters a paragraph, MaxRows sub-rows in a table. Content is in Chinese, whatever the reader's language:
// it is an official document. Content is sealed at rest, as a letter may name a person; Hash covers the plain content.
package letter
