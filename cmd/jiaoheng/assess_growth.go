package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats/mixed"
	"jiaoheng/stats/table"
)

// assessGrowthCommand fits a multilevel model: sum the data, add the parts, take away who is left out, fit, print.
type assessGrowthCommand struct {
	Data       []string `arg:"" help:"Rows: .csv, .csv.gz, .xlsx or -; or sums that --sums wrote. Several are added."`
	Model      string   `placeholder:"FORMULA" help:"The model in R's notation, such as 'exit ~ entry + (1 | school)'. Needed unless all data are sums."`
	Method     string   `enum:"reml,ml,REML,ML" default:"reml" help:"reml or ml."`
	Levels     []string `sep:"none" placeholder:"COL=a,b,c" help:"Levels of a column in their order; the first is the reference."`
	EntryError []string `sep:"none" placeholder:"COL=V" help:"Variance of the measurement error of a column, which is taken out."`
	Weight     string   `placeholder:"COLUMN" help:"Precision weights: the residual variance of a row is that of the model over its weight."`
	Mean       []string `sep:"none" placeholder:"COL=GROUP" help:"Add the mean of a column of the model over the levels of a group to the fixed part: the company of other pupils."`
	Without    []string `sep:"none" placeholder:"LEVEL" help:"Leave out a level of a group: LEVEL, or GROUP=LEVEL where there are several groups."`
	Wide       string   `placeholder:"SUBJECT=MARK" help:"Rows hold one mark each: the columns of the subject and of the mark. For cbind(a, b) ~ …; needs --pupil."`
	Pupil      string   `placeholder:"COLUMN" help:"The column that tells pupils apart, with --wide."`
	Sums       string   `placeholder:"FILE" help:"Write the sums instead of fitting: rows never leave."`
	JSON       bool     `name:"json" help:"Print one JSON document."`
}

// Run fits. A solution on the boundary is no failure of the command: the certificate says so.
func (c *assessGrowthCommand) Run(e *environment) error {
	levels, errorOf, err := c.flags()
	if err != nil {
		return err
	}
	if formula, err := mixed.Parse(c.Model); c.Model != "" && err == nil && formula.Several() {
		result, err := c.several(e, formula, levels)
		if err != nil {
			return err
		}
		return c.print(e, result)
	}
	sums, err := c.read(e, levels)
	if err != nil {
		return err
	}
	if sums, err = c.leaveOut(sums); err != nil {
		return err
	}
	if c.Sums != "" {
		encoded, err := json.Marshal(sums)
		if err != nil {
			return err
		}
		return writeOutput(c.Sums, append(encoded, '\n'), e.out)
	}
	if sums, err = c.means(sums); err != nil {
		return err
	}
	result, err := mixed.Fit(sums, mixed.Options{Method: mixed.Method(strings.ToUpper(c.Method)), EntryError: errorOf})
	if err != nil {
		return err
	}
	return c.print(e, result)
}

// several fits a model of several responses, which needs the rows in memory.
func (c *assessGrowthCommand) several(e *environment, formula *mixed.Formula, levels map[string][]string) (*mixed.Result, error) {
	subject, mark, both := strings.Cut(c.Wide, "=")
	if len(c.Data) != 1 || c.Sums != "" || len(c.Without)+len(c.EntryError)+len(c.Mean) > 0 || c.Weight != "" || (c.Wide != "") != (c.Pupil != "") || c.Wide != "" && !both {
		return nil, fault.New("growth.several", nil)
	}
	data, err := readData(c.Data[0], e.in)
	if err != nil {
		return nil, err
	}
	if c.Wide != "" {
		if data, err = data.Widen(subject, mark, c.Pupil); err != nil {
			return nil, err
		}
	}
	sums, err := mixed.SeveralFromTable(formula, data, levels)
	if err != nil {
		return nil, err
	}
	result, err := mixed.FitSeveral(sums, mixed.Options{Method: mixed.Method(strings.ToUpper(c.Method))})
	if err != nil {
		return nil, err
	}
	return result.Result(), nil
}

func (c *assessGrowthCommand) print(e *environment, result *mixed.Result) error {
	if len(result.Notes) > 0 {
		fmt.Fprintln(e.err, result.Notes.Text(e.language))
	}
	if c.JSON {
		encoded, err := json.Marshal(result)
		if err != nil {
			return err
		}
		_, err = e.out.Write(append(encoded, '\n'))
		return err
	}
	assessGrowthPrint{e, result}.all()
	return nil
}

