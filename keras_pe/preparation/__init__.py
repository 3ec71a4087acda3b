"""From labelled text of any size to shards of token ids, in bounded memory."""
