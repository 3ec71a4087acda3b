"""Command-line apps: each reads flags, calls the library, and prints."""
