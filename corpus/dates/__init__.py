"""Dates as Polish texts and their readers write them, and how a document comes by its own."""
