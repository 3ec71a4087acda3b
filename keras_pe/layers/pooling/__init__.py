"""From the vectors of a text's tokens to one vector, also when there is no token."""
