"""Paragraphs to passages: what kind of document it is, and where each passage begins and ends."""
