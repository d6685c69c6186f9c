"""Passages in, segments on disk out: fields, Polish analysis, generations."""
