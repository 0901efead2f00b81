"""Commands of the advisor."""
