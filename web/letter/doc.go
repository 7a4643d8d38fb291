// Package letter shows the register of official letters, each letter as it prints, and where the bureau puts its own forms.
//
// Who may see a letter is who may see the row that it is about, as the row stands today; of a row that is gone, as it stood when
// the letter was issued. So above the school letters about registers with personal columns are seen by the posts only that the
// register names. A letter in which personal values stand is opened by an action of its own, that stands in the log.
package letter
