"""The list of certifications: its query, facets, search, page and exports."""
