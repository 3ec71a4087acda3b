"""How much memory a corpus needs, whatever its size."""
