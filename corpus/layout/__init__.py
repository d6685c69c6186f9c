"""Lines of a file to paragraphs: what belongs together is joined, what is no text is set aside."""
