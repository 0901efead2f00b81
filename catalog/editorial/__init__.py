"""Content that several people edit and nobody loses; it knows rows, not certifications."""
