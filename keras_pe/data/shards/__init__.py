"""Token ids and labels in files of their own, for corpora that do not fit into memory."""
