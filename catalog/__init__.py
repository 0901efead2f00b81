"""The guide as data: tiers, certifications, statements, and dated facts kept apart from them."""
