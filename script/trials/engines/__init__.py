"""Trials in other engines than Chromium, and with a screen reader."""
