"""The editors' half of the admin: forms, history, ordering, import and export of any rows."""
