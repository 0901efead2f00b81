"""The project: settings, addresses, health and the start of the server; no domain code."""

__version__ = "0.2.0"
