package person

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Names of form fields, as the places of faults.
const (
	FieldName     = "name"
	FieldPhone    = "phone"
	FieldIdentity = "identity"
	FieldLogin    = "login"
	FieldPassword = "password"
	FieldAgain    = "again"
	FieldCurrent  = "current"
	FieldUnit     = "unit"
	FieldRole     = "role"
	FieldSubject  = "subject"
	FieldFrom     = "from"
	FieldTo       = "to"
	FieldPost     = "post"
)

func at(field, code string, args message.Args) *fault.Fault {
	return fault.At(fault.Place{Column: field}, code, args)
}

// Clean returns p without spaces around its values.
func (p Person) Clean() Person {
	p.Name, p.Phone, p.Identity = strings.TrimSpace(p.Name), strings.TrimSpace(p.Phone), strings.ToUpper(strings.TrimSpace(p.Identity))
	return p
}

// Check returns what is wrong with p.
func (p Person) Check() fault.List {
	var faults fault.List
	switch n := utf8.RuneCountInString(p.Name); {
	case n == 0:
		faults.Add(at(FieldName, "person.name_missing", nil))
	case n > MaxName || !printable(p.Name):
		faults.Add(at(FieldName, "person.name_wrong", message.Args{"limit": MaxName}))
	}
	if p.Phone != "" && !phoneLike(p.Phone) {
		faults.Add(at(FieldPhone, "person.phone_wrong", nil))
	}
	if p.Identity != "" && !identityNumber(p.Identity) {
		faults.Add(at(FieldIdentity, "person.identity_wrong", nil))
	}
	return faults
}

func printable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) })
}

func phoneLike(text string) bool {
	digits := 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r != '-' && r != ' ' && r != '+':
			return false
		}
	}
	return digits >= 7 && len(text) <= MaxPhone
}

// identityNumber checks length, day of birth and check character. Source: GB 11643-1999, ISO 7064 MOD 11-2.
func identityNumber(text string) bool {
	if len(text) != 18 {
		return false
	}
	sum, weight := 0, 1
	for i := 17; i >= 0; i-- {
		digit := int(text[i] - '0')
		if i == 17 && text[i] == 'X' {
			digit = 10
		} else if text[i] < '0' || text[i] > '9' {
			return false
		}
		sum += digit * weight
		weight = weight * 2 % 11
	}
	_, err := time.Parse("20060102", text[6:14])
	return sum%11 == 1 && err == nil
}

// Check returns what is wrong with p apart from its unit, which the caller looks up in the tree.
func (p Post) Check() fault.List {
	var faults fault.List
	if !slices.Contains(access.Roles(), p.Role) {
		faults.Add(at(FieldRole, "person.role_wrong", nil))
	}
	if p.Unit == "" && p.Role != access.SystemAdministrator && p.Role != access.Auditor {
		faults.Add(at(FieldUnit, "person.unit_missing", nil))
	}
	if utf8.RuneCountInString(p.Subject) > MaxSubject || !printable(p.Subject) {
		faults.Add(at(FieldSubject, "person.subject_wrong", message.Args{"limit": MaxSubject}))
	}
	if !isDay(p.From) {
		faults.Add(at(FieldFrom, "person.day_wrong", nil))
	}
	if p.To != "" && !isDay(p.To) {
		faults.Add(at(FieldTo, "person.day_wrong", nil))
	} else if p.To != "" && p.To < p.From {
		faults.Add(at(FieldTo, "person.to_before_from", nil))
	}
	return faults
}

func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// checkLogin allows letters of any script, digits and . _ - @.
func checkLogin(login string) fault.List {
	var faults fault.List
	wrong := strings.ContainsFunc(login, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-@", r)
	})
	if n := utf8.RuneCountInString(login); n < MinLogin || n > MaxLogin || wrong || !utf8.ValidString(login) {
		faults.Add(at(FieldLogin, "person.login_wrong", message.Args{"least": MinLogin, "limit": MaxLogin}))
	}
	return faults
}
