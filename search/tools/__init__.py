"""Pages that compare, follow, count and trace what documents say: each a file, a page, a table, a JSON address."""
