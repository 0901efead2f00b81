"""The decision, pure: a rulebook and answers in, one explained verdict out; no Django, no clock."""
