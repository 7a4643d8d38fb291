// Package xlsx reads workbooks (.xlsx): task tables and tables of indicators as text, and one sheet as rows for import.
//
// Problem: people merge cells, hide sheets, leave gaps and format numbers. Method: cells are read as they are shown;
// hidden sheets are left out; row and column numbers are those of the sheet, so that a fault can name the place. As text a
// row is one line with " | " between the cells and a merged cell stands once; as rows for import a cell merged downwards stands in each of its rows.
//
// Limits: those of package archive, maxSheet bytes of one sheet expanded, MaxRows rows and MaxColumns columns with content.
package xlsx
