package web

import (
	"encoding/hex"
	"io"

	"jiaoheng/draw"
	"jiaoheng/draw/admission"
	"jiaoheng/draw/ceremony"
	"jiaoheng/draw/quota"
	"jiaoheng/message"
	"jiaoheng/store"
)

// Draws returns the desk that leads draws through their steps, with what computes each kind.
func Draws(s *store.Store, random io.Reader) *ceremony.Desk {
	return ceremony.New(s, random, map[string]ceremony.Run{ceremony.Admit: runAdmit, ceremony.Quota: runQuota})
}

func runAdmit(a draw.Announcement, lines []string, seed draw.Seed) ([]string, any, error) {
	result, err := admission.Draw(a, lines, seed)
	if err != nil {
		return nil, nil, err
	}
	return result.Lines(), result.Certificate(a.Origin(), commitmentOf(a), nil, message.Chinese), nil
}

func runQuota(a draw.Announcement, lines []string, seed draw.Seed) ([]string, any, error) {
	result, err := quota.Draw(a, lines, seed)
	if err != nil {
		return nil, nil, err
	}
	return result.Lines(), result.Certificate(a.Origin(), commitmentOf(a), nil, message.Chinese), nil
}

func commitmentOf(a draw.Announcement) string {
	commitment := a.Commitment()
	return hex.EncodeToString(commitment[:])
}
