package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"math"
	"strings"

	"github.com/uptrace/bun"

	"jiaoheng/assessment"
)

// The tables of the rows of imports. They are outside the chain row by row, as a county has millions of marks: the batch, which
// is in the chain, holds a digest over them.
const (
	examPupilTable  = "exam_pupil"
	examMarkTable   = "exam_mark"
	examAnswerTable = "exam_answer"
)

var (
	examPupilColumns = []string{"batch", "position", "pupil", "loose", "unit", "class_name", "track", "group_name", "weight", "stratum", "goes", "name_sealed", "number_sealed"}
	examMarkColumns  = []string{"batch", "subject", "position", "status", "mark"}
	answerColumns    = []string{"batch", "subject", "position", "answers"}
)

// examTold is after how many rows the progress of an import is told.
const examTold = 20_000

// ExamBatchInsert stores a batch with its rows. See assessment.Store.
func (s *Store) ExamBatchInsert(ctx context.Context, b assessment.Batch, rows assessment.Rows, told func(done int)) error {
	t, done, err := s.writing(ctx), 0, error(nil)
	put := func(table string, columns []string, n int, row func(i int) []any) (string, error) {
		digest, err := t.bulk(ctx, table, columns, n, row, func(more int) { told(done + more) })
		done += n
		return digest, err
	}
	b.Digest, err = put(examPupilTable, examPupilColumns, len(rows.Pupils), func(i int) []any {
		p := rows.Pupils[i]
		loose := int64(0)
		if p.Loose {
			loose = 1
		}
		return []any{b.Serial, int64(i), p.Key, loose, p.Unit, p.Class, p.Track, p.Group, p.Weight, p.Stratum, p.Goes, p.Name, p.Number}
	})
	for n := range b.Parts {
		part := &b.Parts[n]
		if err != nil {
			return err
		}
		part.MarksDigest, err = put(examMarkTable, examMarkColumns, len(rows.Marks[n]), func(i int) []any {
			m := rows.Marks[n][i]
			return []any{b.Serial, part.Subject, int64(m.Position), int64(m.Status), m.Mark}
		})
		if err != nil {
			return err
		}
		part.AnswersDigest, err = put(examAnswerTable, answerColumns, len(rows.Answers[n]), func(i int) []any {
			a := rows.Answers[n][i]
			return []any{b.Serial, part.Subject, int64(a.Position), a.Answers}
		})
	}
	if err != nil {
		return err
	}
	row, err := newExamBatchRow(b)
	if err != nil {
		return fmt.Errorf("store: batch of an exam: %w", err)
	}
	return insertRows(ctx, s, row)
}

