// Package draw holds the pages of draws: the list, preparing and announcing, the screen of the hall, the phones of witnesses, the
// seed, the result with its certificate, the minutes. The public pages of a draw stand in web/portal.
package draw
