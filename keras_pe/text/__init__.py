"""Text to token ids: a learned WordPiece vocabulary, and the tokenizer that runs in the graph."""