// bulk writes n rows by prepared statements of many rows each and returns the digest over them.
func (t *transaction) bulk(ctx context.Context, table string, columns []string, n int, row func(i int) []any, told func(done int)) (string, error) {
	sum := sha256.New()
	var statement *sql.Stmt
	args := make([]any, 0, batchRows*len(columns))
	for start := 0; start < n; start += batchRows {
		end := min(start+batchRows, n)
		args = args[:0]
		for i := start; i < end; i++ {
			values := row(i)
			digestRow(sum, values)
			args = append(args, values...)
		}
		if statement == nil || end-start < batchRows {
			if statement != nil {
				_ = statement.Close()
			}
			var err error
			if statement, err = t.db.Tx.PrepareContext(ctx, t.insertText(table, columns, end-start)); err != nil {
				return "", fmt.Errorf("store: insert into %s: %w", table, err)
			}
		}
		if _, err := statement.ExecContext(ctx, args...); err != nil {
			_ = statement.Close()
			return "", fmt.Errorf("store: insert into %s: %w", table, err)
		}
		if end/examTold != start/examTold {
			told(end)
		}
	}
	if statement != nil {
		_ = statement.Close()
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// insertText is an insert of many rows with the marks that the database asks for.
func (t *transaction) insertText(table string, columns []string, rows int) string {
	var text strings.Builder
	fmt.Fprintf(&text, "insert into %s (%s) values ", table, strings.Join(columns, ", "))
	mark := 0
	for i := range rows {
		text.WriteString([]string{", (", "("}[min(1, max(0, 1-i))])
		for c := range columns {
			mark++
			if c > 0 {
				text.WriteString(", ")
			}
			if t.store.onPostgres() {
				fmt.Fprintf(&text, "$%d", mark)
				continue
			}
			text.WriteByte('?')
		}
		text.WriteByte(')')
	}
	return text.String()
}

// digestRow adds the values of a row to a digest, each with its length.
func digestRow(sum hash.Hash, values []any) {
	var room [16]byte
	for _, value := range values {
		switch v := value.(type) {
		case int64:
			room[0] = 'i'
			binary.BigEndian.PutUint64(room[1:], uint64(v))
			sum.Write(room[:9])
		case float64:
			room[0] = 'f'
			binary.BigEndian.PutUint64(room[1:], math.Float64bits(v))
			sum.Write(room[:9])
		case string:
			room[0] = 's'
			binary.BigEndian.PutUint64(room[1:], uint64(len(v)))
			sum.Write(room[:9])
			sum.Write([]byte(v))
		default:
			panic(fmt.Sprintf("store: a digest over a %T", value))
		}
	}
}

// ExamPupils returns the pupils of a batch by position.
func (s *Store) ExamPupils(ctx context.Context, serial int64) ([]assessment.PupilRow, error) {
	rows, err := s.reads(ctx).QueryContext(ctx, `select pupil, loose, unit, class_name, track, group_name, weight, stratum, goes, name_sealed, number_sealed
		from exam_pupil where batch = ? order by position`, serial)
	if err != nil {
		return nil, fmt.Errorf("store: pupils of an exam: %w", err)
	}
	defer rows.Close()
	var all []assessment.PupilRow
	seen := map[string]string{} // schools, classes and tracks are few: each is kept once
	kept := func(text *string) {
		if known, found := seen[*text]; found {
			*text = known
			return
		}
		seen[*text] = *text
	}
	for rows.Next() {
		var p assessment.PupilRow
		var loose int64
		if err := rows.Scan(&p.Key, &loose, &p.Unit, &p.Class, &p.Track, &p.Group, &p.Weight, &p.Stratum, &p.Goes, &p.Name, &p.Number); err != nil {
			return nil, fmt.Errorf("store: pupils of an exam: %w", err)
		}
		for _, text := range []*string{&p.Unit, &p.Class, &p.Track, &p.Group, &p.Stratum, &p.Goes} {
			kept(text)
		}
		p.Loose = loose != 0
		all = append(all, p)
	}
	return all, rows.Err()
}

// ExamPupilCount tells how many pupils the batches hold, each once. See assessment.Store.
func (s *Store) ExamPupilCount(ctx context.Context, serials []int64, units []string) (int, error) {
	if len(serials) == 0 {
		return 0, nil
	}
	query := s.reads(ctx).NewSelect().Table(examPupilTable).ColumnExpr("count(distinct pupil)").Where("batch in (?)", bun.In(serials))
	if len(units) > 0 {
		query = query.Where("unit in (?)", bun.In(units))
	}
	var count int
	if err := query.Scan(ctx, &count); err != nil {
		return 0, fmt.Errorf("store: pupils of an exam: %w", err)
	}
	return count, nil
}

// ExamMarks returns the marks of a subject in a batch by position.
func (s *Store) ExamMarks(ctx context.Context, serial int64, subject string) ([]assessment.MarkRow, error) {
	rows, err := s.reads(ctx).QueryContext(ctx, `select position, status, mark from exam_mark where batch = ? and subject = ? order by position`, serial, subject)
	if err != nil {
		return nil, fmt.Errorf("store: marks of an exam: %w", err)
	}
	defer rows.Close()
	var all []assessment.MarkRow
	for rows.Next() {
		var m assessment.MarkRow
		if err := rows.Scan(&m.Position, &m.Status, &m.Mark); err != nil {
			return nil, fmt.Errorf("store: marks of an exam: %w", err)
		}
		all = append(all, m)
	}
	return all, rows.Err()
}

// ExamAnswers returns the answers to a paper in a batch by position.
func (s *Store) ExamAnswers(ctx context.Context, serial int64, subject string) ([]assessment.AnswerRow, error) {
	var all []assessment.AnswerRow
	err := s.reads(ctx).NewSelect().Table(examAnswerTable).Column("position", "answers").Where("batch = ? and subject = ?", serial, subject).
		Order("position").Scan(ctx, &all)
	if err != nil {
		return nil, fmt.Errorf("store: answers of an exam: %w", err)
	}
	return all, nil
}
