// Package notice is what the program tells people: in the application, and outside of it by e-mail and by the robots of
// group chats.
//
// Problem: an owner who is never told is silent, and one who is told twice stops reading. Method: whoever tells, tells
// inside the action it tells about (Teller.Tell): the notice is stored together with what happened, or neither is. What
// goes out is a row of its own, the Delivery, which a Dispatcher marks as being sent BEFORE it speaks to the outside. An
// answer settles it; a refusal is tried again with growing pauses (Pauses). When the connection or the program breaks
// after the message may have gone, the delivery is Unknown and never sent again by itself: only a person may do that.
//
// Secrets of channels, addresses of people and the words that go out are sealed by the store. A notice in the
// application reaches everybody it is meant for, whatever they chose for e-mail.
//
// Limits: MaxPersons told at once, MaxArg characters of one value, MaxChannels channels, Tries attempts a delivery,
// MaxBody characters of one message.
package notice
