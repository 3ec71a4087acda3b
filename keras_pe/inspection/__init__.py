"""What labelled text looks like, before anything is trained on it."""
