// Package letter shows the register of official letters, each letter as it prints, and where the bureau puts its own forms.
//
// Who may see a letter is who may see the row that it is about.
package letter