// flags reads levels and error variances, all faults at once.
func (c *assessGrowthCommand) flags() (map[string][]string, map[string]float64, error) {
	var faults fault.List
	levels, errorOf := map[string][]string{}, map[string]float64{}
	for _, text := range c.Levels {
		column, list, found := strings.Cut(text, "=")
		values := strings.Split(list, ",")
		for i := range values {
			values[i] = strings.TrimSpace(values[i])
		}
		distinct := slices.Compact(slices.Sorted(slices.Values(values)))
		if _, twice := levels[column]; !found || column == "" || twice || len(distinct) < len(values) || slices.Contains(values, "") {
			faults.Add(fault.New("growth.levels", message.Args{"text": text}))
			continue
		}
		levels[column] = values
	}
	for _, text := range c.EntryError {
		column, value, _ := strings.Cut(text, "=")
		variance, err := strconv.ParseFloat(value, 64)
		if _, twice := errorOf[column]; err != nil || column == "" || twice || !(variance >= 0) || variance > 1e300 {
			faults.Add(fault.New("growth.entry_error", message.Args{"text": text}))
			continue
		}
		errorOf[column] = variance
	}
	return levels, errorOf, faults.Err()
}

// means adds the means of columns over groups to the fixed part.
func (c *assessGrowthCommand) means(sums *mixed.Sums) (*mixed.Sums, error) {
	var faults fault.List
	for _, text := range c.Mean {
		column, group, _ := strings.Cut(text, "=")
		wider, err := sums.WithMeans(column, group)
		if err != nil {
			faults.Add(fault.Of(err)...)
			continue
		}
		sums = wider
	}
	return sums, faults.Err()
}

// weighted sums one table with precision weights, which needs the rows in memory.
func (c *assessGrowthCommand) weighted(e *environment, levels map[string][]string) (*mixed.Sums, error) {
	if len(c.Data) != 1 || c.Model == "" {
		return nil, fault.New("growth.weight", nil)
	}
	formula, err := mixed.Parse(c.Model)
	if err != nil {
		return nil, err
	}
	data, err := readData(c.Data[0], e.in)
	if err != nil {
		return nil, err
	}
	return mixed.FromTableWeighted(formula, data, levels, c.Weight)
}

// read sums every part of the data and adds the sums.
func (c *assessGrowthCommand) read(e *environment, levels map[string][]string) (*mixed.Sums, error) {
	if c.Weight != "" {
		return c.weighted(e, levels)
	}
	var formula *mixed.Formula
	if c.Model != "" {
		var err error
		if formula, err = mixed.Parse(c.Model); err != nil {
			return nil, err
		}
	}
	scans := make([]*dataScan, len(c.Data))
	for n, path := range c.Data {
		var err error
		if scans[n], err = newDataScan(path, e.in); err != nil {
			return nil, err
		}
		defer scans[n].close()
		if !scans[n].sums && formula == nil {
			return nil, fault.New("growth.no_model", nil)
		}
	}
	levels, err := levelsOf(scans, formula, levels)
	if err != nil {
		return nil, err
	}
	shards := make([]*mixed.Sums, len(scans))
	for n, scan := range scans {
		if scan.sums {
			shards[n], err = readSumsFile(scan, formula)
		} else {
			options := scan.options(levels)
			options.Keep = c.Sums != "" || len(scans) > 1
			shards[n], err = mixed.Scan(scan.open, formula, options)
		}
		if err != nil {
			return nil, dataFault(scan.name, err)
		}
	}
	return mixed.MergeAll(shards)
}

// levelsOf reads the parts for the levels of their factors when there are several, and adds them to those given.
func levelsOf(scans []*dataScan, formula *mixed.Formula, levels map[string][]string) (map[string][]string, error) {
	var parts []func() (io.ReadCloser, error)
	var options []mixed.ScanOptions
	name := ""
	for _, scan := range scans {
		if !scan.sums {
			parts, options, name = append(parts, scan.open), append(options, scan.options(levels)), scan.name
		}
	}
	if len(parts) < 2 {
		return levels, nil
	}
	all, err := mixed.ScanLevels(parts, formula, options)
	return all, dataFault(name, err)
}

