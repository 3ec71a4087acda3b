"""Train on short texts, test on long ones: the grid of runs, its tests, its tables and curves."""
