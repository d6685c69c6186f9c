"""One small reader per file format; each gives the same `Reading` of lines."""
