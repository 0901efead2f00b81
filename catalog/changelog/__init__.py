"""The dated history that readers see: of the catalogue, one certification, or a list."""
