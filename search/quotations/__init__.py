"""A draft held against the documents: what of it stands where, word for word or how else."""
