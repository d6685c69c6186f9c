"""The original pages behind a passage: which link belongs to which words."""
