"""The page of whoever keeps the collection: files in, facts put right, the index brought up to date, reports read."""
