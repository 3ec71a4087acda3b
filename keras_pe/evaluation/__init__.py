"""How good a classifier is: metrics, reports, a picture of its confusions, and baselines."""
