"""What training costs against the length of the texts; `python -m benchmarks.lengths`."""