// readSumsFile reads sums, which must be of the formula where one is given.
func readSumsFile(scan *dataScan, formula *mixed.Formula) (*mixed.Sums, error) {
	source, err := scan.open()
	if err != nil {
		return nil, err
	}
	defer source.Close()
	var sums mixed.Sums
	data, err := io.ReadAll(source)
	if err != nil {
		return nil, err
	}
	err = sums.UnmarshalJSON(data)
	if err == nil && formula != nil && formula.Text() != sums.Design.Formula.Text() {
		err = fault.New("mixed.shards_differ", message.Args{"one": formula.Text(), "other": sums.Design.Formula.Text()})
	}
	for _, f := range fault.Of(err) {
		f.Place.File = scan.name
	}
	return &sums, err
}

// leaveOut takes levels of groups away.
func (c *assessGrowthCommand) leaveOut(s *mixed.Sums) (*mixed.Sums, error) {
	var faults fault.List
	for _, text := range c.Without {
		group, level := "", text
		if len(s.Design.Groups) == 1 {
			group = s.Design.Groups[0].Name
			level = strings.TrimPrefix(level, group+"=")
		} else {
			group, level, _ = strings.Cut(text, "=")
		}
		if !slices.ContainsFunc(s.Design.Groups, func(g mixed.Group) bool { return g.Name == group }) {
			faults.Add(fault.New("growth.without_group", message.Args{"text": text}))
			continue
		}
		rows := s.Rows()
		rest := s.Without(group, level)
		if rest.Rows() == rows {
			faults.Add(fault.New("growth.without_level", message.Args{"level": level, "group": group}))
		}
		s = rest
	}
	return s, faults.Err()
}

// dataScan opens a table as text again and again, as a pass may have to be repeated.
type dataScan struct {
	path  string
	name  string   // what faults call it
	plain *os.File // for samples; nil when the data is compressed or a sheet
	text  string   // of a sheet
	spool string   // the copy of standard input
	sums  bool     // it holds sums
}

// newDataScan finds out what the data is. Standard input, or a pipe, is copied to a file in the folder for temporary files, which close removes.
func newDataScan(path string, in io.Reader) (*dataScan, error) {
	s := &dataScan{path: path, name: dataName(path)}
	if info, err := os.Stat(path); path != "-" && err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		pipe, err := os.Open(path)
		if err != nil {
			return nil, dataFault(path, err)
		}
		defer pipe.Close()
		path, in = "-", pipe
	}
	if path == "-" {
		if err := s.copy(in); err != nil {
			return nil, dataFault(path, err)
		}
	}
	source, err := openData(s.path, nil)
	if err != nil {
		s.close()
		return nil, err
	}
	if source.rows != nil {
		text, err := source.text()
		source.Close()
		if err != nil {
			return nil, err
		}
		all, err := io.ReadAll(text)
		s.text = string(all)
		return s, err
	}
	var first [1]byte
	if _, err := io.ReadFull(source, first[:]); err == nil && first[0] == '{' {
		s.sums = true
	}
	if s.plain = source.plain; s.plain == nil {
		return s, source.Close()
	}
	return s, nil
}

func (s *dataScan) copy(in io.Reader) error {
	file, err := os.CreateTemp("", "jiaoheng-*.csv")
	if err != nil {
		return err
	}
	s.spool, s.path = file.Name(), file.Name()
	if _, err := io.Copy(file, in); err != nil {
		s.close()
		return err
	}
	return file.Close()
}

// open gives the text from its beginning.
func (s *dataScan) open() (io.ReadCloser, error) {
	if s.text != "" {
		return io.NopCloser(strings.NewReader(s.text)), nil
	}
	return openData(s.path, nil)
}

// options are those of a scan of this data.
func (s *dataScan) options(levels map[string][]string) mixed.ScanOptions {
	return mixed.ScanOptions{Levels: levels, Limits: table.Limits{File: s.name}, Sample: s.sample()}
}

// samples is how many places of a file are looked at for levels before it is read.
const samples = 24

// sample gives places spread over the file; none of a small one, which is one block.
func (s *dataScan) sample() []io.Reader {
	if s.plain == nil {
		return nil
	}
	info, err := s.plain.Stat()
	if err != nil || info.Size() < 1<<20 {
		return nil
	}
	var places []io.Reader
	for k := range samples {
		places = append(places, io.NewSectionReader(s.plain, info.Size()/samples*int64(k), 16<<10))
	}
	return places
}

func (s *dataScan) close() {
	if s.plain != nil {
		s.plain.Close()
	}
	if s.spool != "" {
		os.Remove(s.spool)
	}
}
