"""Files and folders that are either complete or not there."""
