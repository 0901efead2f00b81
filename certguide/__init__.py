"""The project: settings, addresses, health and the start of the server; no domain code."""
