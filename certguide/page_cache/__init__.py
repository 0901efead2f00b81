"""The page cache: its middleware and its store."""
