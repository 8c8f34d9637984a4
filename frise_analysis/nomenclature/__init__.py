"""Offence families: tables kept as CSV beside the code that reads them, and the SQL text that applies them."""
