"""Sheets brought by a spreadsheet: its columns, how a table and a cell are read, and what an import may overwrite."""
