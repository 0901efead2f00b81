"""Template tags of the advisor."""
